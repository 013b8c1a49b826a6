"""An extraction as the quads of one named graph.

Every node has an IRI, none is blank, so graphs of several articles can be compared, replaced and merged by their names.
No clock and no random number: the same extraction gives the same quads.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import ExtractError
from kg.model import Article, Claim, Entity, Event, Extraction, Link, Mention, digest
from kg.rdf.iris import BASE, Mint, article_key, graph_iri, minter
from kg.rdf.terms import PREFIXES, Triple, address, ckg, decimal, integer, moment, plain, term, typed


def quads(extraction: Extraction, *, base: str = BASE, store_text: bool = True) -> list[Quad]:
    """All that an article yields, as sorted quads of one named graph.

    `store_text` puts the article's text into the graph; its hash and the spans are there either way. Raises
    ExtractError where an entity or event is named that the extraction lacks, or a span is not what the text has there.
    """
    graph = NamedNode(graph_iri(extraction.article.id, base))
    iri = minter(extraction, base)
    article, run = iri("article", article_key(extraction.article.id)), extraction.run
    extracted = iri("extraction", article_key(extraction.article.id))

    triples: set[Triple] = {
        *typed(extracted, "Extraction"),
        (extracted, term("rdfs:label"), Literal(f"{run.tool} {run.version}, ontology {run.ontology}, {run.model}")),
        (extracted, term("prov:used"), article),
        (extracted, term("schema:name"), Literal(run.tool)),
        (extracted, term("schema:softwareVersion"), Literal(run.version)),
        (extracted, term("schema:schemaVersion"), Literal(run.ontology)),
        (extracted, term("schema:softwareRequirements"), Literal(run.model)),
        *_article(article, extraction, iri, store_text=store_text),
    }
    for entity in extraction.entities:
        triples.update(_entity(entity, iri))
    for event in extraction.events:
        triples.update(_event(event, iri))
        triples.add((iri("event", event.id), term("prov:wasGeneratedBy"), extracted))
    for claim in extraction.claims:
        triples.update(_claim(claim, article, iri))
        triples.add((iri("claim", claim.id), term("prov:wasGeneratedBy"), extracted))
    for link in extraction.links:
        triples.update(_link(link, extraction.article, iri))
    for mention in _mentions(extraction):
        if extraction.article.text[mention.start : mention.end] != mention.exact:
            raise ExtractError(f"{extraction.article.id}: {mention} is not what the text has there")
        triples.update(_mention(mention, article, iri))
    return sorted((Quad(*triple, graph) for triple in triples), key=str)


def _article(node: NamedNode, extraction: Extraction, iri: Mint, *, store_text: bool) -> Iterable[Triple]:
    article = extraction.article
    yield from typed(node, "Article")
    yield node, term("dcterms:identifier"), Literal(article.id)
    yield node, term("dcterms:title"), Literal(article.title)
    yield node, term("schema:sha256"), Literal(digest(article.text, length=64))
    if store_text:
        yield node, ckg("text"), Literal(article.text)
    if article.language:
        yield node, term("dcterms:language"), Literal(article.language)
    if article.published:
        yield node, term("dcterms:issued"), moment(article.published)
    if article.url:
        yield node, term("schema:url"), address(article.url)
    if article.licence:
        yield node, term("dcterms:license"), address(article.licence)
    if extraction.publisher:
        yield node, term("dcterms:publisher"), iri("entity", extraction.publisher)


def _entity(entity: Entity, iri: Mint) -> Iterable[Triple]:
    node = iri("entity", entity.id)
    yield from typed(node, *entity.classes)
    yield node, term("rdfs:label"), Literal(entity.name)
    yield node, term("skos:prefLabel"), Literal(entity.name)
    for name in entity.names:
        if name != entity.name:
            yield node, term("skos:altLabel"), Literal(name)
    for mention in entity.mentions:
        yield node, ckg("mention"), iri("mention", mention)
    for name, other in (("country", entity.country), ("within", entity.within), ("owner", entity.owner)):
        if other:
            yield node, ckg(name), iri("entity", other)
    for organization in entity.member_of:
        yield node, ckg("memberOf"), iri("entity", organization)
    if entity.role:
        yield node, ckg("role"), Literal(entity.role)
    if entity.kind:
        yield node, ckg("kind"), ckg(entity.kind)


def _event(event: Event, iri: Mint) -> Iterable[Triple]:
    node = iri("event", event.id)
    yield from typed(node, "Event")
    yield node, ckg("eventType"), ckg(event.type)
    yield node, term("rdfs:label"), Literal(event.trigger.exact)
    yield node, ckg("trigger"), iri("mention", event.trigger)
    yield node, ckg("confidence"), decimal(event.confidence)
    for mention in event.mentions:
        yield node, ckg("mention"), iri("mention", mention)
    roles = (("actor", event.actors), ("target", event.targets), ("place", event.places), ("mediator", event.mediators))
    for role, entities in roles:
        for entity in entities:
            yield node, ckg(role), iri("entity", entity)
    for weapon in event.weapons:
        yield node, ckg("weapon"), ckg(weapon)
    if event.trace:
        yield node, term("rdfs:comment"), Literal("\n".join(event.trace))
    if event.when:
        yield node, ckg("startDate"), moment(event.when.start)
        yield node, ckg("endDate"), moment(event.when.end)
        yield node, ckg("precision"), term(f"time:unit{event.when.precision}")


def _claim(claim: Claim, article: NamedNode, iri: Mint) -> Iterable[Triple]:
    node = iri("claim", claim.id)
    yield from typed(node, "CountClaim" if claim.count else "Claim")
    yield node, ckg("about"), iri("event", claim.event)
    yield node, ckg("reportedIn"), article
    yield node, ckg("factuality"), ckg(claim.factuality)
    yield node, ckg("confidence"), decimal(claim.confidence)
    for claimant in claim.claimants:
        yield node, ckg("claimant"), iri("entity", claimant)
    for mention in claim.mentions:
        yield node, ckg("mention"), iri("mention", mention)
    if claim.cue:
        yield node, ckg("cue"), Literal(claim.cue)
    if claim.count:
        yield node, ckg("measure"), ckg(claim.count.measure)
        yield node, ckg("counted"), ckg(claim.count.counted)
        if claim.count.affected:
            yield node, ckg("affected"), iri("entity", claim.count.affected)
        for name in ("count", "low", "high", "total"):
            number = getattr(claim.count, name)
            if number is not None:
                yield node, ckg(name), integer(number)


def _mention(mention: Mention, article: NamedNode, iri: Mint) -> Iterable[Triple]:
    node = iri("mention", mention)
    yield from typed(node, "Mention")
    yield node, ckg("inArticle"), article
    yield node, ckg("start"), integer(mention.start)
    yield node, ckg("end"), integer(mention.end)
    yield node, ckg("exact"), Literal(mention.exact)


def _link(link: Link, article: Article, iri: Mint) -> Iterable[Triple]:
    """The matches of an entity and what follows from them, and for each the decision behind it.

    A decision is a reified statement with its score and reason; that of a rival, which was not chosen, says the same of
    a triple that is not in the graph. So links can be taken out of the graph again, and be made anew.
    """
    node = iri("entity", link.entity)

    def decided(predicate: str, thing: NamedNode, score: float, reason: str) -> Iterable[Triple]:
        decision = iri("link", digest(article.id, link.entity, predicate, thing.value))
        yield decision, term("rdf:type"), term("rdf:Statement")
        yield decision, term("rdf:subject"), node
        yield decision, term("rdf:predicate"), ckg(predicate) if predicate in ("within", "country") else term(predicate)
        yield decision, term("rdf:object"), thing
        yield decision, term("rdf:value"), decimal(score)
        yield decision, term("rdfs:comment"), Literal(reason)
        yield decision, term("prov:wasGeneratedBy"), iri("extraction", article_key(article.id))

    matches = _matches(link.qid, link.geonames) + [iri("entity", other) for other in link.same]
    for match in matches:
        yield node, term("skos:exactMatch"), match
        yield from decided("skos:exactMatch", match, link.score, link.reason)
    if not matches:
        yield from decided("skos:exactMatch", term("rdf:nil"), link.score, link.reason)
    for rival in link.rivals:
        for match in _matches(rival.qid, rival.geonames)[:1]:
            yield from decided("skos:exactMatch", match, rival.score, f"{rival.label}, not chosen")
    for name, other in (("within", link.within), ("country", link.country)):
        if other:
            yield node, ckg(name), iri("entity", other)
            yield from decided(name, iri("entity", other), link.score, "follows from its item")
    for language, label in link.labels:
        yield node, term("skos:prefLabel"), Literal(label, language=language)
    if link.lat is not None and link.lon is not None:
        geometry = iri("geometry", link.entity)
        point = f"POINT({plain(link.lon)} {plain(link.lat)})"
        yield node, term("geo:hasGeometry"), geometry
        yield geometry, term("rdf:type"), term("geo:Geometry")
        yield geometry, term("geo:asWKT"), Literal(point, datatype=term("geo:wktLiteral"))


def _matches(qid: str | None, geonames: int | None) -> list[NamedNode]:
    """The IRIs of a thing in Wikidata and in GeoNames."""
    items = [NamedNode(PREFIXES["wd"] + qid)] if qid else []
    return items + ([NamedNode(f"https://sws.geonames.org/{geonames}/")] if geonames is not None else [])


def _mentions(extraction: Extraction) -> set[Mention]:
    spans = {mention for entity in extraction.entities for mention in entity.mentions}
    for event in extraction.events:
        spans.update((event.trigger, *event.mentions))
    return spans.union(*(claim.mentions for claim in extraction.claims))

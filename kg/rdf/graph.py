"""An extraction as the quads of one named graph.

Every node has an IRI, none is blank, so graphs of several articles can be compared, replaced and merged by their names.
No clock and no random number: the same extraction gives the same quads.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import ExtractError
from kg.model import Claim, Entity, Event, Extraction, Mention, Run, digest
from kg.rdf.iris import BASE, Mint, article_key, base_of, entity_node, graph_iri, minter
from kg.rdf.links import link_triples
from kg.rdf.terms import Triple, address, ckg, decimal, integer, moment, term, typed


def quads(
    extraction: Extraction,
    *,
    base: str = BASE,
    store_text: bool = True,
    mark: str = "",
    sketch: bytes = b"",
    original: str = "",
) -> list[Quad]:
    """All that an article yields, as sorted quads of one named graph.

    `store_text` puts the article's text into the graph; its hash and the spans are there either way. `mark` is a digest
    of what the extraction was made from, `sketch` what near-copies of the article are found by, `original` the id of
    the article that this one is a near-copy of; each is left out where it is empty. Raises
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
        *_linking(extracted, run),
    }
    if mark:
        triples.add((extracted, term("schema:identifier"), Literal(mark)))
    if sketch:
        coded = base64.b64encode(sketch).decode()
        triples.add((article, ckg("sketch"), Literal(coded, datatype=term("xsd:base64Binary"))))
    if original:
        triples.add((article, term("prov:alternateOf"), iri("article", article_key(original))))
    for entity in extraction.entities:
        triples.update(_entity(entity, iri))
    for event in extraction.events:
        triples.update(_event(event, iri))
        triples.add((iri("event", event.id), term("prov:wasGeneratedBy"), extracted))
    for claim in extraction.claims:
        triples.update(_claim(claim, article, iri))
        triples.add((iri("claim", claim.id), term("prov:wasGeneratedBy"), extracted))
    for link in extraction.links:
        triples.update(link_triples(link, extraction.article, iri))
    for mention in _mentions(extraction):
        if extraction.article.text[mention.start : mention.end] != mention.exact:
            raise ExtractError(f"{extraction.article.id}: {mention} is not what the text has there")
        triples.update(_mention(mention, article, iri))
    return sorted((Quad(*triple, graph) for triple in triples), key=str)


def linked(plain: Iterable[Quad], extraction: Extraction) -> list[Quad]:
    """The quads of an article without links (`kg.rdf.read.unlinked`), with the links of the extraction, sorted.

    They are what `quads` gives for the whole extraction, though this one needs to have no events and claims.
    """
    plain = list(plain)
    base = base_of(plain)
    iri = minter(extraction, base)
    ids = {link.named: link.entity for link in extraction.links if link.named and link.named != link.entity}
    moved = renamed(plain, {entity_node(base, old): entity_node(base, new) for old, new in ids.items()})
    known = {triple[0] for triple in moved}
    triples: set[Triple] = set()
    for entity in extraction.entities:
        if iri("entity", entity.id) not in known:
            triples.update(_entity(entity, iri))
    for link in extraction.links:
        triples.update(link_triples(link, extraction.article, iri))
    triples.update(_linking(iri("extraction", article_key(extraction.article.id)), extraction.run))
    return sorted({*moved, *(Quad(*triple, plain[0].graph_name) for triple in triples)}, key=str)


def renamed(quads: Iterable[Quad], nodes: Mapping[NamedNode, NamedNode]) -> list[Quad]:
    """The quads with other nodes in place of some, as subject and as object."""
    changed = {node for node, new in nodes.items() if node != new}
    if not changed:
        return list(quads)
    return [
        Quad(nodes.get(q.subject, q.subject), q.predicate, nodes.get(q.object, q.object), q.graph_name)  # type: ignore[arg-type]
        if q.subject in changed or q.object in changed
        else q
        for q in quads
    ]


def _linking(node: NamedNode, run: Run) -> Iterable[Triple]:
    """What the names were looked up in."""
    if run.gazetteer:
        yield node, term("schema:softwareAddOn"), Literal(run.gazetteer)


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


def _mentions(extraction: Extraction) -> set[Mention]:
    spans = {mention for entity in extraction.entities for mention in entity.mentions}
    for event in extraction.events:
        spans.update((event.trigger, *event.mentions))
    return spans.union(*(claim.mentions for claim in extraction.claims))

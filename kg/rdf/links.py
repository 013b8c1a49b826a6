"""What a link puts into the graph: matches, what follows from them, and the decisions behind both."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from kg.model import Article, Link, digest
from kg.rdf.iris import Mint, article_key
from kg.rdf.terms import PREFIXES, Triple, ckg, decimal, plain, term


def link_triples(link: Link, article: Article, iri: Mint) -> Iterable[Triple]:
    """The matches of an entity and what follows from them, and for each the decision behind it.

    A decision is a reified statement with its score and reason; that of a rival, which was not chosen, says the same of
    a triple that is not in the graph. A decision on what an entity is has the id that the extraction gave the entity,
    where it gave one. So links can be taken out of the graph again (`kg.rdf.read.unlinked`), and be made anew.
    """
    node = iri("entity", link.entity)

    def decision_of(predicate: str, thing: NamedNode) -> NamedNode:
        return iri("link", digest(article.id, link.entity, predicate, thing.value))

    def decided(predicate: str, thing: NamedNode, score: float, reason: str) -> Iterable[Triple]:
        decision = decision_of(predicate, thing)
        yield decision, term("rdf:type"), term("rdf:Statement")
        yield decision, term("rdf:subject"), node
        yield decision, term("rdf:predicate"), ckg(predicate) if predicate in ("within", "country") else term(predicate)
        yield decision, term("rdf:object"), thing
        yield decision, term("rdf:value"), decimal(score)
        yield decision, term("rdfs:comment"), Literal(reason)
        yield decision, term("prov:wasGeneratedBy"), iri("extraction", article_key(article.id))

    matches = [(match, link.score) for match in _matches(link.qid, link.geonames)]
    matches += [(iri("entity", other), 1.0) for other in link.same]
    for match, score in matches:
        yield node, term("skos:exactMatch"), match
        yield from decided("skos:exactMatch", match, score, link.reason)
    if not matches:
        yield from decided("skos:exactMatch", term("rdf:nil"), link.score, link.reason)
    if link.named:
        chosen = matches[0][0] if matches else term("rdf:nil")
        yield decision_of("skos:exactMatch", chosen), term("dcterms:identifier"), Literal(link.named)
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

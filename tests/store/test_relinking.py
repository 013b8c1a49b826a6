"""Linking anew, in stores of every kind."""

from pyoxigraph import NamedNode

from kg import rdf
from kg.link import Judgement, Judgements, Linker
from kg.model import Extraction
from kg.relink import relink
from kg.store import Store
from tests.samples import TWO

JUDGED = Linker(judgements=Judgements([Judgement(1, "2026-01-02T03:04:05Z", "ana", "pin", "Odesa", item="Q42")]))
MATCH = NamedNode("http://www.w3.org/2004/02/skos/core#exactMatch")


def graphs(store: Store) -> dict[str, list[str]]:
    return {graph: [str(quad) for quad in store.quads(graph)] for graph in store.graphs()}


def built(links: Linker, extraction: Extraction) -> list[str]:
    return [str(quad) for quad in rdf.quads(links(extraction))]


def test_store_holds_what_would_have_been_built(store: Store) -> None:
    for one in TWO:
        store.replace(rdf.graph_iri(one.article.id), rdf.quads(Linker()(one)))
    assert relink(store, Linker()).changed == 0
    assert relink(store, JUDGED).changed == 2
    assert graphs(store) == {rdf.graph_iri(one.article.id): built(JUDGED, one) for one in TWO}
    matched = {(q.subject, q.object) for graph in store.graphs() for q in store.quads(graph) if q.predicate == MATCH}
    asked = store.query(f"SELECT ?one ?other {{ ?one {MATCH} ?other }}").rows()
    assert sorted(map(str, matched)) == sorted(str((row["one"], row["other"])) for row in asked)

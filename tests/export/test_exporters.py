"""Every exporter, over a store of two articles."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Dataset

from kg import rdf
from kg.errors import NotFound
from kg.export import EXPORTERS
from kg.store import Store, open_store
from tests.samples import DRONES, TWO

FORMATS = {
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
}
QUADS = [quad for extraction in TWO for quad in rdf.quads(extraction)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store") as opened:
        for extraction in TWO:
            opened.replace(rdf.graph_iri(extraction.article.id), rdf.quads(extraction))
        yield opened


def export(store: Store, name: str, **options: str) -> bytes:
    out = io.BytesIO()
    EXPORTERS[name](store, out, **options)
    return out.getvalue()


def test_every_exporter_is_tested() -> None:
    assert EXPORTERS.keys() == FORMATS.keys()


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_export_holds_all_there_is(store: Store, name: str) -> None:
    found = list(parse(export(store, name), FORMATS[name]))
    if name in ("ttl", "nt", "rdf"):
        assert {quad.triple for quad in found} == {quad.triple for quad in QUADS}
    else:
        assert sorted(map(str, found)) == sorted(map(str, QUADS))


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_export_of_one_graph_holds_only_that(store: Store, name: str) -> None:
    found = {quad.triple for quad in parse(export(store, name, graph=rdf.graph_iri(DRONES.id)), FORMATS[name])}
    assert found == {quad.triple for quad in rdf.quads(TWO[0])}


@pytest.mark.parametrize("name", EXPORTERS)
def test_the_same_content_gives_the_same_bytes(store: Store, name: str, tmp_path: Path) -> None:
    with open_store(tmp_path / "other") as other:
        for extraction in reversed(TWO):
            other.replace(rdf.graph_iri(extraction.article.id), reversed(rdf.quads(extraction)))
        assert export(other, name) == export(store, name)


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_graph_that_is_not_there_is_told(store: Store, name: str) -> None:
    with pytest.raises(NotFound, match="has no graph https://example.org/none"):
        export(store, name, graph="https://example.org/none")


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_empty_store_gives_an_empty_document(tmp_path: Path, name: str) -> None:
    with open_store(tmp_path / "empty") as empty:
        assert list(parse(export(empty, name), FORMATS[name])) == []


def test_n_quads_are_the_quads_as_rdf_made_them(store: Store) -> None:
    graph = rdf.graph_iri(DRONES.id)
    assert export(store, "nq", graph=graph) == "".join(f"{quad} .\n" for quad in rdf.quads(TWO[0])).encode()


@pytest.mark.parametrize("name", ["trig", "ttl"])
def test_turtle_declares_and_uses_prefixes(store: Store, name: str) -> None:
    text = export(store, name).decode()
    assert "@prefix ckg: <https://w3id.org/conflictkg/ns#> ." in text
    assert "ckg:eventType ckg:DroneAttack" in text


# rdflib's own JSON-LD parser warns of what it does itself
@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
def test_rdflib_reads_the_json_ld(store: Store) -> None:
    document = export(store, "jsonld").decode()
    read = Dataset()
    read.parse(data=document, format="json-ld")
    assert len(list(read.quads())) == len({*QUADS})

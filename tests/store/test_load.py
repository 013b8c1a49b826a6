"""RDF files loaded into a store, over every backend."""

import bz2
import gzip
import io
import lzma

import pytest
from pyoxigraph import NamedNode

from kg.errors import StoreError, UsageError
from kg.store import Store
from kg.store.rdf_files import format_of, load
from tests.store.test_store import LABEL, PLACE, A, B, C, count, labels, names

UNNAMED = "urn:x-conflictkg:default-graph"
FILES = {
    "nq": f'{PLACE} {LABEL} "Odesa" <{A}> .\n{PLACE} {LABEL} "Odessa" <{B}> .\n',
    "trig": f'@prefix e: <https://example.org/> .\n<{A}> {{ e:odesa {LABEL} "Odesa" }}'
    f'<{B}> {{ {PLACE} {LABEL} "Odessa" }}',
    "jsonld": f'[{{"@id": "{A}", "@graph": {{"@id": "{PLACE.value}", "{LABEL.value}": "Odesa"}}}},'
    f'{{"@id": "{B}", "@graph": {{"@id": "{PLACE.value}", "{LABEL.value}": "Odessa"}}}}]',
}
PLAIN = {
    "nt": f'{PLACE} {LABEL} "Odesa" .\n{PLACE} {LABEL} "Odessa" .\n',
    "ttl": f'@base <https://example.org/> . <odesa> {LABEL} "Odesa", "Odessa" .',
    "rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"><rdf:Description rdf:about="https://example.org/odesa">'
    "<rdfs:label>Odesa</rdfs:label><rdfs:label>Odessa</rdfs:label></rdf:Description></rdf:RDF>",
}


def loaded(store: Store, content: str | bytes, format: str = "nq", graph: str | None = None) -> int:
    raw = content if isinstance(content, bytes) else content.encode()
    stream = io.BufferedReader(io.BytesIO(raw))
    return load(store, stream, format, where="a.file", graph=NamedNode(graph) if graph else None)


@pytest.mark.parametrize("format", FILES)
def test_a_file_with_graphs(store: Store, format: str) -> None:
    store.replace(A, labels("Одеса"))
    assert loaded(store, FILES[format], format) == 2
    assert store.quads(A) == labels("Odesa", "Одеса")
    assert store.quads(B) == labels("Odessa", graph=B)
    assert names(store, "SELECT ?name { ?s ?p ?name }") == ["Odesa", "Odessa", "Одеса"]


@pytest.mark.parametrize("format", PLAIN)
def test_a_file_without_graphs(store: Store, format: str) -> None:
    assert loaded(store, PLAIN[format], format, A) == 2
    assert store.quads(A) == labels("Odesa", "Odessa")
    assert count(store) == 2


@pytest.mark.parametrize("format", PLAIN)
def test_a_file_without_graphs_needs_the_name_of_one(store: Store, format: str) -> None:
    with pytest.raises(UsageError, match=f"a.file: {format} has no graphs, so name one with --graph"):
        loaded(store, PLAIN[format], format)
    assert store.graphs() == []


@pytest.mark.parametrize(("given", "found"), [(None, UNNAMED), (C, C)])
def test_what_has_no_graph_among_what_has(store: Store, given: str | None, found: str) -> None:
    loaded(store, FILES["nq"] + f'{PLACE} {LABEL} "Одеса" .\n' + FILES["nq"], graph=given)
    assert store.graphs() == sorted([A, B, found])
    assert store.quads(found) == labels("Одеса", graph=found)


def test_a_statement_of_two_graphs_counts_once(store: Store) -> None:
    store.replace(A, labels("Odesa"))
    loaded(store, f'{PLACE} {LABEL} "Odesa" <{A}> .\n{PLACE} {LABEL} "Odesa" <{B}> .\n')
    assert count(store) == 1
    store.remove(A)
    assert count(store) == 1
    store.remove(B)
    assert count(store) == 0


def test_lines_may_be_written_in_any_way(store: Store) -> None:
    odd = f'# a comment\n\n  {PLACE}\t{LABEL} "Odes\\u0061"<{A}>.\r\n{PLACE} {LABEL} "Odessa" <{A}> . # and another'
    loaded(store, odd)
    assert store.quads(A) == labels("Odesa", "Odessa")


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed(store: Store, pack: object) -> None:
    loaded(store, pack(FILES["nq"].encode()))  # type: ignore[operator]
    assert store.graphs() == [A, B]


def test_a_packed_file_that_breaks_off_is_told(store: Store) -> None:
    with pytest.raises(StoreError, match="a.file: the file is damaged or breaks off"):
        loaded(store, gzip.compress(FILES["nq"].encode())[:-12])
    assert store.graphs() == []


@pytest.mark.parametrize(
    ("format", "content", "told"),
    [
        ("nq", FILES["nq"] + "\n<https://example.org/a> .\n", "a.file, line 4: "),
        ("nq", FILES["nq"] + f'<relative> {LABEL} "x" <{A}> .\n', "a.file, line 3: No scheme found"),
        ("nq", f'{PLACE} {LABEL} "x" _:graph .\n', "a.file, line 1: a graph here is named by an IRI"),
        ("nt", PLAIN["nt"] + f'{PLACE} {LABEL} "x" <{A}> .\n', "a.file, line 3: "),
        ("ttl", PLAIN["ttl"] + '\n\n<odesa> unknown:label "x" .', "a.file, line 3: The prefix unknown:"),
        ("rdf", "<rdf:RDF>", "a.file"),
        ("jsonld", FILES["jsonld"][:-1], "a.file"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_line(store: Store, format: str, content: str, told: str) -> None:
    store.replace(C, labels("Одеса", graph=C))
    with pytest.raises(StoreError, match=told):
        loaded(store, content, format, A)
    assert names(store, "SELECT ?name { ?s ?p ?name }") == ["Одеса"]


@pytest.mark.parametrize(
    ("name", "format"), [("a.nq.gz", "nq"), ("B.TRIG", "trig"), ("c.xml.zst", "rdf"), ("d.tar.nt", "nt")]
)
def test_the_name_of_a_file_tells_its_format(name: str, format: str) -> None:
    assert format_of(name) == format


def test_a_name_that_tells_no_format_is_refused() -> None:
    with pytest.raises(UsageError, match="notes.txt: its name does not end in .ttl.*--format"):
        format_of("notes.txt")

"""What an evaluator can be asked to do. Each job gets its terms as JSON and writes its answer, or raises KGError."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from kg.errors import KGError, NotFound, QueryError
from kg.sparql import UNNAMED, Change, evaluate
from kg.store import GRAPH_FORMATS, Results
from kg.store.asking import ask
from kg.store.remote import RemoteStore
from kg.store.results import evaluation
from kg.store.text import TextIndex
from server import media
from server.guard import check
from server.pool import sources
from server.pool.answer import Answer

DEEPEST_TERM = 16
ENTITY = b"<!ENTITY"
# A keyword or a part of a name; the copy on disk has it all, so to be wrong costs only time.
NAMES_GRAPHS = re.compile("graph|from", re.IGNORECASE)


class BadBody(KGError):
    """What a client sent can't be read as RDF."""

    http_status = 400


class Unsuitable(KGError):
    """The answer is of a kind that the client takes in no form."""

    http_status = 406


@dataclass(slots=True)
class Reading:
    """What an evaluator reads from: the published copy, where its text index is, and maybe the union in memory.

    `remote` is another server instead. `spent` is set where the evaluator is to end after its job.
    """

    copy: Path | None = None
    text: Path | None = None
    union: ox.Store | None = None
    remote: RemoteStore | None = None
    services: tuple[str, ...] = ()
    spent: bool = False
    _disk: ox.Store | None = None

    @property
    def disk(self) -> ox.Store:
        """The copy on disk, opened when it is first wanted: an open database survives no fork."""
        if self._disk is None:
            assert self.copy is not None
            self._disk = sources.on_disk(self.copy)
        return self._disk

    def store_for(self, terms: Mapping[str, Any]) -> ox.Store:
        """Where to ask a query: in memory if that is where all it can name is."""
        named = terms.get("default_graphs") or terms.get("named_graphs") or NAMES_GRAPHS.search(terms["query"])
        return self.disk if named or self.union is None else self.union

    def find(self, words: str, limit: int, fields: Sequence[str] = ()) -> list[tuple[NamedNode, float]]:
        """The nodes whose texts have these words."""
        if self.text is None:
            raise QueryError("this store has no text index to search")
        with TextIndex(self.text, read_only=True) as text:
            return text.search(words, limit=limit, fields=fields)

    def scratch(self, change: Change) -> ox.Store:
        """A store that is this one after a change."""
        assert self.copy is not None
        return sources.scratch(self.copy, change)


class Job(Protocol):
    """Something to do, with its terms."""

    def __call__(self, reading: Reading, terms: Mapping[str, Any], answer: Answer) -> None: ...


def query(reading: Reading, terms: Mapping[str, Any], answer: Answer) -> None:
    """A query's answer. `formats` says in which format each kind of result is wanted, if in any."""
    check(terms["query"], reading.services)
    results = ask(
        reading.store_for(terms),
        terms["query"],
        find=reading.find,
        default_graphs=terms.get("default_graphs", ()),
        named_graphs=terms.get("named_graphs", ()),
        base=terms.get("base"),
    )
    format = terms["formats"][results.kind]
    if not format:
        raise Unsuitable(f"a {results.kind} can be sent as {', '.join(media.names(results.kind))}")
    answer.head = {"format": format}
    results.write(answer, format)  # type: ignore[arg-type]


def graph(reading: Reading, terms: Mapping[str, Any], answer: Answer) -> None:
    """All triples of one graph, or of the graph that has no name; NotFound where it is not there."""
    name = _existing(reading, terms)
    answer.head = {"format": terms["format"]}
    found = reading.disk.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", default_graph=name)
    Results(found).write(answer, terms["format"])  # type: ignore[arg-type]


def update(reading: Reading, terms: Mapping[str, Any], answer: Answer) -> None:
    """What an update would change, for the keeper to do."""
    loaded: Mapping[str, Mapping[str, str]] = terms.get("loaded", {})

    def load(iri: str) -> Iterator[Triple]:
        if iri not in loaded:
            raise QueryError(f"LOAD of {iri} is not allowed here")
        return parsed({**loaded[iri], "base": iri})

    check(terms["update"], reading.services)
    within = terms.get("within")
    with evaluation():
        change = evaluate(
            terms["update"],
            reading.disk,
            base_iri=terms.get("base"),
            using=tuple(terms.get("using", ())),
            using_named=tuple(terms.get("using_named", ())),
            scratch=reading.scratch,
            load=load if loaded else None,
            within=within,
        )
    if within is not None and change.graphs - {within or UNNAMED.value}:
        raise QueryError("a patch may change only the graph that it is sent to")
    _told(change, answer)


def put(reading: Reading, terms: Mapping[str, Any], answer: Answer) -> None:
    """What it would change to put triples to a graph: in place of what it holds, or beside it where `add`.

    The parts are files with the format and base IRI of each; all are read before anything else.
    """
    name = _graph_name(terms)
    triples: set[Triple] = set()
    for part in terms["parts"]:
        triples.update(parsed(part))
    there = reading.disk.contains_named_graph(name)
    old = frozenset(reading.disk.quads_for_pattern(None, None, None, name))
    new = frozenset(Quad(t.subject, t.predicate, t.object, name) for t in triples)
    removed = frozenset() if terms["add"] else old - new
    created = frozenset() if there else frozenset({name})
    _told(Change(removed=removed, added=new - old, created=created), answer, there=there)


def delete(reading: Reading, terms: Mapping[str, Any], answer: Answer) -> None:
    """What it would change to delete a graph; NotFound where it is not there."""
    name = _existing(reading, terms)
    removed = frozenset(reading.disk.quads_for_pattern(None, None, None, name))
    _told(Change(removed=removed, dropped=frozenset({name})), answer)


def _graph_name(terms: Mapping[str, Any]) -> NamedNode:
    """The name of the graph that a job is about: UNNAMED for the one without."""
    return NamedNode(terms["graph"]) if terms["graph"] else UNNAMED


def _existing(reading: Reading, terms: Mapping[str, Any]) -> NamedNode:
    """The same, of a graph that is there; NotFound where it is not. The one without a name always is."""
    name = _graph_name(terms)
    if name != UNNAMED and not reading.disk.contains_named_graph(name):
        raise NotFound(f"there is no graph {terms['graph']}")
    return name


def parsed(part: Mapping[str, str]) -> Iterator[Triple]:
    """The triples of a file that a client sent, its blank nodes renamed. Raises BadBody, with the line."""
    format = part["format"]
    try:
        body = Path(part["path"]).read_bytes()
        if format == "rdf" and ENTITY in body:  # a few of them can stand for gigabytes
            raise BadBody("the body declares XML entities, which are not read here: write them out")
        for quad in ox.parse(body, GRAPH_FORMATS[format], base_iri=part["base"], rename_blank_nodes=True):
            if quad.graph_name != ox.DefaultGraph():
                raise BadBody(f"the body names the graph {quad.graph_name}, and is to be the content of one graph")
            _check_depth(quad.object)
            yield quad.triple
    except (SyntaxError, ValueError) as error:
        raise BadBody(f"the body can't be read as {format}: {getattr(error, 'msg', None) or error}") from error


def _check_depth(term: object) -> None:
    depth = 0
    while isinstance(term, Triple):
        depth, term = depth + 1, term.object
        if depth > DEEPEST_TERM:
            raise BadBody(f"a triple term nests deeper than {DEEPEST_TERM}")


def _told(change: Change, answer: Answer, **more: object) -> None:
    """Writes the change: two N-Quads documents, whose sizes stand in the head."""
    removed, added = (_nquads(quads) for quads in (change.removed, change.added))
    answer.head = {
        "emptied": change.emptied,
        "created": sorted(graph.value for graph in change.created),
        "dropped": sorted(graph.value for graph in change.dropped),
        "removed": len(removed),
        **more,
    }
    answer.write(removed)
    answer.write(added)


def told(head: Mapping[str, Any], body: bytes) -> Change:
    """The change that `_told` wrote."""
    return Change(
        removed=frozenset(_quads(body[: head["removed"]])),
        added=frozenset(_quads(body[head["removed"] :])),
        created=frozenset(map(NamedNode, head["created"])),
        dropped=frozenset(map(NamedNode, head["dropped"])),
        emptied=head["emptied"],
    )


def _nquads(quads: frozenset[Quad]) -> bytes:
    out = io.BytesIO()
    ox.serialize(quads, out, RdfFormat.N_QUADS)
    return out.getvalue()


def _quads(text: bytes) -> Iterator[Quad]:
    return iter(ox.parse(text, RdfFormat.N_QUADS, lenient=True))


JOBS: dict[str, Job] = {"query": query, "graph": graph, "update": update, "put": put, "delete": delete}

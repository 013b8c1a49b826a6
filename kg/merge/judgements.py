"""What people decided about events: that two are of one happening, that they are not, or that it can't be said.

Judgements stand in a graph of their own in the store, which rebuilding does not touch. None is ever deleted: one that
was taken back says by whom and when. Of those about the same two events the latest counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal as OneOf
from typing import get_args

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import NotFound, UsageError
from kg.merge.triples import base_of
from kg.model import digest
from kg.rdf import PREFIXES, graphs
from kg.rdf.terms import Triple, term
from kg.store import Store

Verb = OneOf["same", "different", "unsure"]
VERBS: tuple[str, ...] = get_args(Verb)

_STATEMENTS = f"""
PREFIX rdf: <{PREFIXES["rdf"]}> PREFIX rdfs: <{PREFIXES["rdfs"]}> PREFIX dcterms: <{PREFIXES["dcterms"]}>
PREFIX prov: <{PREFIXES["prov"]}>
SELECT ?node ?one ?other ?verb ?who ?when ?why ?undone ?undoer WHERE {{ GRAPH ?graph {{
  ?node a rdf:Statement ; rdf:predicate prov:alternateOf ; rdf:subject ?one ; rdf:object ?other ;
    dcterms:type ?verb ; dcterms:creator ?who ; dcterms:created ?when .
  OPTIONAL {{ ?node rdfs:comment ?why }}
  OPTIONAL {{ ?node prov:invalidatedAtTime ?undone ; dcterms:contributor ?undoer }}
}} FILTER(STRENDS(STR(?graph), "/judgements")) }}"""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision on two events, given by IRI. `when` and `undone` are ISO 8601 moments in UTC; `undone` is empty, and
    so is `undoer`, unless it was taken back."""

    node: str
    one: str
    other: str
    verb: str
    who: str
    when: str
    why: str = ""
    undone: str = ""
    undoer: str = ""

    @property
    def name(self) -> str:
        """How people name it: the last part of its IRI."""
        return self.node.rpartition("/")[2]

    @property
    def pair(self) -> tuple[str, str]:
        one, other = sorted((self.one, self.other))
        return one, other


def judgements(store: Store) -> list[Judgement]:
    """All judgements of the store, the first first."""
    found = []
    for row in store.query(_STATEMENTS).rows():
        values = {name: str(getattr(row.get(name), "value", "")) for name in Judgement.__dataclass_fields__}
        found.append(Judgement(**values))
    return sorted(found, key=lambda each: (each.when, each.node))


def counting(made: Iterable[Judgement]) -> dict[tuple[str, str], str]:
    """The verb that counts for each pair of events that was judged."""
    return {each.pair: each.verb for each in made if not each.undone}


def judge(store: Store, one: str, other: str, verb: str, *, who: str, why: str = "") -> Judgement:
    """The judgement that was put into the store. Raises UsageError for what is none, NotFound for an unknown event."""
    if verb not in VERBS:
        raise UsageError(f"{verb!r} is no judgement: use {', '.join(VERBS)}")
    if one == other:
        raise UsageError("a judgement is about two events, and these are the same one")
    if not who.strip():
        raise UsageError("a judgement has somebody who made it")
    for event in (one, other):
        if not store.query(f"ASK {{ <{checked(event)}> <{PREFIXES['ckg']}eventType> ?type }}").boolean:
            raise NotFound(f"{event}: there is no such event in {store.where}")
    when = _now()
    node = f"{base_of(one)}judgement/{digest(*sorted((one, other)), verb, who, when)}"
    first, second = sorted((one, other))
    made = Judgement(node, first, second, verb, who.strip(), when, why.strip())
    _write(store, made)
    return made


def undo(store: Store, name: str, *, who: str) -> Judgement:
    """The judgement of this name, now taken back. Raises NotFound, and UsageError where it was before."""
    made = next((each for each in judgements(store) if name in (each.name, each.node)), None)
    if made is None:
        raise NotFound(f"no judgement {name} in {store.where}; `kg merge judgements` lists them")
    if made.undone:
        raise UsageError(f"judgement {made.name} was undone before, by {made.undoer} on {made.undone[:10]}")
    gone = replace(made, undone=_now(), undoer=who)
    _write(store, gone)
    return gone


def _write(store: Store, judgement: Judgement) -> None:
    graph = graphs(base_of(judgement.one)) + "judgements"
    name = NamedNode(graph)
    kept = [quad for quad in store.quads(graph) if quad.subject != NamedNode(judgement.node)]
    store.replace(graph, [*kept, *(Quad(*triple, name) for triple in _triples(judgement))])


def _triples(made: Judgement) -> Iterator[Triple]:
    node, time = NamedNode(made.node), NamedNode(PREFIXES["xsd"] + "dateTime")
    yield node, term("rdf:type"), term("rdf:Statement")
    yield node, term("rdf:subject"), NamedNode(made.one)
    yield node, term("rdf:predicate"), term("prov:alternateOf")
    yield node, term("rdf:object"), NamedNode(made.other)
    yield node, term("dcterms:type"), Literal(made.verb)
    yield node, term("dcterms:creator"), Literal(made.who)
    yield node, term("dcterms:created"), Literal(made.when, datatype=time)
    if made.why:
        yield node, term("rdfs:comment"), Literal(made.why)
    if made.undone:
        yield node, term("prov:invalidatedAtTime"), Literal(made.undone, datatype=time)
        yield node, term("dcterms:contributor"), Literal(made.undoer)


def checked(text: str) -> str:
    """The text, which is an IRI. Raises UsageError where it is none."""
    try:
        return NamedNode(text).value
    except ValueError as error:
        raise UsageError(f"{text!r} is no IRI: {error}") from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

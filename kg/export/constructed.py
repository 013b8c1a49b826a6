"""A caller's own query as a network: the triples of CONSTRUCT as they are, or what the rows of SELECT name."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, Triple

import ontology
from kg.errors import QueryError
from kg.export.amounts import in_words
from kg.export.facts import TYPE, Asked, Facts, Said, facts, is_iri
from kg.export.network import Edge, Network, Node, Value, node, predicates, short
from kg.export.views import View
from kg.store import Results
from ontology import NAMESPACE


def named(answer: Results) -> set[str]:
    """The IRIs in the rows of a SELECT query. Raises QueryError for ASK."""
    if answer.kind == "boolean":
        raise QueryError("an ASK query answers yes or no, which is nothing to export: ask SELECT or CONSTRUCT")
    return {term.value for row in answer.rows() for term in row.values() if is_iri(term)}


def subjects(answer: Results) -> set[str]:
    """The IRIs that the triples of a CONSTRUCT query speak of."""
    return {term.value for triple in answer.triples() for term in (triple.subject, triple.object) if is_iri(term)}


def network(store: Asked, view: View, triples: Iterable[Triple]) -> Network:
    """The triples as nodes and edges, whatever their vocabulary; what else the store knows of a node is added.

    Types and codes are told as attributes, as are literals.
    """
    told: Facts = {}
    links: set[tuple[str, str, str]] = set()
    for triple in triples:
        source, predicate = _name(triple.subject), triple.predicate.value
        objects = told.setdefault(source, {}).setdefault(predicate, [])
        if isinstance(triple.object, Triple):
            continue
        if isinstance(triple.object, Literal) or predicate == TYPE or _is_code(triple.object):
            objects.append(triple.object)
        else:
            links.add((source, predicate, _name(triple.object)))
            told.setdefault(_name(triple.object), {})
    known = facts(store, (iri for iri in told if not iri.startswith("_:")), predicates(view))
    found = [_node(iri, said, known.get(iri, {}), view) for iri, said in sorted(told.items())]
    return Network(tuple(found), tuple(_edge(*link) for link in sorted(links)))


def _node(iri: str, told: Said, known: Said, view: View) -> Node:
    made = node(iri, known | {name: terms for name, terms in told.items() if terms}, view, {})
    extra: dict[str, Value] = {
        short(name): "; ".join(sorted(term.value for term in terms))
        for name, terms in told.items()
        if terms and name not in predicates(view)
    }
    return Node(made.iri, made.label, made.kind, extra | made.attributes)


def _edge(source: str, predicate: str, target: str) -> Edge:
    name = short(predicate)
    ours = ontology.properties().get(name) if predicate.startswith(NAMESPACE) else None
    return Edge(source, target, name, ours.label if ours else in_words(name))


def _is_code(term: object) -> bool:
    return is_iri(term) and any(term.value.removeprefix(NAMESPACE) in ontology.codes(s) for s in ontology.SCHEMES)


def _name(term: object) -> str:
    return term.value if is_iri(term) else str(term)

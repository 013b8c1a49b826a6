"""What a store says of many nodes, asked for in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol, TypeGuard

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

import ontology
from kg.errors import UsageError
from kg.rdf import PREFIXES
from kg.store import Results

BATCH = 500
TYPE = PREFIXES["rdf"] + "type"
Object = NamedNode | BlankNode | Literal
Said = dict[str, list[Object]]
"""From predicates to objects: what is said of one node."""
Facts = dict[str, Said]
"""From the IRIs of nodes to what is said of them."""
Pair = tuple[str, str, str]
"""The IRIs of a subject, a predicate and an object."""


class Asked(Protocol):
    """A store, as far as an export asks it."""

    def query(self, sparql: str) -> Results:
        """The answer to a query. Raises QueryError."""


def facts(store: Asked, iris: Iterable[str], predicates: Iterable[str]) -> Facts:
    """What is said of these nodes by these predicates; a node of which nothing is said is left out."""
    # To look at all that is said of a node and keep some of it is what Oxigraph does well; to join two lists is not.
    wanted = ", ".join(f"<{iri}>" for iri in sorted(predicates))
    found: Facts = {}
    for batch in batches(sorted(set(iris)), BATCH):
        query = f"SELECT ?s ?p ?o {{ VALUES ?s {{ {listed(batch)} }} ?s ?p ?o FILTER(?p IN ({wanted})) }}"
        for row in store.query(query).rows():
            if not isinstance(row["o"], Triple):
                found.setdefault(text(row["s"]), {}).setdefault(text(row["p"]), []).append(row["o"])
    # The order that triples come in is the store's, and the same content is to give the same bytes.
    return {iri: {p: sorted(said[p], key=str) for p in sorted(said)} for iri, said in found.items()}


def incoming(store: Asked, iris: Iterable[str], predicates: Iterable[str]) -> list[Pair]:
    """The triples with these predicates that point at these nodes, sorted."""
    wanted = ", ".join(f"<{iri}>" for iri in sorted(predicates))
    found: list[Pair] = []
    for batch in batches(sorted(set(iris)), BATCH) if wanted else ():
        query = f"SELECT ?s ?p ?o {{ VALUES ?o {{ {listed(batch)} }} ?s ?p ?o FILTER(?p IN ({wanted})) }}"
        found += ((text(row["s"]), text(row["p"]), text(row["o"])) for row in store.query(query).rows())
    return sorted(found)


def column(store: Asked, query: str) -> list[str]:
    """The IRIs of the one column of a query, as they come."""
    return [term.value for row in store.query(prefixed(query)).rows() for term in row.values() if is_iri(term)]


def prefixed(query: str) -> str:
    """The query with our prefixes before it."""
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items()) + query


def listed(iris: Iterable[str]) -> str:
    """IRIs as SPARQL writes them in a list. Raises UsageError for what is no IRI."""
    try:
        return " ".join(str(NamedNode(iri)) for iri in iris)
    except ValueError as error:
        raise UsageError(f"an IRI can't be read: {error}") from error


def batches(iris: Sequence[str], size: int) -> Iterator[list[str]]:
    """The list in pieces of at most that size."""
    rest = iter(iris)
    while batch := list(islice(rest, size)):
        yield batch


def is_iri(term: object) -> TypeGuard[NamedNode]:
    return isinstance(term, NamedNode)


def values(said: Said, *predicates: str) -> list[str]:
    """The texts of the objects of these predicates."""
    return [term.value for predicate in predicates for term in said.get(predicate, ())]


def kind(said: Said) -> str:
    """The local name of the narrowest class of a node of which this is said; empty where none is ours."""
    return ontology.narrowest(values(said, TYPE))


def text(term: object) -> str:
    """An IRI, a literal's value, or a blank node's label."""
    return str(getattr(term, "value", term))

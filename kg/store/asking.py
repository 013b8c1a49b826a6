"""Asking an Oxigraph store whose default graph is the union of the others, as the standard has it."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox
from pyoxigraph import BlankNode, DefaultGraph, NamedNode

from kg.errors import QueryError
from kg.sparql import Dataset, Find, from_clauses, merged, rewritten, unescaped
from kg.store.results import Results, evaluation


def ask(
    store: ox.Store,
    sparql: str,
    *,
    find: Find,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
    base: str | None = None,
) -> Results:
    """The answer to a query. The graphs given take precedence over its FROM and FROM NAMED; `find` is text search.

    Raises QueryError for what is no query, and for what is no graph's name.
    """
    with evaluation():
        text = rewritten(unescaped(sparql), find)
        dataset = _given(default_graphs, named_graphs) or _told(text, base)
        if dataset is None:
            return Results(store.query(text, base_iri=base))
        default: list[NamedNode | BlankNode | DefaultGraph] = list(dataset.default)
        if len(dataset.default) > 1:
            store, default = merged(store, dataset.default, dataset.named), [DefaultGraph()]
        return Results(store.query(text, base_iri=base, default_graph=default, named_graphs=list(dataset.named)))


def _given(default_graphs: Sequence[str], named_graphs: Sequence[str]) -> Dataset | None:
    if not default_graphs and not named_graphs:
        return None
    return Dataset(tuple(map(NamedNode, default_graphs)), tuple(map(NamedNode, named_graphs)))


def _told(text: str, base: str | None) -> Dataset | None:
    try:
        return from_clauses(text, base)
    except QueryError:  # Oxigraph says better what is wrong with it
        return None

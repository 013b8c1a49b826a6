"""What an update would change, without changing anything.

Of the default graph a template or CLEAR speaks of UNNAMED; a WHERE without USING or WITH asks the union of all graphs.
Like Oxigraph, CLEAR GRAPH leaves an empty graph and DROP none; here it is no error to clear one that is not there.
CLEAR ALL and CLEAR NAMED leave none either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, Store, Triple

from kg.errors import KGError, QueryError
from kg.sparql.change import UNNAMED, Change, apply
from kg.sparql.instances import canonical, changed, fresh, with_graph
from kg.sparql.net import Net, exists, fold, held, total
from kg.sparql.operations import Operation, operations

Load = Callable[[str], Iterable[Triple]]


@dataclass(slots=True)
class _Run:
    """An update on its way: what it has changed, and the copy that later operations read where there is one.

    `unread` are the writes that the copy has not had yet.
    """

    net: Net
    scratch: Callable[[Change], Store]
    load: Load | None
    using: Sequence[str]
    using_named: Sequence[str]
    copy: Store | None = None
    unread: Net | None = None


def evaluate(
    text: str,
    store: Store,
    *,
    base_iri: str | None = None,
    using: Sequence[str] = (),
    using_named: Sequence[str] = (),
    scratch: Callable[[Change], Store],
    load: Load | None = None,
    within: str | None = None,
) -> Change:
    """The net change that the update makes to the store, whose default graph is the union of the others.

    `using` and `using_named` are the protocol's dataset, in place of USING. `scratch` gives a store to write to that
    equals `store` after a change, for operations that read what earlier ones wrote. `load` gives a document's triples.
    Operations without WITH are done as if they were WITH `within`, where that names a graph.
    """
    steps = operations(text, base_iri)
    if within:
        steps = [step if step.with_graph else replace(step, with_graph=within) for step in steps]
    if (using or using_named) and any(step.with_graph or step.using or step.using_named for step in steps):
        # SPARQL 1.1 Protocol, 2.2.3
        raise QueryError(
            "an update with USING, USING NAMED or WITH can't have using-graph-uri or using-named-graph-uri"
        )
    if load is None and any(step.kind == "load" for step in steps):
        raise QueryError("LOAD is switched off here")
    run = _Run(Net(store), scratch, load, using, using_named)
    for step in steps:
        change = KINDS[step.kind](run, step)
        fold(run.net, change)
        if run.unread is not None:
            fold(run.unread, change)
    return total(run.net)


def _readable(run: _Run) -> Store:
    """A store that holds what the operations so far have left."""
    if run.copy is None:
        so_far = total(run.net)
        if not so_far:
            return run.net.store
        run.copy = run.scratch(so_far)
    elif run.unread is not None:
        apply(run.copy, total(run.unread))
    run.unread = Net(run.copy)
    return run.copy


def _dataset(run: _Run, step: Operation) -> dict[str, Any]:
    """What the WHERE asks. WITH leaves all named graphs to it, USING only those of USING NAMED."""
    using, using_named = run.using or step.using, run.using_named or step.using_named
    if using or using_named:
        return {"default_graph": [*map(_name, using)], "named_graphs": [*map(_name, using_named)]}
    return {"default_graph": NamedNode(step.with_graph)} if step.with_graph else {}


def _name(graph: str) -> NamedNode:
    try:
        return NamedNode(graph)
    except ValueError as error:
        raise QueryError(f"{graph!r} can't name a graph: {error}") from error


def _modify(run: _Run, step: Operation) -> Change:
    # Each solution has blank nodes of its own; else equal ones change nothing more, and Oxigraph drops them faster.
    many = any("_:" in str(quad) for quad in step.insert)
    columns = " ".join(f"?{name}" for name in step.variables)
    form = "ASK" if not columns and not many else f"SELECT {'' if many else 'DISTINCT '}{columns or '*'} WHERE"
    try:
        found = _readable(run).query(f"{step.prologue} {form} {step.where}", **_dataset(run, step))
        if isinstance(found, QueryBoolean):
            return changed(step, [()] if found else [])
        assert isinstance(found, QuerySolutions)
        return changed(step, (tuple(row) if columns else () for row in found))
    except (SyntaxError, RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the update failed: {error}") from error


def _data(_run: _Run, step: Operation) -> Change:
    return changed(step, ((),))


def _load(run: _Run, step: Operation) -> Change:
    graph = _target(step.destination)
    try:
        assert run.load is not None
        return Change(added=canonical(with_graph(fresh(run.load(step.source)), graph)))
    except KGError:
        if step.silent:
            return Change()
        raise


def _clear(run: _Run, step: Operation) -> Change:
    if step.source == "ALL":
        return Change(emptied=True)
    if step.source == "NAMED":
        return Change(emptied=True, added=frozenset(held(run.net, UNNAMED)))
    graph = _target(step.source)
    # What is not there is clear; the W3C's own test of relative IRIs begins with that.
    if step.kind == "clear" and not exists(run.net, graph):
        return Change()
    if not _is_there(run, graph, step):
        return Change()
    dropped = frozenset({graph}) if step.kind == "drop" else frozenset()
    return Change(removed=frozenset(held(run.net, graph)), dropped=dropped)


def _create(run: _Run, step: Operation) -> Change:
    graph = _target(step.source)
    if exists(run.net, graph) and not step.silent:
        raise QueryError(f"there is a graph {graph.value} already")
    return Change(created=frozenset({graph}))


def _copy(run: _Run, step: Operation) -> Change:
    source, destination = _target(step.source), _target(step.destination)
    if source == destination:
        return Change()
    _is_there(run, source, step)
    quads = frozenset(held(run.net, source))
    added = with_graph((quad.triple for quad in quads), destination)
    if step.kind == "add":
        return Change(added=added)
    moved = step.kind == "move"
    return Change(
        removed=frozenset(held(run.net, destination)) | (quads if moved else frozenset()),
        added=added,
        dropped=frozenset({destination, source} if moved else {destination}),
    )


def _target(graph: str) -> NamedNode:
    return UNNAMED if graph == "DEFAULT" else NamedNode(graph)


def _is_there(run: _Run, graph: NamedNode, step: Operation) -> bool:
    there = exists(run.net, graph)
    if not there and not step.silent:
        raise QueryError(f"there is no graph {graph.value} to {step.kind}")
    return there


KINDS: dict[str, Callable[[_Run, Operation], Change]] = {
    "modify": _modify,
    "delete-where": _modify,
    "insert-data": _data,
    "delete-data": _data,
    "load": _load,
    "clear": _clear,
    "drop": _clear,
    "create": _create,
    "copy": _copy,
    "move": _copy,
    "add": _copy,
}

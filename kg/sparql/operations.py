"""The operations of an update request, each read and proved by Oxigraph's own parser, and none of them done.

As Oxigraph parses here, whoever takes updates from strangers asks `depth` and `chain` first.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Quad

from kg.sparql import parts
from kg.sparql.parts import Part
from kg.sparql.request import Request, declare, fail, group, iri, keyword, open_request, prologue, take

_ONE_GRAPH = ("clear", "drop", "create")
_TWO_GRAPHS = ("copy", "move", "add")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of an update.

    `kind` is insert-data, delete-data, delete-where, modify, load, clear, drop, create, copy, move or add. The quads of
    the templates stand in the default graph where no GRAPH is named, and have `parts.marker(i)` for `variables[i]`.
    `where` is a group pattern in its braces, to be read after `prologue`. Graphs are absolute IRIs; `source` (what is
    loaded, copied or cleared) and `destination` may also be DEFAULT, and what is cleared or dropped NAMED or ALL.
    """

    kind: str
    prologue: str = ""
    delete: tuple[Quad, ...] = ()
    insert: tuple[Quad, ...] = ()
    variables: tuple[str, ...] = ()
    where: str = ""
    with_graph: str = ""
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()
    silent: bool = False
    source: str = ""
    destination: str = ""


def operations(text: str, base_iri: str | None = None) -> list[Operation]:
    """The operations in their order; raises QueryError, with line and column, where the update is not SPARQL 1.1."""
    request = open_request(text, base_iri)
    found: list[Operation] = []
    earlier: set[str] = set()
    while True:
        declare(request)
        if request.is_done:
            return found
        first = request.at
        found.append(_operation(request))
        labels = {token.text: token for token in request.tokens[first : request.at] if token.kind == "blank"}
        for label in sorted(labels.keys() & earlier):
            raise fail(request, f"the blank node {label} stands in two operations", labels[label])
        earlier |= labels.keys()
        if not take(request, ";") and not request.is_done:
            raise fail(request, "expected ; or the end")


def loads(text: str, base_iri: str | None = None) -> tuple[str, ...]:
    """The IRIs that the LOADs of an update name."""
    if "load" not in text.lower():
        return ()
    return tuple(operation.source for operation in operations(text, base_iri) if operation.kind == "load")


def _operation(request: Request) -> Operation:
    word = keyword(request)
    if word in ("WITH", "INSERT", "DELETE"):
        return _quads(request)
    kind = word.lower()
    if kind not in ("load", *_ONE_GRAPH, *_TWO_GRAPHS):
        raise fail(request, "expected an operation, such as INSERT DATA or CLEAR")
    request.at += 1
    silent = take(request, "SILENT")
    if kind == "load":
        source = iri(request)
        destination = _graph(request, "GRAPH") if take(request, "INTO") else "DEFAULT"
    elif kind in _ONE_GRAPH:
        source, destination = _graph(request, "GRAPH", *(() if kind == "create" else ("DEFAULT", "NAMED", "ALL"))), ""
    else:
        source = _graph(request, "", "GRAPH", "DEFAULT")
        if not take(request, "TO"):
            raise fail(request, "expected TO")
        destination = _graph(request, "", "GRAPH", "DEFAULT")
    return Operation(kind, silent=silent, source=source, destination=destination)


def _graph(request: Request, *allowed: str) -> str:
    """A graph, which begins with one of these words; an empty one allows the IRI alone."""
    word = keyword(request)
    if word in allowed and word:
        request.at += 1
        return iri(request) if word == "GRAPH" else word
    if "" not in allowed:
        raise fail(request, f"expected {' or '.join(allowed)}")
    return iri(request)


def _quads(request: Request) -> Operation:
    first = request.at
    with_graph = iri(request) if take(request, "WITH") else ""
    verb = keyword(request)
    for second in ("DATA", "WHERE") if verb == "DELETE" and not with_graph else ("DATA",) if not with_graph else ():
        if keyword(request, 1) == second:
            request.at += 2
            return _plain(request, f"{verb} {second}", group(request), first)
    delete = group(request) if take(request, "DELETE") else None
    insert = group(request) if take(request, "INSERT") else None
    if delete is None and insert is None:
        raise fail(request, "expected DELETE or INSERT")
    using: dict[bool, list[str]] = {False: [], True: []}
    while take(request, "USING"):
        using[take(request, "NAMED")].append(iri(request))
    if not take(request, "WHERE"):
        raise fail(request, "expected WHERE")
    where = group(request)
    before = prologue(request, first)
    variables = parts.variables(*filter(None, (delete, insert)))
    parts.check_where(where, before)
    return Operation(
        "modify",
        before,
        parts.template(delete, "DELETE", before, variables) if delete else (),
        parts.template(insert, "INSERT", before, variables) if insert else (),
        variables,
        where.text,
        with_graph,
        tuple(using[False]),
        tuple(using[True]),
    )


def _plain(request: Request, verb: str, part: Part, first: int) -> Operation:
    before = prologue(request, first)
    if verb == "INSERT DATA":
        return Operation("insert-data", before, insert=parts.template(part, verb, before, ()))
    if verb == "DELETE DATA":
        return Operation("delete-data", before, delete=parts.template(part, verb, before, ()))
    variables = parts.variables(part)
    quads = parts.template(part, verb, before, variables)
    return Operation("delete-where", before, delete=quads, variables=variables, where=part.text)

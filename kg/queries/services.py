"""Which other servers a query calls by SERVICE, read from its parse tree, and whether someone has allowed them.

Oxigraph follows SERVICE over the network and can't be told not to. A clause must have the word in it, followed by an
address: text without that shape is safe whatever else it says. Where the shape is found (a string may have it), the
parse tree that rdflib makes decides.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from urllib.parse import SplitResult, urlsplit

from pyparsing import ParseBaseException, ParseResults
from rdflib import URIRef
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import UsageError

MAX_PARSED = 50_000
# Glued spellings ('SERVICEp:x', 'SERVICESILENT<…>') are let through by Oxigraph, hence no word boundaries.
CLAUSE = re.compile(r"service(?:\s|#[^\n]*\n)*(?:silent|[<?$]|[^\s{}()<>\"'#]*:)", re.IGNORECASE)
ESCAPE = re.compile(r"\\u", re.IGNORECASE)


def services(query: str) -> frozenset[str] | None:
    """The addresses that the query's SERVICE clauses call; None where it can't be told that these are all."""
    # In SPARQL a carriage return ends a comment; in rdflib it does not.
    text = query.replace("\r", "\n")
    if "service" not in text.lower() or not CLAUSE.search(text):
        return frozenset()
    if len(text) > MAX_PARSED or ESCAPE.search(text):
        return None
    try:
        nodes = list(_nodes(_parsed(text)))
    except (ParseBaseException, RecursionError, ValueError):
        return None
    prefixes = {_said(node, "prefix"): str(node.iri) for node in nodes if node.name == "PrefixDecl"}
    found = [_address(node.term, prefixes) for node in nodes if node.name == "ServiceGraphPattern"]
    return None if None in found else frozenset(filter(None, found))


def _parsed(text: str) -> object:
    """The tree of a query or, where it is none, of an update."""
    try:
        return parseQuery(text)
    except ParseBaseException:
        return parseUpdate(text)


def check(query: str, allowed: Collection[str]) -> None:
    """Nothing where the query calls no server but allowed ones; raises UsageError that says how to allow the others."""
    asked = services(query)
    if asked is None:
        raise UsageError(
            "it can't be told which servers the query calls with SERVICE: name each by an absolute address, not by a "
            "variable, a BASE or an escape, in a query that keeps to SPARQL 1.1"
        )
    for address in sorted(asked):
        if not is_allowed(address, allowed):
            host = urlsplit(address).netloc
            raise UsageError(
                f"the query asks another server, {address}, which is off unless you allow it: --allow-service {host}"
            )


def is_allowed(address: str, allowed: Collection[str]) -> bool:
    """Whether an address is that of an allowed host (`host` or `host:port`), or at or below an allowed URL."""
    try:
        return any(_covers(urlsplit(each), urlsplit(address)) for each in allowed)
    except ValueError:
        return False


def _covers(allowed: SplitResult, asked: SplitResult) -> bool:
    if not allowed.netloc:  # a host by itself reads as a path, and one with a port as a scheme
        return asked.netloc.lower() == allowed.geturl().rstrip("/").lower()
    path = allowed.path.rstrip("/")
    same = (allowed.scheme, allowed.netloc.lower()) == (asked.scheme, asked.netloc.lower())
    return same and "/.." not in asked.path and (asked.path == path or asked.path.startswith(f"{path}/"))


def _address(term: object, prefixes: dict[str, str]) -> str | None:
    """The absolute address that a clause names, None for a variable and whatever else is known only later."""
    if isinstance(term, CompValue) and term.name == "pname":
        namespace, local = prefixes.get(_said(term, "prefix")), _said(term, "localname")
        term = None if namespace is None or "\\" in local else URIRef(namespace + local)
    return str(term) if isinstance(term, URIRef) and "://" in term else None


def _said(node: CompValue, part: str) -> str:
    return str(node[part]) if part in node else ""


def _nodes(tree: object) -> Iterator[CompValue]:
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, CompValue):
            yield node
            stack.extend(node.values())
        elif isinstance(node, ParseResults | list | tuple):
            stack.extend(node)

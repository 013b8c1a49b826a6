"""What a query must not do before it reaches the store: call another server, or be longer than can be parsed safely.

Oxigraph follows SERVICE over the network and can't be told not to, so a query that holds one is refused here. A clause
must have the word in it, followed by an address: text without that shape is safe whatever else it says. Where the shape
is found (a string may have it), rdflib's parse tree decides, and what rdflib can't read is refused too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyparsing import ParseBaseException, ParseResults
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import KGError

MAX_QUERY = 100_000
MAX_PARSED = 50_000
# Glued spellings ('SERVICEp:x', 'SERVICESILENT<…>') are let through by Oxigraph, hence no word boundaries.
CLAUSE = re.compile(r"service(?:\s|#[^\n]*\n)*(?:silent|[<?$]|[^\s{}()<>\"'#]*:)", re.IGNORECASE)
ESCAPE = re.compile(r"\\u", re.IGNORECASE)


class Forbidden(KGError):
    """The query is SPARQL, but asks for something that this endpoint does not do."""

    exit_code = 2
    http_status = 403


class TooLong(KGError):
    """The query could nest deeper than the stack that it is parsed on."""

    exit_code = 2
    http_status = 413


def check(query: str) -> None:
    """Nothing where the query may run; raises Forbidden for SERVICE and TooLong past MAX_QUERY characters."""
    if len(query) > MAX_QUERY:
        raise TooLong(f"the query has {len(query):,} characters; this endpoint reads {MAX_QUERY:,}")
    # In SPARQL a carriage return ends a comment; in rdflib it does not.
    text = query.replace("\r", "\n")
    if "service" not in text.lower() or not CLAUSE.search(text):
        return
    if len(text) > MAX_PARSED or ESCAPE.search(text) or _calls(text):
        raise Forbidden(
            "SERVICE is switched off here: this endpoint never calls another server. If the query has no SERVICE "
            "clause, write the word 'service' in it so that no ':', '?', '$' or '<' follows."
        )


def _calls(text: str) -> bool:
    """Whether the query has a SERVICE clause, or can't be shown to have none."""
    try:
        tree = parseQuery(text)
    except (ParseBaseException, RecursionError, ValueError):
        return True
    return any(node.name == "ServiceGraphPattern" for node in _nodes(tree))


def _nodes(tree: object) -> Iterator[CompValue]:
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, CompValue):
            yield node
            stack.extend(node.values())
        elif isinstance(node, ParseResults | list | tuple):
            stack.extend(node)

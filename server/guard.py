"""What a query must not do before it reaches the store: call another server, or be longer than can be parsed safely.

Oxigraph follows SERVICE over the network and can't be told not to, so a query that holds one, or can't be shown to hold
none (`kg.queries.services`), is refused here.
"""

from __future__ import annotations

from kg.errors import KGError
from kg.queries.services import services

MAX_QUERY = 100_000


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
    if services(query) != frozenset():
        raise Forbidden(
            "SERVICE is switched off here: this endpoint never calls another server. If the query has no SERVICE "
            "clause, write the word 'service' in it so that no ':', '?', '$' or '<' follows."
        )

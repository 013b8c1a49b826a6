"""What a query must not do: ask another server, or nest deeper than can be parsed safely.

Evaluators have no network, so this is the clear word, not the only wall. Where other servers are allowed, queries
that ask them go to evaluators that have one: the host must be on the list, and none of its addresses may be private
unless the list itself names that address.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

from kg.errors import KGError, QueryError
from kg.queries.services import is_allowed, services
from kg.sparql import chain, depth, unescaped

DEEPEST = 400
LONGEST = 2000
OFF = (
    "SERVICE is switched off here: this endpoint never calls another server. If the query has no SERVICE "
    "clause, write the word 'service' in it so that no ':', '?', '$' or '<' follows."
)


class Forbidden(KGError):
    """The query is SPARQL, but asks for something that this endpoint does not do."""

    exit_code = 2
    http_status = 403


class TooLong(KGError):
    """The query is longer than this endpoint reads."""

    exit_code = 2
    http_status = 413


def check_length(query: str, longest: int) -> None:
    """Nothing where the text may be looked at; raises TooLong where it is longer than that, in characters."""
    if len(query) > longest:
        raise TooLong(f"the query has {len(query):,} characters; this endpoint reads {longest:,}")


def check(query: str, allowed: Collection[str] = ()) -> None:
    """Nothing where the query may run. Raises Forbidden for what it may not ask, QueryError for what nests too deep.

    To judge a text takes time, so this is for a process that may take it.
    """
    check_shape(query)
    asked = services(unescaped(query))
    if asked is None or (asked and not allowed):
        raise Forbidden(OFF)
    for address in sorted(asked):
        check_address(address, allowed)
        check_host(address, allowed)


def check_shape(query: str) -> None:
    """Nothing where the text can be parsed safely; raises QueryError where it nests too deep or goes on too long."""
    query = unescaped(query)
    if len(query) > DEEPEST:
        if (found := depth(query)) > DEEPEST:
            raise QueryError(f"the query nests {found:,} deep; this endpoint reads {DEEPEST}")
        if len(query) > LONGEST and (found := chain(query)) > LONGEST:
            raise QueryError(f"{found:,} parts follow one another in the query; this endpoint reads {LONGEST:,}")


def check_address(address: str, allowed: Collection[str]) -> None:
    """Nothing where the address may be asked; raises Forbidden where it is not on the list. Asks no name server."""
    if not is_allowed(address, allowed):
        raise Forbidden(f"this endpoint does not ask {urlsplit(address).netloc or address}")


def check_host(address: str, allowed: Collection[str]) -> None:
    """Nothing where an allowed host is public; raises Forbidden where its name leads to a private address."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    named = {urlsplit(each).hostname or each.partition(":")[0].strip("[]") for each in allowed}
    try:
        ipaddress.ip_address(host)
        if host in named:
            return
    except ValueError:
        pass
    try:
        found = socket.getaddrinfo(host, parts.port or 443, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Forbidden(f"{host} can't be found: {error}") from error
    for *_, where in found:
        if not ipaddress.ip_address(str(where[0]).partition("%")[0]).is_global:
            raise Forbidden(f"{host} leads to {where[0]}, which is not a public address")

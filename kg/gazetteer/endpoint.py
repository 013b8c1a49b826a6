"""A SPARQL 1.1 endpoint that is asked politely: it is told who asks, and waited for while it is busy."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, QuerySolutions, Triple, parse_query_results

import kg
from kg.errors import GazetteerError

TRIES = 6
LONGEST_WAIT = 600.0
"""Seconds that a server may ask to be waited for."""

AGENT = f"ConflictKG/{kg.__version__} (gazetteer builder; https://w3id.org/conflictkg) httpx/{httpx.__version__}"
TIMEOUT = httpx.Timeout(300, connect=20)
_BUSY = frozenset([429, 502, 503, 504])

Solution = Mapping[str, NamedNode | BlankNode | Literal | Triple]
"""The bound variables of one solution."""


def client() -> httpx.Client:
    """A client that says who it is, as Wikimedia asks its users to."""
    return httpx.Client(timeout=TIMEOUT, headers={"User-Agent": AGENT}, follow_redirects=True)


def ask(
    client: httpx.Client, address: str, query: str, *, wait: Callable[[float], None] = time.sleep, tries: int = TRIES
) -> list[Solution]:
    """The solutions of one query, asked again while the server is busy or can't be reached.

    `wait` waits some seconds. Raises GazetteerError for any other answer, and when the `tries` are used up.
    """
    for attempt in range(1, tries + 1):
        try:
            response = client.post(
                address, data={"query": query}, headers={"Accept": "application/sparql-results+json"}
            )
        except httpx.TransportError as error:
            problem, pause = f"does not answer: {error}", 2.0**attempt
        else:
            if response.is_success:
                return _parsed(response, address)
            problem, pause = f"answers {response.status_code}: {response.text.strip()[:300]}", 2.0**attempt
            if response.status_code not in _BUSY:
                raise GazetteerError(problem, where=address, remedy="check the address and the query")
            pause = _told(response.headers.get("Retry-After", "")) or pause
        if attempt < tries:
            if pause > LONGEST_WAIT:
                break
            wait(pause)
    raise GazetteerError(problem, where=address, remedy="build again later: it goes on where it stopped")


def text(solution: Solution, name: str) -> str:
    """What a variable is bound to: an IRI or the text of a literal, '' for anything else."""
    term = solution.get(name)
    return term.value if isinstance(term, (NamedNode, Literal)) else ""


def _parsed(response: httpx.Response, address: str) -> list[Solution]:
    try:
        found = parse_query_results(response.content, QueryResultsFormat.JSON)
        if not isinstance(found, QuerySolutions):
            raise ValueError("it is yes or no")
        names = [variable.value for variable in found.variables]
        return [{name: term for name in names if (term := solution[name]) is not None} for solution in found]
    except (SyntaxError, ValueError) as error:
        raise GazetteerError(
            f"the answer is no table of solutions: {error}", where=address, remedy="give a SPARQL endpoint"
        ) from error


def _told(after: str) -> float | None:
    """The seconds that a Retry-After header asks for: a number, or a date (RFC 9110, 10.2.3)."""
    if after.strip().isdecimal():
        return float(after)
    try:
        return max(1.0, (parsedate_to_datetime(after) - datetime.now(UTC)).total_seconds()) if after else None
    except (ValueError, TypeError):
        return None

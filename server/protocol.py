"""A request to the SPARQL endpoint, read as the SPARQL 1.1 Protocol has it: which operation, on which graphs.

Source: SPARQL 1.1 Protocol, https://www.w3.org/TR/sparql11-protocol/ (sections 2.1 and 2.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote_plus

from pyoxigraph import NamedNode

from kg.errors import KGError, QueryError

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
MOST_PARAMETERS = 1000
UTF8 = {"", "utf-8", "utf8", "us-ascii", "ascii"}


class Refused(KGError):
    """The request is not one that this endpoint takes; `headers` tell more."""

    exit_code = 2

    def __init__(self, status: int, why: str, headers: Mapping[str, str] | None = None) -> None:
        self.http_status, self.headers = status, dict(headers or {})
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update, and the graphs that the request names for it."""

    kind: str
    """`query` or `update`."""
    text: str
    default_graphs: tuple[str, ...] = ()
    """`default-graph-uri` of a query, `using-graph-uri` of an update."""
    named_graphs: tuple[str, ...] = ()
    fields: Mapping[str, list[str]] = field(default_factory=dict)
    """All parameters, for what is not of the protocol, such as `format`."""


def operation(method: str, query_string: str, content_type: str, body: bytes) -> Operation:
    """The one operation that the request asks for. Raises Refused, and QueryError for what is no operation."""
    fields = parameters(query_string)
    if method in ("GET", "HEAD"):
        if "update" in fields:
            raise Refused(400, "an update is sent by POST: GET only reads")
        return _query(fields, _one(fields, "query"))
    media_type, _, rest = content_type.partition(";")
    media_type = media_type.strip().lower()
    if media_type not in (FORM, QUERY, UPDATE):
        accepted = f"{FORM}, {QUERY}, {UPDATE}"
        raise Refused(415, f"send the body as one of {accepted}, not as {media_type or 'nothing'}", _accepts(accepted))
    _check_charset(rest)
    text = _decoded(body)
    if media_type == FORM:
        for name, values in parameters(text).items():
            fields.setdefault(name, []).extend(values)
        if "query" in fields and "update" in fields:
            raise Refused(400, "the request must have a query or an update, and has both")
        return _update(fields, _one(fields, "update")) if "update" in fields else _query(fields, _one(fields, "query"))
    if "query" in fields or "update" in fields:
        raise Refused(400, "the query or update is the body, so the address must not hold another")
    return _query(fields, text) if media_type == QUERY else _update(fields, text)


def _query(fields: dict[str, list[str]], text: str) -> Operation:
    return Operation("query", text, _iris(fields, "default-graph-uri"), _iris(fields, "named-graph-uri"), fields)


def _update(fields: dict[str, list[str]], text: str) -> Operation:
    return Operation("update", text, _iris(fields, "using-graph-uri"), _iris(fields, "using-named-graph-uri"), fields)


def parameters(encoded: str, *, most: int = MOST_PARAMETERS) -> dict[str, list[str]]:
    """The parameters of an address or a form, with all values of each. Raises Refused, and QueryError."""
    name, _, value = encoded.partition("=")
    if name == "query" and "&" not in value:  # as most are, and three times as quick
        try:
            return {name: [unquote_plus(value, errors="strict")]}
        except UnicodeDecodeError as error:
            raise QueryError(f"the parameters are not UTF-8: {error.reason}") from error
    try:
        return parse_qs(encoded, keep_blank_values=True, errors="strict", max_num_fields=most)
    except UnicodeDecodeError as error:
        raise QueryError(f"the parameters are not UTF-8: {error.reason}") from error
    except ValueError as error:
        raise Refused(400, f"the parameters can't be read: {error}") from error


def _one(fields: Mapping[str, list[str]], name: str) -> str:
    found = fields.get(name, [])
    if len(found) != 1:
        raise QueryError(f"the request must have one parameter '{name}'; it has {len(found)}")
    return found[0]


def _iris(fields: Mapping[str, list[str]], name: str) -> tuple[str, ...]:
    found = fields.get(name)
    if not found:
        return ()
    for iri in found:
        try:
            NamedNode(iri)
        except ValueError as error:
            raise QueryError(f"{iri!r} is not an absolute IRI, so it can't name a graph: {error}") from error
    return tuple(found)


def _check_charset(parameters: str) -> None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip().strip('"').lower() not in UTF8:
            raise Refused(400, f"the body must be UTF-8, and its Content-Type says {value.strip()}")


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf8")
    except UnicodeDecodeError as error:
        raise QueryError(f"the query is not UTF-8: byte {error.start} can't be read") from error


def _accepts(types: str) -> dict[str, str]:
    return {"Accept-Post": types}

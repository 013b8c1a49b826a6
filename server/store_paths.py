"""Which graph a request to the Graph Store is about: named in a parameter, or by the address itself.

Source: SPARQL 1.1 Graph Store HTTP Protocol, https://www.w3.org/TR/sparql11-http-rdf-update/ (section 4).
"""

from __future__ import annotations

from typing import Protocol
from urllib.parse import parse_qs, quote, urljoin, urlsplit

from pyoxigraph import NamedNode

from server.protocol import Refused

ROOT = "/store"
DEFAULT = ""
SAFE = "/:@!$&'()*+,;=~-._"


class Asked(Protocol):
    """What there is to know of a request here."""

    @property
    def path(self) -> str: ...
    @property
    def query_string(self) -> str: ...
    @property
    def address(self) -> str: ...


def graph_of(request: Asked) -> str | None:
    """The IRI of the graph, DEFAULT for the one without a name, and None where the address is not of the Graph Store.

    Raises Refused (400) where the parameters name no graph or several.
    """
    path = request.path
    if not path.startswith(ROOT) or path[len(ROOT) : len(ROOT) + 1] not in ("", "/"):
        return None
    if "\ufffd" in path:
        raise Refused(400, "the address is not UTF-8, so it names no graph")
    root = request.address[: len(request.address) - len(path)]
    if path.strip("/") != ROOT.strip("/"):
        return _iri(root + quote(path, safe=SAFE))
    fields = parse_qs(request.query_string, keep_blank_values=True)
    named = [*fields.get("graph", ()), *(DEFAULT for _ in fields.get("default", ()))]
    if len(named) != 1:
        raise Refused(400, f"name one graph, by ?graph=IRI or ?default; the request names {len(named)}")
    return _iri(named[0], root + ROOT) if named[0] else _default(fields)


def _default(fields: dict[str, list[str]]) -> str:
    if "graph" in fields:
        raise Refused(400, "?graph= has no IRI; for the graph without a name ask ?default")
    return DEFAULT


def _iri(text: str, base: str = "") -> str:
    try:
        # One that is absolute stays as it is: `urljoin` would take the `#` from its end.
        return NamedNode(text if urlsplit(text).scheme else urljoin(base, text)).value
    except ValueError as error:
        raise Refused(400, f"{text!r} can't name a graph: {error}") from error


def state_of(tag: str) -> str:
    """The state that an ETag is of, with the start of the server that gave it; `*` for any."""
    return tag.strip().removeprefix("W/").strip('"').partition(".")[0]

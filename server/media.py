"""Which format an answer is sent in: the media types of each, the short names for `?format=`, and the choice."""

from __future__ import annotations

from functools import lru_cache
from typing import NoReturn

from flask import Request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from server.protocol import Refused

TABLE_TYPES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPH_TYPES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "nq": "application/n-quads",
    "trig": "application/trig",
}
EXPORT_TYPES = {
    "gexf": "application/gexf+xml",
    "graphml": "application/graphml+xml",
    "cyjs": "application/json",
    "geojson": "application/geo+json",
    "incidents.csv": "text/csv",
}
# What clients also ask for, and what they mean by it.
SYNONYMS = {
    "application/json": ("json", "jsonld"),
    "application/xml": ("xml", "rdf"),
    "text/xml": ("xml", "rdf"),
    "text/plain": ("nt",),
    "application/x-turtle": ("ttl",),
    "text/n3": ("ttl",),
    "text/rdf+n3": ("ttl",),
    "text/x-nquads": ("nq",),
    "application/x-trig": ("trig",),
}
NAMES = {
    "turtle": "ttl", "ntriples": "nt", "n-triples": "nt", "rdfxml": "rdf", "rdf+xml": "rdf", "json-ld": "jsonld",
    "nquads": "nq", "n-quads": "nq", "srj": "json", "srx": "xml",
}  # fmt: skip
TABLE, GRAPH = tuple(TABLE_TYPES), tuple(GRAPH_TYPES)
OFFERED = {"table": TABLE, "boolean": TABLE, "graph": GRAPH}
TYPES = TABLE_TYPES | GRAPH_TYPES | EXPORT_TYPES | {"html": "text/html"}


def names(kind: str) -> list[str]:
    """The media types that a kind of answer can be sent as: a table, a boolean or a graph."""
    return [TYPES[format] for format in OFFERED[kind]]


@lru_cache(512)
def wanted(accept: str, named: str) -> dict[str, str | None]:
    """The format for each kind of answer, None where the client takes none. Not to be changed."""
    return {kind: choose(accept, named, offered) for kind, offered in OFFERED.items()}


def content_type(format: str) -> str:
    """The Content-Type of a format, with the charset where the type takes one."""
    media = TYPES[format]
    return media + "; charset=utf-8" if media.startswith("text/") else media


@lru_cache(512)
def choose(accept: str, named: str, offered: tuple[str, ...]) -> str | None:
    """The format that a client likes best, by `?format=` or by Accept with its q-values; None where it takes none.

    A client that names no preference gets the first of `offered`, which are keys of TYPES.
    """
    if named:
        return _by_name(named.lower(), offered)
    if not accept:
        return offered[0]
    types = {TYPES[format]: format for format in offered}
    for media, meanings in SYNONYMS.items():
        for format in meanings:
            if format in offered:
                types.setdefault(media, format)
    best = parse_accept_header(accept, MIMEAccept).best_match(types)
    return types[best] if best else None


def chosen(request: Request, offered: tuple[str, ...]) -> str | None:
    """The format for a request that Flask has read."""
    return choose(request.headers.get("Accept", ""), request.values.get("format", ""), offered)


def of_body(content_type: str) -> str:
    """The format of a graph that a client sends, a key of GRAPH_TYPES. Raises Refused (415)."""
    media = content_type.partition(";")[0].strip().lower()
    known = {name: format for format, name in GRAPH_TYPES.items()} | {
        name: meant for name, meanings in SYNONYMS.items() for meant in meanings if meant in GRAPH_TYPES
    }
    if media not in known:
        accepted = ", ".join(GRAPH_TYPES.values())
        raise Refused(415, f"send a graph as one of {accepted}, not as {media or 'nothing'}", {"Accept": accepted})
    return known[media]


def refuse(formats: tuple[str, ...]) -> NoReturn:
    """Ends the request with 406 and the list of what there is."""
    raise Refused(406, "this can be sent as " + ", ".join(TYPES[format] for format in formats))


def _by_name(name: str, offered: tuple[str, ...]) -> str | None:
    """`json` and `xml` mean a table's format or a graph's, whichever is offered; media types are names too."""
    named = NAMES.get(name, name)
    graph = {"json": "jsonld", "xml": "rdf"}.get(named)
    typed = {TYPES[format]: format for format in offered}
    return next((format for format in (named, graph, typed.get(name)) if format in offered), None)

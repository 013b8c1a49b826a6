"""Which format an answer is sent in: the media types of each, the short names for `?format=`, and the choice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from flask import Request, abort

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
}
# What clients also ask for, and what they mean by it.
SYNONYMS = {
    "application/json": ("json", "jsonld"),
    "application/xml": ("xml", "rdf"),
    "text/xml": ("xml", "rdf"),
    "text/plain": ("nt",),
    "application/x-turtle": ("ttl",),
}
NAMES = {"turtle": "ttl", "ntriples": "nt", "n-triples": "nt", "rdfxml": "rdf", "rdf+xml": "rdf", "json-ld": "jsonld"}
TYPES = TABLE_TYPES | GRAPH_TYPES | {"html": "text/html"}


def content_type(format: str) -> str:
    """The Content-Type of a format, with the charset where the type takes one."""
    media = TYPES[format]
    return media + "; charset=utf-8" if media.startswith("text/") else media


def choose(request: Request, formats: Iterable[str]) -> str | None:
    """The format that the client likes best, by `?format=` or by Accept with its q-values; None where it takes none.

    A client that names no preference gets the first of `formats`, which are keys of TYPES.
    """
    offered = tuple(formats)
    named = request.values.get("format")
    if named:
        return _by_name(named.lower(), offered)
    types = {TYPES[format]: format for format in offered}
    for media, meanings in SYNONYMS.items():
        for format in meanings:
            if format in offered:
                types.setdefault(media, format)
    accept = request.accept_mimetypes
    best = accept.best_match(types) if accept else TYPES[offered[0]]
    return types[best] if best else None


def refuse(formats: Iterable[str]) -> NoReturn:
    """Ends the request with 406 and the list of what there is."""
    abort(406, description="this can be sent as " + ", ".join(TYPES[format] for format in formats))


def _by_name(name: str, offered: tuple[str, ...]) -> str | None:
    """`json` and `xml` mean a table's format or a graph's, whichever is offered; media types are names too."""
    named = NAMES.get(name, name)
    graph = {"json": "jsonld", "xml": "rdf"}.get(named)
    typed = {TYPES[format]: format for format in offered}
    return next((format for format in (named, graph, typed.get(name)) if format in offered), None)

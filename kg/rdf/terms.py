"""IRIs and literals of the graph, each in the form that Oxigraph keeps, so that an export equals what was put in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from urllib.parse import quote, urlsplit

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

import ontology
from ontology import CKG

PREFIXES = {
    "cito": "http://purl.org/spar/cito/",
    "ckg": "https://w3id.org/conflictkg/ns#",
    "dcterms": "http://purl.org/dc/terms/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

Term = NamedNode | Literal
Triple = tuple[NamedNode, NamedNode, Term]


@cache
def term(curie: str) -> NamedNode:
    """The IRI that a prefixed name like `skos:prefLabel` stands for."""
    prefix, _, local = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def nquads(quads: Iterable[Quad]) -> bytes:
    """The quads as lines of N-Quads, in their order."""
    return b"".join(f"{quad} .\n".encode() for quad in quads)


@cache
def ckg(local: str) -> NamedNode:
    """The IRI of a term of our ontology; raises AttributeError for a name it lacks."""
    return NamedNode(str(getattr(CKG, local)))


@cache
def _above() -> dict[str, list[str]]:
    """For each class of the ontology those right above it, within the ontology."""
    above: dict[str, list[str]] = {}
    for quad in parse(ontology.turtle(), RdfFormat.TURTLE):
        if quad.predicate == term("rdfs:subClassOf") and isinstance(quad.object, NamedNode):
            above.setdefault(str(quad.subject), []).append(quad.object.value)
    return {low: [high for high in highs if high.startswith(PREFIXES["ckg"])] for low, highs in above.items()}


@cache
def _classes(node: NamedNode) -> frozenset[NamedNode]:
    """The class and its ancestors within the ontology."""
    return frozenset({node}).union(*(_classes(NamedNode(high)) for high in _above().get(str(node), ())))


def above(local: str) -> frozenset[str]:
    """The classes above the one with this local name, by local name, within the ontology."""
    names = {node.value.removeprefix(PREFIXES["ckg"]) for node in _classes(ckg(local))}
    return frozenset(names - {local})


def typed(node: NamedNode, *classes: str) -> Iterable[Triple]:
    """The rdf:type triples of a node: its classes, given by local name, and all above them in the ontology."""
    return {(node, term("rdf:type"), above) for local in classes for above in _classes(ckg(local))}


def integer(number: int) -> Literal:
    """The number as xsd:integer."""
    return Literal(str(number), datatype=term("xsd:integer"))


def decimal(number: float) -> Literal:
    """The number as xsd:decimal, rounded to five places."""
    return Literal(plain(number), datatype=term("xsd:decimal"))


def plain(number: float) -> str:
    """The number to five places without a trailing zero, point or minus: 1.5, 1, 0."""
    plain = f"{Decimal(str(number)):.5f}".rstrip("0").rstrip(".")
    return "0" if plain == "-0" else plain


def moment(day: date) -> Literal:
    """A day as xsd:date, a moment as xsd:dateTime, zone kept; UTC is written Z and no fraction ends in 0."""
    if not isinstance(day, datetime):
        return Literal(day.isoformat(), datatype=term("xsd:date"))
    zone = day.strftime("%z")
    written = day.replace(tzinfo=None).isoformat()
    written = written.rstrip("0") if day.microsecond else written
    zone = "Z" if zone == "+0000" else f"{zone[:3]}:{zone[3:5]}" if zone else ""
    return Literal(written + zone, datatype=term("xsd:dateTime"))


def address(url: str) -> Term:
    """The URL as an IRI with what no IRI may hold escaped, or as it was given where it is no absolute URL."""
    escaped = quote(url.strip(), safe=":/?#[]@!$&'()*+,;=%~")
    try:
        parts = urlsplit(escaped)
        return NamedNode(escaped) if parts.scheme and parts.netloc else Literal(url)
    except ValueError:
        return Literal(url)

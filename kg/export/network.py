"""A network: what is drawn of a store, whichever format it is then written in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from pyoxigraph import Literal, NamedNode

import ontology
from kg.export.amounts import amount, in_words
from kg.export.facts import TYPE, Asked, Facts, Object, Said, facts, values
from kg.export.facts import kind as kind_of
from kg.export.views import View
from kg.rdf import PREFIXES
from ontology import NAMESPACE

Value = str | int | float
Spell = tuple[str, str]
"""The first and the last day that something can have been, as ISO 8601 dates."""

LABEL, TITLE = PREFIXES["rdfs"] + "label", PREFIXES["dcterms"] + "title"
MATCH, WIKIDATA = PREFIXES["skos"] + "exactMatch", PREFIXES["wd"]
GEOMETRY, WKT = PREFIXES["geo"] + "hasGeometry", PREFIXES["geo"] + "asWKT"
# Attributes that our ontology leaves to other vocabularies.
OTHERS = {
    PREFIXES["dcterms"] + "identifier": "identifier",
    PREFIXES["dcterms"] + "issued": "issued",
    PREFIXES["schema"] + "url": "url",
}
NAMED = (LABEL, TITLE)
STARTS, ENDS, KIND_OF_EVENT = (NAMESPACE + name for name in ("startDate", "endDate", "eventType"))
# What tools that open the file know these by.
RENAMED = {"startDate": "start", "endDate": "end", "eventType": "type"}
NUMBERS: dict[str, Callable[[str], Value]] = {PREFIXES["xsd"] + "integer": int, PREFIXES["xsd"] + "decimal": float}


@dataclass(frozen=True, slots=True)
class Node:
    """A node: `kind` is the local name of its narrowest class, empty where none is ours."""

    iri: str
    label: str
    kind: str = ""
    attributes: dict[str, Value] = field(default_factory=dict)
    degree: int | None = None
    """How many edges it has in the whole store, where that was asked for."""

    @property
    def spell(self) -> Spell | None:
        """When it was, if it is dated."""
        start, end = (str(self.attributes.get(name, "")) for name in ("start", "end"))
        return (start or end, end or start) if start or end else None


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge. `name` is a property's or an event type's local name, `label` the same in words.

    `weight` counts the events that it stands for, and `spells` tells when they were, as far as they are dated.
    """

    source: str
    target: str
    name: str
    label: str
    weight: int = 1
    spells: tuple[Spell, ...] = ()
    mutual: bool = False
    attributes: dict[str, Value] = field(default_factory=dict)

    @property
    def days(self) -> dict[str, str]:
        """Its first `start` and last `end`, where it is dated."""
        return {"start": self.spells[0][0], "end": max(end for _, end in self.spells)} if self.spells else {}

    @property
    def id(self) -> str:
        """What tells it from every other edge of a network."""
        return f"{self.source} {self.name} {self.target}"


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes sorted by IRI, and edges between them sorted by their ends."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def predicates(view: View) -> set[str]:
    """What has to be known of a node of the view."""
    return {TYPE, MATCH, GEOMETRY, *NAMED, *OTHERS, *view.edges, *view.attributes}


def nodes(store: Asked, view: View, known: Facts) -> dict[str, Node]:
    """The nodes of the view among these, by IRI."""
    shapes = facts(store, (iri for said in known.values() for iri in values(said, GEOMETRY)), [WKT])
    points = {iri: values(said, WKT)[0] for iri, said in shapes.items()}
    made = (node(iri, said, view, points) for iri, said in sorted(known.items()))
    return {each.iri: each for each in made if each.kind in view.nodes}


def node(iri: str, said: Said, view: View, points: dict[str, str]) -> Node:
    """The node of which all this is said; `points` has the WKT of geometries."""
    kind = kind_of(said)
    attributes: dict[str, Value] = {}
    for predicate, terms in said.items():
        if predicate in view.attributes:
            name = view.attributes[predicate].name
            attributes[RENAMED.get(name, name)] = _value(terms)
        elif predicate in OTHERS:
            attributes[OTHERS[predicate]] = _value(terms)
        elif predicate == MATCH:
            items = [t.value.removeprefix(WIKIDATA) for t in terms if t.value.startswith(WIKIDATA)]
            attributes |= {"qid": "; ".join(items)} if items else {}
        elif predicate == GEOMETRY and terms[0].value in points:
            attributes |= position(points[terms[0].value])
    named = values(said, *NAMED)
    if kind == "Event" and named:
        attributes["trigger"] = named[0]
    return Node(iri, _label(kind, attributes) or (named[0] if named else short(iri)), kind, attributes)


def position(wkt: str) -> dict[str, Value]:
    """The latitude and longitude of a WKT point in degrees; empty for another shape."""
    head, _, rest = wkt.rpartition("(")
    numbers = rest.rstrip(") ").split()
    if not head.strip().upper().endswith("POINT") or len(numbers) != 2:
        return {}
    try:
        return {"latitude": float(numbers[1]), "longitude": float(numbers[0])}
    except ValueError:
        return {}


def short(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2]


def among(network: Network, kept: set[str]) -> Network:
    """The nodes of the network that are kept, and the edges between them."""
    return Network(
        tuple(each for each in network.nodes if each.iri in kept),
        tuple(each for each in network.edges if each.source in kept and each.target in kept),
    )


def counted(edges: tuple[Edge, ...]) -> dict[str, int]:
    """How many edges each node has."""
    found: dict[str, int] = {}
    for edge in edges:
        for end in {edge.source, edge.target}:
            found[end] = found.get(end, 0) + 1
    return found


def with_degrees(network: Network, degrees: dict[str, int]) -> Network:
    """The network, its nodes told how many edges they have."""
    return replace(network, nodes=tuple(replace(n, degree=degrees.get(n.iri, 0)) for n in network.nodes))


def _label(kind: str, attributes: dict[str, Value]) -> str:
    """What to call a node that has no name of its own; empty for others."""
    if kind == "Event":
        code = ontology.codes("EventType").get(str(attributes.get("type", "")))
        return code.label if code else ""
    if kind in ("Claim", "CountClaim"):
        return str(amount(attributes) or in_words(str(attributes.get("factuality", ""))))
    return ""


def _value(terms: list[Object]) -> Value:
    """One number or text; several values as one text. Codes of ours go by their local names."""
    first = terms[0]
    if len(terms) == 1 and isinstance(first, Literal) and first.datatype.value in NUMBERS:
        return NUMBERS[first.datatype.value](first.value)
    return "; ".join(short(term.value) if isinstance(term, NamedNode) else term.value for term in terms)

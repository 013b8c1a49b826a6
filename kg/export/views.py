"""The views: what of the graph becomes a node, an edge, an attribute. Read from views.toml and from the ontology."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import ontology
from kg.errors import UsageError
from ontology import NAMESPACE, Property

# The text of an article is no attribute of a node in a drawing.
LEFT_OUT = {"text"}
# Besides the codes of ours, what a property can lead to and be shown as a word.
WORDS = {"http://www.w3.org/2006/time#TemporalUnit"}


@dataclass(frozen=True, slots=True)
class View:
    """One view. `nodes` and `spine` are local names of classes with all below them.

    `edges` and `attributes` go from a property's IRI to the property. `source` is empty but where events are edges.
    """

    name: str
    title: str
    nodes: frozenset[str]
    spine: frozenset[str]
    edges: dict[str, Property]
    attributes: dict[str, Property]
    source: str = ""
    target: str = ""
    owner: str = ""
    mutual: frozenset[str] = frozenset()


@cache
def views() -> dict[str, View]:
    """Every view by its name, in the order of the file."""
    text = files("kg.export").joinpath("views.toml").read_text("utf8")
    return {name: _view(name, **fields) for name, fields in tomllib.loads(text).items()}


def view(name: str) -> View:
    """The view of that name. Raises UsageError."""
    if name not in views():
        raise UsageError(f"there is no view {name}; there are {', '.join(views())}")
    return views()[name]


def codes_below(scheme: str, *names: str) -> frozenset[str]:
    """These codes of a scheme and all below them, by local name. Raises UsageError for a name that is none."""
    codes = ontology.codes(scheme)
    for name in names:
        if name not in codes:
            raise UsageError(f"there is no {ontology.classes()[scheme].label} {name}; there are {', '.join(codes)}")
    below = set(names)
    for code in codes.values():  # a broader code stands before its narrower ones in the file
        if code.broader in below:
            below.add(code.name)
    return frozenset(below)


def _view(
    name: str,
    *,
    title: str,
    nodes: list[str],
    spine: list[str],
    source: str = "",
    target: str = "",
    owner: str = "",
    mutual: list[str] | None = None,
) -> View:
    shown = ontology.narrower(*nodes)
    edges = {
        each.iri: each
        for each in ontology.properties().values()
        if each.links and each.domain & _lineage(shown) and each.range & shown
    }
    return View(
        name,
        title,
        shown,
        ontology.narrower(*spine) if spine else frozenset(),
        edges,
        {each.iri: each for each in ontology.properties().values() if _is_attribute(each, shown)},
        NAMESPACE + source if source else "",
        NAMESPACE + target if target else "",
        NAMESPACE + owner if owner else "",
        codes_below("EventType", *(mutual or ())),
    )


def _lineage(names: frozenset[str]) -> frozenset[str]:
    """The classes and all above them: a property of Agent is one of Person too."""
    return frozenset(above for name in names for above in ontology.classes()[name].above)


def _is_attribute(property: Property, shown: frozenset[str]) -> bool:
    if property.name in LEFT_OUT or not property.domain & _lineage(shown):
        return False
    return not property.links or bool(property.range & (set(ontology.SCHEMES) | WORDS))

"""The codes: event types, measures, kinds and factualities, as codes.ttl has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from .source import CODES, NAMESPACE

SCHEMES = ("EventType", "Measure", "Kind", "Factuality")
SKOS = "http://www.w3.org/2004/02/skos/core#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a scheme.

    `broader` is the next code up; `notations` are pairs of scheme ("PLOVER", "ACLED") and name there. `nouns` and
    `verbs` are its words: lower-case, verbs in their base form without "to".
    """

    name: str
    iri: str
    scheme: str
    label: str
    definition: str
    broader: str | None = None
    notations: tuple[tuple[str, str], ...] = ()
    matches: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The label, then the nouns, then the verbs with "to "."""
        return (self.label, *self.nouns, *(f"to {verb}" for verb in self.verbs))


def local(iri: str) -> str:
    """The IRI without the ontology's namespace."""
    return iri.removeprefix(NAMESPACE)


@cache
def _all() -> Mapping[str, Mapping[str, Code]]:
    """The codes of every scheme, in the order of the file."""
    said: dict[str, dict[str, list[str]]] = {}
    notations: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for quad in parse(path=CODES, format=RdfFormat.TURTLE):
        if not isinstance(quad.subject, NamedNode):
            continue
        terms = said.setdefault(quad.subject.value, defaultdict(list))
        terms[quad.predicate.value].append(local(quad.object.value))
        if quad.predicate.value == SKOS + "notation" and isinstance(quad.object, Literal):
            notations[quad.subject.value].append((local(quad.object.datatype.value), quad.object.value))
    schemes: dict[str, dict[str, Code]] = {scheme: {} for scheme in SCHEMES}
    for iri, terms in said.items():
        for scheme in schemes.keys() & set(terms[TYPE]):
            schemes[scheme][local(iri)] = Code(
                name=local(iri),
                iri=iri,
                scheme=scheme,
                label=terms[SKOS + "prefLabel"][0],
                definition=terms[SKOS + "definition"][0],
                broader=next(iter(terms[SKOS + "broader"]), None),
                notations=tuple(notations[iri]),
                matches=tuple(terms[SKOS + "closeMatch"]),
                nouns=tuple(terms[SKOS + "altLabel"]),
                verbs=tuple(label.removeprefix("to ") for label in terms[SKOS + "hiddenLabel"]),
            )
    return MappingProxyType({scheme: MappingProxyType(found) for scheme, found in schemes.items()})


def codes(scheme: str) -> Mapping[str, Code]:
    """The codes of a scheme by name: "EventType", "Measure", "Kind" or "Factuality". Raises KeyError for another."""
    return _all()[scheme]


@cache
def ancestors(name: str) -> tuple[str, ...]:
    """The code itself, then each broader one up to the top. Raises KeyError for a name that is no code."""
    code = next((found[name] for found in _all().values() if name in found), None)
    if code is None:
        raise KeyError(f"no code is named {name!r}")
    return (name, *(ancestors(code.broader) if code.broader else ()))

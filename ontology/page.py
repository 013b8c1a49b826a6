"""The ontology as a page for people: every term with its definition, place in the tree, alignments and words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, StrictUndefined
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from .concepts import SCHEMES, Code, codes, local
from .source import FOLDER, NAMESPACE, VERSION, graph

TEMPLATE = FOLDER / "page.html"


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property, datatype or scheme as the page shows it. `above` and `near` are terms of any vocabulary."""

    name: str
    label: str
    definition: str
    above: tuple[str, ...]
    near: tuple[str, ...]
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    functional: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """A name of a tree and what hangs below it."""

    name: str
    below: tuple[Branch, ...]


def html() -> str:
    """The page as one self-contained HTML document without scripts; each term's anchor is its local name."""
    said = graph()
    classes = _terms(said, OWL.Class)
    properties = _terms(said, OWL.ObjectProperty) + _terms(said, OWL.DatatypeProperty)
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["address"] = _address
    header = URIRef(NAMESPACE.rstrip("#"))
    return environment.from_string(TEMPLATE.read_text("utf8")).render(
        title=str(said.value(header, DCTERMS.title)),
        description=str(said.value(header, DCTERMS.description)),
        licence=str(said.value(header, DCTERMS.license)),
        namespace=NAMESPACE,
        version=VERSION,
        classes=classes,
        class_tree=_tree((term.name, [name[4:] for name in term.above if name.startswith("ckg:")]) for term in classes),
        properties=sorted(properties, key=lambda term: term.name.lower()),
        datatypes=_terms(said, RDFS.Datatype),
        schemes={scheme: _scheme(said, scheme) for scheme in SCHEMES},
        codes={scheme: codes(scheme) for scheme in SCHEMES},
        code_trees={scheme: _code_tree(codes(scheme).values()) for scheme in SCHEMES},
    )


def _terms(said: Graph, kind: URIRef) -> list[Term]:
    """The ontology's own terms of a kind, in the order of their names."""
    found = [node for node in said.subjects(RDF.type, kind) if isinstance(node, URIRef) and node.startswith(NAMESPACE)]
    return [_term(said, node) for node in sorted(found)]


def _term(said: Graph, node: URIRef) -> Term:
    above = [*said.objects(node, RDFS.subClassOf), *said.objects(node, RDFS.subPropertyOf)]
    return Term(
        name=local(str(node)),
        label=str(said.value(node, RDFS.label)),
        definition=str(said.value(node, SKOS.definition)),
        above=tuple(sorted(_short(term) for term in above)),
        near=tuple(sorted(_short(term) for term in said.objects(node, RDFS.seeAlso))),
        domain=_union(said, said.value(node, RDFS.domain)),
        range=_union(said, said.value(node, RDFS.range)),
        functional=(node, RDF.type, OWL.FunctionalProperty) in said,
    )


def _scheme(said: Graph, name: str) -> Term:
    """The concept scheme that the codes of a class are in."""
    some = next(iter(codes(name).values()))
    scheme = said.value(URIRef(some.iri), SKOS.inScheme)
    assert isinstance(scheme, URIRef), f"{some.name} is in no scheme"
    return _term(said, scheme)


def _union(said: Graph, node: Node | None) -> tuple[str, ...]:
    """The short names of a class, or of the members of a union."""
    if node is None:
        return ()
    members = said.value(node, OWL.unionOf)
    return tuple(_short(term) for term in (Collection(said, members) if members else [node]))


@cache
def _spaces() -> dict[str, str]:
    """The namespaces by prefix."""
    return {prefix: str(space) for prefix, space in graph().namespaces() if prefix}


def _short(node: Node) -> str:
    """`prefix:name` where the address lies in a namespace with a prefix, else the address itself."""
    address = str(node)
    inside = [(prefix, space) for prefix, space in _spaces().items() if address.startswith(space) and address != space]
    if not inside:
        return address
    prefix, space = max(inside, key=lambda pair: len(pair[1]))
    return f"{prefix}:{address.removeprefix(space)}"


def _address(name: str) -> str:
    """Where a short name leads: an anchor of this page for our own terms, else the full address."""
    prefix, colon, rest = name.partition(":")
    if prefix == "ckg":
        return f"#{rest}"
    return _spaces()[prefix] + rest if colon and prefix in _spaces() else name


def _code_tree(found: Iterable[Code]) -> tuple[Branch, ...]:
    return _tree((code.name, [code.broader] if code.broader else []) for code in found)


def _tree(pairs: Iterable[tuple[str, list[str]]]) -> tuple[Branch, ...]:
    """Branches from names and the names above each; a name without one above stands at the top."""
    above = dict(pairs)

    def below(parent: str | None) -> tuple[Branch, ...]:
        here = [name for name, parents in above.items() if (parent in parents if parent else not parents)]
        return tuple(Branch(name, below(name)) for name in here)

    return below(None)

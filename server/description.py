"""The endpoint described in RDF: what it can do, how much is in it, and questions to begin with.

Sources: SPARQL 1.1 Service Description (https://www.w3.org/TR/sparql11-service-description/), VoID
(https://www.w3.org/TR/void/), the count of graphs as in the HCLS profile (https://www.w3.org/TR/hcls-dataset/), and
examples as SIB publishes them (https://github.com/sib-swiss/sparql-examples). Editors complete terms and offer examples
from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

import ontology
from kg.queries import NamedQuery
from kg.store import PREFIXES as STORED
from ontology import NAMESPACE
from server.examples import FULL_TEXT, TEXT, examples
from server.statistics import Statistics

PREFIXES = STORED | {
    "dcat": "http://www.w3.org/ns/dcat#",
    "entailment": "http://www.w3.org/ns/entailment/",
    "formats": "http://www.w3.org/ns/formats/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "spex": "https://purl.expasy.org/sparql-examples/ontology#",
    "text": TEXT,
    "void": "http://rdfs.org/ns/void#",
}
TABLE_FORMATS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
GRAPH_FORMATS = ("Turtle", "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD")
VOCABULARIES = ("dcterms", "geo", "prov", "rdfs", "schema", "skos")
PROTOCOL = NamedNode("https://www.w3.org/TR/sparql11-protocol/")
GRAPH_PROTOCOL = NamedNode("https://www.w3.org/TR/sparql11-http-rdf-update/")
# The class and the property of an example by the form of its query. SHACL knows no DESCRIBE; SIB's vocabulary does.
FORMS = {
    "SELECT": ("sh:SPARQLSelectExecutable", "sh:select"),
    "CONSTRUCT": ("sh:SPARQLConstructExecutable", "sh:construct"),
    "ASK": ("sh:SPARQLAskExecutable", "sh:ask"),
    "DESCRIBE": ("spex:SPARQLDescribeExecutable", "spex:describe"),
}
FORM = re.compile(rf"^\s*({'|'.join(FORMS)})\b", re.MULTILINE)
MATCHES = (
    'Full-text search. `?node text:matches "words"` finds the nodes whose text has all the words; '
    '`(?node ?score) text:matches ("words" 20)` finds the 20 best with their scores, the higher the better. '
    '`(text:name "words")` looks in names only, as `text:label`, `text:title`, `text:sentence` and `text:span` do. '
    f"The prefix is <{PREFIXES['text']}>."
)
Node = NamedNode | BlankNode
Fact = tuple[Node, str, Node | Literal]


@dataclass(frozen=True, slots=True)
class Service:
    """What there is to say of an endpoint. `graph_store` is '' where there is none; `base` is the IRI of instances.

    `statistics` is None where nothing has been counted yet. `allowed_services` are the servers that SERVICE may call.
    """

    endpoint: str
    graph_store: str
    writable: bool
    base: str
    title: str
    statistics: Statistics | None
    allowed_services: tuple[str, ...] = ()
    text_search: bool = False


def describe(setup: Service) -> list[Triple]:
    """The description, always the same for the same service. It writes well with PREFIXES."""
    grouped: dict[Node, list[Triple]] = {}
    for subject, predicate, value in (*_service(setup), *_dataset(setup), *_terms(), *_examples(setup)):
        grouped.setdefault(subject, []).append(Triple(subject, _name(predicate), value))
    return [triple for triples in grouped.values() for triple in triples]


def _service(setup: Service) -> Iterator[Fact]:
    service, endpoint = _part(setup, "service"), NamedNode(setup.endpoint)
    yield service, "rdf:type", _name("sd:Service")
    yield service, "rdfs:label", Literal(setup.title)
    yield service, "sd:endpoint", endpoint
    yield service, "dcterms:conformsTo", PROTOCOL
    for language in ("SPARQL11Query", *(["SPARQL11Update"] if setup.writable else [])):
        yield service, "sd:supportedLanguage", _name(f"sd:{language}")
    federated = ["BasicFederatedQuery"] if setup.allowed_services else []
    for feature in ("UnionDefaultGraph", "EmptyGraphs", *federated):
        yield service, "sd:feature", _name(f"sd:{feature}")
    if federated:
        hosts = ", ".join(sorted(setup.allowed_services))
        yield service, "rdfs:comment", Literal(f"SERVICE may call: {hosts}.", language="en")
    yield service, "sd:defaultEntailmentRegime", _name("entailment:Simple")
    for format in TABLE_FORMATS + GRAPH_FORMATS:
        yield service, "sd:resultFormat", _name(f"formats:{format}")
    for format in GRAPH_FORMATS if setup.writable else ():
        yield service, "sd:inputFormat", _name(f"formats:{format}")
    if setup.text_search:
        matches = _name("text:matches")
        yield service, "sd:propertyFeature", matches
        yield matches, "rdf:type", _name("sd:Feature")
        yield matches, "rdf:type", _name("rdf:Property")
        yield matches, "rdfs:label", Literal("matches", language="en")
        yield matches, "rdfs:comment", Literal(MATCHES, language="en")
    yield service, "sd:defaultDataset", _part(setup, "dataset")
    if setup.graph_store:
        # The service vocabulary has no word for a graph store; DCAT has one for any service.
        store = _part(setup, "graph-store")
        yield store, "rdf:type", _name("dcat:DataService")
        yield store, "dcat:endpointURL", NamedNode(setup.graph_store)
        yield store, "dcat:servesDataset", _part(setup, "dataset")
        yield store, "dcterms:conformsTo", GRAPH_PROTOCOL


def _dataset(setup: Service) -> Iterator[Fact]:
    dataset, union = _part(setup, "dataset"), _part(setup, "default-graph")
    yield dataset, "rdf:type", _name("sd:Dataset")
    yield dataset, "rdf:type", _name("void:Dataset")
    yield dataset, "dcterms:title", Literal(setup.title)
    yield dataset, "void:sparqlEndpoint", NamedNode(setup.endpoint)
    yield dataset, "void:uriSpace", Literal(setup.base)
    for vocabulary in (NAMESPACE.rstrip("#"), *(PREFIXES[prefix] for prefix in VOCABULARIES)):
        yield dataset, "void:vocabulary", NamedNode(vocabulary)
    yield dataset, "sd:defaultGraph", union
    yield union, "rdf:type", _name("sd:Graph")
    yield union, "rdf:type", _name("void:Dataset")
    yield union, "rdfs:comment", Literal("The union of all named graphs, as a set.", language="en")
    if setup.statistics:
        graphs = BlankNode("graphs")
        yield dataset, "void:classPartition", graphs
        yield graphs, "void:class", _name("sd:Graph")
        yield graphs, "void:distinctSubjects", Literal(setup.statistics.graphs)
        yield from _counts(union, setup.statistics)


def _counts(union: Node, found: Statistics) -> Iterator[Fact]:
    yield union, "void:triples", Literal(found.triples)
    for number, (iri, uses) in enumerate(found.properties.items()):
        part = BlankNode(f"property{number}")
        yield union, "void:propertyPartition", part
        yield part, "void:property", NamedNode(iri)
        yield part, "void:triples", Literal(uses)
    for number, (iri, instances) in enumerate(found.classes.items()):
        part = BlankNode(f"class{number}")
        yield union, "void:classPartition", part
        yield part, "void:class", NamedNode(iri)
        yield part, "void:entities", Literal(instances)
        yield from _within(part, iri, found)


def _within(part: BlankNode, iri: str, found: Statistics) -> Iterator[Fact]:
    """The properties that instances of a class may have, without numbers: those are dear to count."""
    for property, ranges in _schema().get(iri, {}).items():
        if property in found.properties:
            inner = BlankNode(f"{part.value}property{property.removeprefix(NAMESPACE)}")
            yield part, "void:propertyPartition", inner
            yield inner, "void:property", NamedNode(property)
            for range in ranges:
                if range in found.classes:
                    objects = BlankNode(f"{inner.value}class{range.removeprefix(NAMESPACE)}")
                    yield inner, "void:classPartition", objects
                    yield objects, "void:class", NamedNode(range)


def _terms() -> Iterator[Fact]:
    """What the ontology itself defines, by which an editor completes: told before anything is counted, or used."""
    for name, each in ontology.classes().items():
        yield _name(f"ckg:{name}"), "rdf:type", _name("owl:Class")
        yield _name(f"ckg:{name}"), "rdfs:label", Literal(each.label, language="en")
    for name, property in ontology.properties().items():
        kind = "owl:ObjectProperty" if property.links else "owl:DatatypeProperty"
        yield _name(f"ckg:{name}"), "rdf:type", _name(kind)
        yield _name(f"ckg:{name}"), "rdfs:label", Literal(property.label, language="en")
        if len(property.range) == 1 and property.range <= ontology.classes().keys():  # several would mean all at once
            yield _name(f"ckg:{name}"), "rdfs:range", _name(f"ckg:{next(iter(property.range))}")
    for scheme in ontology.SCHEMES:
        for code in ontology.codes(scheme).values():
            yield NamedNode(code.iri), "rdf:type", _name("skos:Concept")
            yield NamedNode(code.iri), "rdf:type", _name(f"ckg:{scheme}")
            yield NamedNode(code.iri), "skos:prefLabel", Literal(code.label, language="en")


@cache
def _schema() -> dict[str, dict[str, list[str]]]:
    """From each class of the ontology to its properties, and from those to the classes that they lead to.

    Classes inherit, and a property that links and has no domain may stand at anything.
    """
    known = ontology.properties().values()
    return {
        NAMESPACE + name: {
            property.iri: [each if ":" in each else NAMESPACE + each for each in sorted(property.range)]
            if property.links
            else []
            for property in known
            if property.domain & own.above or (property.links and not property.domain)
        }
        for name, own in ontology.classes().items()
    }


def _examples(setup: Service) -> Iterator[Fact]:
    prefixes = _part(setup, "prefixes")
    yield prefixes, "rdf:type", _name("owl:Ontology")
    for prefix, namespace in STORED.items():
        declaration = BlankNode(f"prefix{prefix}")
        yield prefixes, "sh:declare", declaration
        yield declaration, "sh:prefix", Literal(prefix)
        yield declaration, "sh:namespace", Literal(namespace, datatype=_name("xsd:anyURI"))
    for name, query in examples().items():
        if setup.text_search or name != FULL_TEXT:
            yield from _example(setup, name, query)


def _example(setup: Service, name: str, query: NamedQuery) -> Iterator[Fact]:
    text = query.render()
    form = FORM.search(text)
    assert form, f"{name} is no query"
    kind, property = FORMS[form[1]]
    example = _part(setup, f"example-{name}")
    yield example, "rdf:type", _name("sh:SPARQLExecutable")
    yield example, "rdf:type", _name(kind)
    yield example, "rdfs:label", Literal(query.title, language="en")
    yield example, "rdfs:comment", Literal(f"{query.title}. {query.description}", language="en")
    yield example, property, Literal(text)
    yield example, "sh:prefixes", _part(setup, "prefixes")
    yield example, "schema:target", NamedNode(setup.endpoint)


def _part(setup: Service, name: str) -> NamedNode:
    return NamedNode(f"{setup.endpoint}#{name}")


@cache
def _name(curie: str) -> NamedNode:
    prefix, _, local = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + local)

"""The description of the endpoint answers what editors and federators ask of it."""

from dataclasses import replace

import pyoxigraph as ox
import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat
from rdflib import RDF, SH, VOID, Graph, URIRef

from kg.queries import queries
from kg.rdf import graph_iri, quads
from ontology import CKG
from server.description import PREFIXES, Service, describe
from server.statistics import Statistics, statistics
from tests.samples import TWO

ENDPOINT = "https://kg.example/sparql"
HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
# What the editor of SIB (https://github.com/sib-swiss/sparql-editor) asks an endpoint.
EXAMPLES = """SELECT DISTINCT ?sq ?comment ?query WHERE {
  ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|spex:describe ?query .
} ORDER BY ?sq"""
DECLARED = (
    "SELECT DISTINCT ?prefix ?namespace WHERE { [] sh:namespace ?namespace ; sh:prefix ?prefix } ORDER BY ?prefix"
)
CLASSES = """SELECT DISTINCT ?class ?property ?range WHERE {
  ?part void:class ?class ; void:propertyPartition ?inner . ?inner void:property ?property .
  OPTIONAL { ?inner void:classPartition [ void:class ?range ] }
}"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """Two articles and an empty graph, with the union of their graphs in the default graph, as stores have it."""
    kept = ox.Store()
    for extraction in TWO:
        graph = NamedNode(graph_iri(extraction.article.id))
        for quad in quads(extraction):
            kept.add(Quad(quad.subject, quad.predicate, quad.object, graph))
            kept.add(Quad(quad.subject, quad.predicate, quad.object))
    kept.add_graph(NamedNode("https://example.org/empty"))
    return kept


def asked(store: ox.Store, query: str) -> list[dict[str, str]]:
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{name: term.value for name, term in zip(names, row, strict=True)} for row in found]


@pytest.fixture(scope="module")
def counted(store: ox.Store) -> Statistics:
    return statistics(lambda query: asked(store, query))


@pytest.fixture(scope="module")
def service(counted: Statistics) -> Service:
    return Service(
        endpoint=ENDPOINT,
        graph_store="https://kg.example/store",
        writable=True,
        base="https://w3id.org/conflictkg/id/",
        title="Conflict KG",
        statistics=counted,
        allowed_services=("query.wikidata.org",),
        text_search=True,
    )


def read(service: Service) -> Graph:
    turtle = ox.serialize(describe(service), format=RdfFormat.TURTLE, prefixes=PREFIXES)
    return Graph().parse(data=turtle, format="turtle")


def rows(described: Graph, query: str) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in described.query(HEAD + query)]  # type: ignore[arg-type]


def values(described: Graph, path: str) -> set[str]:
    """What the service leads to, IRIs by the last part of their name."""
    found = rows(described, f"SELECT ?o WHERE {{ ?service a sd:Service ; {path} ?o }}")
    return {value.rpartition("#")[2].rpartition("/")[2] for (value,) in found}


def test_languages_and_features(service: Service) -> None:
    described = read(service)
    assert rows(described, "SELECT ?e WHERE { [] a sd:Service ; sd:endpoint ?e }") == [(ENDPOINT,)]
    assert values(described, "sd:supportedLanguage") == {"SPARQL11Query", "SPARQL11Update"}
    assert values(described, "sd:feature") == {"UnionDefaultGraph", "EmptyGraphs", "BasicFederatedQuery"}
    assert values(described, "sd:propertyFeature") == {"matches"}


def test_what_is_off_is_not_told(service: Service) -> None:
    described = read(replace(service, writable=False, allowed_services=(), text_search=False, graph_store=""))
    assert values(described, "sd:supportedLanguage") == {"SPARQL11Query"}
    assert values(described, "sd:feature") == {"UnionDefaultGraph", "EmptyGraphs"}
    assert not values(described, "sd:propertyFeature|sd:inputFormat|rdfs:comment")
    assert not rows(described, "SELECT ?s WHERE { ?s dcat:endpointURL ?o }")


def test_formats(service: Service) -> None:
    described = read(service)
    graphs = {"Turtle", "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD"}
    tables = {"SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"}
    assert values(described, "sd:resultFormat") == graphs | tables
    assert values(described, "sd:inputFormat") == graphs


def test_the_search_property_is_explained(service: Service) -> None:
    ((comment,),) = rows(read(service), "SELECT ?c WHERE { text:matches a sd:Feature ; rdfs:comment ?c }")
    assert '?node text:matches "words"' in comment
    assert '(?node ?score) text:matches ("words" 20)' in comment


def test_the_default_dataset_has_numbers(service: Service, store: ox.Store) -> None:
    described = read(service)
    dataset = "?service sd:defaultDataset ?dataset ."
    triples = rows(described, f"SELECT ?n WHERE {{ {dataset} ?dataset sd:defaultGraph/void:triples ?n }}")
    union = {quad.triple for quad in store if quad.graph_name != ox.DefaultGraph()}
    assert triples == [(str(len(union)),)]
    graphs = f"{dataset} ?dataset void:classPartition [ void:class sd:Graph ; void:distinctSubjects ?n ]"
    assert rows(described, f"SELECT ?n WHERE {{ {graphs} }}") == [("3",)]
    articles = f"{dataset} ?dataset sd:defaultGraph/void:classPartition [ void:class ckg:Article ; void:entities ?n ]"
    assert rows(described, f"SELECT ?n WHERE {{ {articles} }}") == [("2",)]
    titles = (
        f"{dataset} ?dataset sd:defaultGraph/void:propertyPartition [ void:property dcterms:title ; void:triples ?n ]"
    )
    assert rows(described, f"SELECT ?n WHERE {{ {titles} }}") == [("2",)]


def test_without_numbers_the_rest_is_told(service: Service) -> None:
    described = read(replace(service, statistics=None))
    assert rows(described, "SELECT ?space WHERE { ?dataset a sd:Dataset ; void:uriSpace ?space }") == [(service.base,)]
    vocabularies = rows(described, "SELECT ?v WHERE { ?dataset void:vocabulary ?v }")
    assert ("https://w3id.org/conflictkg/ns",) in vocabularies
    assert not rows(described, "SELECT ?n WHERE { ?any void:triples|void:entities|void:distinctSubjects ?n }")


def test_an_editor_finds_the_properties_of_a_class(service: Service) -> None:
    found = rows(read(service), CLASSES)
    assert (str(CKG.CountClaim), str(CKG.claimant), str(CKG.Agent)) in found, "as a claim has it"
    assert (str(CKG.CountClaim), str(CKG.count), "None") in found
    assert (str(CKG.Event), str(CKG.mention), str(CKG.Mention)) in found, "which has no domain"
    assert not [row for row in found if row[0] == str(CKG.Article) and row[1] == str(CKG.claimant)]


def test_an_editor_finds_our_terms_before_anything_is_counted(service: Service) -> None:
    described = read(replace(service, statistics=None))
    assert rows(described, "SELECT ?label { ckg:CountClaim a owl:Class ; rdfs:label ?label }") == [("count claim",)]
    assert rows(described, "SELECT ?label { ckg:startDate a owl:DatatypeProperty ; rdfs:label ?label }") == [
        ("start date",)
    ]
    assert rows(described, "SELECT ?label { ckg:AirStrike a skos:Concept ; skos:prefLabel ?label }") == [
        ("air strike",)
    ]


def test_an_editor_finds_the_codes_that_a_property_takes(service: Service) -> None:
    taken = "?property a owl:ObjectProperty ; rdfs:range ?scheme . ?code a ?scheme , skos:Concept"
    found = rows(read(service), f"SELECT ?property ?code {{ {taken} }}")
    assert {property.removeprefix(str(CKG)) for property, _ in found} == {
        "counted", "eventType", "factuality", "kind", "measure", "weapon",
    }  # fmt: skip
    assert (str(CKG.measure), str(CKG.Killed)) in found
    assert (str(CKG.weapon), str(CKG.Killed)) not in found


def test_a_range_of_several_classes_is_not_told_as_all_of_them(service: Service) -> None:
    assert not rows(read(service), "SELECT ?range { ckg:target rdfs:range ?range }")


def test_an_editor_finds_the_examples_and_they_parse(service: Service) -> None:
    found = rows(read(service), EXAMPLES)
    local = [name for name, query in queries().items() if query.services == frozenset()]
    shown = ["full-text", "places-on-a-map", "who-acts-on-whom"]
    assert [row[0] for row in found] == sorted(f"{ENDPOINT}#example-{name}" for name in [*local, *shown])
    for _, comment, query in found:
        assert comment
        assert "SERVICE" not in query
        ox.Store().query(query)


def test_examples_have_the_class_of_their_form(service: Service) -> None:
    described = read(service)
    for form, kind in (("select", "Select"), ("construct", "Construct"), ("ask", "Ask")):
        has = {row[0] for row in rows(described, f"SELECT ?e WHERE {{ ?e sh:{form} ?query }}")}
        assert {row[0] for row in rows(described, f"SELECT ?e WHERE {{ ?e a sh:SPARQL{kind}Executable }}")} == has
    everything = URIRef(f"{ENDPOINT}#example-everything-in-article")
    assert "CONSTRUCT" in str(described.value(everything, SH.construct))
    assert described.value(everything, URIRef("https://schema.org/target")) == URIRef(ENDPOINT)


def test_an_editor_finds_the_prefixes(service: Service) -> None:
    found = dict(rows(read(service), DECLARED))
    assert found["ckg"] == str(CKG)
    assert found["skos"] == "http://www.w3.org/2004/02/skos/core#"


def test_terms_of_void_and_shacl_are_not_made_up(service: Service) -> None:
    described = read(service)
    used = set(described.predicates()) | set(described.objects(predicate=RDF.type))
    for namespace in (SH, VOID):
        ours = {term for term in used if str(term).startswith(str(namespace))}
        assert ours
        assert not [term for term in ours if term not in namespace]


def test_it_is_the_same_each_time(service: Service) -> None:
    assert describe(service) == describe(service)
    assert len(set(describe(service))) == len(describe(service))

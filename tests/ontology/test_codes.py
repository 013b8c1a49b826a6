"""Codes: their tree, their notations, and that a consumer without a reasoner can walk up it."""

import pytest
from rdflib import RDF, SKOS, Graph

import ontology
from ontology import CKG
from ontology.source import FOLDER


def test_a_code_knows_its_place() -> None:
    code = ontology.codes("EventType")["AirStrike"]
    assert (code.name, code.broader, code.scheme) == ("AirStrike", "Violence", "EventType")
    assert code.iri == "https://w3id.org/conflictkg/ns#AirStrike"
    assert ("ACLED", "Air/drone strike") in code.notations
    assert "airstrike" in code.nouns
    assert "to bomb" in code.labels


def test_ancestors_go_from_the_code_to_the_top() -> None:
    assert ontology.ancestors("CruiseMissiles") == ("CruiseMissiles", "Missiles", "Weapons")
    assert ontology.ancestors("Killed") == ("Killed",)


def test_a_name_that_is_no_code_has_no_ancestors() -> None:
    with pytest.raises(KeyError, match="Claim"):
        ontology.ancestors("Claim")


def test_an_unknown_scheme_is_an_error() -> None:
    with pytest.raises(KeyError):
        ontology.codes("Weapon")


def test_violence_is_found_without_a_reasoner() -> None:
    data = ontology.graph() + Graph().parse(
        data="@prefix ckg: <https://w3id.org/conflictkg/ns#> . <urn:e> ckg:eventType ckg:Shelling .", format="turtle"
    )
    query = "PREFIX ckg: <https://w3id.org/conflictkg/ns#> SELECT ?e { ?e ckg:eventType/skos:broader* ckg:Violence }"
    assert [str(row.e) for row in data.query(query, initNs={"skos": SKOS})] == ["urn:e"]


@pytest.mark.parametrize("scheme", ontology.SCHEMES)
def test_every_code_is_its_class_and_a_concept(scheme: str) -> None:
    graph = ontology.graph()
    for name in ontology.codes(scheme):
        assert (CKG[name], RDF.type, CKG[scheme]) in graph
        assert (CKG[name], RDF.type, SKOS.Concept) in graph


@pytest.mark.parametrize("scheme", ontology.SCHEMES)
def test_a_code_is_a_top_concept_or_has_a_broader_one_of_its_scheme(scheme: str) -> None:
    graph, found = ontology.graph(), ontology.codes(scheme)
    for code in found.values():
        tops = set(graph.objects(CKG[code.name], SKOS.topConceptOf))
        assert bool(tops) != bool(code.broader), code.name
        assert code.broader is None or code.broader in found
        assert set(graph.objects(CKG[code.name], SKOS.inScheme)) >= tops


def test_wikidata_matches_are_items() -> None:
    found = [code for scheme in ontology.SCHEMES for code in ontology.codes(scheme).values()]
    matches = [match for code in found for match in code.matches]
    assert matches
    assert all(match.startswith("http://www.wikidata.org/entity/Q") for match in matches)


@pytest.mark.parametrize("scheme", ["EventType", "Measure", "Factuality"])
def test_the_codebook_has_an_example_of_every_code(scheme: str) -> None:
    lines = (FOLDER / "codebook.md").read_text("utf8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if line.startswith("|")]
    examples = {row[1]: row[2] for row in rows}
    assert [name for name in ontology.codes(scheme) if not examples.get(name)] == []

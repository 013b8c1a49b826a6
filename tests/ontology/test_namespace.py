"""The closed namespace, the version and the Turtle that the package gives out."""

import pytest
from rdflib import OWL, Graph, URIRef

import ontology
from ontology import CKG


def test_a_term_is_its_iri() -> None:
    assert URIRef("https://w3id.org/conflictkg/ns#CountClaim") == CKG.CountClaim


def test_a_typo_raises_and_names_the_near_miss() -> None:
    with pytest.raises(AttributeError, match="'CountClam'; did you mean CountClaim"):
        _ = CKG.CountClam


def test_a_name_that_is_near_nothing_raises_too() -> None:
    with pytest.raises(AttributeError, match="no term 'zzz'$"):
        _ = CKG.zzz


def test_the_namespace_lists_its_terms() -> None:
    assert {"Event", "eventType", "AirStrike", "PLOVER"} <= set(CKG)
    assert "Event" in dir(CKG)
    assert "event" not in CKG


def test_the_version_is_the_turtles() -> None:
    header = URIRef("https://w3id.org/conflictkg/ns")
    assert str(ontology.graph().value(header, OWL.versionInfo)) == ontology.VERSION
    assert str(ontology.graph().value(header, OWL.versionIRI)) == f"{header}/{ontology.VERSION}"


def test_the_turtle_is_one_document_with_all_triples() -> None:
    assert len(Graph().parse(data=ontology.turtle(), format="turtle")) == len(ontology.graph())


def test_nothing_is_parsed_on_import() -> None:
    import subprocess
    import sys

    program = "import ontology.namespace as n; print(n.terms.cache_info().currsize)"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "0\n"

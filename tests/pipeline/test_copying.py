"""Agency copy in many outlets: one article tells it, the others point to that one."""

import json
from pathlib import Path

import pytest

from kg import rdf
from kg.pipeline import Options, Report, StoreSink, build
from kg.pipeline.engines.here import Here
from kg.rdf import PREFIXES
from kg.store import Store
from kg.validate import check
from tests.pipeline.corpus import odd_worker

AGENCY = """Two missiles hit a grain terminal in Odesa on Tuesday night, the regional governor Oleh Kiper said.
At least four dock workers were killed and eleven were wounded, according to the emergency service.
Fire crews from Mykolaiv were still at work at dawn, and the harbour stays closed until further notice.
Russia's Defence Ministry said that it had struck a store of drones. Ukraine denies that there were any.
The United Nations asked both sides to spare the ports, from which most of the country's grain is shipped.
The harbour had opened again in spring, after months in which no ship could leave it."""
FOLLOW_UP = AGENCY.replace("four dock workers", "nine dock workers")


def news(path: Path, *records: tuple[str, str, str]) -> Path:
    """A file of articles: id, outlet and text of each."""
    path.write_text(
        "".join(
            json.dumps({"id": id, "outlet": outlet, "text": text, "published": "2025-06-04", "title": "Odesa"}) + "\n"
            for id, outlet, text in records
        )
    )
    return path


def originals(store: Store) -> dict[str, str]:
    """Of what each near-copy is one, by id."""
    query = f"""PREFIX prov: <{PREFIXES["prov"]}> PREFIX dcterms: <{PREFIXES["dcterms"]}>
        SELECT ?copy ?original {{ ?a prov:alternateOf/dcterms:identifier ?original ; dcterms:identifier ?copy }}"""
    return {row["copy"].value: row["original"].value for row in store.query(query).rows()}  # type: ignore[union-attr]


def events(store: Store, id: str) -> int:
    return sum(quad.object.value.endswith("#Event") for quad in store.quads(rdf.graph_iri(id)))  # type: ignore[union-attr]


@pytest.fixture
def three(tmp_path: Path) -> Path:
    return news(
        tmp_path / "news.jsonl",
        ("quay", "The Quay", AGENCY),
        ("pier", "The Pier", f"By our own staff\n\n{AGENCY}"),
        ("mole", "The Mole", FOLLOW_UP),
    )


def test_copy_is_linked_and_not_counted_twice(three: Path, store: Store) -> None:
    report = build([three], StoreSink(store))
    assert (report.articles, report.copies, report.failures) == (3, 1, [])
    assert originals(store) == {"pier": "quay"}
    assert events(store, "quay") > 0
    assert events(store, "pier") == 0
    assert report.events == events(store, "quay") + events(store, "mole")


def test_follow_up_with_another_number_is_no_copy(three: Path, store: Store) -> None:
    build([three], StoreSink(store))
    assert events(store, "mole") > 0
    counts = "ASK { GRAPH ?g { ?claim <https://w3id.org/conflictkg/ns#low> 9 } }"
    assert store.query(counts).boolean


def test_copy_has_its_outlet_and_text_and_is_valid(three: Path, store: Store) -> None:
    build([three], StoreSink(store))
    quads = store.quads(rdf.graph_iri("pier"))
    check(quads)
    told = {quad.predicate.value.rpartition("/")[2]: quad.object for quad in quads}
    assert "the-pier" in told["publisher"].value  # type: ignore[union-attr]
    assert any(quad.predicate.value.endswith("ns#text") for quad in quads)


def test_copies_can_be_read_for_themselves(three: Path, store: Store) -> None:
    report = build([three], StoreSink(store), options=Options(link_copies=False))
    assert report.copies == 0
    assert events(store, "pier") == events(store, "quay")


def test_next_build_decides_the_same(three: Path, tmp_path: Path, store: Store) -> None:
    build([three], StoreSink(store))
    before = b"".join(store.dump())
    report = build([three], StoreSink(store))
    assert (report.articles, report.skipped) == (0, 3)
    later = build([news(tmp_path / "later.jsonl", ("dock", "The Dock", AGENCY))], StoreSink(store))
    assert later.copies == 1
    assert originals(store) == {"pier": "quay", "dock": "quay"}
    store.remove(rdf.graph_iri("dock"))
    assert b"".join(store.dump()) == before


def test_copy_tells_its_own_story_when_its_original_has_become_another(
    three: Path, tmp_path: Path, store: Store
) -> None:
    build([three], StoreSink(store))
    changed = news(
        tmp_path / "news.jsonl",
        ("quay", "The Quay", "Talks on the harbour were held in Istanbul on Monday, Turkey said."),
        ("pier", "The Pier", f"By our own staff\n\n{AGENCY}"),
    )
    report: Report = build([changed], StoreSink(store))
    assert (report.articles, report.copies) == (2, 0)
    assert originals(store) == {}
    assert events(store, "pier") > 0


def test_copy_of_what_can_not_be_read_is_read(tmp_path: Path, store: Store) -> None:
    lines = AGENCY.splitlines()
    path = news(
        tmp_path / "news.jsonl",
        ("quay", "The Quay", "\n".join([*lines, "FAIL"])),
        ("pier", "The Pier", AGENCY),
        ("dock", "The Dock", AGENCY),
    )
    report = build([path], StoreSink(store), engine=Here(odd_worker()))
    assert [failure.where for failure in report.failures] == ["quay"]
    assert (report.articles, report.copies) == (2, 1)
    assert originals(store) == {"dock": "pier"}

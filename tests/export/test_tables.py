"""Tables and maps: a row or a feature for each event, read back by parsers that are not ours."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import geojson
import pytest
from pyld import jsonld

from kg import rdf
from kg.export import selection, write
from kg.model import Article, Claim, Count, Entity, Event, Extraction, Mention
from kg.store import Store, open_store
from tests.samples import DRONES, RUN, TWO

ID = "https://w3id.org/conflictkg/id/"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("tables") / "store") as opened:
        for extraction in TWO:
            opened.replace(rdf.graph_iri(extraction.article.id), rdf.quads(extraction))
        yield opened


def written(store: Store, format: str, **given: str) -> str:
    out = io.BytesIO()
    write(store, out, format, chosen=selection({name: [value] for name, value in given.items()}))
    return out.getvalue().decode()


def table(store: Store, **given: str) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(written(store, "csv", **given), newline=""))
    return {row["event_id"].rpartition("/")[2]: row for row in rows}


def test_table_has_a_row_for_each_event_by_day(store: Store) -> None:
    assert list(table(store)) == ["attack-2", "attack", "shot", "talks"]


def test_row_tells_who_whom_where_and_when(store: Store) -> None:
    row = table(store)["shot"]
    assert (row["event_date"], row["end_date"], row["time_precision"]) == ("2025-06-02", "2025-06-03", "1")
    assert (row["event_type"], row["sub_event_type"], row["weapon"]) == ("Violence", "Interception", "Drones")
    assert (row["actor1"], row["actor1_type"]) == ("Ukraine's air force", "ArmedForce")
    assert (row["actor2"], row["actor2_qid"]) == ("Russia", "Q159")
    assert (row["location"], row["country"]) == ("Odesa", "Ukraine")
    assert (float(row["latitude"]), float(row["longitude"])) == (46.48572, 30.74383)


def test_row_keeps_what_speakers_disagree_on(store: Store) -> None:
    row = table(store)["attack"]
    assert (row["fatalities_low"], row["fatalities_high"]) == ("3", "5")
    assert "at least 3 civilians killed (Hennadii Trukhanov)" in row["counts"]
    assert "5 civilians killed (Oleh Kiper)" in row["counts"]
    assert "Governor Oleh Kiper said five residents were killed." in row["notes"]
    assert (row["source"], row["article_id"]) == ("The Harbour Post", DRONES.id)


def test_mediator_and_parties_of_talks(store: Store) -> None:
    row = table(store)["talks"]
    assert (row["actor1"], row["mediator"], row["acled_type"]) == ("Russia; Ukraine", "Turkey", "")


def test_month_and_denial_are_told(store: Store) -> None:
    row = table(store)["attack-2"]
    assert (row["time_precision"], row["factuality"]) == ("3", "Denied")


def test_selection_narrows_the_table(store: Store) -> None:
    assert table(store, type="Diplomacy").keys() == {"talks"}
    assert table(store, node=ID + "event/shot").keys() == {"shot"}
    assert table(store, node=ID + "entity/istanbul").keys() == {"talks"}
    assert table(store, query=f"SELECT ?x {{ VALUES ?x {{ <{ID}event/attack> }} }}").keys() == {"attack"}


def test_text_that_would_be_a_formula_is_none(tmp_path: Path) -> None:
    text = "=HYPERLINK(1) said ten people were killed."
    sentence = Mention(0, len(text), text)
    event = Event("e", "ArmedAttack", Mention(text.index("killed"), text.index("killed") + 6, "killed"), (), ("a",))
    extraction = Extraction(
        Article("a", "=1+1", text),
        RUN,
        "o",
        (Entity("o", ("NewsOutlet",), "+Outlet"), Entity("a", ("Group",), "@someone", mentions=())),
        (event,),
        (Claim("c", "e", ("o",), "Asserted", (sentence,), 0.5, "said", Count("Killed", "People", count=10)),),
    )
    with open_store(tmp_path / "store") as store:
        store.replace(rdf.graph_iri("a"), rdf.quads(extraction))
        row = table(store)["e"]
    assert (row["actor1"], row["source"], row["notes"]) == ("'@someone", "'+Outlet", f"'{text}")


def test_geojson_is_valid_and_has_every_event(store: Store) -> None:
    read = geojson.loads(written(store, "geojson"))
    assert read.is_valid, read.errors()
    spots = {feature["id"].rpartition("/")[2]: feature["geometry"] for feature in read["features"]}
    assert spots.keys() == table(store).keys()
    assert spots["attack"]["coordinates"] == [30.74383, 46.48572]


def test_event_without_a_point_is_a_feature_without_a_geometry(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        store.replace(rdf.graph_iri("b"), rdf.quads(TWO[1]))  # where nothing tells where Odesa is
        (feature,) = json.loads(written(store, "geojson"))["features"]
    assert (feature["geometry"], feature["properties"]["place"]) == (None, "Odesa")


@pytest.mark.parametrize("format", ["nq", "jsonld"])
def test_selection_as_rdf_is_read_by_another_processor(store: Store, format: str) -> None:
    text = written(store, format, type="Talks")
    quads = text if format == "nq" else jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"})
    subjects = {line.split(" ", 1)[0].strip("<>") for line in str(quads).splitlines()}
    assert {ID + "event/talks", ID + "claim/c-talks", ID + "entity/turkey"} <= subjects
    assert ID + "event/attack" not in subjects
    assert any("/mention/" in subject for subject in subjects), "the sentence is there too"


def test_same_selection_as_triples_and_as_quads(store: Store) -> None:
    triples = set(written(store, "nt", type="Talks").splitlines())
    quads = written(store, "nq", type="Talks").splitlines()
    assert {line.rpartition(" <")[0] + " ." for line in quads} == triples

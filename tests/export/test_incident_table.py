"""The table of incidents: a row for each, however many articles tell of it, so that its rows can be counted."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.export import draw, selection, view, views, write
from kg.merge import judge
from kg.queries import named
from kg.rdf import BASE, PREFIXES
from kg.store import Store, open_store
from tests.strikes import struck

CKG = PREFIXES["ckg"]
ACTOR = (
    f"SELECT DISTINCT ?actor {{ ?event a <{CKG}Event> ; <{CKG}eventType> <{CKG}DroneAttack> ; <{CKG}actor> ?actor }}"
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(struck(tmp_path_factory.mktemp("incidents"))) as opened:
        yield opened


def written(store: Store, format: str, **given: str) -> str:
    out = io.BytesIO()
    write(store, out, format, chosen=selection({name: [value] for name, value in given.items()}))
    return out.getvalue().decode()


def table(store: Store, format: str = "incidents.csv", **given: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(store, format, **given), newline="")))


def labels(rows: list[dict[str, str]]) -> list[str]:
    return [row["label"].split(", ")[1] for row in rows]


def test_each_incident_has_one_row_by_day(store: Store) -> None:
    rows = table(store)
    assert [row["event_date"] for row in rows] == sorted(row["event_date"] for row in rows)
    assert sorted(labels(rows)) == ["Gaza City", "Istanbul", "Kharkiv", "Odesa", "Sumy", "Sumy"]
    assert len(table(store, "csv")) == 10


def test_row_has_the_numbers_and_where_they_come_from(store: Store) -> None:
    (row,) = table(store, type="DroneAttack")
    assert (row["fatalities_best"], row["fatalities_low"], row["fatalities_high"]) == ("12", "5", "12")
    assert (row["articles"], row["counts"]) == ("4", "12 people killed, 5 to 12")
    assert (row["first_reported"], row["first_source"]) == ("2025-06-03T06:00:00Z", "The Harbour Post")
    assert row["article_id"] == "harbour-odesa; quay-odesa; tide-odesa; lantern-odesa"
    assert "Q15860072" in row["conflict_qid"].split("; ")
    assert (row["actor1"], row["location"], row["country"]) == ("Russia", "Odesa", "Ukraine")
    assert "Oleh Kiper" in row["speakers"].split("; ")


def test_events_lead_to_the_rows_of_their_incidents(store: Store) -> None:
    events = Counter(row["incident_id"] for row in table(store, "csv"))
    assert events == {row["incident_id"]: int(row["articles"]) for row in table(store)}


def test_selection_narrows_the_incidents(store: Store) -> None:
    (odesa,) = table(store, type="DroneAttack")
    (event, *_) = [row for row in table(store, "csv") if row["incident_id"] == odesa["incident_id"]]
    thursday = table(store, type="Violence", **{"from": "2025-06-05", "to": "2025-06-05"})
    assert sorted(labels(thursday)) == ["Kharkiv", "Sumy"]
    assert labels(table(store, node=odesa["incident_id"])) == ["Odesa"]
    assert labels(table(store, node=event["event_id"])) == ["Odesa"]
    assert labels(table(store, query=f"SELECT ?i {{ ?i <{CKG}reports> 2 ; a <{CKG}Incident> }}")) == ["Kharkiv"]


def test_events_of_an_incident_are_meant_by_it(store: Store) -> None:
    (odesa,) = table(store, type="DroneAttack")
    assert len(table(store, "csv", node=odesa["incident_id"])) == 4


@pytest.mark.parametrize("given", [{}, {"type": "Shelling"}, {"from": "2025-06-04", "to": "2025-06-09"}])
def test_counts_of_attacks_are_those_of_the_query(store: Store, given: dict[str, str]) -> None:
    asked = store.query(named("attacks-per-day").render(**given)).rows()
    told = {(row["day"].value, getattr(row.get("actor"), "value", "")): int(row["attacks"].value) for row in asked}
    counted = Counter(
        (row["event_date"], actor)
        for row in table(store, **{"type": "Violence", **given})
        if row["time_precision"] == "1"
        for actor in row["actor1"].split("; ")
    )
    assert told == counted
    assert max(counted.values()) == 2
    assert len(counted) > 0


def test_incidents_are_not_drawn_and_counted_as_events(tmp_path: Path) -> None:
    def all_of(store: Store) -> tuple[object, ...]:
        (russia,) = {row["actor"].value for row in store.query(ACTOR).rows()}
        rows = [{name: row[name] for name in row if name != "incident_id"} for row in table(store, "csv")]
        networks = [draw(store, view(name), selection({}), degrees=True) for name in views()]
        around = [draw(store, view(name), selection({"around": [russia]}), degrees=True) for name in views()]
        return rows, json.loads(written(store, "geojson")), networks, around

    with open_store(struck(tmp_path)) as store:
        merged = all_of(store)
        for graph in store.graphs():
            if "/graph/incidents/" in graph:
                store.remove(graph)
        assert table(store) == []
        assert all_of(store) == merged


def test_selection_as_rdf_takes_the_incident_along_and_no_judgement(store: Store) -> None:
    odesa, other = (table(store, "csv", type=type)[0]["event_id"] for type in ("DroneAttack", "AirStrike"))
    judgement = judge(store, odesa, other, "different", who="a reader").node
    text = written(store, "nt", type="DroneAttack")
    subjects = {line.split(" ", 1)[0].strip("<>") for line in text.splitlines()}
    (row,) = table(store, type="DroneAttack")
    assert {row["incident_id"], f"{row['incident_id']}/estimate/0", f"{BASE}conflict/Q15860072"} <= subjects
    assert judgement not in subjects
    assert {s for s in subjects if s.startswith(f"{BASE}incident/") and s.count("/") == 6} == {row["incident_id"]}

"""The named questions about incidents, asked of what several outlets tell of the same strikes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import rdf
from kg.errors import UsageError
from kg.queries import named, queries
from kg.store import Store, open_store
from tests.oxigraph import wikidata
from tests.strikes import INCIDENTS, struck

ODESA, KHARKIV, SUMY, GAZA = (
    "Drone attack, Odesa, 2025-06-03", "Shelling, Kharkiv, 2025-06-05", "Shelling, Sumy, 2025-06-05",
    "Air strike, Gaza City, 2025-06-10",
)  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(struck(tmp_path_factory.mktemp("strikes"))) as opened:
        yield opened


def ask(store: Store, question: str, /, **given: str) -> list[dict[str, str]]:
    """The rows, each term as its plain value and codes by their local names."""
    rows = store.query(named(question).ready(store, **given)).rows()
    return [{key: str(term.value).removeprefix(rdf.PREFIXES["ckg"]) for key, term in row.items()} for row in rows]


def columns(rows: list[dict[str, str]], *names: str) -> list[tuple[str | None, ...]]:
    return [tuple(row.get(name) for name in names) for row in rows]


@pytest.mark.parametrize("name", sorted(INCIDENTS))
def test_every_question_answers_as_it_stands(store: Store, name: str) -> None:
    assert ask(store, name)


def test_what_happened_is_told_once_with_the_best_number(store: Store) -> None:
    rows = ask(store, "incidents-by-place-and-date", **{"from": "2025-06-01"})
    assert columns(rows, "start", "type", "places", "actors", "killed", "low", "high", "articles", "label") == [
        ("2025-06-03", "DroneAttack", "Odesa", "Russia", "12", "5", "12", "4", ODESA),
        ("2025-06-05", "Shelling", "Kharkiv", "Russian forces", "2", "2", "2", "2", KHARKIV),
        ("2025-06-05", "Shelling", "Sumy", "Russian forces", None, None, None, "1", SUMY),
        ("2025-06-10", "AirStrike", "Gaza City", "Israel", "20", "20", "20", "1", GAZA),
    ]


@pytest.mark.parametrize(
    ("given", "labels"),
    [
        ({"place": "ukraine", "from": "2025-06-04"}, [KHARKIV, SUMY]),
        ({"place": "Odesa Oblast"}, [ODESA]),
        ({"to": "2025-06-03", "from": "2025-06-03"}, [ODESA]),
        ({"type": "AirStrike"}, [GAZA]),
        ({"type": "Talks", "place": "Turkey"}, ["Talks, Istanbul, 2025-06-02"]),
        ({"place": "Nowhere"}, []),
    ],
)
def test_incidents_by_type_place_and_date(store: Store, given: dict[str, str], labels: list[str]) -> None:
    assert [row["label"] for row in ask(store, "incidents-by-place-and-date", **given)] == labels


def test_tolls_that_disagree_by_more_than_half(store: Store) -> None:
    (row,) = ask(store, "tolls-that-disagree")
    assert set(row.pop("highestBy").split("; ")) == {"Hennadii Trukhanov", "Volodymyr Zelenskyy"}
    assert set(row.pop("highestIn").split("; ")) == {"tide-odesa", "lantern-odesa"}
    assert row.pop("incident").startswith(f"{rdf.BASE}incident/")
    assert row == {
        "label": ODESA, "measure": "Killed", "counted": "People", "low": "5", "lowestBy": "Oleh Kiper",
        "lowestIn": "quay-odesa", "best": "12", "high": "12", "articles": "4",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "found"),
    [({"times": "2.3"}, 1), ({"times": "2.4"}, 0), ({"measure": "Killed"}, 1), ({"measure": "Wounded"}, 0)],
)
def test_by_how_much_tolls_must_disagree(store: Store, given: dict[str, str], found: int) -> None:
    assert len(ask(store, "tolls-that-disagree", **given)) == found


@pytest.mark.parametrize("times", ["many", "NaN", "1 } ; CLEAR ALL"])
def test_what_is_no_number_is_told(times: str) -> None:
    with pytest.raises(UsageError, match="times takes a decimal"):
        named("tolls-that-disagree").render(times=times)


def test_who_first_reported_it_and_who_came_next(store: Store) -> None:
    rows = ask(store, "who-first-reported")
    assert columns(rows, "label", "first", "outlet", "article", "outlets") == [
        (ODESA, "true", "The Harbour Post", "harbour-odesa", "4"),
        (ODESA, "false", "The Quay", "quay-odesa", "4"),
        (ODESA, "false", "The Tide", "tide-odesa", "4"),
        (ODESA, "false", "The Lantern", "lantern-odesa", "4"),
        (KHARKIV, "true", "The Harbour Post", "harbour-kharkiv", "2"),
        (KHARKIV, "false", "The Quay", "quay-kharkiv", "2"),
    ]
    assert {row["label"] for row in ask(store, "who-first-reported", place="Kharkiv")} == {KHARKIV}
    assert {row["label"] for row in ask(store, "who-first-reported", type="DroneAttack")} == {ODESA}


def test_claims_that_were_contradicted_later(store: Store) -> None:
    rows = ask(store, "claims-contradicted")
    assert set(columns(rows, "day", "speaker", "said", "laterDay", "laterSpeaker", "laterSaid")) == {
        ("2025-06-03", "Oleh Kiper", "5", "2025-06-04", "Hennadii Trukhanov", "12"),
        ("2025-06-03", "Oleh Kiper", "5", "2025-06-05", "Volodymyr Zelenskyy", "12"),
        (
            "2025-06-03", "The Harbour Post", "Asserted", "2025-06-05",
            "Ministry of Defense of the Russian Federation", "Denied",
        ),
    }  # fmt: skip
    (row, _) = ask(store, "claims-contradicted", speaker="kiper")
    assert row["sentence"] == "Five people were killed in the attack, Governor Oleh Kiper said."
    assert row["laterSentence"].startswith("Twelve people were killed")


def test_who_repeats_whose_figure(store: Store) -> None:
    rows = ask(store, "who-repeats-whom")
    assert columns(rows, "first", "repeater", "measure", "times", "numbers") == [
        ("Hennadii Trukhanov", "Volodymyr Zelenskyy", "Killed", "1", "12"),
        ("regional governor", "Ihor Terekhov", "Killed", "1", "2"),
    ]
    assert len(ask(store, "who-repeats-whom", speaker="trukhanov", measure="Killed")) == 1
    assert ask(store, "who-repeats-whom", speaker="Zelensky") == []


def test_attacks_per_day_count_incidents_of_a_day(store: Store) -> None:
    rows = ask(store, "attacks-per-day")
    assert columns(rows, "day", "actor", "attacks") == [
        ("2025-06-03", "Russia", "1"),
        ("2025-06-05", "Russian forces", "2"),
        ("2025-06-10", "Israel", "1"),
    ]
    assert columns(ask(store, "attacks-per-day", place="Ukraine", to="2025-06-04"), "day") == [("2025-06-03",)]


def test_all_that_is_told_of_one_incident_in_order(store: Store) -> None:
    (odesa,) = {row["incident"] for row in ask(store, "incidents-by-place-and-date", place="Odesa")}
    rows = ask(store, "incident-in-full", incident=odesa)
    assert list(dict.fromkeys(row["article"] for row in rows)) == [
        "harbour-odesa", "quay-odesa", "tide-odesa", "lantern-odesa",
    ]  # fmt: skip
    assert [(row["speaker"], row["number"]) for row in rows if row.get("what") == "People Killed"] == [
        ("Hennadii Trukhanov", "3"), ("Oleh Kiper", "5"), ("Hennadii Trukhanov", "12"), ("Volodymyr Zelenskyy", "12"),
    ]  # fmt: skip
    assert "Denied" in {row["factuality"] for row in rows}
    assert {row["incident"] for row in rows} == {odesa}


def test_incidents_of_a_war_by_name_and_by_item(store: Store) -> None:
    by_name = ask(store, "incidents-of-conflict", conflict="russo-ukrainian", type="Violence")
    assert columns(by_name, "day", "type", "incidents", "withToll", "best", "lowest", "highest", "reports") == [
        ("2025-05-01", "Shelling", "1", "0", "0", "0", "0", "1"),
        ("2025-06-03", "DroneAttack", "1", "1", "12", "5", "12", "4"),
        ("2025-06-05", "Shelling", "2", "1", "2", "2", "2", "3"),
    ]
    assert ask(store, "incidents-of-conflict", conflict="Q15860072") == by_name
    assert ask(store, "incidents-of-conflict", conflict="Q1586007") == []


def test_incidents_are_not_taken_for_events(tmp_path: Path) -> None:
    def answers(store: Store, service: str) -> dict[str, list[str]]:
        found = {}
        for name in queries().keys() - INCIDENTS:
            given = {"wikidata": service} if queries()[name].services else {}
            answer = store.query(queries()[name].ready(store, **given))
            found[name] = sorted(map(str, answer.triples() if answer.kind == "graph" else answer.rows()))
        return found

    with open_store(struck(tmp_path)) as store, wikidata() as service:
        merged = answers(store, service)
        derived = [graph for graph in store.graphs() if "/graph/incidents/" in graph]
        for graph in derived:
            store.remove(graph)
        assert derived
        assert answers(store, service) == merged

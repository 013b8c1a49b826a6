"""Dumps of Wikidata as sources, in the JSON that Wikibase writes."""

import bz2
import gzip
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GazetteerError
from kg.gazetteer import wikidata
from kg.gazetteer.row import Row
from kg.gazetteer.wikidata import Wanted
from kg.names import Office


def thing(qid: str) -> dict[str, Any]:
    return {"value": {"entity-type": "item", "numeric-id": int(qid[1:]), "id": qid}, "type": "wikibase-entityid"}


def day(text: str, precision: int) -> dict[str, Any]:
    return {"value": {"time": text, "precision": precision, "calendarmodel": "…"}, "type": "time"}


def words(text: str, language: str) -> dict[str, Any]:
    return {"value": {"text": text, "language": language}, "type": "monolingualtext"}


def snak(prop: str, value: dict[str, Any] | None) -> dict[str, Any]:
    return (
        {"snaktype": "value", "property": prop, "datavalue": value}
        if value
        else {"snaktype": "somevalue", "property": prop}
    )


def claim(
    prop: str, value: dict[str, Any] | None, rank: str = "normal", **qualifiers: dict[str, Any]
) -> dict[str, Any]:
    held = {name: [snak(name, held)] for name, held in qualifiers.items()}
    return {"mainsnak": snak(prop, value), "type": "statement", "rank": rank, "qualifiers": held}


def entity(qid: str, label: str, *claims: dict[str, Any], sitelinks: int = 0, **more: Any) -> dict[str, Any]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for made in claims:
        grouped.setdefault(made["mainsnak"]["property"], []).append(made)
    return {
        "type": "item",
        "id": qid,
        "labels": {"en": {"language": "en", "value": label}},
        "claims": grouped,
        "sitelinks": {f"s{number}": {} for number in range(sitelinks)},
    } | more


def made(one: dict[str, Any]) -> Row:
    row = wikidata.row(one, wikidata.wanted())
    assert row
    return row


CITY = claim("P31", thing("Q515"))
TOWN = entity(
    "Q900001", "Rivertown", CITY,
    claim("P17", thing("Q900100")), claim("P131", thing("Q900007")),
    claim("P625", {"value": {"latitude": 10.5, "longitude": 20.25, "globe": "http://www.wikidata.org/entity/Q2"}}),
    claim("P1566", {"value": "55", "type": "string"}),
    claim("P1549", words("Rivertowner", "en")), claim("P1549", words("Flussstädter", "de")),
    claim("P1448", words("City of Rivertown", "en")), claim("P300", {"value": "XA-07", "type": "string"}),
    sitelinks=7,
    labels={
        "en": {"language": "en", "value": "Rivertown"}, "uk": {"language": "uk", "value": "Ривертаун"},
        "sv": {"language": "sv", "value": "Älvstad"}, "ja": {"language": "ja", "value": "リバータウン"},
    },
    aliases={"en": [{"language": "en", "value": "Port River"}], "ko": [{"language": "ko", "value": "리버타운"}]},
    descriptions={"en": {"language": "en", "value": "city in Riverland"}},
)  # fmt: skip


def dump(path: Path, *entities: dict[str, Any], pack: Callable[[bytes], bytes] = bytes) -> Path:
    path.write_bytes(
        pack(("[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in entities) + "\n]\n").encode())
    )
    return path


def test_place() -> None:
    row = made(TOWN)
    assert (row.label, row.classes, row.qid, row.geonames) == ("Rivertown", ("Place",), "Q900001", 55)
    assert (row.lat, row.lon, row.country, row.within, row.keys) == (10.5, 20.25, "Q900100", "Q900007", ("XA-07",))
    assert (row.fame, row.description, row.licence) == (7, "city in Riverland", "CC0-1.0")


def test_names_are_those_in_the_languages_kept_or_in_latin_letters() -> None:
    assert dict(made(TOWN).names) == {
        "Ривертаун": "alias", "Älvstad": "alias", "Port River": "alias", "City of Rivertown": "alias",
        "Rivertowner": "demonym",
    }  # fmt: skip


def test_labels_have_languages() -> None:
    assert made(TOWN).labels == (("en", "Rivertown"), ("uk", "Ривертаун"))


def test_offices_with_terms() -> None:
    row = made(
        entity(
            "Q900002", "Jane Doe", claim("P31", thing("Q5")),
            claim(
                "P39", thing("Q900200"), P580=day("+2019-05-20T00:00:00Z", 11), P582=day("+2021-03-00T00:00:00Z", 10)
            ),
            claim("P39", thing("Q900201"), P580=day("+2022-00-00T00:00:00Z", 9), P1001=thing("Q900100")),
            claim("P39", thing("Q900202"), rank="deprecated"),
            claim("P39", None),
        )
    )  # fmt: skip
    assert row.offices == (
        Office("Q900200", None, date(2019, 5, 20), date(2021, 3, 31)),
        Office("Q900201", "Q900100", date(2022, 1, 1), None),
    )


def test_office_itself_only_names_it() -> None:
    row = made(entity("Q900200", "Minister of Bridges", claim("P31", thing("Q4164871"))))
    assert (row.label, row.classes, row.qid) == ("Minister of Bridges", (), "Q900200")


def country(*claims: dict[str, Any]) -> str | None:
    return made(entity("Q900003", "Rivertown", CITY, *claims)).country


def test_preferred_statement_wins_and_deprecated_ones_do_not_count() -> None:
    assert country(claim("P17", thing("Q1")), claim("P17", thing("Q2"), rank="preferred")) == "Q2"
    assert country(claim("P17", thing("Q1"), rank="deprecated"), claim("P17", thing("Q2"))) == "Q2"


def test_statement_that_ended_gives_way() -> None:
    assert country(claim("P17", thing("Q1"), P582=day("+1991-12-26T00:00:00Z", 11)), claim("P17", thing("Q2"))) == "Q2"


def test_latest_population_is_taken() -> None:
    def people(amount: str, year: int) -> dict[str, Any]:
        return claim("P1082", {"value": {"amount": amount, "unit": "1"}}, P585=day(f"+{year}-00-00T00:00:00Z", 9))

    row = made(entity("Q1", "Rivertown", CITY, people("+900", 2020), people("+1200", 1990)))
    assert row.population == 900


def test_state_is_what_the_project_holds_for_one() -> None:
    def classes(qid: str) -> tuple[str, ...]:
        return made(entity(qid, "Land", claim("P31", thing("Q6256")))).classes

    assert classes("Q212") == ("State", "Place")
    assert classes("Q900100") == ("Place",)


@pytest.mark.parametrize(
    "left_out",
    [
        entity("Q900004", "On Rivers", claim("P31", thing("Q13442814"))),
        entity("Q900005", "Little Known", claim("P31", thing("Q5")), sitelinks=1),
        entity("Q900006", "Gone", claim("P31", thing("Q515"), rank="deprecated")),
        entity("P31", "instance of", CITY, type="property"),
        entity("Q900008", "", CITY, labels={}),
    ],
)
def test_left_out(left_out: dict[str, Any], tmp_path: Path) -> None:
    rows = wikidata.rows(dump(tmp_path / "d.json", left_out), on_bad=pytest.fail)
    assert list(rows) == []


def test_other_classes_can_be_asked_for(tmp_path: Path) -> None:
    path = dump(tmp_path / "d.json", TOWN, entity("Q7", "River Bridge", claim("P31", thing("Q12280"))))
    rows = wikidata.rows(path, only={"Q12280": Wanted("Q12280", ("Place",), 0)})
    assert [row.label for _, row in rows] == ["River Bridge"]


@pytest.mark.parametrize(("ending", "pack"), [("json", bytes), ("json.gz", gzip.compress), ("json.bz2", bz2.compress)])
def test_goes_on_from_each_position(ending: str, pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    towns = [entity(f"Q{number}", f"Town {'x' * number}", CITY) for number in range(1, 6)]
    path = dump(tmp_path / f"d.{ending}", *towns, pack=pack)
    everything = list(wikidata.rows(path))
    assert [row.qid for _, row in everything] == ["Q1", "Q2", "Q3", "Q4", "Q5"]
    for index, (position, _) in enumerate(everything, 1):
        assert list(wikidata.rows(path, start=position)) == everything[index:]
    assert everything[-1][0] <= (wikidata.size(path) or 0)


@given(
    st.lists(
        st.one_of(st.text(max_size=30), st.just('{"id":"Q5","claims":{"P31":[{"mainsnak":{"x":{"id":"Q515"}}}]}}'))
    )
)
def test_any_line_is_told_or_passed_over(tmp_path_factory: pytest.TempPathFactory, noise: list[str]) -> None:
    path = tmp_path_factory.mktemp("any") / "d.json"
    lines = ["[", *(" ".join(line.splitlines()) for line in noise), json.dumps(TOWN), "]"]
    path.write_text("\n".join(lines), "utf8")
    told: list[str] = []
    assert [row.qid for _, row in wikidata.rows(path, on_bad=told.append)] == ["Q900001"]
    assert all(message.startswith(f"{path}:") for message in told)


def test_bad_line_is_told_with_its_number_after_going_on_too(tmp_path: Path) -> None:
    path = dump(tmp_path / "d.json", TOWN, TOWN)
    path.write_text(path.read_text("utf8").replace("\n]", ',\n{"claims": {"P31": [{"id": "Q515"}]}}\n]'), "utf8")
    (first, _), _ = wikidata.rows(path)
    told: list[str] = []
    list(wikidata.rows(path, start=first, on_bad=told.append))
    assert [message.split(": ")[0] for message in told] == [f"{path}:4"]


def test_no_dump(tmp_path: Path) -> None:
    path = tmp_path / "d.json"
    path.write_text("qid\tlabel\n", "utf8")
    with pytest.raises(GazetteerError, match=r"d\.json:1: this is no JSON dump of Wikidata \(give one like"):
        list(wikidata.rows(path))


def test_revision_has_the_day_of_the_dump(tmp_path: Path) -> None:
    assert wikidata.revision(dump(tmp_path / "wikidata-20240102-all.json", TOWN)).startswith("2024-01-02, ")


def test_every_class_leads_to_classes_of_ours() -> None:
    known = {"Place", "Person", "Organization", "Conflict", "Event", "Kind"}
    for want in wikidata.wanted().values():
        assert not want.classes or known & set(want.classes), want

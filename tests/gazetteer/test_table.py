"""Tables as sources: what a row says, what is left out, and going on where a run stopped."""

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GazetteerError
from kg.gazetteer import table
from kg.gazetteer.row import Row

HEADER = "qid\tlabel\tclasses\tnames\tlat\tlon\tcountry\tgeonames\tsources"
LINES = (
    "Q101\tRivertown\tcity\tRivertown|Rivière-Ville|Ривертаун|RVT\t10.5\t20.25\tXA\t55;56\tne",
    "Q102\tMinister of Bridges\tposition\tMinister of Bridges\t\t\t\t\teps",
    "Q103\tJane Doe (government official)\tperson_exec\tJane Doe|Doe, Jane Ann\t\t\t\t\teps",
    "Q104\tNorthland Province\tadmin1\tNorthland|XA-07\t0.0000\t0.0000\tXA\t\tne;wof",
)


def written(path: Path, lines: tuple[str, ...] = LINES, header: str = HEADER) -> Path:
    path.write_text("\n".join((header, *lines)) + "\n", "utf8")
    return path


def read(path: Path, start: int = 0) -> list[tuple[int, Row]]:
    return list(table.rows(path, start=start))


def one(line: str, tmp_path: Path, header: str = HEADER) -> Row:
    ((_, row),) = table.rows(written(tmp_path / "one.tsv", (line,), header), on_bad=pytest.fail)
    return row


def test_place(tmp_path: Path) -> None:
    row = one(LINES[0], tmp_path)
    assert (row.label, row.classes, row.qid, row.country) == ("Rivertown", ("Place",), "Q101", "XA")
    assert (row.lat, row.lon, row.geonames, row.keys) == (10.5, 20.25, 55, ("56",))
    assert row.names == (("Rivière-Ville", "alias"), ("Ривертаун", "alias"))
    assert (row.fame, row.source, row.licence, row.prior) == (3, "ne", "CC0-1.0", None)


def test_positions_are_line_numbers(tmp_path: Path) -> None:
    assert [position for position, _ in read(written(tmp_path / "t.tsv"))] == [2, 4, 5]


def test_disambiguator_becomes_the_description(tmp_path: Path) -> None:
    row = one(LINES[2], tmp_path)
    assert (row.label, row.description) == ("Jane Doe", "government official")
    assert row.names == (("Jane Ann Doe", "alias"),)


def test_region_code_is_a_key_and_the_bare_name_is_marked(tmp_path: Path) -> None:
    row = one(LINES[3], tmp_path)
    assert (row.keys, row.names, row.lat) == (("XA-07",), (("Northland", "bare"),), None)


@pytest.mark.parametrize(
    ("label", "words", "classes"),
    [
        ("Someplace", "city;admin2", ("Place",)),
        ("Jane Doe", "person_pol;person_war", ("Person",)),
        ("Second Doe cabinet", "person_pol;cabinet_term", None),
        ("Jane Doe", "person_exec;cabinet_term", ("Person",)),
        ("Riverland Liberation Front", "african_group", ("ArmedGroup", "Organization")),
        ("Riverland Democratic Party", "person_pol;african_group", ("Organization",)),
        ("Armed Forces of Riverland", "african_group", ("ArmedForce", "Organization")),
        ("River people", "african_group", ("Agent",)),
        ("Riverish language", "african_group", None),
        ("flag of the Riverland Army", "military_org", None),
        ("5th River Brigade", "military_org", ("ArmedForce", "Organization")),
        ("Ministry of Bridges", "gov_org", ("GovernmentBody", "Organization")),
        ("River Union", "igo", ("InternationalOrganization", "Organization")),
        ("The River Times", "media", ("NewsOutlet", "Organization")),
        ("River State University", "media", None),
        ("Battle of the River", "event", ("Event",)),
        ("River War", "event", ("Conflict",)),
        ("RX-7 missile", "weapon", ("Kind",)),
        ("Institute for River Studies", "weapon", None),
        ("River sanctions", "policy", None),
        ("River Guard", "ArmedForce", ("ArmedForce", "Organization")),
        ("Riverland", "Place;State", ("State", "Place")),
    ],
)
def test_classes(label: str, words: str, classes: tuple[str, ...] | None, tmp_path: Path) -> None:
    rows = read(written(tmp_path / "t.tsv", (f"Q9\t{label}\t{words}",), "qid\tlabel\tclasses"))
    assert [row.classes for _, row in rows] == ([classes] if classes else [])


def test_state_is_what_the_project_holds_for_one(tmp_path: Path) -> None:
    lines = ("Q212\tUkraine\tcountry\t", "Q55502\tGreat Plain\tcountry_or_region\t")
    rows = read(written(tmp_path / "t.tsv", lines))
    assert [row.classes for _, row in rows] == [("State", "Place"), ("Place",)]


def test_item_of_an_untrusted_source_lowers_the_prior(tmp_path: Path) -> None:
    alone = one("Q1\tRivertown\tcity\tRivertown|Flussstadt\t\t\t\t\tcsc", tmp_path)
    agreed = one("Q1\tRivertown\tcity\tRivertown|Flussstadt\t\t\t\t\tcsc;ne", tmp_path)
    assert alone.prior is not None
    assert alone.prior < 0.1
    assert agreed.prior is None


def test_machine_translated_names_are_left_out(tmp_path: Path) -> None:
    assert one("Q1\tKings Bridge\tcity\tPont des rois|Königsbrücke\t\t\t\t\tcsc", tmp_path).names == ()


def test_label_in_another_script_gives_way_to_a_latin_name(tmp_path: Path) -> None:
    row = one("Q1\tРічкове\tcity\tCité du fleuve|Richkove|Річкове\t\t\t\t\twof", tmp_path)
    assert row.label == "Richkove"
    assert ("Річкове", "alias") in row.names


def test_columns_go_by_name(tmp_path: Path) -> None:
    row = one("Place\tRivertown\tQ1\tx\t31", tmp_path, "class\tname\titem\tcolour\tsitelinks")
    assert (row.label, row.qid, row.fame, row.source) == ("Rivertown", "Q1", 31, "one")


def test_sources_that_disagree_about_the_country_leave_it_open(tmp_path: Path) -> None:
    assert one("Q1\tRivertown\tcity\t\t\t\tXA;XB\t\tne", tmp_path).country is None


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("12\tRivertown\tcity", "'12' is no Wikidata item"),
        ("Q1\tRivertown\tspaceship", "no class is known as 'spaceship'"),
        ("Q1\tRivertown\tcity\t\tnorth\t2", "are no degrees"),
        ("Q1\tRivertown\tcity\t\t95\t2", "nowhere on earth"),
        ("Q1\t---\tcity", "'---' is no name"),
        ("Q1\tRivertown\tcity\t\t\t\t\tabc", "'abc' is no GeoNames id"),
    ],
)
def test_bad_line_is_told_and_passed_over(line: str, problem: str, tmp_path: Path) -> None:
    path, told = written(tmp_path / "t.tsv", (line, LINES[0])), []
    assert [position for position, _ in table.rows(path, on_bad=told.append)] == [3]
    (message,) = told
    assert message.startswith(f"{path}:2: ")
    assert problem in message


@pytest.mark.parametrize("content", ["", "qid\tlabel\nQ1\tRivertown\n", "<html>\n"])
def test_no_table(content: str, tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text(content, "utf8")
    with pytest.raises(GazetteerError, match=r"t\.tsv:1: the header has no column .*classes \(name the columns"):
        read(path)


@pytest.mark.parametrize(("ending", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
def test_packed(ending: str, pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    plain = written(tmp_path / "t.tsv")
    packed = tmp_path / f"t.tsv.{ending}"
    packed.write_bytes(pack(plain.read_bytes()))
    assert read(packed) == read(plain)
    assert table.size(packed) == table.size(plain) == 5


def test_cut_off_file(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv.gz"
    path.write_bytes(gzip.compress(written(tmp_path / "t.tsv").read_bytes())[:-12])
    with pytest.raises(GazetteerError, match=r"damaged or cut off.*fetch it again"):
        read(path)


def test_revision_changes_with_the_content(tmp_path: Path) -> None:
    first = table.revision(written(tmp_path / "t.tsv"))
    assert first == table.revision(tmp_path / "t.tsv")
    assert first.split()[0] != table.revision(written(tmp_path / "t.tsv", LINES[:2])).split()[0]


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=40), max_size=8),
    st.integers(0, 12),
)
def test_any_lines_can_be_read_from_anywhere(
    tmp_path_factory: pytest.TempPathFactory, noise: list[str], start: int
) -> None:
    lines = [line for pair in zip(noise, LINES * 2, strict=False) for line in pair]
    path = written(tmp_path_factory.mktemp("any") / "t.tsv", tuple(lines))
    everything = read(path)
    assert read(path, start) == [(position, row) for position, row in everything if position > start]

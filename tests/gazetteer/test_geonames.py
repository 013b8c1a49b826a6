"""Dumps of GeoNames as sources."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GazetteerError
from kg.gazetteer import geonames
from kg.gazetteer.row import Row


def feature(
    ident: int, name: str, code: str, *, others: str = "", country: str = "XA", admin1: str = "", admin2: str = "",
    people: int = 0, lat: str = "10.5",
) -> str:  # fmt: skip
    group, _, kind = code.partition(".")
    cells = [
        str(ident),
        name,
        name,
        others,
        lat,
        "20.25",
        group,
        kind,
        country,
        "",
        admin1,
        admin2,
        "",
        "",
        str(people),
    ]
    return "\t".join([*cells, "", "100", "Asia/River", "2024-01-02"])


PLACES = (
    feature(
        55, "Rivertown", "P.PPL", others="RVT,rivertaun,Rivière-Ville,Ривертаун,River Town", admin1="07", people=900
    ),
    feature(56, "Long River", "H.STM", admin1="07"),
    feature(57, "Northland", "A.ADM1", admin1="07"),
    feature(58, "Upper Northland", "A.ADM2", admin1="07", admin2="0123"),
    feature(59, "River Air Base", "S.AIRB", admin1="00"),
    feature(60, "Ukraine", "A.PCLI", country="UA", admin1="00"),
    feature(61, "Riverland", "A.PCLI"),
)
NAMES = (
    "1\t55\ten\tRivertown\t1\t\t\t\t\t",
    "2\t55\tuk\tРивертаун\t\t\t\t\t\t",
    "3\t55\tlink\thttps://river.example/Rivertown\t\t\t\t\t\t",
    "4\t55\twkdt\tQ900001\t\t\t\t\t\t",
    "5\t55\ten\tRiver City\t\t\t\t\t\t",
    "6\t55\ten\tThe Wet One\t\t\t1\t\t\t",
    "7\t55\ten\tLeninriver\t1\t\t\t1\t\t",
    "8\t55\tiata\tRVT\t\t\t\t\t\t",
    "9\t55\tja\tリバータウン\t\t\t\t\t\t",
    "10\t57\tpost\t12345\t\t\t\t\t\t",
    "11\t58\t\tUpper Side\t\t\t\t\t\t",
)
ADMIN = ("XA.07\tNorthland\tNorthland\t57", "XA.08\tSouthland\tSouthland\t58")


def written(path: Path, lines: tuple[str, ...]) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), "utf8")
    return path


def read(path: Path, start: int = 0) -> list[tuple[int, Row]]:
    return list(geonames.rows(path, start=start, on_bad=pytest.fail))


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Row]:
    return {row.label: row for _, row in read(written(tmp_path / "XA.txt", PLACES))}


def test_settlement(places: dict[str, Row]) -> None:
    row = places["Rivertown"]
    assert (row.classes, row.geonames, row.country, row.within) == (("Place",), 55, "XA", "XA.07")
    assert (row.lat, row.lon, row.population, row.fame, row.licence) == (10.5, 20.25, 900, 5, "CC-BY-4.0")
    assert row.names == (("Rivière-Ville", "alias"), ("River Town", "alias"))


def test_features_of_no_use_are_left_out(places: dict[str, Row]) -> None:
    assert places.keys() == {
        "Rivertown", "Northland", "Upper Northland", "River Air Base", "Ukraine", "Riverland"
    }  # fmt: skip


def test_provinces_have_keys_that_places_lie_in(places: dict[str, Row]) -> None:
    assert (places["Northland"].keys, places["Northland"].within) == (("XA.07",), "XA")
    assert (places["Upper Northland"].keys, places["Upper Northland"].within) == (("XA.07.0123",), "XA.07")
    assert places["Riverland"].keys == ("XA",)
    assert places["River Air Base"].within == "XA"


def test_state_is_what_the_project_holds_for_one(places: dict[str, Row]) -> None:
    assert (places["Ukraine"].classes, places["Ukraine"].country) == (("State", "Place"), None)
    assert places["Riverland"].classes == ("Place",)


def test_alternate_names_of_a_place_are_one_row_that_only_adds(tmp_path: Path) -> None:
    (position, row), (_, upper) = read(written(tmp_path / "alternateNamesV2.txt", NAMES))
    assert (row.label, row.classes, row.geonames, row.qid) == ("", (), 55, "Q900001")
    assert [form for form, _ in row.names] == ["Rivertown", "Ривертаун", "River City", "Leninriver"]
    assert row.labels == (("en", "Rivertown"), ("uk", "Ривертаун"))
    assert (upper.geonames, upper.names) == (58, (("Upper Side", "alias"),))
    assert position == len("".join(f"{line}\n" for line in NAMES[:9]).encode())


def test_codes_of_provinces(tmp_path: Path) -> None:
    (_, row), _ = read(written(tmp_path / "admin1CodesASCII.txt", ADMIN))
    assert (row.label, row.geonames, row.keys, row.within, row.country) == ("Northland", 57, ("XA.07",), "XA", "XA")


@pytest.mark.parametrize("lines", [PLACES, NAMES, ADMIN])
def test_goes_on_from_each_position(lines: tuple[str, ...], tmp_path: Path) -> None:
    path = written(tmp_path / "t.txt", lines)
    everything = read(path)
    assert len(everything) > 1
    for index, (position, _) in enumerate(everything, 1):
        assert read(path, position) == everything[index:]


def test_zip_as_it_is_distributed(tmp_path: Path) -> None:
    plain = written(tmp_path / "alternateNamesV2.txt", NAMES)
    packed = tmp_path / "alternateNamesV2.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("iso-languagecodes.txt", "ISO 639-3\n")
        archive.write(plain, "alternateNamesV2.txt")
    assert read(packed) == read(plain)
    assert geonames.size(packed) == plain.stat().st_size


def test_archive_of_several_tables(tmp_path: Path) -> None:
    packed = tmp_path / "both.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("XA.txt", PLACES[0])
        archive.writestr("XB.txt", PLACES[1])
    with pytest.raises(GazetteerError, match=r"should hold one table; it holds XA\.txt, XB\.txt"):
        read(packed)


@pytest.mark.parametrize("line", ["", "a\tb", "\t".join("abcdefghijklmnopqrs")])
def test_no_table_of_geonames(line: str, tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"XA\.txt:1: a table of GeoNames has 19, 10 or 4 columns"):
        read(written(tmp_path / "XA.txt", (line,)))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("too\tshort", "2 columns instead of 19"),
        (feature(9, "Nowhere", "P.PPL", lat="99"), "lies nowhere on earth"),
        (feature(9, "…", "P.PPL"), "'…' is no name"),
        (feature(9, "Rivertown", "P.PPL", lat="north"), "could not convert"),
    ],
)
def test_bad_line_is_told_and_passed_over(line: str, problem: str, tmp_path: Path) -> None:
    path, told = written(tmp_path / "XA.txt", (PLACES[0], line, PLACES[2])), []
    assert [row.geonames for _, row in geonames.rows(path, on_bad=told.append)] == [55, 57]
    (message,) = told
    assert message.startswith(f"{path}:2: ")
    assert problem in message


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=30)),
    st.sampled_from([PLACES, NAMES, ADMIN]),
)
def test_any_line_is_told_or_passed_over(
    tmp_path_factory: pytest.TempPathFactory, noise: list[str], lines: tuple[str, ...]
) -> None:
    path = written(tmp_path_factory.mktemp("any") / "t.txt", (lines[0], *noise, *lines[1:]))
    told: list[str] = []
    found = {row.geonames for _, row in geonames.rows(path, on_bad=told.append)}
    assert found == {row.geonames for _, row in read(written(path, lines))}
    assert all(message.startswith(f"{path}:") for message in told)

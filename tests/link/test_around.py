"""What the words around a name are read as. In each row the name stands between asterisks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link.around import RANKS, Around, ranks


def around(*marked: str) -> Around:
    """What is read around the names that the texts mark."""
    found = Around()
    for text in marked:
        before, _, after = text.split("*")
        found.take(before, after)
    return found


INSIDE = [
    ("The train to *Paris*, Texas, was late.", {"Texas"}),
    ("Police in *Paris*, Texas said so", {"Texas"}),
    ("*KYIV*, Ukraine (AP) — Drones struck", {"Ukraine"}),
    ("the town of *Paris* in northern Texas", {"Texas"}),
    ("*Goma* in eastern Congo", {"Congo"}),
    ("*Tripoli*, in northern Lebanon, was calm", {"Lebanon"}),
    ("*Tripoli*, in the north of Lebanon", {"Lebanon"}),
    ("in *Odesa*, near Moldova", {"Moldova"}),
    ("in *Springfield*, the state of Illinois", {"Illinois"}),
    ("shelled the Syrian city of *Idlib* again", {"Syrian"}),
    ("the Iraqi border town of *Qaim*", {"Iraqi"}),
    ("Kyiv said the Russian city of *Belgorod* was hit", {"Russian"}),
    ("Ukraine's *Mariupol*", {"Ukraine"}),
    ("Ukraine’s *Mariupol*", {"Ukraine"}),
    ("northern Syria's *Idlib*", {"Syria"}),
    ("Libya's eastern *Benghazi*", {"Libya"}),
    ("*Valencia*, Costa Rica", {"Costa Rica", "Costa"}),
    ("*Hyderabad*, Sindh, Pakistan", {"Sindh"}),
    ("*Paris*. Texas said", set()),
    ("*Paris*\nTexas said", set()),
    ("*Paris* and Texas", set()),
    ("*Tripoli* was quiet", set()),
    ("a city in *Libya*", set()),
]


@pytest.mark.parametrize(("text", "inside"), INSIDE)
def test_names_that_stand_where_a_container_would(text: str, inside: set[str]) -> None:
    assert set(around(text).inside) == inside


@pytest.mark.parametrize(
    "text", ["Lebanon's northern city of *Tripoli*", "Lebanon's Mediterranean port city of *Tripoli*"]
)
def test_owner_of_a_city_is_among_what_it_may_lie_in(text: str) -> None:
    assert "Lebanon's" in around(text).inside


TYPES = [
    ("the province of *Hatay*", {"province": 1}),
    ("*Hatay* province", {"province": 1}),
    ("in *Kharkiv* region on Monday", {"region": 1}),
    ("the town of *Bucha*", {"town": 1}),
    ("the city of *Homs* province", {"city": 1, "province": 1}),
    ("*Hatay* provincial officials", {}),
    ("*Hatay*, a province", {}),
    ("*Hatay*\nprovince", {}),
]


@pytest.mark.parametrize(("text", "types"), TYPES)
def test_kinds_of_place_that_a_name_is_called(text: str, types: dict[str, int]) -> None:
    assert dict(around(text).types) == types


def test_kinds_of_place_add_up_over_the_mentions() -> None:
    assert around("the city of *Homs*", "*Homs* province", "*Homs* province").types == {"city": 1, "province": 2}


TITLES = [
    ("Russian Foreign Minister *Sergei Lavrov* said", {"foreign", "minister"}, {"Russian"}),
    ("South Korean Foreign Minister *Cho*", {"foreign", "minister"}, {"South Korean", "Korean"}),
    ("Ukraine's President *Zelensky*", {"president"}, {"Ukraine's"}),
    ("former US President *Bill Clinton*", {"president"}, {"US"}),
    ("US Secretary of State *Antony Blinken*", {"secretary"}, {"US"}),
    ("the U.S. Secretary of State *Antony Blinken*", {"secretary"}, {"U.S."}),
    ("the then defence minister *Ivanov*", {"defence", "minister"}, set()),
    ("the defense minister *Ivanov*", {"defence", "minister"}, set()),
    ("Mr *Jordan* said", set(), set()),
    ("Mr. *Jordan* said", set(), set()),
    ("said Mrs. *Clinton*", set(), set()),
    ("a letter to Dr *Paris*", set(), set()),
    ("Gen *Mark Milley*", {"general"}, set()),
    ("Gen. *Mark Milley*", {"general"}, set()),
    ("Sen. *John McCain*", {"senator"}, set()),
    ("Col. *Reading*", {"colonel"}, set()),
    ("King *Abdullah*", {"king"}, set()),
    ("He flew home.\nPresident *Bush* spoke", {"president"}, set()),
]


@pytest.mark.parametrize(("text", "office", "owners"), TITLES)
def test_title_before_a_name(text: str, office: set[str], owners: set[str]) -> None:
    found = around(text)
    assert found.personal
    assert (found.ranks, set(found.owners)) == (office, owners)


UNTITLED = [
    "He met the president. *Jordan* said",
    "He met the president, *Jordan* said",
    "He met the president: *Jordan* said",
    "He met the minister.\n*Jordan* said",
    "He met the minister\n*Jordan* said",
    "the ministers of *Jordan*",
    "General Motors and *Ford*",
    "the president of *Georgia*",
    "*Jordan* said",
    "… *Jordan* said",
]


@pytest.mark.parametrize("text", UNTITLED)
def test_what_is_no_title_of_the_name(text: str) -> None:
    found = around(text)
    assert (found.personal, found.ranks) == (False, set())


APPOSITIONS = [
    ("*Shoigu*, the Russian defence minister, said", {"defence", "minister"}, {"Russian"}),
    ("*Shoigu*, the Russian defense minister, said", {"defence", "minister"}, {"Russian"}),
    ("*Kim*, the North Korean leader, said", {"leader"}, {"North Korean", "North"}),
    ("*Lavrov*, Russia's foreign minister", {"foreign", "minister"}, {"Russia's"}),
    ("*Assad*, who is president, said", {"president"}, set()),
    ("*Goma*, the Congolese city, fell", set(), set()),
    ("*Lavrov*. The Russian minister", set(), set()),
]


@pytest.mark.parametrize(("text", "office", "owners"), APPOSITIONS)
def test_office_in_an_apposition(text: str, office: set[str], owners: set[str]) -> None:
    found = around(text)
    assert (found.ranks, set(found.owners), found.personal) == (office, owners, False)


def test_state_that_a_body_belongs_to() -> None:
    assert around("Ukraine's *Security Service* said").owners == ["Ukraine"]
    assert around("The *Security Service* said").owners == []


def test_words_around_are_in_lower_case_and_not_short() -> None:
    assert around("The Grain deal *X* was a SHIP").words == {"grain", "deal", "ship"}


@pytest.mark.parametrize(
    ("office", "words"),
    [
        ("Minister of Foreign Affairs", {"foreign", "minister"}),
        ("Secretary of Defense", {"secretary", "defence"}),
        ("Russia's President", {"president"}),
        ("the Minister's deputy", {"deputy"}),
        ("First Deputy Prime Minister", {"deputy", "prime", "minister"}),
        ("baker", set()),
        ("", set()),
    ],
)
def test_words_of_an_office(office: str, words: set[str]) -> None:
    assert ranks(office) == words


ANY = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("Aa .,'’\n-")), max_size=200)
PIECES = st.lists(
    st.sampled_from(
        [
            "President",
            "Mr.",
            "Russian",
            "'s",
            "’s",
            ",",
            ".",
            "\n",
            "the",
            "city of",
            "Texas",
            "north",
            "of",
            "U.S.",
            " ",
        ]
    ),
    max_size=12,
).map(" ".join)


@given(before=ANY | PIECES, after=ANY | PIECES)
def test_any_text_can_be_read(before: str, after: str) -> None:
    found = Around()
    found.take(before, after)
    assert found.ranks <= RANKS
    text = re.sub(r"\s+", " ", f"{before} {after}")
    assert all(re.sub(r"\s+", " ", one) in text for one in found.inside)
    assert set(found.types.values()) <= {1}

"""Which person a name is, with the gazetteer that comes along."""

from datetime import date

import pytest

from kg.link import resolve
from kg.model import Entity, Link
from tests.link.handmade import extraction, linked, person, place, read


def test_surname_after_the_full_name_is_the_same_person() -> None:
    text = "Sergei Ivanov flew to Minsk. Ivanov spoke."
    links = linked(text, person("Sergei Ivanov"), person("Ivanov"))
    assert links["ivanov"].qid == links["sergei-ivanov"].qid == "Q204027"


@pytest.mark.parametrize("spelling", ["Zelenskiy", "Zelensky", "Zelenskyy", "Zelenskyi", "Volodymyr Zelenskiy"])
def test_persons_are_found_by_their_spellings(spelling: str) -> None:
    links = linked(f"Ukrainian President {spelling} spoke", person(spelling))
    assert [link.qid for link in links.values()] == ["Q3874799"]


# Terms are those of kg/gazetteer/tables.
@pytest.mark.parametrize(
    ("text", "surname", "published", "qid"),
    [
        ("Russian Defence Minister Ivanov spoke", "Ivanov", date(2005, 1, 1), "Q204027"),
        ("Russian Foreign Minister Ivanov spoke", "Ivanov", date(2002, 1, 1), "Q378027"),
        ("Ivanov, the Russian foreign minister, spoke", "Ivanov", date(2002, 1, 1), "Q378027"),
        ("British Prime Minister Cameron spoke", "Cameron", date(2013, 1, 1), "Q192"),
        ("US President Bush spoke", "Bush", date(2005, 1, 1), "Q207"),
        ("US Secretary of State Clinton spoke", "Clinton", date(2010, 1, 1), "Q6294"),
        ("US President Clinton spoke", "Clinton", date(1997, 1, 1), "Q1124"),
    ],
)
def test_office_at_the_date_of_the_article_tells_which_bearer_of_a_surname(
    text: str, surname: str, published: date, qid: str
) -> None:
    (link,) = linked(text, person(surname), published=published).values()
    assert link.qid == qid


def test_office_out_of_its_term_speaks_less() -> None:
    then, before = (
        linked("Russian Defence Minister Ivanov spoke", person("Ivanov"), published=date(year, 6, 1))["ivanov"].score
        for year in (2003, 1997)
    )
    assert then > before


@pytest.mark.parametrize("unknown", ["Oleh Trump", "Maria Putin", "Rosa Netanyahu", "Igor Zelensky"])
def test_unknown_person_with_a_famous_surname_is_nobody(unknown: str) -> None:
    surname = unknown.split()[1]
    links = linked(f"{unknown}, a nurse, wept. {surname} left.", Entity("p", ("Person",), unknown, (surname,)))
    assert links["p"].qid is None


@pytest.mark.xfail(
    strict=True, reason="an entity of the surname alone is the famous bearer, whoever else was named in full"
)
def test_surname_after_an_unknown_full_name_is_nobody() -> None:
    text = "Oleh Trump, a baker, spoke. Trump left."
    assert linked(text, person("Oleh Trump"), person("Trump"))["trump"].qid is None


@pytest.mark.xfail(
    strict=True, reason="extraction itself takes a famous surname for its bearer, after another full name"
)
def test_surname_after_an_unknown_full_name_is_nobody_in_a_text() -> None:
    found = read("Rosa Netanyahu, a nurse, said the shelling killed two. Netanyahu fled to Haifa.")
    assert [link.qid for words, link in found if words == "Netanyahu"] == [None]


@pytest.mark.parametrize("words", ["Sharon", "Obama", "Lincoln", "Sidney", "Jordan", "Paris", "Alexandria"])
def test_place_is_never_a_person_nor_a_person_a_place(words: str) -> None:
    known = resolve(extraction(f"{words} was seen", place(words)))
    assert all("Person" not in classes(link) for link in known.links)
    known = resolve(extraction(f"{words} was seen", person(words)))
    assert all("Place" not in classes(link) for link in known.links if link.named is not None)


def classes(link: Link) -> tuple[str, ...]:
    from kg.names import shipped

    thing = shipped().by_qid(link.qid) if link.qid else None
    thing = thing or (shipped().by_geonames(link.geonames) if link.geonames else None)
    return thing.classes if thing else ()


def test_village_is_no_candidate_for_a_person() -> None:
    assert linked("Reading spoke", person("Reading"))["reading"] == Link(
        "reading", None, 0.0, "nothing of its kind is known by this name", named="reading"
    )

"""What the numbers of one happening come to."""

from datetime import timedelta
from typing import Any

import pytest

from kg.merge import merge
from kg.merge.tolls import Estimate, denials, estimates
from kg.store import Store
from tests.merge.tellings import telling, word
from tests.merge.world import DAY, Told, Toll, article, event, put, table, values

LATER, LAST = DAY + timedelta(1), DAY + timedelta(2)


def estimate(*tellings: object) -> Estimate:
    """The only estimate."""
    (one,) = estimates(tellings)  # type: ignore[arg-type]
    return one


def range_of(one: Estimate) -> tuple[int, int, int]:
    return one.low, one.best, one.high


def test_one_number() -> None:
    assert estimate(telling("a", word("c1", 5))) == Estimate("Killed", "People", "", 5, 5, 5, ("c1",), 1)


def test_a_number_that_its_speaker_revises_is_no_dispute() -> None:
    found = estimate(telling("b", word("c2", 9), issued=LATER), telling("a", word("c1", 5)))
    assert (range_of(found), found.claims, found.revised) == ((9, 9, 9), ("c2",), (("c1", "c2"),))
    assert (found.disagree, found.repeat, found.sources) == ((), (), 2)


def test_each_revision_takes_the_place_of_the_one_before() -> None:
    days = zip("abcd", (5, 7, 7, 6), (DAY, LATER, LATER, LAST), strict=True)
    found = estimate(*(telling(id, word(f"c-{id}", number), issued=day) for id, number, day in days))
    assert (range_of(found), found.claims) == ((6, 6, 6), ("c-d",))
    assert found.revised == (("c-a", "c-b"), ("c-c", "c-d"))  # who says the same again revises nothing


def test_two_speakers_disagree() -> None:
    found = estimate(telling("a", word("c1", 5)), telling("b", word("c2", 9, by="ministry"), issued=LATER))
    assert (range_of(found), found.claims, found.disagree, found.repeat) == (
        (5, 5, 9),
        ("c1", "c2"),
        (("c2", "c1"),),
        (),
    )


def test_what_was_revised_disagrees_with_nobody() -> None:
    found = estimate(
        telling("a", word("c1", 5), word("c2", 9, by="ministry", start=10)), telling("b", word("c3", 9), issued=LATER)
    )
    assert (found.disagree, found.repeat, found.revised) == ((), (("c3", "c2"),), (("c1", "c3"),))


@pytest.mark.parametrize(
    ("one", "other", "disagree", "total"),
    [
        ({"low": 5}, {"count": 9}, False, (5, 5, 9)),
        ({"low": 5}, {"count": 4}, True, (4, 4, 5)),
        ({"low": 5}, {"count": 5}, False, (5, 5, 5)),
        ({"high": 5}, {"count": 4}, False, (4, 4, 5)),
        ({"high": 5}, {"count": 6}, True, (5, 5, 6)),
        ({"low": 5}, {"high": 4}, True, (4, 4, 5)),
        ({"low": 5}, {"high": 6}, False, (5, 5, 6)),
        ({"low": 5}, {"low": 90}, False, (5, 5, 90)),
        ({"low": 5, "high": 8}, {"low": 8, "high": 9}, False, (5, 5, 9)),
        ({"low": 5, "high": 8}, {"low": 9, "high": 12}, True, (5, 5, 12)),
        ({"count": 0}, {"count": 1}, True, (0, 0, 1)),
    ],
)
def test_bounds(one: dict[str, int], other: dict[str, int], disagree: bool, total: tuple[int, int, int]) -> None:
    found = estimate(telling("a", word("c1", **one)), telling("b", word("c2", by="ministry", **other)))  # type: ignore[arg-type]
    assert (found.disagree == (("c2", "c1"),), range_of(found)) == (disagree, total)


def test_of_several_numbers_of_a_speaker_in_one_article_the_highest_counts() -> None:
    found = estimate(telling("a", word("c1", 3), word("c2", 20, start=10), word("c3", 17, start=20)))
    assert (range_of(found), found.claims, found.revised, found.disagree) == ((20, 20, 20), ("c2",), (), ())


def test_two_tellings_of_one_article_are_one_word_of_a_speaker() -> None:
    again = telling("a", word("c2", 20), iri="https://e.org/id/event/again", at=50)
    found = estimate(telling("a", word("c1", 3)), again)
    assert (range_of(found), found.claims, found.revised, found.sources) == ((20, 20, 20), ("c2",), (), 1)


@pytest.mark.parametrize(("numbers", "best"), [((4, 9, 30), 9), ((4, 9, 10, 30), 9), ((30, 9), 9), ((1, 1, 1, 50), 1)])
def test_the_best_is_the_middle_one_of_two_the_lower(numbers: tuple[int, ...], best: int) -> None:
    said = [telling(f"a{n}", word(f"c{n}", number, by=f"speaker {n}")) for n, number in enumerate(numbers)]
    found = estimate(*said)
    assert range_of(found) == (min(numbers), best, max(numbers))


def test_the_latest_has_no_more_weight_than_others() -> None:
    said = [telling(f"a{n}", word(f"c{n}", 5, by=f"speaker {n}")) for n in range(2)]
    found = estimate(*said, telling("z", word("last", 50, by="ministry"), issued=LAST))
    assert range_of(found) == (5, 5, 50)


def test_numbers_of_no_side_are_of_the_only_side_that_is_told() -> None:
    found = estimate(telling("a", word("c1", 5, affected="norland")), telling("b", word("c2", 6, by="ministry")))
    assert (found.affected, range_of(found), found.disagree) == ("norland", (5, 5, 6), (("c2", "c1"),))


def test_numbers_of_two_sides_are_not_one_toll() -> None:
    found = estimates(
        [
            telling("a", word("c1", 5, affected="norland"), word("c2", 90, affected="sudmark")),
            telling("b", word("c3", 7, by="ministry")),
        ]
    )
    assert [(one.affected, one.best, one.disagree) for one in found] == [
        ("", 7, ()), ("norland", 5, ()), ("sudmark", 90, ()),
    ]  # fmt: skip


def test_each_measure_and_kind_is_counted_by_itself() -> None:
    found = estimates(
        [telling("a", word("c1", 5), word("c2", 8, measure="Wounded"), word("c3", 2, counted="Children"))]
    )
    assert [(one.measure, one.counted, one.best) for one in found] == [
        ("Killed", "Children", 2), ("Killed", "People", 5), ("Wounded", "People", 8),
    ]  # fmt: skip


@pytest.mark.parametrize("factuality", ["Denied", "Possible", "Planned", "Hypothetical"])
def test_numbers_of_what_is_not_said_to_be_so_do_not_count(factuality: str) -> None:
    assert estimates([telling("a", word("c1", 5, factuality=factuality))]) == []
    found = estimate(telling("a", word("c1", 5, factuality=factuality), word("c2", 2, start=9)))
    assert (range_of(found), found.claims) == ((2, 2, 2), ("c2",))


def test_who_gives_the_number_of_another_repeats_the_first_who_gave_it() -> None:
    speakers = zip("abc", ("mayor", "ministry", "front"), (DAY, LATER, LAST), strict=True)
    found = estimate(*(telling(id, word(f"c-{id}", 5, by=by), issued=day) for id, by, day in speakers))
    assert found.repeat == (("c-b", "c-a"), ("c-c", "c-a"))
    assert found.disagree == ()


def test_at_least_five_is_not_the_number_five() -> None:
    assert estimate(telling("a", word("c1", 5)), telling("b", word("c2", low=5, by="ministry"))).repeat == ()


def test_near_copies_are_one_source() -> None:
    found = estimate(telling("a", word("c1", 5)), telling("b", word("c2", 5, by="ministry"), source="a"))
    assert (found.sources, found.claims) == (1, ("c1", "c2"))


def test_denials_stand_against_the_first_who_asserts() -> None:
    plain: dict[str, Any] = {"measure": "", "counted": ""}
    said = [
        telling("a", word("c1", by="front", factuality="Denied", **plain)),
        telling("c", word("c3", by="ministry", **plain), issued=LAST),
        telling("b", word("c2", **plain), issued=LATER),
    ]
    assert denials(said) == [("c1", "c2")]


def test_nobody_stands_against_themselves() -> None:
    assert denials([telling("a", word("c1"), word("c2", factuality="Denied"))]) == []
    assert denials([telling("a", word("c1", factuality="Denied"))]) == []


SHELLED = Told("Guns shelled the grain harbour of Aster, killing villagers.", actors=("River Front",))


def told(*tolls: Toll, by: str = "", factuality: str = "Asserted") -> Told:
    return Told(SHELLED.sentence, actors=SHELLED.actors, tolls=tolls, by=by, factuality=factuality)


def test_estimates_and_who_disagrees_are_in_the_graph(store: Store) -> None:
    put(
        store,
        article("a", told(Toll(5, by="Jan Reed"), Toll(2, counted="Children", by="Jan Reed")), published=DAY),
        article("b", told(Toll(9, by="Ministry of Health", affected="Norland")), published=LATER, outlet="The Pier"),
        article("c", told(Toll(7, by="Jan Reed"), Toll(7, by="Ida Holm")), published=LAST, outlet="The Mole"),
        article("d", told(Toll(90), by="River Front", factuality="Denied"), published=LAST, outlet="The Mole"),
    )
    merge(store)
    assert values(store, "incident/a-0", "ckg:estimate") == ["incident/a-0/estimate/0", "incident/a-0/estimate/1"]
    names = ("node", "counted", "low", "count", "high", "reports")
    where = (
        "?node a ckg:Estimate ; ckg:measure ckg:Killed ; ckg:counted ?counted ; ckg:low ?low ; ckg:count ?count ; "
        "ckg:high ?high ; ckg:reports ?reports"
    )
    assert table(store, where, names) == [
        ("incident/a-0/estimate/0", "Children", "2", "2", "2", "1"),
        ("incident/a-0/estimate/1", "People", "7", "7", "90", "4"),
    ]
    assert values(store, "incident/a-0/estimate/1", "ckg:affected") == ["entity/norland"]
    assert values(store, "incident/a-0/estimate/1", "prov:wasDerivedFrom") == [
        "claim/b-0-1", "claim/c-0-1", "claim/c-0-2", "claim/d-0-1",
    ]  # fmt: skip
    assert table(store, "?new prov:wasRevisionOf ?old", ("new", "old")) == [("claim/c-0-1", "claim/a-0-1")]
    assert table(store, "?later cito:agreesWith ?first", ("later", "first")) == [("claim/c-0-2", "claim/c-0-1")]
    disagree = table(store, "?later cito:disagreesWith ?earlier", ("later", "earlier"))
    assert ("claim/c-0-1", "claim/b-0-1") in disagree
    assert ("claim/d-0-0", "claim/a-0-0") in disagree
    assert ("claim/b-0-1", "claim/a-0-1") not in disagree
    assert values(store, "event/a-0", "ckg:incident") == ["incident/a-0"]
    assert event("a-0").endswith("/event/a-0")

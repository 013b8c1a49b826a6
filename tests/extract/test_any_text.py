"""What holds of every text, sense or nonsense: no failure, offsets that fit, references that lead somewhere."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ontology
from kg.extract import extract, extract_all
from kg.model import Article, Extraction

SLOW = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
_WORDS = """
    Russia Ukraine Hamas rebels gunmen soldiers 12 dozens of at least the a attack attacked killed wounded shelled talks in
    on near Kharkiv Gaza said that claimed denied will not if Monday overnight March 2024 drones missiles civilians
    hospital ceasefire between and , . " “ ” - ( ) : ; ' – — 1.5 million 52 of the 80 who was by which their he they it
    ceasefire's U.S. $ % 7,000 1990s
"""
WORDS = st.sampled_from([*_WORDS.split(), "\n", "\n\n", "\t"])
ODD = [
    "",
    " ",
    "\n" * 10_000,
    "." * 5_000,
    "?!—…“”‘’()[]{}",
    '"' * 301,
    "“" * 50 + "Rebels attacked Goma" + "”" * 50,
    "\ufeffRebels attacked Goma.",
    "Rebels\u200b attacked\u00a0Goma\u2028on Monday.",
    "\u202eRebels attacked Goma\u202c on Monday.",
    "\x00\x01\x02 attacked \x7f",
    "🚀🚀 hit 🏥 in Kharkiv 🇺🇦, killing 5 👨‍👩‍👧.",
    "Повстанцы атаковали Гому. 叛军袭击了戈马。 هاجم المتمردون غوما.",
    "e\u0301" * 400 + " attacked Goma",
    "a" * 20_000,
    "Rebels attacked " + ", ".join(["Goma", "Bukavu", "Beni"] * 60) + ".",
    "Rebels who attacked " + "the base that held the men who attacked " * 150 + "Goma fled.",
    "The army said " + "that the mayor said " * 200 + "rebels attacked Goma.",
    "KYIV, June 2 (Reuters) - ",
    "killed",
    "12 killed",
    "9" * 400 + " people were killed in Goma.",
    "99,999,999,999,999,999,999 people were killed in Goma on 99 May 0000.",
    "Between 6 and 4 soldiers and 80 of 52 drones were destroyed on February 30.",
    "attack " * 400,
    "THE ARMY ATTACKED GOMA. THE ARMY ATTACKED GOMA.\r\n\r\nTHE ARMY\tATTACKED GOMA.\r",
]


def article(text: str, *, published: date | None = date(2025, 6, 3), title: str = "", outlet: str = "Post") -> Article:
    """An article of a text."""
    return Article(id="any", title=title, text=text, published=published, outlet=outlet)


def sound(found: Extraction) -> None:
    """Assert what holds of every extraction."""
    text, entities = found.article.text, {entity.id for entity in found.entities}
    events, claims = {event.id for event in found.events}, {claim.id for claim in found.claims}
    assert (len(entities), len(events), len(claims)) == (len(found.entities), len(found.events), len(found.claims))
    assert found.publisher in entities
    mentions = [one.mentions for one in found.entities] + [one.mentions for one in found.events]
    for mention in chain.from_iterable([*mentions, *(claim.mentions for claim in found.claims)]):
        assert text[mention.start : mention.end] == mention.exact != ""
    for entity in found.entities:
        assert entity.name
        assert {*filter(None, (entity.country, entity.within, entity.owner)), *entity.member_of} <= entities
    codes = ontology.codes("EventType")
    for event in found.events:
        assert event.type in codes
        assert event.trigger in event.mentions
        assert {*event.actors, *event.targets, *event.places, *event.mediators} <= entities
        assert set(event.weapons) <= set(ontology.codes("Kind"))
        assert 0 <= event.confidence <= 1
        assert event.when is None or event.when.start <= event.when.end
        assert any(claim.event == event.id for claim in found.claims)
    for claim in found.claims:
        assert claim.event in events
        assert claim.claimants
        assert set(claim.claimants) <= entities
        assert claim.mentions
        assert claim.factuality in ontology.codes("Factuality")
        assert 0 <= claim.confidence <= 1
        if claim.count is not None:
            count = claim.count
            assert count.measure in ontology.codes("Measure")
            assert count.counted in ontology.codes("Kind")
            assert (count.count, count.low, count.high) != (None, None, None)
            assert all(n is None or n >= 0 for n in (count.count, count.low, count.high, count.total))
            assert count.low is None or count.high is None or count.low <= count.high
            assert count.total is None or count.count is None or count.count <= count.total


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts(text: str) -> None:
    sound(extract(article(text)))


@SLOW
@given(st.text(max_size=400))
def test_any_characters(text: str) -> None:
    sound(extract(article(text)))


@SLOW
@given(st.lists(WORDS, max_size=80).map(" ".join))
def test_any_words(text: str) -> None:
    sound(extract(article(text)))


@SLOW
@given(
    st.lists(WORDS, min_size=5, max_size=30).map(" ".join),
    st.none()
    | st.dates(date(1901, 1, 2), date(2099, 12, 30))
    | st.datetimes(datetime(1901, 1, 2), datetime(2099, 12, 30), timezones=st.just(timezone(timedelta(hours=-11)))),
    st.text(max_size=40),
    st.text(max_size=20),
)
def test_any_article(text: str, published: date | None, title: str, outlet: str) -> None:
    sound(extract(article(f"{title}\n\n{text}", published=published, title=title, outlet=outlet)))


@SLOW
@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_same_text_same_extraction(text: str) -> None:
    once = extract(article(text))
    beside, again = extract_all([article("Hamas attacked Israel on Monday. It denied it."), article(text)])
    assert isinstance(beside, Extraction)
    assert again == once


def test_articles_keep_their_order() -> None:
    texts = [f"Rebels killed {n} soldiers in Goma." for n in range(2, 42)]
    found = list(extract_all(article(text) for text in texts))
    assert [one.article.text for one in found if isinstance(one, Extraction)] == texts

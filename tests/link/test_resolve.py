"""What a link holds, and what is so of the links of every document."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.link import resolve
from kg.link.features import settings as limits
from kg.model import Entity, Extraction
from kg.names import Gazetteer
from tests.link.handmade import body, extraction, linked, name, person, place, state
from tests.linked import demo

THRESHOLD = limits()["limits"]["threshold"]
KEPT = limits()["limits"]["kept"]


def test_link_has_labels_in_other_languages() -> None:
    labels = dict(linked("Ukraine said", state("Ukraine"))["ukraine"].labels)
    assert labels["uk"] == "Україна"
    assert labels["ar"] == "أوكرانيا"
    assert list(labels) == sorted(labels)


def test_rivals_are_kept_with_their_scores_the_likeliest_first() -> None:
    one = linked("Georgia is calm", name("Georgia"))["georgia"]
    assert one.rivals
    assert len(one.rivals) <= KEPT
    scores = [one.score, *(rival.score for rival in one.rivals)]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) <= 1.01
    assert all(rival.qid or rival.geonames for rival in one.rivals)
    assert one.qid not in {rival.qid for rival in one.rivals}


def test_unlikely_candidate_is_a_rival_and_no_link() -> None:
    one = linked("US President Bush spoke", person("Bush"), published=date(1991, 1, 1))["bush"]
    assert one.qid is None
    assert one.reason.startswith("too unlikely")
    assert (one.rivals[0].qid, one.rivals[0].score) == ("Q207", one.score)
    assert one.score < THRESHOLD


NAMES = [
    *map(place, ["Tripoli", "Georgia", "Kharkiv", "Odesa", "Paris", "Nowhereville"]),
    *map(state, ["Libya", "Lebanon", "Georgia "]),
    *map(person, ["Ivanov", "Sergei Ivanov", "Khalifa Haftar"]),
    *map(body, ["SDF", "Syrian Democratic Forces"]),
    *map(name, ["Jordan", "Washington"]),
    body("Ministry of Defence", "GovernmentBody"),
]
CASTS = st.lists(st.sampled_from(NAMES), min_size=1, max_size=8, unique_by=lambda one: one.id)
# The gazetteer is read from disk at first, so the first example is slow.
SLOW = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def told(cast: list[Entity]) -> Extraction:
    return extraction("; ".join(f"{one.name} of {one.name}, said" for one in cast), *cast)


@given(cast=CASTS)
@SLOW
def test_every_link_is_scored_and_below_the_threshold_it_has_no_item(cast: list[Entity]) -> None:
    for link in resolve(told(cast)).links:
        assert 0 <= link.score <= 1
        assert link.score >= THRESHOLD or (link.qid, link.geonames, link.lat, link.labels) == (None, None, None, ())
        assert link.reason


@given(cast=CASTS, random=st.randoms())
@SLOW
def test_order_of_entities_and_mentions_does_not_matter(cast: list[Entity], random: object) -> None:
    plain = told(cast)
    shuffled = list(plain.entities)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    turned = [
        replace(one, mentions=tuple(reversed(one.mentions)), names=tuple(reversed(one.names))) for one in shuffled
    ]
    first, second = resolve(plain), resolve(replace(plain, entities=tuple(turned)))
    assert first.links == second.links
    assert [entity.id for entity in first.entities] == [entity.id for entity in second.entities]


@given(cast=CASTS)
@SLOW
def test_every_named_entity_has_one_link_and_every_reference_leads_somewhere(cast: list[Entity]) -> None:
    found = resolve(told(cast))
    entities = [entity.id for entity in found.entities]
    assert len(entities) == len(set(entities))
    assert sorted(link.entity for link in found.links) == sorted({link.entity for link in found.links})
    assert {one.id for one in cast} == {link.named for link in found.links} - {None}
    referred = {link.within for link in found.links} | {link.country for link in found.links}
    assert referred - {None} <= set(entities)


def test_no_place_lies_in_itself() -> None:
    for extracted in demo():
        found = resolve(extracted)
        within = {entity.id: entity.within for entity in found.entities} | {
            link.entity: link.within for link in found.links if link.within
        }
        for start in within:
            chain = [start]
            while (outer := within.get(chain[-1])) is not None:
                assert outer not in chain, chain
                chain.append(outer)


def test_linking_twice_gives_the_same() -> None:
    for extracted in demo():
        assert resolve(extracted) == resolve(extracted)


def test_gazetteer_of_ones_own_decides(small: Gazetteer) -> None:
    text = "Ford, Hill Province, fell"
    assert linked(text, place("Ford"), gazetteer=small)["ford"].qid == "Q21"
    assert linked("Kharkiv fell", place("Kharkiv"), gazetteer=small)["kharkiv"].qid is None

"""Each named question, asked of what two articles really yield, and the ways its parameters can be given."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import rdf
from kg.errors import UsageError
from kg.model import Count
from kg.queries import named, queries
from kg.queries.header import read
from kg.store import Store, open_store
from tests.oxigraph import wikidata
from tests.samples import DRONES, LINKED, TWO
from tests.strikes import INCIDENTS

CKG = rdf.PREFIXES["ckg"]
ID = rdf.BASE


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("queries") / "store"
    with open_store(folder) as opened:
        opened.replace(rdf.ONTOLOGY_GRAPH, rdf.ontology_quads())
        for extraction in TWO:
            opened.replace(rdf.graph_iri(extraction.article.id), rdf.quads(extraction))
        yield opened


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of one article that was linked in all the ways that there are."""
    with open_store(tmp_path_factory.mktemp("linked") / "store") as opened:
        opened.replace(rdf.ONTOLOGY_GRAPH, rdf.ontology_quads())
        opened.replace(rdf.graph_iri(LINKED.article.id), rdf.quads(LINKED))
        yield opened


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    """The address of a server that plays Wikidata."""
    with wikidata() as address:
        yield address


def ask(store: Store, question: str, /, **given: str) -> list[dict[str, str]]:
    """The rows, each term as its plain value and our own IRIs cut down to their last part."""
    rows = store.query(named(question).ready(store, **given)).rows()
    return [{key: str(term.value).removeprefix(CKG).removeprefix(ID) for key, term in row.items()} for row in rows]


def columns(rows: list[dict[str, str]], *names: str) -> list[tuple[str | None, ...]]:
    return [tuple(row.get(name) for name in names) for row in rows]


def test_who_says_how_many(store: Store) -> None:
    rows = ask(store, "who-says-how-many")
    assert columns(rows, "speaker", "measure", "counted", "count", "low", "total") == [
        ("Russia's defence ministry", "Intercepted", "Drones", "0", None, "80"),
        ("Ukraine's air force", "Intercepted", "Drones", "52", None, "80"),
        ("Hennadii Trukhanov", "Killed", "Civilians", None, "3", None),
        ("Oleh Kiper", "Killed", "Civilians", "5", None, None),
    ]
    assert rows[1]["sentence"] == "Ukraine's air force said it shot down 52 of 80 drones."


def test_who_says_how_many_of_one_measure_and_speaker(store: Store) -> None:
    assert columns(ask(store, "who-says-how-many", measure="Killed"), "speaker") == [
        ("Hennadii Trukhanov",),
        ("Oleh Kiper",),
    ]
    assert columns(ask(store, "who-says-how-many", measure="ckg:Killed", speaker="kiper"), "claim") == [
        ("claim/c-five",)
    ]


def test_all_that_someone_claimed(store: Store) -> None:
    rows = ask(store, "claims-by-speaker", name="AIR force")
    assert columns(rows, "speaker", "factuality", "type", "start", "cue", "article") == [
        ("Ukraine's air force", "Denied", "ArmedAttack", "2025-06-01", "denied", "river/crossing 2"),
        ("Ukraine's air force", "Asserted", "Interception", "2025-06-02", "said", "drones-over-odesa"),
    ]
    assert ask(store, "claims-by-speaker", name="nobody at all") == []


def test_violence_within_a_country(store: Store) -> None:
    rows = ask(store, "violence-by-place-and-date", place="Ukraine", **{"from": "2025-06-02", "to": "2025-06-02"})
    assert columns(rows, "type", "place", "factuality", "event") == [
        ("ArmedAttack", "Odesa", "Denied", "event/attack-2"),
        ("DroneAttack", "Odesa", "Asserted", "event/attack"),
        ("Interception", "Odesa", "Asserted", "event/shot"),
    ]


@pytest.mark.parametrize(
    ("given", "events"),
    [
        ({"type": "DroneAttack"}, ["event/attack"]),
        ({"place": "odessa", "from": "2025-07-01"}, []),
        ({"place": "Odessa", "to": "2025-06-01"}, ["event/attack-2"]),
        ({"place": "Istanbul"}, []),
        ({"type": "Talks", "place": "türkiye"}, ["event/talks"]),
    ],
)
def test_violence_by_type_place_and_date(store: Store, given: dict[str, str], events: list[str]) -> None:
    assert [row["event"] for row in ask(store, "violence-by-place-and-date", **given)] == events


def test_talks_and_their_parties(store: Store) -> None:
    (row,) = ask(store, "talks-and-parties")
    assert set(row.pop("parties").split("; ")) == {"Russia", "Ukraine"}
    assert row == {
        "start": "2025-06-02",
        "end": "2025-06-02",
        "type": "Talks",
        "mediators": "Turkey",
        "places": "Istanbul",
        "article": "drones-over-odesa",
        "event": "event/talks",
    }
    assert len(ask(store, "talks-and-parties", party="russian federation")) == 1
    assert ask(store, "talks-and-parties", party="Turkey") == []
    assert ask(store, "talks-and-parties", type="Ceasefire") == []


@pytest.mark.parametrize(
    ("fact", "claims"),
    [
        ("claim/c-52", {"c-52"}),
        ("event/attack", {"c-attack", "c-three", "c-five"}),
        ("entity/kiper", {"c-five"}),
        ("entity/istanbul", {"c-talks"}),
    ],
)
def test_the_sentence_behind_a_fact(store: Store, fact: str, claims: set[str]) -> None:
    rows = ask(store, "sentence-behind", fact=ID + fact)
    assert {row["claim"].removeprefix("claim/") for row in rows} == claims
    for row in rows:
        assert DRONES.text[int(row["start"]) : int(row["end"])] == row["sentence"]


def test_every_claim_has_its_sentence(store: Store) -> None:
    assert len(ask(store, "sentence-behind")) == 7
    assert len(ask(store, "sentence-behind", fact=CKG + "CountClaim")) == 4


def test_counts_that_disagree(store: Store) -> None:
    (row,) = ask(store, "counts-that-disagree")
    assert row == {
        "measure": "Intercepted",
        "lowerSpeaker": "Russia's defence ministry",
        "lowerCounted": "Drones",
        "least1": "0",
        "most1": "0",
        "higherSpeaker": "Ukraine's air force",
        "higherCounted": "Drones",
        "least2": "52",
        "most2": "52",
        "article": "drones-over-odesa",
        "event": "event/shot",
    }


def test_at_least_three_and_five_agree(store: Store) -> None:
    assert ask(store, "counts-that-disagree", measure="Killed") == []


@pytest.mark.parametrize(("three", "five", "disagree"), [("People", "Civilians", 1), ("Civilians", "People", 0)])
def test_a_part_can_not_be_more_than_the_whole(tmp_path: Path, three: str, five: str, disagree: int) -> None:
    kinds = {"c-three": Count("Killed", three, count=3), "c-five": Count("Killed", five, count=5)}
    claims = tuple(replace(claim, count=kinds.get(claim.id)) for claim in TWO[0].claims)
    with open_store(tmp_path / "store") as store:
        store.replace(rdf.ONTOLOGY_GRAPH, rdf.ontology_quads())
        store.replace(rdf.graph_iri("drones"), rdf.quads(replace(TWO[0], claims=claims)))
        assert len(ask(store, "counts-that-disagree", measure="Killed")) == disagree


def test_everything_an_article_yields(store: Store) -> None:
    drones, river = TWO
    found = store.query(named("everything-in-article").render(article=river.article.id)).triples()
    assert {str(triple) for triple in found} == {str(quad.triple) for quad in rdf.quads(river)}
    every = store.query(named("everything-in-article").render()).triples()
    assert len({str(triple) for triple in every}) == len({q.triple for e in TWO for q in rdf.quads(e)})


def test_entities_without_a_link(store: Store) -> None:
    assert columns(ask(store, "unlinked-entities"), "label", "mentions") == [
        ("Hennadii Trukhanov", "1"),
        ("Oleh Kiper", "1"),
        ("Ukraine's air force", "1"),
        ("Russia's defence ministry", "0"),
        ("The Harbour Post", "0"),
        ("Élan du Nord", "0"),
    ]
    assert ask(store, "unlinked-entities", **{"class": "Place"}) == []


@pytest.mark.parametrize("place", ["Odesa Oblast", "ukraine", "Україна", "ОДЕСА", "Q900010", "698738", "odessa"])
def test_events_within_a_place_of_any_level_by_any_name(linked: Store, place: str) -> None:
    rows = ask(linked, "within-place", place=place)
    assert columns(rows, "event", "type", "place") == [
        ("event/attack", "DroneAttack", "Odesa"),
        ("event/shot", "Interception", "Odesa"),
    ]
    assert set(rows[0]["within"].split("; ")) == {"Odesa Oblast", "Ukraine"}


@pytest.mark.parametrize(("place", "events"), [("", 3), ("Istanbul", 1), ("Q406", 1), ("Istan", 0), ("Q40", 0)])
def test_a_place_is_named_as_a_whole(linked: Store, place: str, events: int) -> None:
    assert len(ask(linked, "within-place", place=place)) == events


def test_linked_entities_tell_why_and_what_they_were_not_taken_for(linked: Store) -> None:
    (row,) = ask(linked, "linked-entities", **{"class": "Place", "name": "odessa"})
    assert set(row.pop("notTaken").split("; ")) == {"Odessa, Texas (Q128361, 0.021)", "Odesa Bay (698737, 0.009)"}
    assert row == {
        "name": "Odesa",
        "score": "0.97",
        "item": "http://www.wikidata.org/entity/Q1874",
        "place": "https://sws.geonames.org/698740/",
        "reason": "label of Odesa; 2 candidates",
        "entity": "entity/odesa",
    }


def test_the_least_sure_link_comes_first_and_what_is_unknown_or_only_contains_is_none(linked: Store) -> None:
    rows = ask(linked, "linked-entities")
    assert columns(rows, "name", "score")[:2] == [("Ukraine's air force", "0.8"), ("Hennadii Trukhanov", "0.9")]
    assert "Oleh Kiper" not in {row["name"] for row in rows}
    assert columns(ask(linked, "linked-entities", **{"class": "Place"}), "name")[:2] == [("Odesa",), ("Istanbul",)]


def test_one_item_under_several_names(linked: Store) -> None:
    assert columns(ask(linked, "same-item", **{"class": "Place"}), "item", "nodes", "articles")[0] == (
        "http://www.wikidata.org/entity/Q159", "1", "1",
    )  # fmt: skip
    names = {row["item"].rpartition("/")[2]: set(row["names"].split("; ")) for row in ask(linked, "same-item")}
    assert names == {"Q159": {"Russia", "Russian Federation"}, "Q43": {"Turkey", "Türkiye"}}


def test_two_nodes_of_one_item_are_told(tmp_path: Path) -> None:
    links = (*LINKED.links[:5], replace(LINKED.links[5], qid="Q1874"), *LINKED.links[6:])
    with open_store(tmp_path / "store") as store:
        store.replace(rdf.graph_iri(LINKED.article.id), rdf.quads(replace(LINKED, links=links)))
        (row, *_) = ask(store, "same-item", **{"class": "Place"})
    assert (row["item"], row["nodes"]) == ("http://www.wikidata.org/entity/Q1874", "2")
    assert set(row["names"].split("; ")) == {"Odesa", "Odessa", "Istanbul"}


def test_speakers_with_party_and_the_office_of_the_day(linked: Store, service: str) -> None:
    rows = ask(linked, "people-and-parties", wikidata=service)
    assert columns(rows, "speaker", "as", "what", "claims") == [
        ("Hennadii Trukhanov", "party", "Harbour Party", "1"),
        ("Hennadii Trukhanov", "office", "mayor of Odesa", "1"),
    ]


def test_a_speaker_of_whom_nothing_is_known_there_is_told_too(tmp_path: Path, service: str) -> None:
    links = (*LINKED.links[:-1], replace(LINKED.links[-1], qid="Q900002"))
    with open_store(tmp_path / "store") as store:
        store.replace(rdf.graph_iri(LINKED.article.id), rdf.quads(replace(LINKED, links=links)))
        rows = ask(store, "people-and-parties", wikidata=service)
    assert ("Oleh Kiper", None, None, "1") in columns(rows, "speaker", "as", "what", "claims")


def test_events_by_place_with_its_population(linked: Store, service: str) -> None:
    rows = ask(linked, "places-with-population", wikidata=service)
    assert columns(rows, "place", "population", "events", "first", "last") == [
        ("Odesa", "1010783", "2", "2025-06-02", "2025-06-03")
    ]
    (row,) = ask(linked, "places-with-population", wikidata=service, type="Talks")
    assert (row["place"], row["population"]) == ("Istanbul", "15701602")


def test_events_in_the_neighbours_of_a_country(linked: Store, service: str) -> None:
    rows = ask(linked, "events-in-neighbours", wikidata=service, country="russian federation")
    assert columns(rows, "neighbour", "place", "event") == [
        ("Ukraine", "Odesa", "event/attack"),
        ("Ukraine", "Odesa", "event/shot"),
    ]
    assert ask(linked, "events-in-neighbours", wikidata=service, country="Україна") == []


def test_only_queries_that_call_another_server_ask_the_store_first() -> None:
    away = {name for name, query in queries().items() if query.services}
    assert away == {"events-in-neighbours", "people-and-parties", "places-with-population"}
    assert away == {name for name, query in queries().items() if query.first}


@pytest.mark.parametrize("name", sorted(queries().keys() - INCIDENTS))
def test_every_query_answers_as_it_stands(linked: Store, store: Store, service: str, name: str) -> None:
    query = named(name)
    given = {"wikidata": service, "country": "Russia"} if query.services else {}
    known = {parameter.name for parameter in query.parameters}
    given = {key: value for key, value in given.items() if key in known}
    asked = linked if name in ("linked-entities", "same-item") or query.services else store
    answer = asked.query(query.ready(asked, **given))
    found = list(answer.triples() if answer.kind == "graph" else answer.rows())
    assert found
    assert query.title
    assert query.description.endswith(".")


@given(name=st.text(st.one_of(st.sampled_from("\\uU\"'0022{}$\n)"), st.characters(codec="utf-8"))))
def test_no_name_breaks_out_of_its_literal(store: Store, name: str) -> None:
    query = 'SELECT ("$" AS ?x) ($given AS ?back) {}'
    wanted = read("back", f'# title: t\n# description: d\n# parameter: given string = "" -- g\n{query}')
    (row,) = store.query(wanted.render(given=name)).rows()
    assert row["back"].value == name


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("counts-that-disagree", {"measure": "Kiled"}, "takes a code.*did you mean Killed"),
        ("violence-by-place-and-date", {"from": "yesterday"}, "from takes a date, and 'yesterday' is none"),
        ("sentence-behind", {"fact": "x> } ; CLEAR ALL #"}, "fact takes a iri"),
        ("claims-by-speaker", {"nom": "Kiper"}, "claims-by-speaker has no parameter nom; it has name"),
    ],
)
def test_a_wrong_parameter_is_told(name: str, given: dict[str, str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        named(name).render(**given)


def test_an_unknown_query_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="there is no query 'who'; there are attacks-per-day, claims-by-speaker, "):
        named("who")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# titel: t\nASK {}", "line 1"),
        ("# title: t\n# description: d\n", "no query"),
        ("# title: t\nASK {}", "needs a title, a description"),
        ("# title: t\n# description: d\nASK { ?s ?p $x }", "a parameter line for each"),
        ("# title: t\n# description: d\n# first: SELECT * {}\nASK {}", "a parameter line for each"),
        ("# title: t\n# description: d\nASK { VALUES ?x { $found } }", "a parameter line for each"),
        ("# title: t\n# description: d\n# parameter: x number = 1 -- n\nASK { ?s ?p $x }", "is not `name type"),
    ],
)
def test_a_header_that_can_not_be_read_is_told(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        read("broken", text)

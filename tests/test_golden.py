"""The demo corpus, built as a user builds it: figures over the golden set, and facts asked for one by one in SPARQL."""

import tomllib
from collections.abc import Iterator

import pytest

from kg.demo import corpus
from kg.pipeline import StoreSink, build
from kg.store import Store, open_store
from tests.golden.matching import same_name
from tests.golden.records import FOLDER, demo, golden
from tests.golden.scorer import ROLES, Tally, rows, score

FLOOR = tomllib.loads((FOLDER / "floor.toml").read_text("utf8"))
SPEAKER = "?claim ckg:claimant/(rdfs:label|skos:altLabel) ?speaker ."
Rows = set[tuple[str, ...]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The demo corpus in a store on disk."""
    with open_store(tmp_path_factory.mktemp("golden") / "store") as opened:
        build([corpus()], StoreSink(opened))
        yield opened


@pytest.fixture(scope="module")
def tally(store: Store) -> Tally:
    return score(golden().values(), store)


def ask(store: Store, article: str, names: str, pattern: str) -> Rows:
    """What `names` can be within one article. The pattern may use ?claim and its ?event; codes come as local names."""
    query = f"""SELECT DISTINCT {" ".join(f"?{name}" for name in names.split())} WHERE {{
      ?claim ckg:reportedIn/dcterms:identifier "{demo()[article].id}" ; ckg:about ?event . {pattern} }}"""
    return {tuple(row.get(name, "").split("#")[-1] for name in names.split()) for row in rows(store, query)}


def says(rows: Rows, name: str, *rest: str) -> bool:
    """Whether a row begins with this name, however it is written, and goes on with the rest."""
    return any(same_name(name, row[0]) and row[1:] == rest for row in rows)


def test_events_reach_their_floor(tally: Tally) -> None:
    assert tally.events >= FLOOR["events"]


def test_slots_reach_their_floor(tally: Tally) -> None:
    each = {slot: round(tally.f1(slot), 2) for slot in [*ROLES, "weapon", "count", "date"]}
    assert tally.slots >= FLOOR["slots"], each


def test_each_side_says_how_many_drones_it_shot_down(store: Store) -> None:
    shot_down = f"""?claim ckg:measure ckg:Intercepted ; ckg:counted ckg:Drones ; ckg:count ?count . {SPEAKER}
        OPTIONAL {{ ?claim ckg:total ?total }}"""
    answers = ask(store, "overnight-drones", "speaker count total", shot_down)
    assert says(answers, "Ukraine's air force", "266", "298")
    assert says(answers, "Russia's Defence Ministry", "110", "")
    assert says(answers, "Sergei Sobyanin", "12", "")


def test_who_launched_how_many_drones_and_missiles(store: Store) -> None:
    launched = (
        "?claim ckg:measure ckg:Launched ; ckg:counted ?kind ; ckg:count ?count . ?event ckg:actor/rdfs:label ?actor"
    )
    answers = ask(store, "overnight-drones", "actor kind count", launched)
    assert says(answers, "Russia", "Drones", "298")
    assert says(answers, "Russia", "Missiles", "69")


@pytest.mark.parametrize(
    ("article", "speaker", "toll"),
    [
        ("makiivka-strike-kyiv", "Ukraine's armed forces", "400"),
        ("makiivka-strike-kyiv", "Russia's Defence Ministry", "63"),
        ("makiivka-toll-moscow", "Defence Ministry", "89"),
        ("makiivka-toll-moscow", "Ukraine's military", "400"),
    ],
)
def test_each_toll_of_a_strike_has_its_own_speaker(store: Store, article: str, speaker: str, toll: str) -> None:
    killed = f"?claim ckg:measure ckg:Killed ; ckg:count ?toll . {SPEAKER}"
    assert says(ask(store, article, "speaker toll", killed), speaker, toll)


@pytest.mark.parametrize(("article", "tolls"), [("makiivka-strike-kyiv", "400 63"), ("makiivka-toll-moscow", "400 89")])
def test_tolls_that_disagree_stand_on_one_event(store: Store, article: str, tolls: str) -> None:
    two = """?claim ckg:measure ckg:Killed ; ckg:count ?one .
        ?other ckg:about ?event ; ckg:measure ckg:Killed ; ckg:count ?two FILTER(?one > ?two)"""
    assert tuple(tolls.split()) in ask(store, article, "one two", two)


def test_the_parties_of_the_talks_their_host_and_day(store: Store) -> None:
    talks = """?event ckg:eventType ckg:Talks ; ckg:place/rdfs:label "Abu Dhabi" ; ckg:actor/rdfs:label ?party ;
        ckg:mediator/rdfs:label ?host ; ckg:startDate ?day ; ckg:endDate ?day"""
    answers = ask(store, "abu-dhabi-talks", "party host day", talks)
    assert says(answers, "Nikol Pashinyan", "United Arab Emirates", "2025-07-10")
    assert says(answers, "Ilham Aliyev", "United Arab Emirates", "2025-07-10")


def test_a_prisoner_exchange_with_its_numbers_and_mediator(store: Store) -> None:
    exchange = """?event ckg:eventType ckg:PrisonerExchange ; ckg:mediator/rdfs:label ?mediator ; ckg:startDate ?day .
        ?claim ckg:measure ckg:Released ; ckg:count ?count"""
    answers = ask(store, "prisoner-exchange", "mediator day count", exchange)
    for count in ("478", "230", "248"):
        assert says(answers, "United Arab Emirates", "2024-01-03", count)


def test_a_ceasefire_that_one_announces_and_another_denies(store: Store) -> None:
    ceasefire = f"?event ckg:eventType ckg:Ceasefire . ?claim ckg:factuality ?factuality . {SPEAKER}"
    answers = ask(store, "levant-wire-sweida-truce", "speaker factuality", ceasefire)
    assert says(answers, "Syria's Interior Ministry", "Asserted")
    assert says(answers, "Hikmat al-Hijri", "Denied")


def test_a_state_denies_arming_a_group(store: Store) -> None:
    denied = f"?event ckg:eventType ckg:MilitaryAid . ?claim ckg:factuality ckg:Denied . {SPEAKER}"
    assert says(ask(store, "lakes-dispatch-goma", "speaker", denied), "Rwanda")


def test_how_many_fled_and_who_says_so(store: Store) -> None:
    fled = f"?event ckg:eventType ckg:Flight . ?claim ckg:measure ckg:Displaced ; ckg:low ?low . {SPEAKER}"
    assert says(ask(store, "lakes-dispatch-goma", "speaker low", fled), "UN refugee agency", "400000")


def test_who_imposed_sanctions_and_when(store: Store) -> None:
    sanction = "?event ckg:eventType ckg:Sanction ; ckg:actor/rdfs:label ?actor ; ckg:startDate ?day"
    assert says(ask(store, "red-sea-sanctions", "actor day", sanction), "United States", "2024-06-17")


def test_the_sentence_behind_a_number(store: Store) -> None:
    said = """?claim ckg:measure ckg:Intercepted ; ckg:count 266 ; ckg:mention ?mention .
        ?mention ckg:start ?from ; ckg:end ?to"""
    ((start, end),) = ask(store, "overnight-drones", "from to", said)
    assert "shot down 266 of the 298 drones" in demo()["overnight-drones"].text[int(start) : int(end)]


def test_building_again_changes_nothing(store: Store) -> None:
    before = b"".join(store.dump())
    build([corpus()], StoreSink(store))
    assert b"".join(store.dump()) == before

"""`kg link same`, `different`, `pin`, `unlink`, `undo`, `judgements` and `relink` on a store of the demo corpus."""

import csv
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import rdf
from kg.link import Judgements, Linker, ledger
from kg.model import Article, Entity, Extraction, Run
from kg.store import open_store
from tests.cli.conftest import Kg
from tests.linked import built, demo, dump
from tests.links import first_ids, matches

GOMA = "lakes-dispatch-goma"


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the demo corpus, linked with what comes along, to be copied."""
    return built(tmp_path_factory.mktemp("linked") / "store", Linker())


@pytest.fixture
def store(linked: Path, tmp_path: Path) -> Path:
    """A test's own copy of that store."""
    return Path(shutil.copytree(linked, tmp_path / "news"))


def items(store: Path, name: str) -> set[str]:
    """What the entities whose first id starts so are linked to, over all articles."""
    found: set[str] = set()
    with open_store(store, read_only=True) as opened:
        for graph in opened.graphs():
            quads = opened.quads(graph)
            ids = first_ids(quads)
            for own, iris in matches(quads).items():
                if ids.get(own, "").startswith(name):
                    found.update(iri.rpartition("/")[2] or iri for iri in iris)
    return found


def made(store: Path) -> list[dict[str, str]]:
    with store.with_name(f"{store.name}.judgements.csv").open(encoding="utf8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_pin_is_recorded_and_in_the_store_at_once(kg: Kg, store: Path) -> None:
    result = kg("link", "pin", "Makiivka", "q42", "--store", store, "--who", "ana", "--why", "a  test")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "2 articles relinked, 2 changed; 'Makiivka' is now Q42 in 2 articles"
    assert items(store, "makiivka-") == {"Q42"}
    (line,) = made(store)
    assert (line["number"], line["who"], line["verb"], line["name"], line["item"], line["why"]) == (
        "1", "ana", "pin", "Makiivka", "Q42", "a test",
    )  # fmt: skip


@pytest.mark.parametrize(
    "spelled", ["wd:Q42", "https://www.wikidata.org/wiki/Q42", "http://www.wikidata.org/entity/Q42", " Q42 "]
)
def test_items_are_known_however_they_are_written(kg: Kg, store: Path, spelled: str) -> None:
    assert kg("link", "pin", "Goma", spelled, "--store", store, "--no-relink").exit_code == 0
    assert made(store)[0]["item"] == "Q42"


def test_entity_is_known_by_its_id_and_iri_as_linking_made_them(kg: Kg, store: Path) -> None:
    kg("link", "pin", "Goma", "Q42", "--store", store)
    for name in ("goma", "goma-"):
        assert items(store, name) == {"Q42"}
    (entity,) = {i for one in demo() for e in one.entities if e.name == "Goma" for i in [e.id]}
    for wanted in (entity, f"{entity}-q42", f"{rdf.BASE}entity/{entity}-q42"):
        result = kg("link", "different", wanted, "Q42", "--store", store)
        assert result.exit_code == 0
        assert made(store)[-1]["name"] == entity
        assert "Q42" not in items(store, "goma-")
        kg("link", "undo", made(store)[-1]["number"], "--store", store)


def test_article_option_keeps_it_to_one_article(kg: Kg, store: Path) -> None:
    title = next(one.article.title for one in demo() if "makiivka" in {e.id.split("-")[0] for e in one.entities})
    result = kg("link", "unlink", "Makiivka", "--article", title[:30], "--store", store)
    assert "1 article relinked, 1 changed" in result.stdout
    assert "Q157134" in items(store, "makiivka-")
    assert made(store)[0]["article"]


def test_same_gives_both_the_item_of_the_second(kg: Kg, store: Path) -> None:
    kg("link", "same", "Moscow", "Makiivka", "--store", store)
    assert items(store, "moscow-") & {"Q649", "Q157134"} == {"Q157134"}
    assert made(store)[0]["other"] == "Makiivka"


def test_same_without_any_item_matches_the_nodes(kg: Kg, store: Path) -> None:
    names = {}
    with open_store(store, read_only=True) as opened:
        for graph in opened.graphs():
            quads = opened.quads(graph)
            unlinked = set(first_ids(quads)) - set(matches(quads))
            for one in demo():
                names.update({e.name: e.id for e in one.entities if e.id in unlinked and "Person" in e.classes})
    first, second = sorted(names)[:2]
    result = kg("link", "same", first, second, "--store", store)
    assert result.exit_code == 0, result.output
    assert f"the same as {names[second]}" in result.stdout
    assert items(store, names[first]) == {names[second]}
    assert items(store, names[second]) == {names[first]}
    assert kg("validate", "--store", store).exit_code == 0


def test_undo_brings_the_store_back(kg: Kg, store: Path, linked: Path) -> None:
    kg("link", "unlink", "Russia", "--store", store, "--who", "ana")
    assert dump(store) != dump(linked)
    result = kg("link", "undo", "1", "--store", store, "--who", "ben")
    assert result.stdout.startswith("judgement 1 undone: Russia is none of the things known\n")
    assert dump(store) == dump(linked)
    assert made(store)[0]["undone"].endswith(" by ben")


def test_judgements_are_listed(kg: Kg, store: Path) -> None:
    assert kg("link", "judgements", "--store", store).stdout.startswith("no judgement in ")
    kg("link", "unlink", "Goma", "--store", store, "--who", "ana", "--why", "[b]why[/b]", "--no-relink")
    assert "Goma is none of the things known" in kg("link", "judgements", "--store", store).stdout
    assert "[b]why[/b]" in kg("link", "judgements", "--store", store).stdout
    (one,) = json.loads(kg("link", "judgements", "--store", store, "--format", "json").stdout)
    assert (one["number"], one["who"], one["name"]) == (1, "ana", "Goma")
    path = store.with_name("news.judgements.csv")
    assert kg("link", "judgements", "--store", store, "--format", "csv").stdout == path.read_text("utf8")


def test_judgement_that_was_only_recorded_waits_for_relink(kg: Kg, store: Path, linked: Path) -> None:
    kg("link", "unlink", "Goma", "--store", store, "--no-relink")
    assert dump(store) == dump(linked)
    result = kg("link", "relink", "--store", store)
    assert result.stdout.startswith("10 articles relinked, 1 changed: ")
    assert dump(store) != dump(linked)
    assert kg("link", "relink", "--store", store).stdout.startswith("10 articles relinked, 0 changed: ")


def test_judgements_may_stand_in_another_file(kg: Kg, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "ours.csv"
    kg("link", "unlink", "Goma", "--store", store, "--judgements", path)
    assert [one.name for one in ledger.read(path)] == ["Goma"]
    assert not store.with_name("news.judgements.csv").exists()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("pin", "Makivka", "Q1"), 3, "near it are 'Makiivka'"),
        (("pin", "Goma", "X1"), 2, "'X1' is no item"),
        (("pin", "Goma", "Q0"), 2, "'Q0' is no item"),
        (("unlink", " "), 2, "which entity?"),
        (("same", "Goma", ""), 2, "same as what?"),
        (("same", "Goma", "Goma"), 2, "are one entity"),
        (("unlink", "Makiivka", "--article", GOMA), 3, f"no entity in {GOMA} is named 'Makiivka'"),
        (("unlink", "Goma", "--article", "no such article"), 3, "no article 'no such article'"),
        (("undo", "1"), 3, "no judgement 1"),
        (("unlink", "Goma", "--gazetteer", "/nowhere/at/all"), 2, "no gazetteer is here"),
    ],
)
def test_what_cannot_be_judged_is_said_and_not_recorded(
    kg: Kg, store: Path, linked: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    result = kg("link", *words, "--store", store)
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr
    assert ledger.read(store.with_name("news.judgements.csv")) == []
    assert dump(store) == dump(linked)


def test_contradiction_is_refused_with_the_judgement_to_undo(kg: Kg, store: Path) -> None:
    kg("link", "same", "Goma", "Moscow", "--store", store)
    result = kg("link", "different", "Moscow", "Goma", "--store", store)
    assert result.exit_code == 2
    assert "`kg link undo 1` first" in result.stderr
    assert "says so already" in kg("link", "same", "Goma", "Moscow", "--store", store).stderr
    assert len(made(store)) == 1


def test_name_of_several_things_is_listed(kg: Kg, tmp_path: Path) -> None:
    both = (
        Entity("washington-11111111", ("Person",), "Washington"),
        Entity("washington-22222222", ("Place",), "Washington"),
    )
    one = Extraction(Article("w", "Washington", "text"), Run("x", "0", "0", "none"), "", both)
    where = built(tmp_path / "two", Linker(), [one])
    result = kg("link", "unlink", "Washington", "--store", where)
    assert result.exit_code == 2
    assert "washington-11111111  Washington (Person" in result.stderr
    assert "washington-22222222  Washington (Place" in result.stderr
    assert kg("link", "unlink", "washington-22222222", "--store", where).exit_code == 0


def test_no_store_is_made(kg: Kg, tmp_path: Path) -> None:
    for words in (("pin", "Goma", "Q1"), ("relink",), ("undo", "1")):
        result = kg("link", *words, "--store", tmp_path / "none")
        assert (result.exit_code, "there is no store at" in result.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []


SPOKEN = ["Makiivka", "Moscow", "Kyiv", "Russia", "Goma", "El Fasher", "makiivka-488aa9c2", "Nobody"]
PLACES = st.sampled_from(SPOKEN)
ITEMS = st.sampled_from(["Q42", "Q649", "Q159", "geonames:703845"])
ONLY = st.sampled_from([(), (), ("--article", GOMA)])
STEPS = st.one_of(
    st.tuples(st.sampled_from(["same", "different"]), PLACES, PLACES | ITEMS, ONLY),
    st.tuples(st.just("pin"), PLACES, ITEMS, ONLY),
    st.tuples(st.just("unlink"), PLACES, ONLY),
    st.tuples(st.just("undo"), st.integers(1, 5).map(str)),
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=2, max_size=7))
def test_any_judgements_leave_the_graph_that_is_built_with_those_that_count(
    kg: Kg, linked: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[object, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("steps")
    store = Path(shutil.copytree(linked, folder / "news"))
    for step in steps:
        words = [word for part in step for word in (part if isinstance(part, tuple) else (part,))]
        assert kg("link", *map(str, words), "--store", store).exit_code in (0, 2, 3)
    judgements = Judgements.read(folder / "news.judgements.csv")
    counting = Judgements(judgement for judgement in judgements.made if not judgement.undone)
    assert dump(store) == dump(built(folder / "fresh", Linker(judgements=counting)))

"""Articles linked anew from what the store holds of them: the same as if they were built so."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg import rdf
from kg.link import Judgement, Judgements, Linker
from kg.model import Extraction
from kg.rdf.read import extraction, unlinked
from kg.relink import relink, relinked
from kg.store import open_store
from tests.linked import SMALL, Links, built, demo, dump, gazetteer
from tests.links import matches
from tests.samples import TWO

CKG = "https://w3id.org/conflictkg/ns#"


def judged(number: int, verb: str, name: str, **rest: str) -> Judgement:
    return Judgement(number, "2026-01-02T03:04:05Z", "ana", verb, name, **rest)


JUDGED = Judgements(
    [
        judged(1, "pin", "Makiivka", item="Q1", why="a test"),
        judged(2, "unlink", "Russia"),
        judged(3, "same", "Moscow", other="Kyiv", item="Q1899"),
        judged(4, "different", "Goma", other="", item="Q204381"),
        judged(5, "pin", "Port Sudan", item="geonames:364706"),
        judged(6, "unlink", "Israel", undone="2026-01-03T00:00:00Z by ben"),
        judged(7, "same", "damascus-156b2265", other="makiivka-488aa9c2", article="levant-wire-sweida-truce"),
    ]
)


@pytest.fixture(scope="module")
def linkers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Links]:
    small = gazetteer(tmp_path_factory.mktemp("names") / "small", *SMALL)
    return {
        "none": lambda extraction: extraction,
        "starter": Linker(),
        "judged": Linker(judgements=JUDGED),
        "small": Linker(small),
        "small and judged": Linker(small, JUDGED),
    }


@pytest.fixture(scope="module")
def stores(linkers: dict[str, Links], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A store that was built with a linker, to be read only."""
    folder = tmp_path_factory.mktemp("stores")
    return lambda name: folder / name if (folder / name).exists() else built(folder / name, linkers[name])


NAMES = ("none", "starter", "judged", "small", "small and judged")


@pytest.mark.parametrize("first", NAMES)
def test_relinked_store_is_the_one_that_the_other_linker_builds(
    first: str, linkers: dict[str, Links], stores: Callable[[str], Path], tmp_path: Path
) -> None:
    with open_store(built(tmp_path / "store", linkers[first])) as store:
        for second in (*NAMES, first):
            relink(store, linkers[second])
            assert b"".join(store.dump()) == dump(stores(second)), f"{first}, then {second}"


def test_the_linkers_differ_and_bring_in_places_that_no_text_names(stores: Callable[[str], Path]) -> None:
    assert len({dump(stores(name)) for name in NAMES}) == len(NAMES)
    small = dump(stores("small")).decode()
    assert "entity/donetsk-oblast-" in small
    assert '"Макіївка"@uk' in small
    assert "-q999999>" in small


def test_same_linker_changes_nothing(linkers: dict[str, Links], tmp_path: Path) -> None:
    with open_store(built(tmp_path / "store", linkers["starter"])) as store:
        report = relink(store, linkers["starter"])
    assert (report.articles, report.changed, report.failures) == (10, 0, [])
    assert report.before == report.after > 50


def test_report_counts_what_changed(linkers: dict[str, Links], tmp_path: Path) -> None:
    titles: list[str] = []
    with open_store(built(tmp_path / "store", linkers["starter"])) as store:
        report = relink(store, linkers["none"], on_article=titles.append)
    assert (report.articles, report.changed, report.after) == (10, 10, 0)
    assert sorted(titles) == sorted(one.article.title for one in demo())


def test_only_the_given_graphs_are_linked_anew(linkers: dict[str, Links], tmp_path: Path) -> None:
    graph = rdf.graph_iri("lakes-dispatch-goma")
    with open_store(built(tmp_path / "store", linkers["starter"])) as store:
        before = {name: store.quads(name) for name in store.graphs()}
        report = relink(store, linkers["none"], graphs=[graph])
        changed = [name for name in store.graphs() if store.quads(name) != before[name]]
    assert (report.articles, changed) == (1, [graph])


def test_store_without_texts_keeps_all_but_links(linkers: dict[str, Links], tmp_path: Path) -> None:
    with open_store(built(tmp_path / "store", linkers["judged"], store_text=False)) as store:
        before = {name: store.quads(name) for name in store.graphs()}
        report = relink(store, linkers["starter"])
        assert report.changed > 0
        for name, quads in before.items():
            assert unlinked(store.quads(name)) == unlinked(quads)
        assert not any(NamedNode(f"{CKG}text") == quad.predicate for name in before for quad in store.quads(name))


def test_text_is_pieced_together_from_what_was_quoted() -> None:
    whole = demo()[0]
    read = extraction(rdf.quads(whole, store_text=False))
    pairs = zip(read.article.text, whole.article.text, strict=False)
    assert all(mine in ("\n", theirs) for mine, theirs in pairs)
    assert len(read.article.text.replace("\n", "")) > 0.5 * len(whole.article.text)


@pytest.mark.parametrize("one", TWO, ids=lambda one: one.article.id)
def test_links_made_by_hand_are_taken_out_again(one: Extraction) -> None:
    bare = Extraction(one.article, one.run, one.publisher, one.entities, one.events, one.claims)
    assert unlinked(rdf.quads(one)) == rdf.quads(bare)


@pytest.mark.parametrize("base", ["https://example.org/kg#", "urn:kg:id/"])
def test_base_is_that_of_the_graph(base: str) -> None:
    linker = Linker(judgements=JUDGED)
    for one in demo()[:3]:
        assert relinked(rdf.quads(one, base=base), linker) == rdf.quads(linker(one), base=base)


def test_entities_are_read_back_as_they_were() -> None:
    for whole in demo():
        read = extraction(rdf.quads(whole))
        assert (read.article.id, read.article.text, read.run) == (whole.article.id, whole.article.text, whole.run)
        assert (read.article.published, read.publisher) == (whole.article.published, whole.publisher)
        for mine, theirs in zip(read.entities, whole.entities, strict=True):
            assert mine.classes[0] == theirs.classes[0]
            for name in ("id", "name", "names", "mentions", "country", "role", "member_of", "within", "kind", "owner"):
                assert getattr(mine, name) == getattr(theirs, name), mine.id


def test_who_takes_part_is_read_back() -> None:
    for whole in demo():
        read = extraction(rdf.quads(whole))
        events = {event.id: event for event in read.events}
        assert events.keys() == {event.id for event in whole.events}
        for theirs in whole.events:
            mine = events[theirs.id]
            assert (mine.type, mine.trigger) == (theirs.type, theirs.trigger)
            for role in ("actors", "targets", "weapons", "places", "mediators"):
                assert set(getattr(mine, role)) == set(getattr(theirs, role))
        claims = {claim.id: claim for claim in read.claims}
        assert claims.keys() == {claim.id for claim in whole.claims}
        for said in whole.claims:
            assert set(claims[said.id].claimants) == set(said.claimants)
            assert (claims[said.id].count and claims[said.id].count.affected) == (said.count and said.count.affected)


def test_order_of_an_extraction_makes_no_difference() -> None:
    one, linker = demo()[3], Linker()
    turned = Extraction(one.article, one.run, one.publisher, tuple(reversed(one.entities)), one.events, one.claims)
    assert rdf.quads(linker(turned)) == rdf.quads(linker(one))


def test_graph_that_cannot_be_read_stops_no_other(linkers: dict[str, Links], tmp_path: Path) -> None:
    graph = rdf.graph_iri("lakes-dispatch-goma")
    with open_store(built(tmp_path / "store", linkers["none"])) as store:
        start = NamedNode(f"{CKG}start")
        store.replace(
            graph,
            [
                q if q.predicate != start else Quad(q.subject, start, Literal("x"), q.graph_name)
                for q in store.quads(graph)
            ],
        )
        report = relink(store, linkers["starter"])
    assert report.changed == 9
    assert [failure.split(":", 2)[0:2] for failure in report.failures] == [graph.split(":", 1)]
    assert "build the article anew" in report.failures[0]


def test_matches_are_listed_by_entity() -> None:
    quads = rdf.quads(Linker(judgements=JUDGED)(demo()[1]))
    assert matches(quads)["makiivka-488aa9c2-q1"] == ["http://www.wikidata.org/entity/Q1"]


def test_neither_a_language_model_nor_the_sources_are_needed(tmp_path: Path, linkers: dict[str, Links]) -> None:
    folder = built(tmp_path / "store", linkers["none"])
    script = (
        "import sys; from kg.link import Linker; from kg.relink import relink; from kg.store import open_store\n"
        f"with open_store({str(folder)!r}) as store: print(relink(store, Linker()).changed)\n"
        "print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    changed, loaded = run.stdout.split("\n", 1)
    assert changed == "10"
    assert not {"spacy", "thinc", "kg.extract", "kg.read", "kg.pipeline"} & set(loaded.split())

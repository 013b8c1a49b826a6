"""What people decided wins over every score, and its file can be read, changed and trusted."""

import multiprocessing
from pathlib import Path

import pytest

from kg.errors import NotFound, UsageError
from kg.link import Judgement, Judgements, ledger, resolve
from kg.model import Article, Entity, Extraction, Link, Run
from kg.names import Gazetteer
from tests.linked import SMALL, gazetteer

WHEN = "2026-01-02T03:04:05Z"
HEADER = "number,when,who,verb,name,other,item,article,why,undone\n"


def judged(number: int, verb: str, name: str, **rest: str) -> Judgement:
    return Judgement(number, WHEN, "ana", verb, name, **rest)


def place(name: str) -> Entity:
    return Entity(name.lower(), ("Place",), name)


def linked(
    entities: tuple[Entity, ...], *made: Judgement, article: str = "a", names: Gazetteer | None = None
) -> dict[str, Link]:
    whole = Extraction(Article(article, "t", "text"), Run("x", "0", "0", "none"), "outlet", entities)
    return {
        link.named or link.entity: link for link in resolve(whole, gazetteer=names, judgements=Judgements(made)).links
    }


CITIES = (place("Moscow"), place("Kharkiv"))


def test_pin_wins_over_the_score_and_says_who_and_why() -> None:
    link = linked(CITIES, judged(1, "pin", "Moscow", item="Q1", why="a joke"))["moscow"]
    assert (link.qid, link.score, link.rivals) == ("Q1", 1.0, ())
    assert link.reason == "pinned to Q1 by ana on 2026-01-02: a joke"


def test_pinned_place_has_the_coordinates_and_labels_of_its_item() -> None:
    link = linked((place("Somewhere"),), judged(1, "pin", "Somewhere", item="Q649"))["somewhere"]
    assert link.lat == pytest.approx(55.75, abs=0.1)


def test_place_can_be_pinned_to_a_geonames_number() -> None:
    link = linked((place("Somewhere"),), judged(1, "pin", "Somewhere", item="geonames:706483"))["somewhere"]
    assert link.geonames == 706483


@pytest.mark.parametrize("name", ["Moscow", "MOSCOW", "moscow"])
def test_names_are_compared_without_case(name: str) -> None:
    assert linked(CITIES, judged(1, "unlink", name))["moscow"].qid is None


def test_unlinked_entity_has_no_rivals_and_says_who_took_its_link() -> None:
    link = linked(CITIES, judged(1, "unlink", "Moscow"))["moscow"]
    assert (link.qid, link.geonames, link.lat, link.rivals) == (None, None, None, ())
    assert link.reason == "unlinked by ana on 2026-01-02"


def test_undone_judgement_counts_no_more() -> None:
    before = linked(CITIES)
    assert linked(CITIES, judged(1, "unlink", "Moscow", undone=f"{WHEN} by ben")) == before


def test_judgement_about_one_article_leaves_the_others() -> None:
    one = judged(1, "unlink", "Moscow", article="a")
    assert linked(CITIES, one, article="a")["moscow"].qid is None
    assert linked(CITIES, one, article="b")["moscow"].qid == "Q649"


@pytest.mark.parametrize(
    ("made", "qid"),
    [
        (("unlink", "pin"), "Q1"),
        (("pin", "unlink"), None),
        (("pin", "different"), None),
        (("different", "pin"), "Q1"),
    ],
)
def test_later_judgement_wins(made: tuple[str, str], qid: str | None) -> None:
    judgements = [
        judged(number, verb, "Somewhere", item="" if verb == "unlink" else "Q1") for number, verb in enumerate(made, 1)
    ]
    assert linked((place("Somewhere"),), *judgements)["somewhere"].qid == qid


def test_both_names_of_one_thing_get_its_item() -> None:
    found = linked(
        (place("Somewhere"), place("Elsewhere")), judged(1, "same", "Somewhere", other="Elsewhere", item="Q1")
    )
    assert [found["somewhere"].qid, found["elsewhere"].qid] == ["Q1", "Q1"]
    assert found["elsewhere"].reason == "said to be the same as Somewhere by ana on 2026-01-02"


def test_two_without_an_item_are_matched_both_ways() -> None:
    one, other = Entity("abu-x-11111111", ("Person",), "Abu X"), Entity("abou-x-22222222", ("Person",), "Abou X")
    found = linked((one, other), judged(1, "same", one.id, other=other.id))
    assert (found[one.id].same, found[other.id].same) == ((other.id,), (one.id,))


def test_match_reaches_into_other_articles_and_ends_with_a_later_difference() -> None:
    one = Entity("abu-x-11111111", ("Person",), "Abu X")
    same = judged(1, "same", one.id, other="abou-x-22222222")
    assert linked((one,), same)[one.id].same == ("abou-x-22222222",)
    later = judged(2, "different", "abou-x-22222222", other=one.id)
    assert linked((one,), same, later)[one.id].same == ()


def test_matched_entity_goes_by_the_id_that_its_link_gives_it() -> None:
    found = linked(
        (place("Somewhere"), place("Elsewhere")),
        judged(1, "same", "Elsewhere", other="Somewhere"),
        judged(2, "pin", "Somewhere", item="Q1"),
    )
    assert found["elsewhere"].same == (found["somewhere"].entity,) == ("somewhere-q1",)


def test_different_bars_the_item() -> None:
    found = linked(CITIES, judged(1, "different", "Moscow", item="Q649"))
    assert found["moscow"].qid != "Q649"
    assert "different from Q649" in found["moscow"].reason


def test_two_that_differ_never_get_one_item(tmp_path: Path) -> None:
    names = gazetteer(tmp_path / "names", *SMALL)
    cities = (place("Makiivka"), place("Makeyevka"))
    assert linked(cities, names=names)["makeyevka"].qid == linked(cities, names=names)["makiivka"].qid == "Q157134"
    found = linked(cities, judged(1, "different", "Makeyevka", other="Makiivka"), names=names)
    assert (found["makiivka"].qid, found["makeyevka"].qid) == ("Q157134", None)
    assert "different from Makiivka" in found["makeyevka"].reason


def test_recorded_judgements_are_numbered_dated_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "judgements.csv"
    first = ledger.record(
        path, who="Ana, of 'the desk'", verb="pin", name="Гостомель", item="Q1", why='she said "so"\nyes'
    )
    second = ledger.record(path, who="ben", verb="unlink", name="X", article="a,b")
    assert (first.number, second.number) == (1, 2)
    assert len(first.when) == len("2026-01-02T03:04:05Z")
    assert ledger.read(path) == [first, second]
    assert Judgements.read(path).made == (first, second)


def test_undoing_marks_the_line_and_keeps_the_others(tmp_path: Path) -> None:
    path = tmp_path / "judgements.csv"
    made = [ledger.record(path, who="ana", verb="unlink", name=name) for name in "abc"]
    undone = ledger.undo(path, 2, "ben")
    assert ledger.read(path) == [made[0], undone, made[2]]
    assert undone.undone.endswith(" by ben")
    with pytest.raises(UsageError, match="undone before"):
        ledger.undo(path, 2, "ben")
    with pytest.raises(NotFound, match="no judgement 9"):
        ledger.undo(path, 9, "ben")


def test_number_is_never_used_again(tmp_path: Path) -> None:
    path = tmp_path / "judgements.csv"
    path.write_text(f"{HEADER}7,{WHEN},ana,unlink,x,,,,,\n2,{WHEN},ana,unlink,y,,,,,\n", "utf8")
    assert ledger.record(path, who="ana", verb="unlink", name="z").number == 8
    assert [judgement.number for judgement in ledger.read(path)] == [2, 7, 8]


def test_file_of_a_spreadsheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "judgements.csv"
    path.write_bytes(f"\ufeff{HEADER}1,{WHEN},ana,pin,x,,Q5,,,\n".replace("\n", "\r\n").encode())
    assert ledger.read(path) == [judged(1, "pin", "x", item="Q5")]


def test_file_that_is_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "judgements.csv")
    ledger.record(tmp_path / "link.csv", who="ana", verb="unlink", name="x")
    assert (tmp_path / "link.csv").is_symlink()
    assert len(ledger.read(tmp_path / "judgements.csv")) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["judgements.csv", "link.csv"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("name,verb\n", r":1: the columns .* are number, when"),
        (HEADER + "x,w,ana,pin,n,,Q1,,,\n", r":2: this is no judgement"),
        (HEADER + "1,w,ana,love,n,,,,,\n", r":2: this is no judgement"),
        (HEADER + "1,w,ana,pin,n,,Q1\n", r":2: a judgement has 10 columns"),
        (HEADER + "1,w,ana,pin,n,,P31,,,\n", r":2: 'P31' is no item"),
        (HEADER + "1,w,ana,pin,n,,,,,\n", r":2: a pin needs the item"),
        (HEADER + "1,w,ana,unlink,n,,,,,\n2,w,ana,same,n,,,,,\n", r":3: what is it same as"),
        (HEADER + "1,w,ana,unlink,n,,,,,\n1,w,ana,unlink,m,,,,,\n", r"2 judgements with the number 1"),
        (HEADER + '1,w,ana,unlink,"n,,,,,\n', r"this is no CSV"),
    ],
)
def test_line_that_is_no_judgement_is_named(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "judgements.csv"
    path.write_text(content, "utf8")
    with pytest.raises(UsageError, match=told):
        ledger.read(path)


def test_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "judgements.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="is UTF-8"):
        ledger.read(path)


def test_no_file_and_an_empty_one_hold_no_judgements(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    assert ledger.read(tmp_path / "none.csv") == ledger.read(tmp_path / "empty.csv") == []


def _record(path: Path, name: str) -> None:
    for number in range(10):
        ledger.record(path, who="ana", verb="unlink", name=f"{name} {number}")


def test_several_that_judge_at_once_lose_nothing(tmp_path: Path) -> None:
    context, path = multiprocessing.get_context("spawn"), tmp_path / "judgements.csv"
    writers = [context.Process(target=_record, args=(path, name)) for name in "abc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    made = ledger.read(path)
    assert [judgement.number for judgement in made] == list(range(1, 31))
    assert {judgement.name for judgement in made} == {f"{name} {number}" for name in "abc" for number in range(10)}


def test_what_could_not_be_read_again_is_not_recorded(tmp_path: Path) -> None:
    path = tmp_path / "judgements.csv"
    with pytest.raises(UsageError, match="'Q0' is no item"):
        ledger.record(path, who="ana", verb="pin", name="x", item="Q0")
    assert ledger.read(path) == []

"""The gazetteer that comes along, measured on gold links, with given spans and end to end: it reaches its floors."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from kg.extract import extract_all
from kg.link import Linker
from kg.link.evaluate import Scores, evaluate
from kg.link.gold import Gold, texts
from kg.model import Article, Extraction
from kg.names import shipped

HERE = Path(__file__).parent
FLOOR = tomllib.loads((HERE / "floor.toml").read_text("utf8"))
FILES = sorted((HERE / "gold").glob("*.jsonl"))


@cache
def gold() -> tuple[tuple[Article, list[Gold]], ...]:
    """All texts of the gold set with their mentions."""
    return tuple(pair for path in FILES for pair in texts(path))


@cache
def extracted() -> dict[str, Extraction]:
    """What extraction makes of each text, by its id."""
    found = extract_all(article for article, _ in gold())
    return {one.article.id: one for one in found if isinstance(one, Extraction)}


@cache
def measured(way: str) -> Scores:
    """The scores of the linker over all texts."""
    return evaluate(
        gold(),
        extract=lambda article: extracted()[article.id],
        resolve=Linker(),
        gazetteer=shipped(),
        given=way == "given",
    )


def figures(scores: Scores) -> dict[str, float]:
    """The figures that have floors: F1 by class, and the part of the places that is within 161 km."""
    shown = {kind: scores.row(kind)[2] for kind in ("all", "place", "person")}
    return shown | {"near": scores.near / scores.located}


@pytest.mark.parametrize("way", ["given", "found"])
@pytest.mark.parametrize("figure", ["all", "place", "person", "near"])
def test_figure_reaches_its_floor(way: str, figure: str) -> None:
    scores = measured(way)
    reached, floor = figures(scores)[figure], FLOOR[way][figure]
    wrong = "\n".join(scores.wrong)
    assert reached >= floor, f"{figure} ({way}) fell to {reached:.3f}, its floor is {floor}. Wrong are:\n{wrong}"


@pytest.mark.parametrize("way", ["given", "found"])
def test_what_the_gazetteer_lacks_is_left_unlinked(way: str) -> None:
    scores = measured(way)
    most, wrong = FLOOR[way]["outside"], "\n".join(scores.wrong)
    assert scores.outside_linked <= most, f"{scores.outside_linked} unknown names are linked, not {most}:\n{wrong}"


def test_names_of_the_gold_set_are_mostly_known() -> None:
    """Figures over what is in the gazetteer say little if it holds less."""
    scores = measured("given")
    assert scores.count("all", "wanted") >= FLOOR["known"]["names"], f"{scores.outside} are not in the gazetteer"


def test_gold_spans_are_names() -> None:
    assert len(FILES) == 4
    for article, golds in gold():
        ends = [(one.start, one.end) for one in golds]
        assert ends == sorted(ends), article.id
        words = [article.text[start:end] for start, end in ends]
        assert [word for word in words if word != word.strip() or word.startswith("the ")] == [], article.id

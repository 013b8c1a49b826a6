"""The repeated corpus: the same every time, other articles each time, and news still."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.copies import Originals, sketch
from kg.demo import corpus
from kg.model import Article
from kg.read import articles
from tests.benchmarks.build_corpus import write


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "demo.jsonl"
    read = (one for one in articles(corpus()) if isinstance(one, Article))
    path.write_text(
        "".join(
            json.dumps({"id": one.id, "title": one.title, "text": one.text, "published": str(one.published)[:10]})
            + "\n"
            for one in read
        ),
        "utf8",
    )
    return path


@pytest.fixture(scope="module")
def made(source: Path) -> list[dict[str, str]]:
    output = source.with_name("made.jsonl")
    write(source, 45, output)
    return [json.loads(line) for line in output.read_text("utf8").splitlines()]


def test_the_same_articles_give_the_same_corpus(source: Path, made: list[dict[str, str]]) -> None:
    output = source.with_name("again.jsonl")
    write(source, 45, output)
    assert [json.loads(line) for line in output.read_text("utf8").splitlines()] == made


def test_each_has_an_id_of_its_own(made: list[dict[str, str]]) -> None:
    assert len({record["id"] for record in made}) == 45


def test_none_is_a_copy(made: list[dict[str, str]]) -> None:
    originals = Originals()
    for record in made:
        found = sketch(record["text"])
        assert originals.original_of(record["id"], found) is None, record["id"]
        originals.add(record["id"], found)


def told(made: list[dict[str, str]], id: str) -> dict[str, str]:
    return next(record for record in made if record["id"] == id)


def test_days_in_the_text_move_with_the_day_of_publication(made: list[dict[str, str]]) -> None:
    first, second = (told(made, f"us-sanctions-houthi-suppliers-after-fata-99f2d21ac3{turn}") for turn in ("", "-1"))
    assert (first["published"], second["published"]) == ("2024-06-18", "2024-09-17")
    assert ("on 12 June," in first["text"], "on 11 September," in second["text"]) == (True, True)


def test_a_country_keeps_its_adjective(made: list[dict[str, str]]) -> None:
    text = told(made, "russia-and-ukraine-swap-478-prisoners-af-a84192e525-1")["text"]
    assert text.count("Syria") > text.count("Syrian") > 0
    assert "Russia" not in text


def test_numbers_change_and_years_stay(made: list[dict[str, str]]) -> None:
    text = told(made, "russia-and-ukraine-swap-478-prisoners-af-a84192e525-1")["text"]
    assert "478" not in text
    assert "February 2022" in text

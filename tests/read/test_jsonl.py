import json
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from kg.errors import ReadError, UsageError
from kg.model import Article
from kg.read import Defaults, articles

TEXT = "  Two rockets hit Odesa.The mayor\n\nsaid so on Tuesday.\u00a0 Nobody was hurt.\t\r\n"


def write(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "news.jsonl"
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines), "utf-8")
    return path


def test_text_is_kept_exactly(tmp_path: Path) -> None:
    (article,) = articles(write(tmp_path, {"id": "a", "text": TEXT}))
    assert isinstance(article, Article)
    assert article.text == TEXT


def test_every_field_is_read(tmp_path: Path) -> None:
    record = {
        "id": "a",
        "url": "https://x.example/a",
        "title": "T",
        "outlet": "O",
        "language": "en-GB",
        "licence": "CC0",
    }
    (article,) = articles(write(tmp_path, record | {"published": "2025-06-03T08:15:00+03:00", "text": TEXT}))
    assert {name: getattr(article, name) for name in record} == record
    assert isinstance(article, Article)
    assert article.published == datetime(2025, 6, 3, 8, 15, tzinfo=timezone(timedelta(hours=3)))


def test_day_alone_stays_a_day(tmp_path: Path) -> None:
    (article,) = articles(write(tmp_path, {"published": "2025-06-03", "text": TEXT}))
    assert isinstance(article, Article)
    assert type(article.published) is date


def test_number_may_be_an_id_and_missing_id_is_a_hash(tmp_path: Path) -> None:
    first, second, third = articles(
        write(tmp_path, {"id": 7, "text": TEXT}, {"text": TEXT}, {"id": None, "text": TEXT})
    )
    assert isinstance(first, Article)
    assert first.id == "7"
    assert second == third


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"text": "half', "line 2: not JSON at column 10"),
        ("[1, 2]", "line 2: not a JSON object"),
        ({"id": "a"}, "line 2: field 'text' is missing"),
        ({"text": " \n"}, "line 2: field 'text' is empty"),
        ({"text": 5}, "line 2: field 'text' is not a string"),
        ({"text": TEXT, "title": ["x"]}, "line 2: field 'title' is not a string"),
        ({"text": TEXT, "published": "last week"}, "line 2: field 'published' is no date: 'last week'"),
        ({"text": TEXT + "\ud800"}, "line 2: field 'text' holds half a character"),
        ({"text": TEXT, "id": True}, "line 2: field 'id' is not a string"),
        ("[" * 100_000, "line 2: not readable JSON"),
        (
            {"text": "Zwei Raketen trafen am Dienstag ein Lagerhaus in Odessa, sagte der Bürgermeister."},
            "line 2: the text is in",
        ),
    ],
)
def test_bad_line_is_named_and_stops_nothing(tmp_path: Path, line: object, problem: str) -> None:
    good = {"text": "Two rockets hit the port."}
    first, error, third = articles(write(tmp_path, good, line, good))
    assert isinstance(error, ReadError)
    assert problem in str(error)
    assert error.remedy
    assert isinstance(first, Article)
    assert first == third


def test_line_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(b'{"text": "caf\xe9"}\n{"text": "Two rockets hit the port."}\n')
    error, article = articles(path)
    assert "line 1: not UTF-8 at byte 14" in str(error)
    assert isinstance(article, Article)


def test_overlong_line_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, {"text": "x" * 200_000}, {"text": "Two rockets hit."}, {"text": "Two rockets hit. " * 20})
    error, article, longer = articles(path, max_size=100)
    assert "line 1: longer than 100 characters" in str(error)
    assert "--max-size" in str(error)
    assert isinstance(article, Article)
    assert "line 3: longer" in str(longer)


def test_byte_order_mark_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "Two rockets hit."}\r\n\r\n  \n')
    assert len(list(articles(path))) == 1


def test_id_for_several_articles_is_refused_before_the_first(tmp_path: Path) -> None:
    path = write(tmp_path, {"text": "Two rockets hit."}, {"text": "Three rockets hit."})
    with pytest.raises(UsageError, match="--id belongs to one article"):
        next(articles(path, defaults=Defaults(id="a")))


def test_outlet_for_several_articles_is_fine(tmp_path: Path) -> None:
    path = write(tmp_path, {"text": "Two rockets hit.", "outlet": "X"}, {"text": "Three rockets hit."})
    assert {article.outlet for article in articles(path, defaults=Defaults(outlet="Y"))} == {"Y"}  # type: ignore[union-attr]

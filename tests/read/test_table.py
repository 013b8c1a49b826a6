import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import ReadError, UsageError
from kg.model import Article
from kg.read import articles, documents

TEXT = "Two rockets hit a warehouse in Odesa on Tuesday, the mayor said."


def read(tmp_path: Path, table: str | bytes, *, name: str = "news.csv", **options: object) -> list[Article | ReadError]:
    path = tmp_path / name
    path.write_bytes(table if isinstance(table, bytes) else table.encode())
    return list(articles(path, **options))  # type: ignore[arg-type]


def test_columns_named_as_fields_are_taken(tmp_path: Path) -> None:
    header, row = "id,title,published,outlet,url,author,text", "7,Rockets,2025-06-03,The Quay,https://q.example/7,Ann"
    (article,) = read(tmp_path, f'{header}\n{row},"{TEXT}"\n')
    assert article == Article(
        id="7", title="Rockets", text=TEXT, published=date(2025, 6, 3), outlet="The Quay", url="https://q.example/7"
    )


def test_columns_can_be_renamed(tmp_path: Path) -> None:
    columns = {"text": "Body", "published": "day"}
    (article,) = read(tmp_path, f'Headline,body,day\nRockets,"{TEXT}",2025-06-03', columns=columns)
    assert isinstance(article, Article)
    assert (article.text, article.published, article.title) == (TEXT, date(2025, 6, 3), TEXT.rstrip(".") + " …")


@pytest.mark.parametrize(
    ("header", "columns", "problem"),
    [
        ("title,body", {}, "no column 'text' for the text (there are 'title', 'body': say which it is with --column "),
        ("title,text", {"published": "day"}, "no column 'day' for the published (there are 'title', 'text': say"),
        ("text,Text", {}, "two columns are called 'text'"),
        ("", {}, "the file is empty"),
    ],
)  # fmt: skip
def test_wrong_header_is_told(tmp_path: Path, header: str, columns: dict[str, str], problem: str) -> None:
    (error,) = read(tmp_path, f"{header}\nA,B\n" if header else "", columns=columns)
    assert problem in str(error)


def test_field_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'body' is no field of an article; there are text, published, id"):
        read(tmp_path, "text\n", columns={"body": "text"})


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("name", ["news.csv", "news.tsv"])
def test_delimiter_is_told_by_the_header(tmp_path: Path, delimiter: str, name: str) -> None:
    (article,) = read(tmp_path, f'title{delimiter}text\nRockets{delimiter}"{TEXT}"\n', name=name)
    assert isinstance(article, Article)
    assert (article.title, article.text) == ("Rockets", TEXT)


def test_line_breaks_may_stand_in_quotes_and_lines_are_counted(tmp_path: Path) -> None:
    first, second, third = read(tmp_path, f'\ufefftitle,text\r\nA,"{TEXT}\r\n\r\nIt fell."\r\nB,\r\nC,"{TEXT}"')
    assert isinstance(first, Article)
    assert first.text == f"{TEXT}\r\n\r\nIt fell."
    assert "news.csv, line 5: field 'text' is empty" in str(second)
    assert isinstance(third, Article)


def test_row_that_is_not_utf8_is_named_and_stops_nothing(tmp_path: Path) -> None:
    error, article = read(tmp_path, b'title,text\nA,"caf\xe9\n"\nB,"' + TEXT.encode() + b'"\n')
    assert "line 2: not UTF-8" in str(error)
    assert isinstance(article, Article)


def test_table_in_utf16_is_refused(tmp_path: Path) -> None:
    (error,) = read(tmp_path, f"title,text\nA,{TEXT}\n".encode("utf-16"))
    assert "a table in UTF-16 (save it as UTF-8)" in str(error)


def test_text_that_is_not_quoted_is_not_cut_short(tmp_path: Path) -> None:
    (error,) = read(tmp_path, f"title,text\nA,{TEXT}\n")
    assert "line 2: 3 cells, but the header has 2 (put a text that holds the delimiter in quotes)" in str(error)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            f'A,"{TEXT}\nB,"{TEXT}"\n',
            "line 2: no row of a table: ',' expected after '\"' (put the cell in",
        ),
        (f'A,"{TEXT}\n', "line 2: no row of a table: unexpected end of data"),
        (f'A,"{TEXT}" he said\n', "line 2: no row of a table: ',' expected after"),
    ],
)
def test_quotation_that_is_not_closed_is_told(tmp_path: Path, rows: str, problem: str) -> None:
    error, *_ = read(tmp_path, f"title,text\n{rows}")
    assert problem in str(error)


def test_quotation_marks_within_a_cell_are_text(tmp_path: Path) -> None:
    (article,) = read(tmp_path, 'title,text\nA,A 6" shell hit.\n')
    assert isinstance(article, Article)
    assert article.text == 'A 6" shell hit.'


@pytest.mark.parametrize("filler", ["word " * 40_000, "word\n" * 40_000, 'say ""no"", ' * 20_000 + "\n" * 20_000])
@pytest.mark.parametrize("end", ["", "\nmore\n"])
def test_overlong_row_is_refused_and_the_next_is_read(tmp_path: Path, filler: str, end: str) -> None:
    table = f'title,text\nA,"{filler}{end}"\nB,"Two rockets hit."\n'
    error, article = read(tmp_path, table, max_size=100)
    assert "line 2: longer than 100 characters" in str(error)
    assert isinstance(article, Article)
    assert article.title == "B"


def test_overlong_row_without_quotes_ends_with_its_line(tmp_path: Path) -> None:
    exactly = "x" * (400 + 65_536 - len("A,\n"))
    error, article = read(tmp_path, f"title,text\nA,{exactly}\nB,Two rockets hit.\n", max_size=100)
    assert "line 2: longer" in str(error)
    assert isinstance(article, Article)


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELL, CELL), max_size=4))
def test_what_the_csv_module_writes_is_read_as_it_was(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([("title", "text"), *((f"t{title}", f"Rockets hit. {text}") for title, text in rows)])
    path = tmp_path / "news.csv"
    path.write_bytes(written.getvalue().encode())
    found = [document.raw for document in documents(path) if not isinstance(document, ReadError)]
    assert len(found) == len(rows)
    for raw, (title, text) in zip(found, rows, strict=True):
        assert json.loads(raw) == {"title": f"t{title}", "text": f"Rockets hit. {text}"}

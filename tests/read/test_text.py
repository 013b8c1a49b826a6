from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.model import Article
from kg.read import Defaults, articles

BODY = "Two rockets hit a warehouse in Odesa on Tuesday, the mayor said. Nobody was hurt."


def read(tmp_path: Path, text: str, **defaults: object) -> Article:
    path = tmp_path / "article.txt"
    path.write_text(text, "utf-8")
    (found,) = articles(path, defaults=Defaults(**defaults))  # type: ignore[arg-type]
    assert isinstance(found, Article), found
    return found


def test_title_is_the_first_line_that_looks_like_a_headline(tmp_path: Path) -> None:
    article = read(
        tmp_path, f"Clicky\nWorld\n\nRockets hit a warehouse in Odesa\n\nPublished : 03 Jun 2025 08:15 AM\n\n{BODY}"
    )
    assert article.title == "Rockets hit a warehouse in Odesa"
    assert article.text == BODY
    assert article.published == datetime(2025, 6, 3, 8, 15)


def test_section_path_above_the_headline_goes(tmp_path: Path) -> None:
    article = read(tmp_path, f"Home > World > Europe\nRockets hit a warehouse\n{BODY}")
    assert (article.title, article.text) == ("Rockets hit a warehouse", BODY)


@pytest.mark.parametrize("row", ["Share   Print   A+ A-", "Read more | Share this article", "Advertisement"])
def test_row_of_site_words_goes(tmp_path: Path, row: str) -> None:
    headline = "Rockets hit a warehouse in Odesa"
    assert read(tmp_path, f"{headline}\n{row}\n\n{BODY}\n\n{row}\n").text == BODY


def test_unknown_words_above_the_headline_stay(tmp_path: Path) -> None:
    article = read(tmp_path, f"Port city\n\nRockets hit a warehouse in Odesa\n\n{BODY}")
    assert article.text.startswith("Port city\n\nRockets")
    assert article.title == "Rockets hit a warehouse in Odesa"


def test_text_without_headline_is_called_by_its_first_sentence(tmp_path: Path) -> None:
    assert read(tmp_path, BODY).title == "Two rockets hit a warehouse in Odesa on Tuesday, the mayor said …"


def test_title_broken_over_two_lines_is_one(tmp_path: Path) -> None:
    assert (
        read(tmp_path, f"Rockets hit a warehouse in\nthe port of Odesa\n\n{BODY}").title
        == "Rockets hit a warehouse in the port of Odesa"
    )


def test_labelled_lines_on_top_are_fields(tmp_path: Path) -> None:
    head = "Title: Rockets hit Odesa\nDate: 2025-06-03T08:15:00+03:00\nSource: The Quay\nURL: https://quay.example/1\n"
    article = read(tmp_path, f"{head}\n{BODY}")
    assert (article.title, article.outlet, article.url) == ("Rockets hit Odesa", "The Quay", "https://quay.example/1")
    assert article.published == datetime(2025, 6, 3, 8, 15, tzinfo=timezone(timedelta(hours=3)))
    assert article.text == BODY


def test_fenced_front_matter_is_fields(tmp_path: Path) -> None:
    article = read(tmp_path, f'---\ntitle: "Rockets hit Odesa"\nlayout: post\ndate: 2025-06-03\n---\n{BODY}')
    assert (article.title, article.published, article.text) == ("Rockets hit Odesa", date(2025, 6, 3), BODY)


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Published: June 3, 2025, 8:15 a.m. UTC", datetime(2025, 6, 3, 8, 15, tzinfo=UTC)),
        ("Updated on 3 June 2025", date(2025, 6, 3)),
        ("Posted 3rd June 2025 at 20:15", datetime(2025, 6, 3, 20, 15)),
        ("Tuesday, June 3, 2025", date(2025, 6, 3)),
        ("2025-06-03", date(2025, 6, 3)),
        ("Published: 03.06.2025", date(2025, 6, 3)),
        ("Published: 13/06/2025", date(2025, 6, 13)),
        ("Published: 06/03/2025", None),
        ("Published: June 2025", None),
        ("Published: 31 February 2025", None),
    ],
)
def test_line_of_time_gives_published(tmp_path: Path, line: str, published: date | None) -> None:
    assert read(tmp_path, f"Rockets hit a warehouse in Odesa\n\n{line}\n\n{BODY}").published == published


def test_published_beats_updated(tmp_path: Path) -> None:
    lines = "Updated: 5 June 2025\nPublished: 3 June 2025"
    assert read(tmp_path, f"Rockets hit a warehouse in Odesa\n{lines}\n\n{BODY}").published == date(2025, 6, 3)


def test_dateline_gives_day_and_agency_and_stays(tmp_path: Path) -> None:
    article = read(tmp_path, f"Rockets hit a warehouse\n\nODESA, Ukraine, June 3, 2025 (Quay News) — {BODY}")
    assert (article.published, article.outlet) == (date(2025, 6, 3), "Quay News")
    assert "ODESA, Ukraine, June 3" in article.text


def test_day_told_in_the_story_is_not_the_publication(tmp_path: Path) -> None:
    assert read(tmp_path, f"Rockets hit a warehouse\n\nIt was built on June 3, 1975. {BODY}").published is None


def test_byline_goes(tmp_path: Path) -> None:
    assert (
        "Olena"
        not in read(tmp_path, f"Rockets hit a warehouse in Odesa\nBy Olena Koval and Ivan Petrenko\n\n{BODY}").text
    )


def test_command_line_wins(tmp_path: Path) -> None:
    given = {"id": "a", "title": "T", "published": date(2025, 1, 1), "outlet": "O", "url": "u", "language": "en-GB"}
    article = read(tmp_path, f"Title: X\nSource: Y\n\n{BODY}", **given)
    assert {name: getattr(article, name) for name in given} == given


def test_id_comes_from_the_content(tmp_path: Path) -> None:
    first, second = read(tmp_path, BODY), read(tmp_path, BODY)
    assert first.id == second.id != read(tmp_path, BODY + " Really.").id


def test_german_is_refused_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "de.txt"
    path.write_text("Zwei Raketen trafen am Dienstag ein Lagerhaus in Odessa, sagte der Bürgermeister.", "utf-8")
    (error,) = articles(path)
    assert isinstance(error, ReadError)
    assert "(de)" in str(error)
    assert "--language en" in str(error)


def test_german_is_read_where_english_is_forced(tmp_path: Path) -> None:
    assert read(tmp_path, "Zwei Raketen trafen am Dienstag ein Lagerhaus in Odessa.", language="en").language == "en"


def test_short_headline_of_foreign_names_is_english(tmp_path: Path) -> None:
    assert read(tmp_path, "Kharkiv Mayor Ihor Terekhov").language == "en"

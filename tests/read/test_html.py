from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.model import Article
from kg.read import articles

BODY = (
    "<p>Two rockets hit a warehouse in Odesa on Tuesday, the city’s mayor told reporters there.The roof fell in.</p>"
    "<p>Ukraine’s air force said that it had shot down 12 of 14 rockets fired at the port overnight.</p>"
)
TEXT = (
    "Two rockets hit a warehouse in Odesa on Tuesday, the city’s mayor told reporters there. The roof fell in.\n\n"
    "Ukraine’s air force said that it had shot down 12 of 14 rockets fired at the port overnight."
)


def read(tmp_path: Path, page: str | bytes) -> Article:
    path = tmp_path / "page.html"
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    (found,) = articles(path)
    assert isinstance(found, Article), found
    return found


def page(head: str = "", *, body: str = BODY) -> str:
    return (
        f"<!doctype html><html lang='en'><head>{head}</head><body><nav><a href='/'>Home</a> <a href='/w'>War</a></nav>"
        f"<article>{body}</article><footer><p>© 2025 The Quay. All rights reserved.</p></footer></body></html>"
    )


def test_main_text_without_the_site(tmp_path: Path) -> None:
    assert read(tmp_path, page()).text == TEXT


def test_metadata_is_read(tmp_path: Path) -> None:
    article = read(
        tmp_path,
        page(
            "<title>Rockets hit Odesa | The Quay</title><meta property='og:site_name' content='The Quay'>"
            "<link rel='canonical' href='https://quay.example/news/1'>"
            "<meta property='article:published_time' content='2025-06-03T08:15:00+03:00'>"
        ),
    )
    assert (article.title, article.outlet, article.url) == (
        "Rockets hit Odesa",
        "The Quay",
        "https://quay.example/news/1",
    )
    assert article.published == datetime(2025, 6, 3, 8, 15, tzinfo=timezone(timedelta(hours=3)))
    assert article.language == "en"


def test_time_in_linked_data_is_read(tmp_path: Path) -> None:
    stamp = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-06-03"}</script>'
    assert read(tmp_path, page(stamp)).published == date(2025, 6, 3)


def test_day_told_in_the_story_is_not_the_publication(tmp_path: Path) -> None:
    assert (
        read(tmp_path, page(body=BODY + "<p>The warehouse had been built on 3 June 1999 by the port.</p>")).published
        is None
    )


def test_line_of_time_in_the_text_gives_published_and_goes(tmp_path: Path) -> None:
    article = read(tmp_path, page(body="<p>Published: 3 June 2025</p>" + BODY))
    assert (article.published, article.text) == (date(2025, 6, 3), TEXT)


def test_declared_charset_is_used(tmp_path: Path) -> None:
    text = page("<meta charset='windows-1251'>").replace("mayor", "mayor (мэр города)").replace("’", "'")
    assert "(мэр города)" in read(tmp_path, text.encode("cp1251")).text


@pytest.mark.parametrize(
    "broken",
    [
        f"<html><body><div>{BODY}<div><b>",
        f"<p>{BODY.replace('</p>', '')}",
        page().replace("</article>", "").replace("</head>", ""),
        f"<html><head><title>x</title>{BODY}</table></html></body>",
        page().replace("<p>", "<p class='a>", 0) + "<<<&#xD800;&bogus;",
    ],
)
def test_broken_markup_is_tolerated(tmp_path: Path, broken: str) -> None:
    text = read(tmp_path, broken).text
    assert "Two rockets hit a warehouse" in text
    assert "12 of 14 rockets" in text


@pytest.mark.parametrize(
    "empty", ["<html></html>", "<html><body><script>x()</script></body></html>", "<!doctype html>"]
)
def test_page_without_text_is_refused(tmp_path: Path, empty: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(empty)
    (error,) = articles(path)
    assert isinstance(error, ReadError)
    assert "no text of an article" in str(error)


def test_german_page_is_refused_though_it_claims_english(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    german = (
        "<p>Zwei Raketen trafen am Dienstag ein Lagerhaus in Odessa, sagte der Bürgermeister den Reportern dort.</p>"
    )
    path.write_text(page(body=german * 3), "utf-8")
    (error,) = articles(path)
    assert "(de)" in str(error)

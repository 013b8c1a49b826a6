from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.model import Article
from kg.read import articles

TEXT = "Two rockets hit a warehouse in Odesa on Tuesday, the mayor said."
RSS = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Quay</title><link>https://quay.example/</link>'
    "<language>en-gb</language>{}</channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Quay</title><id>tag:quay.example,2025:all</id>'
    "<updated>2025-06-05T00:00:00Z</updated>{}</feed>"
)


def read(tmp_path: Path, feed: str | bytes, *, name: str = "feed.xml") -> list[Article | ReadError]:
    path = tmp_path / name
    path.write_bytes(feed if isinstance(feed, bytes) else feed.encode())
    return list(articles(path))


def entry(tmp_path: Path, feed: str) -> Article:
    (found,) = read(tmp_path, feed)
    assert isinstance(found, Article), found
    return found


def item(tmp_path: Path, inner: str) -> Article:
    return entry(tmp_path, RSS.format(f"<item>{inner}</item>"))


def test_rss_item_is_an_article(tmp_path: Path) -> None:
    article = item(
        tmp_path,
        f"<title>Rockets &amp; drones</title><link>https://quay.example/1</link><guid>https://quay.example/?p=1</guid>"
        f"<pubDate>Mon, 02 Jun 2025 23:30:00 -0400</pubDate><description>{TEXT}</description>",
    )
    assert article == Article(
        id="https://quay.example/?p=1",
        title="Rockets & drones",
        text=TEXT,
        published=datetime(2025, 6, 2, 23, 30, tzinfo=timezone(timedelta(hours=-4))),
        outlet="The Quay",
        url="https://quay.example/1",
        language="en-gb",
    )


def test_atom_entry_is_an_article(tmp_path: Path) -> None:
    article = entry(
        tmp_path,
        ATOM.format(
            '<entry><title type="html">Rockets &lt;b&gt;hit&lt;/b&gt;</title><id>tag:quay.example,2025:1</id>'
            '<link rel="enclosure" href="https://quay.example/1.mp3"/><link href="https://quay.example/1"/>'
            "<published>2025-06-03T08:15:00+03:00</published><updated>2025-06-05T00:00:00Z</updated>"
            '<summary>Two rockets.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
            f"<p>{TEXT}</p></div></content></entry>"
        ),
    )
    assert (article.id, article.title, article.text) == ("tag:quay.example,2025:1", "Rockets hit", TEXT)
    assert (article.url, article.outlet) == ("https://quay.example/1", "The Quay")
    assert article.published == datetime(2025, 6, 3, 8, 15, tzinfo=timezone(timedelta(hours=3)))


def test_full_content_beats_the_summary_and_keeps_its_paragraphs(tmp_path: Path) -> None:
    article = item(
        tmp_path,
        "<title>Rockets</title><description>Two rockets hit.</description><content:encoded><![CDATA["
        f"<script>x()</script><p>{TEXT}</p>"
        "<ul><li>The roof fell.</li><li>Nobody was hurt.</li></ul><figcaption>A photo</figcaption>"
        "<p>The post <a href='/1'>Rockets</a> appeared first on <a href='/'>The Quay</a>.</p>]]></content:encoded>",
    )
    assert article.text == f"{TEXT}\n\nThe roof fell.\n\nNobody was hurt."


def test_plain_text_is_not_taken_for_markup(tmp_path: Path) -> None:
    summary = "<summary>The toll was 3 &lt; 4, the mayor of Odesa said.</summary>"
    article = entry(tmp_path, ATOM.format(f"<entry><id>urn:1</id><title>Toll</title>{summary}</entry>"))
    assert article.text == "The toll was 3 < 4, the mayor of Odesa said."


@pytest.mark.parametrize(
    ("stamp", "published"),
    [
        ("<pubDate>Tue, 03 Jun 25 08:15 GMT</pubDate>", datetime(2025, 6, 3, 8, 15, tzinfo=UTC)),
        ("<dc:date>2025-06-03</dc:date>", date(2025, 6, 3)),
        ("<pubDate>yesterday</pubDate>", None),
        ("", None),
    ],
)
def test_date_is_what_the_entry_says_or_none(tmp_path: Path, stamp: str, published: date | None) -> None:
    assert item(tmp_path, f"<title>T</title><description>{TEXT}</description>{stamp}").published == published


def test_number_that_is_an_id_in_its_feed_only_is_none(tmp_path: Path) -> None:
    guid = '<guid isPermaLink="false">7</guid>'
    linked = item(tmp_path, f"{guid}<link>https://quay.example/1</link><description>{TEXT}</description>")
    unlinked = item(tmp_path, f"{guid}<description>{TEXT}</description>")
    assert (linked.id, unlinked.id) == ("https://quay.example/1", "https://quay.example/#7")


def test_entry_of_another_source_is_its(tmp_path: Path) -> None:
    source = '<source url="https://pier.example/rss">The Pier</source>'
    assert item(tmp_path, f"<description>{TEXT}</description>{source}").outlet == "The Pier"


def test_entry_without_text_is_told_and_stops_nothing(tmp_path: Path) -> None:
    feed = RSS.format(f"<item><title>Only</title></item><item><description>{TEXT}</description></item>")
    error, article = read(tmp_path, feed)
    assert "feed.xml, entry 1: an entry without text (--follow reads the page" in str(error)
    assert isinstance(article, Article)


def test_feed_that_breaks_off_gives_what_came_before_and_says_so(tmp_path: Path) -> None:
    whole = RSS.format(f"<item><description>{TEXT}</description></item>" * 2)
    first, *_, error = read(tmp_path, whole[: -len("</description></item></channel></rss>")])
    assert isinstance(first, Article)
    assert "the feed breaks off" in str(error)


def test_old_charset_is_read(tmp_path: Path) -> None:
    feed = RSS.replace("UTF-8", "windows-1252").format(f"<item><description>{TEXT} “Café”</description></item>")
    (article,) = read(tmp_path, feed.encode("cp1252"))
    assert article.text.endswith("“Café”")  # type: ignore[union-attr]


def test_page_in_an_xml_file_is_a_page(tmp_path: Path) -> None:
    page = f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{TEXT}</p></body></html>'
    assert entry(tmp_path, page).text == TEXT


@pytest.mark.parametrize("raw", ['<?xml version="1.0"?><urlset><url><loc>x</loc></url></urlset>', "", "words"])
def test_other_xml_is_refused(tmp_path: Path, raw: str) -> None:
    (error,) = read(tmp_path, raw)
    assert "neither a feed nor a page" in str(error)


def test_feed_without_entries_gives_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, RSS.format("")) == []


def test_entities_do_not_grow_without_end(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "word ">{entities}]>' + RSS.partition("?>")[2]
    found = read(tmp_path, bomb.format("<item><description>&a11;</description></item>"))
    assert all(isinstance(each, ReadError) or len(each.text) < 1000 for each in found)

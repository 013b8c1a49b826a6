import gzip
from dataclasses import replace

import pytest

import kg
from kg.errors import ReadError, UsageError
from kg.model import Article
from kg.read import Defaults, Web, articles
from tests.read.site import Page, Site, feed

TEXT = "Two rockets hit a warehouse in Odesa on Tuesday, the mayor said."
HTML = f"<html><body><p>{TEXT}</p></body></html>".encode()
EAGER = Web(pace=0)


def read(address: str, web: Web | None = EAGER) -> list[Article | ReadError]:
    return list(articles(address, web=web))


def test_page_is_an_article(site: Site) -> None:
    site.pages["/1"] = Page(HTML)
    (article,) = read(f"{site.address}/1")
    assert isinstance(article, Article)
    assert (article.text, article.url, article.id) == (TEXT, f"{site.address}/1", f"{site.address}/1")


def test_feed_is_an_article_an_entry(site: Site) -> None:
    found = read(feed(site, "/1", "/2"))
    assert [each.title for each in found if isinstance(each, Article)] == ["On /1", "On /2"]
    assert site.paths() == ["/robots.txt", "/feed"]


@pytest.mark.parametrize("media", ["text/html", "text/plain", "application/octet-stream", "text/xml"])
def test_feed_is_known_whatever_the_server_calls_it(site: Site, media: str) -> None:
    assert len(read(feed(site, "/1", "/2", media=media))) == 2


@pytest.mark.parametrize(
    ("path", "media", "body"),
    [
        ("/news.jsonl", "text/plain", f'{{"text": "{TEXT}"}}\n'.encode() * 2),
        ("/news.jsonl.gz", "application/gzip", gzip.compress(f'{{"text": "{TEXT}"}}\n'.encode() * 2)),
        ("/news?format=csv", "text/csv; charset=utf-8", f'title,text\n"A","{TEXT}"\n"B","{TEXT}"\n'.encode()),
        ("/news", "application/x-ndjson", f'{{"text": "{TEXT}"}}\n'.encode() * 2),
    ],
)
def test_file_of_another_form_is_read_by_its_name_or_type(site: Site, path: str, media: str, body: bytes) -> None:
    site.pages[path] = Page(body, media)
    assert [type(each) for each in read(site.address + path)] == [Article, Article]


def test_charset_of_the_answer_is_used(site: Site) -> None:
    body = HTML.replace(b"mayor", "mayor (мэр города)".encode("cp1251"))
    site.pages["/1"] = Page(body, "text/html; charset=windows-1251")
    (article,) = read(f"{site.address}/1")
    assert "(мэр города)" in article.text  # type: ignore[union-attr]


def test_it_says_who_asks(site: Site) -> None:
    site.pages["/1"] = Page(HTML)
    read(f"{site.address}/1", replace(EAGER, contact="desk@quay.example"))
    agents = {each.headers["user-agent"].rpartition(" ")[0] for each in site.asked}
    assert agents == {f"conflictkg/{kg.__version__} (desk@quay.example)"}


def test_contact_that_would_break_the_header_is_refused(site: Site) -> None:
    with pytest.raises(UsageError, match="a contact is an e-mail or web address"):
        read(f"{site.address}/1", replace(EAGER, contact="me\r\nCookie: x"))


@pytest.mark.parametrize(
    ("rules", "is_read"),
    [
        ("User-agent: *\nDisallow: /private\n", False),
        ("User-agent: conflictkg\nDisallow: /\n", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: conflictkg\nAllow: /\n", True),
        ("User-agent: other\nDisallow: /\n", True),
    ],
)
def test_robots_txt_is_obeyed(site: Site, rules: str, is_read: bool) -> None:
    site.pages |= {"/robots.txt": Page(rules.encode(), "text/plain"), "/private/1": Page(HTML)}
    (found,) = read(f"{site.address}/private/1")
    assert isinstance(found, Article) is is_read
    assert ("/private/1" in site.paths()) is is_read
    assert is_read or "robots.txt asks programs to leave it alone" in str(found)


def test_robots_txt_is_asked_for_once_a_host(site: Site) -> None:
    site.pages |= {"/1": Page(HTML), "/2": Page(HTML)}
    read(f"{site.address}/1")
    read(f"{site.address}/2")
    assert site.paths() == ["/robots.txt", "/1", "/2"]


def test_robots_txt_that_only_waits_for_repair_is_waited_for(site: Site) -> None:
    site.pages["/1"] = Page(HTML)
    site.troubles["/robots.txt"] = [Page(status=503)]
    (article,) = read(f"{site.address}/1")
    assert isinstance(article, Article)
    assert site.paths() == ["/robots.txt", "/robots.txt", "/1"]


def test_host_is_asked_no_faster_than_the_pace(site: Site) -> None:
    address = feed(site, "/1")
    site.pages["/1"] = Page(HTML)
    read(address, Web(pace=0.2, follow=True))
    times = [each.at for each in site.asked]
    assert [later - sooner >= 0.19 for sooner, later in zip(times, times[1:], strict=False)] == [True, True]


def test_crawl_delay_is_kept(site: Site) -> None:
    site.pages |= {"/robots.txt": Page(b"User-agent: *\nCrawl-delay: 0.3\n", "text/plain"), "/1": Page(HTML)}
    read(f"{site.address}/1")
    first, second = site.asked
    assert second.at - first.at >= 0.29


def test_crawl_delay_of_hours_is_not_waited_for(site: Site) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: 7200\n", "text/plain")
    (error,) = read(f"{site.address}/1")
    assert "asks for 7,200 seconds between requests" in str(error)


def test_429_is_waited_out(site: Site) -> None:
    site.pages["/1"] = Page(HTML)
    site.troubles["/1"] = [Page(status=429, headers={"Retry-After": "1"})]
    (article,) = read(f"{site.address}/1")
    assert isinstance(article, Article)
    _, first, second = site.asked
    assert second.at - first.at >= 0.99


def test_site_that_wants_an_hour_is_left_alone(site: Site) -> None:
    site.troubles["/1"] = [Page(status=503, headers={"Retry-After": "3600"})] * 2
    (error,) = read(f"{site.address}/1")
    assert "/1: answers 503 Service Unavailable (try again later)" in str(error)
    assert site.paths() == ["/robots.txt", "/1"]


def test_redirection_is_followed_and_its_end_is_the_address(site: Site) -> None:
    site.pages |= {"/old": Page(status=301, headers={"Location": "/new"}), "/new": Page(HTML)}
    (article,) = read(f"{site.address}/old")
    assert article.url == f"{site.address}/new"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("location", "problem"),
    [
        ("file:///etc/passwd", "file:///etc/passwd: no http or https address"),
        ("http://me:secret@127.0.0.1/", "no http or https address (give one, without a name or password)"),
        ("http://localhost:1/", "http://localhost:1/: a site leads to a private address"),
        ("http://169.254.169.254/", "http://169.254.169.254/: a site leads to a private address"),
        ("/loop", "leads on and on to other addresses"),
    ],
)
def test_redirection_elsewhere_is_refused(site: Site, location: str, problem: str) -> None:
    site.pages["/loop"] = Page(status=302, headers={"Location": location})
    (error,) = read(f"{site.address}/loop")
    assert problem in str(error)


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        (Page(status=404), "answers 404 Not Found (check the address)"),
        (Page(b""), "the file is empty"),
        (Page(b"%PDF-1.7", "application/pdf"), "this is a PDF"),
        (Page(b"<p>" + b"word " * 5_000_000), "longer than 1,000,000 characters"),
        (Page(HTML, headers={"Content-Length": "9999"}), "breaks off"),
        (Page(b"no gzip", headers={"Content-Encoding": "gzip"}), "breaks off"),
    ],
)
def test_bad_answer_is_told_with_the_address(site: Site, page: Page, problem: str) -> None:
    site.pages["/1"] = page
    (error,) = read(f"{site.address}/1")
    assert str(error).startswith(f"{site.address}/1: ")
    assert problem in str(error)


def test_lines_before_an_answer_breaks_off_are_read(site: Site) -> None:
    body = f'{{"text": "{TEXT}"}}\n'.encode() * 500
    site.pages["/news.jsonl"] = Page(body, "text/plain", headers={"Content-Length": str(len(body) + 1)})
    *found, error = read(f"{site.address}/news.jsonl")
    assert len(found) > 300
    assert "breaks off" in str(error)


def test_address_is_not_fetched_unless_that_is_wanted(site: Site) -> None:
    (error,) = read(f"{site.address}/1", None)
    assert "addresses are not fetched here" in str(error)
    assert site.asked == []


@pytest.mark.parametrize("address", ["http://", "https://exa mple.org/", "http://[::1", "http://x@127.0.0.1/"])
def test_address_without_sense_is_told(address: str) -> None:
    (error,) = read(address)
    assert isinstance(error, ReadError)


def test_title_for_a_feed_of_several_is_refused(site: Site) -> None:
    with pytest.raises(UsageError, match="--title"):
        articles(feed(site, "/1", "/2"), web=EAGER, defaults=Defaults(title="T"))

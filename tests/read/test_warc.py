import bz2
import gzip
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.model import Article
from kg.read import Document, articles, documents

BODY = b"<html><body><p>Two rockets hit a warehouse in Odesa on Tuesday, the mayor said. The roof fell in.</p></body>"
TEXT = "Two rockets hit a warehouse in Odesa on Tuesday, the mayor said. The roof fell in."
CAPTURED = datetime(2025, 6, 4, 9, 30, tzinfo=UTC)


def block(kind: str, url: str, content: bytes, *, media: str) -> bytes:
    """A record as it stands in an archive."""
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: 2025-06-04T09:30:00Z\r\nContent-Type: {media}\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def response(
    url: str, body: bytes = BODY, *, status: str = "200 OK", media: str = "text/html", more: str = ""
) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}\r\n"
    return block("response", url, head.encode() + body, media="application/http; msgtype=response")


INFO = block("warcinfo", "", b"software: by hand\r\n", media="application/warc-fields")
PAGES = [response(f"https://quay.example/{number}") for number in range(4)]
ADDRESSES = [f"https://quay.example/{number}" for number in range(4)]
PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "": lambda raw: raw, ".gz": gzip.compress, ".zst": zstd.compress, ".bz2": bz2.compress,
}  # fmt: skip


def split(
    tmp_path: Path, raw: bytes, *, name: str = "crawl.warc", max_size: int = 1_000_000
) -> list[Document | ReadError]:
    path = tmp_path / name
    path.write_bytes(raw)
    return list(documents(path, max_size=max_size))


def told(found: list[Document | ReadError]) -> list[str]:
    """The address of each page, and 'damaged' for each error."""
    return [each.known.url if isinstance(each, Document) else "damaged" for each in found]


@pytest.mark.parametrize("suffix", PACKINGS)
@pytest.mark.parametrize("by_record", [True, False])
def test_pages_are_read_however_they_are_packed(tmp_path: Path, suffix: str, by_record: bool) -> None:
    records = [INFO, *PAGES]
    pack = PACKINGS[suffix]
    raw = b"".join(map(pack, records)) if by_record else pack(b"".join(records))
    assert told(split(tmp_path, raw, name=f"crawl.warc{suffix}")) == ADDRESSES


def test_page_is_an_article_with_its_address(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(INFO + PAGES[0])
    (article,) = articles(path)
    assert isinstance(article, Article)
    assert (article.text, article.url, article.id) == (TEXT, ADDRESSES[0], ADDRESSES[0])


def test_capture_is_the_publication_only_where_the_page_tells_none(tmp_path: Path) -> None:
    dated = BODY.replace(b"<body>", b"<head><meta property='article:published_time' content='2025-06-03'></head><body>")
    path = tmp_path / "crawl.warc"
    path.write_bytes(response("https://quay.example/dated", dated) + PAGES[0])
    published = [article.published for article in articles(path) if isinstance(article, Article)]
    assert published == [date(2025, 6, 3), CAPTURED]


def test_text_made_of_a_page_is_read(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.wet"
    path.write_bytes(block("conversion", ADDRESSES[0], TEXT.encode(), media="text/plain"))
    (article,) = articles(path)
    assert isinstance(article, Article)
    assert (article.text, article.url) == (TEXT, ADDRESSES[0])


@pytest.mark.parametrize(
    "record",
    [
        response("https://quay.example/gone", status="404 Not Found"),
        response("https://quay.example/moved", status="301 Moved Permanently", more="Location: /\r\n"),
        response("https://quay.example/a.png", b"\x89PNG", media="image/png"),
        response("https://quay.example/robots.txt", b"User-agent: *", media="text/plain"),
        block("request", "https://quay.example/", b"GET / HTTP/1.1\r\n\r\n", media="application/http; msgtype=request"),
        block("response", "dns:quay.example", b"quay.example. A 1.2.3.4", media="text/dns"),
        block("revisit", "https://quay.example/", b"HTTP/1.1 200 OK\r\n\r\n", media="application/http"),
    ],
)
def test_what_is_no_page_is_passed_over(tmp_path: Path, record: bytes) -> None:
    assert told(split(tmp_path, record + PAGES[0])) == ADDRESSES[:1]


def test_archive_without_pages_says_so(tmp_path: Path) -> None:
    (error,) = split(tmp_path, INFO)
    assert "no page and no text in this archive" in str(error)


CHUNKED = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (30, BODY[:30], len(BODY) - 30, BODY[30:])


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (CHUNKED, "Transfer-Encoding: chunked\r\n"),
        (gzip.compress(BODY), "Content-Encoding: gzip\r\n"),
        (zlib.compress(BODY), "Content-Encoding: deflate\r\n"),
        (BODY, "Content-Encoding: br\r\nTransfer-Encoding: chunked\r\n"),
    ],
)
def test_codings_of_a_page_are_undone_where_they_are_still_on(tmp_path: Path, body: bytes, more: str) -> None:
    (page,) = split(tmp_path, response("https://quay.example/", body, more=more))
    assert isinstance(page, Document)
    assert page.raw == BODY


def test_charset_of_the_answer_is_used(tmp_path: Path) -> None:
    body = BODY.replace(b"mayor", "mayor (мэр города)".encode("cp1251"))
    path = tmp_path / "crawl.warc"
    path.write_bytes(response("https://quay.example/", body, media="text/html; charset=windows-1251"))
    (article,) = articles(path)
    assert "(мэр города)" in article.text  # type: ignore[union-attr]


@pytest.mark.parametrize("body", [b"<p>" + b"word " * 500, gzip.compress(b"<p>" + b"word " * 500_000)])
def test_page_that_is_too_long_is_refused_and_the_next_is_read(tmp_path: Path, body: bytes) -> None:
    more = "Content-Encoding: gzip\r\n" if body[:1] != b"<" else ""
    error, page = split(tmp_path, response("https://quay.example/long", body, more=more) + PAGES[0], max_size=100)
    assert "record 1: longer than 100 characters" in str(error)
    assert isinstance(page, Document)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"WARC/1.1", b"WRAC/1.1"),
        (b"Content-Length: ", b"Content-Length: x"),
        (b"HTTP/1.1 200 OK", b"nothing"),
        (b"Content-Length: 1", b"Content-Length: 9"),
    ],
)
@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_broken_record_is_told_once_and_the_rest_is_read(
    tmp_path: Path, suffix: str, right: bytes, wrong: bytes
) -> None:
    records = [INFO, PAGES[0], PAGES[1].replace(right, wrong, 1), *PAGES[2:]]
    found = told(split(tmp_path, b"".join(map(PACKINGS[suffix], records)), name=f"crawl.warc{suffix}"))
    assert found.count("damaged") == 1
    assert [each for each in found if each != "damaged"] == [ADDRESSES[0], *ADDRESSES[2:]]


def test_damaged_bytes_of_a_gzip_member_cost_only_its_record(tmp_path: Path) -> None:
    packed = [gzip.compress(record) for record in PAGES]
    packed[1] = packed[1][:60] + bytes(8) + packed[1][68:]
    found = told(split(tmp_path, b"".join(packed), name="crawl.warc.gz"))
    assert found == [ADDRESSES[0], "damaged", *ADDRESSES[2:]]


def test_damaged_zstandard_gives_what_came_before_and_says_that_the_rest_is_lost(tmp_path: Path) -> None:
    packed = [zstd.compress(record) for record in PAGES]
    packed[1] = packed[1][:30] + bytes(8) + packed[1][38:]
    page, error = split(tmp_path, b"".join(packed), name="crawl.warc.zst")
    assert isinstance(page, Document)
    assert "the rest is lost" in str(error)


@pytest.mark.parametrize("by_record", [True, False])
@pytest.mark.parametrize("suffix", PACKINGS)
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0.01, 0.99))
def test_archive_that_breaks_off_anywhere_gives_what_came_before_and_one_error(
    tmp_path: Path, suffix: str, by_record: bool, share: float
) -> None:
    pack = PACKINGS[suffix]
    parts = [pack(page) for page in PAGES] if by_record else [pack(b"".join(PAGES))]
    raw = b"".join(parts)
    cut = max(1, int(len(raw) * share))
    # A file that ends between two records can't be told from a whole one.
    ends = {sum(map(len, parts[:number])) for number in range(len(parts))}
    ends |= {sum(map(len, PAGES[:number])) for number in range(len(PAGES))} if not suffix else set()
    found = told(split(tmp_path, raw[: cut + (cut in ends)], name=f"crawl.warc{suffix}"))
    assert found == [*ADDRESSES[: len(found) - 1], "damaged"]


@settings(deadline=None, max_examples=100)
@given(places=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=5))
def test_any_damage_gives_documents_or_errors(
    tmp_path_factory: pytest.TempPathFactory, places: list[tuple[int, int]]
) -> None:
    for suffix in ("", ".gz", ".zst"):
        raw = bytearray(b"".join(map(PACKINGS[suffix], PAGES)))
        for place, value in places:
            raw[place % len(raw)] = value
        path = tmp_path_factory.getbasetemp() / f"damaged.warc{suffix}"
        path.write_bytes(raw)
        assert all(isinstance(each, Document | ReadError) for each in documents(path))


@pytest.mark.parametrize("suffix", PACKINGS)
def test_archive_is_read_from_a_pipe(suffix: str) -> None:
    script = "from kg.read import documents\nfor each in documents('-'): print(each.known.url)"
    raw = b"".join(map(PACKINGS[suffix], PAGES))
    done = subprocess.run([sys.executable, "-c", script], input=raw, capture_output=True, check=True)
    assert done.stdout.decode().split() == ADDRESSES

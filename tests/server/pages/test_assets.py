"""What pages load: made small, kept by the browser, and asked anew when it changes."""

import gzip
import re

import httpx


def test_asset_has_a_version_and_is_kept(pages: httpx.Client) -> None:
    (address,) = re.findall(r'href="(/static/style\.css\?v=[0-9a-f]{12})"', pages.get("/").text)
    answer = pages.get(address, headers={"Accept-Encoding": "identity"})
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Content-Encoding" not in answer.headers
    assert "immutable" not in pages.get("/static/style.css").headers["Cache-Control"]


def test_answer_is_zipped_where_that_is_wanted(pages: httpx.Client) -> None:
    plain = pages.get("/static/style.css", headers={"Accept-Encoding": "identity"})
    with pages.stream("GET", "/static/style.css", headers={"Accept-Encoding": "gzip"}) as answer:
        body = b"".join(answer.iter_raw())
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(body) < len(plain.content) / 2
    assert gzip.decompress(body) == plain.content
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_zipped_answer_is_told_to_be_the_same(pages: httpx.Client) -> None:
    tag = pages.get("/static/style.css").headers["ETag"]
    assert pages.get("/static/style.css", headers={"If-None-Match": tag}).status_code == 304

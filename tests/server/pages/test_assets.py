"""What pages load: made small, kept by the browser, and asked anew when it changes."""

import gzip
import re

import httpx
import pytest
from playwright.sync_api import Browser

from tests.server.browsing import NEEDS
from tests.server.serving import Served


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


class TestInBrowser:
    pytestmark = NEEDS

    @pytest.mark.parametrize("address", ["/", "/search?q=kyiv", "/export"])
    def test_first_page_is_small_on_the_wire(self, browser: Browser, demo: Served, address: str) -> None:
        context = browser.new_context(base_url=demo.address)
        page, sent = context.new_page(), []
        page.on("requestfinished", lambda request: sent.append(request))
        page.goto(address, wait_until="networkidle")
        sizes = {request.url: request.sizes()["responseBodySize"] for request in sent}
        context.close()
        assert len(sizes) > 2, "the page loads a style sheet and an icon at least"
        assert sum(sizes.values()) < 150_000, sizes

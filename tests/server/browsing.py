"""A real browser: what it needs, the windows that pages are looked at in, and pages that may log no error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
VENDOR = Path(__file__).parents[2] / "server" / "static" / "vendor" / "built-from.txt"
SLOW = 30_000  # milliseconds, for a machine that does much else
VIEWS = ("light", "dark", "phone")
NEEDS = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium at /usr/bin/chromium"),
    pytest.mark.skipif(not VENDOR.exists(), reason="needs the front end: python hatch_build.py"),
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, without a window."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
        yield browser
        browser.close()


@contextmanager
def watched(browser: Browser, address: str, view: str = "light", **options: object) -> Iterator[Page]:
    """A page that must log no error and call nobody but the server; it fails the test if it does."""
    phone = view == "phone"
    context = browser.new_context(
        color_scheme="dark" if view == "dark" else "light",
        viewport={"width": 390, "height": 800} if phone else {"width": 1280, "height": 900},
        base_url=address,
        **options,
    )
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "request",
        lambda sent: None if sent.url.startswith((address, "data:", "blob:")) else problems.append(sent.url),
    )
    yield page
    context.close()
    assert problems == []


def fits(page: Page) -> bool:
    """Whether the page is no wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))

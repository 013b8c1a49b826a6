"""The commands that change a store bring its incidents up to date: build, watch, remove and link."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.rdf import PREFIXES
from kg.store import Store, open_store
from tests.cli.conftest import Kg
from tests.oxigraph import served

TEXTS = {
    "quay": "Guns of the army shelled the grain harbour of Odesa on Monday, killing 31 people, the governor said.",
    "pier": "At least 31 people were killed when guns shelled the grain harbour of Odesa on Monday, the mayor said.",
    "mole": "Protesters marched through Nairobi on Monday, and police held forty of them.",
}
TOLD = f"""SELECT ?id ?incident {{
  ?event <{PREFIXES["ckg"]}incident> ?incident ; <{PREFIXES["ckg"]}trigger>/<{PREFIXES["ckg"]}inArticle> ?article .
  ?article <{PREFIXES["dcterms"]}identifier> ?id }}"""


def written(path: Path, texts: Mapping[str, str]) -> Path:
    path.mkdir(exist_ok=True)
    for id, text in texts.items():
        record = {
            "id": id,
            "title": f"News of the {id}",
            "published": "2025-06-03",
            "outlet": f"The {id}",
            "text": text,
        }
        (path / f"{id}.jsonl").write_text(json.dumps(record) + "\n", "utf8")
    return path


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of three articles, two of which tell of one happening."""
    return written(tmp_path / "news", TEXTS)


def told(where: Path | str | Store) -> list[list[str]]:
    """The articles that tell of each incident, of those that several tell of."""
    if isinstance(where, Path | str):
        with open_store(where, read_only=True) as store:
            return told(store)
    by_incident: dict[str, set[str]] = {}
    for row in where.query(TOLD).rows():
        id, incident = (str(getattr(row[name], "value", "")) for name in ("id", "incident"))
        by_incident.setdefault(incident, set()).add(id)
    return sorted(sorted(ids) for ids in by_incident.values() if len(ids) > 1)


def derived(where: Path) -> list[str]:
    with open_store(where, read_only=True) as store:
        return [graph for graph in store.graphs() if "/incidents/" in graph]


def test_build_ends_with_incidents(kg: Kg, news: Path, tmp_path: Path) -> None:
    result = kg("build", news, "--store", tmp_path / "store")
    assert result.exit_code == 0
    assert ", 1 of them told by several articles, " in result.stdout.splitlines()[-1]
    assert told(tmp_path / "store") == [["pier", "quay"]]
    again = json.loads(kg("build", news, "--store", tmp_path / "store", "--format", "json").stdout)
    assert (again["skipped"], again["incidents_of_several_articles"]) == (3, 1)


def test_build_with_no_merge_leaves_them_as_they_are(kg: Kg, news: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    result = kg("build", news, "--store", store, "--no-merge", "--format", "json")
    assert "incidents" not in json.loads(result.stdout)
    assert derived(store) == []
    kg("merge", "run", "--store", store)
    assert told(store) == [["pier", "quay"]]


def test_articles_that_come_change_and_go_are_followed(kg: Kg, news: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    kg("build", news / "quay.jsonl", news / "mole.jsonl", "--store", store)
    assert told(store) == []
    kg("build", news, "--store", store)
    assert told(store) == [["pier", "quay"]]
    written(news, {"pier": TEXTS["pier"].replace("Odesa", "Kharkiv")})
    kg("build", news, "--store", store)
    assert told(store) == []
    written(news, {"pier": TEXTS["pier"]})
    kg("build", news, "--store", store)
    assert told(store) == [["pier", "quay"]]
    assert kg("remove", "quay", "--store", store).exit_code == 0
    assert told(store) == []
    with open_store(store, read_only=True) as opened:
        left = b"".join(opened.dump())
    kg("merge", "run", "--anew", "--store", store)
    with open_store(store, read_only=True) as opened:
        assert b"".join(opened.dump()) == left


def test_what_is_linked_otherwise_is_brought_together_otherwise(kg: Kg, news: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    kg("build", news, "--store", store)
    kg("link", "pin", "Odesa", "Q42168", "--article", "pier", "--store", store)
    assert told(store) == []
    kg("link", "undo", "1", "--store", store)
    assert told(store) == [["pier", "quay"]]


def test_a_build_on_a_server_leaves_it_to_merge_run(kg: Kg, news: Path) -> None:
    with served() as port:
        address = f"sparql+http://127.0.0.1:{port}/query"
        result = kg("build", news, "--store", address)
        assert "told by several articles" not in result.stdout
        assert told(address) == []
        result = kg("merge", "run", "--store", address)
        assert result.stdout.startswith("3 articles new or changed, 0 gone: ")
        assert told(address) == [["pier", "quay"]]
        events = json.loads(kg("query", "SELECT ?e { ?e a ckg:Event }", "--store", address, "--format", "json").stdout)
        one, other = (each["e"]["value"] for each in events["results"]["bindings"][:2])
        result = kg("merge", "judge", one, other, "different", "--store", address, "--who", "ana")
        assert result.stdout.endswith("\n`kg merge run` brings the incidents up to date with it\n")
        assert kg("remove", "pier", "--store", address).exit_code == 0
        assert kg("merge", "run", "--store", address).exit_code == 0
        assert told(address) == []


def test_watch_keeps_them_up_to_date(tmp_path: Path) -> None:
    inbox = written(tmp_path / "inbox", {"quay": TEXTS["quay"]})
    command = [sys.executable, "-m", "kg.cli", "watch", str(inbox), "--store", str(tmp_path / "store")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            if ": 1 event" in line:
                break
        written(inbox, {"pier": TEXTS["pier"]})
        until = time.monotonic() + 60
        while told(tmp_path / "store") != [["pier", "quay"]] and time.monotonic() < until:
            time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        process.communicate()
    assert process.returncode == 0
    assert told(tmp_path / "store") == [["pier", "quay"]]

"""`kg merge review` lists what is not sure, and asks about it on a terminal."""

import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kg.merge import judgements, merge
from kg.store import open_store
from tests.cli.conftest import Kg
from tests.merge.world import DAY, Told, Toll, article, clusters, event, put

SHELLED = Told(
    "Guns shelled the grain harbour of Aster, killing 31.", actors=("River Front",), targets=("villagers",),
    tolls=(Toll(low=31),),
)  # fmt: skip
VAGUE = Told("Fire was opened near the coast.", "Fire", "ArmedAttack", places=("Upshire",))
ASKED = "One happening? y yes, n no, u can't be said, s skip, q end "


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with pairs of events that are not sure."""
    where = tmp_path_factory.mktemp("merged") / "store"
    with open_store(where) as store:
        put(
            store,
            article("a", SHELLED, title="[b]Guns[/b] at the harbour"),
            article("b", VAGUE, outlet="The Pier", title="Fire"),
            article(
                "c", replace(VAGUE, places=("Aster",), targets=("villagers",)), outlet="The Mole", title="More fire"
            ),
            article("d", replace(VAGUE, start=DAY - timedelta(1)), outlet="The Mole", title="Fire at night"),
        )
        merge(store)
    return where


@pytest.fixture
def where(merged: Path, tmp_path: Path) -> Path:
    """A test's own copy of that store."""
    return Path(shutil.copytree(merged, tmp_path / "store"))


def test_json_lists_the_pairs_with_all_that_tells_them_apart(kg: Kg, merged: Path) -> None:
    pairs = json.loads(kg("merge", "review", "--store", merged, "--format", "json").stdout)
    assert len(pairs) > 2
    assert all(0 < pair["probability"] < 1 for pair in pairs)
    first = next(side for pair in pairs for side in (pair["one"], pair["other"]) if side["event"] == event("a-0"))
    assert first == {
        "article": "[b]Guns[/b] at the harbour",
        "outlet": "The Quay, 2025-06-02",
        "what": "Shelling (shelled)",
        "who": "River Front",
        "whom": "villagers",
        "where": "Aster",
        "when": "2025-06-02",
        "numbers": "killed 31– people",
        "sentence": SHELLED.sentence,
        "event": event("a-0"),
    }
    assert {pair["why"] for pair in pairs} <= {"told as one", "told apart"}
    limited = json.loads(kg("merge", "review", "--store", merged, "--format", "json", "--limit", "1").stdout)
    assert limited == pairs[:1]


def test_text_shows_the_pairs_side_by_side_and_asks_nothing(kg: Kg, merged: Path) -> None:
    result = kg("merge", "review", "--store", merged)
    assert result.exit_code == 0
    assert re.match(r"1 of \d+: \d+% one happening \(told ", result.stdout)
    assert "[b]Guns[/b] at the harbour" in result.stdout
    assert ASKED not in result.stdout
    assert kg("merge", "review", "--store", merged, "--format", "text").stdout == result.stdout


def test_nothing_to_settle(kg: Kg, tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        put(store, article("a", SHELLED))
        merge(store)
    assert kg("merge", "review", "--store", tmp_path / "store").stdout == "there is nothing to settle\n"
    assert kg("merge", "review", "--store", tmp_path / "store", "--format", "json").stdout == "[]\n"


def answered(where: Path, keys: Sequence[str]) -> tuple[int, str]:
    """The exit code, and what stands on the terminal after these keys were pressed, one at each question."""
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "kg.cli", "merge", "review", "--store", str(where), "--who", "ana"]
    with subprocess.Popen(command, stdin=end, stdout=end, stderr=end, start_new_session=True) as process:
        os.close(end)
        seen, asked = "", 0
        while select.select([terminal], [], [], 30)[0]:
            try:
                seen += os.read(terminal, 4096).decode(errors="replace")
            except OSError:  # the program has ended
                break
            if seen.count(ASKED) > asked and asked < len(keys):
                for key in keys[asked]:
                    _await_key(terminal)
                    os.write(terminal, key.encode())
                    time.sleep(0.3)
                asked += 1
        os.close(terminal)
    return process.returncode, seen.replace("\r\n", "\n")


def _await_key(terminal: int) -> None:
    """Waits until the program reads single keys; what was typed before it would be lost."""
    for _ in range(1000):
        if not termios.tcgetattr(terminal)[3] & termios.ICANON:
            return
        time.sleep(0.01)


def verbs(where: Path) -> list[str]:
    with open_store(where, read_only=True) as store:
        return [each.verb for each in judgements(store) if each.who == "ana"]


def test_keys_answer_and_q_ends(where: Path) -> None:
    code, seen = answered(where, ["y", "N", "u", "q"])
    assert (code, verbs(where)) == (0, ["same", "different", "unsure"])
    assert "3 judgements recorded\n" in seen
    with open_store(where, read_only=True) as store:
        first = judgements(store)[0]
        assert any({event_id(first.one), event_id(first.other)} <= set(each) for each in clusters(store))


def event_id(iri: str) -> str:
    return iri.rpartition("/")[2]


def test_what_is_skipped_is_asked_again_and_other_keys_say_nothing(where: Path) -> None:
    code, seen = answered(where, ["s", "xn", "\x03"])
    assert (code, verbs(where)) == (0, ["different"])
    assert "1 judgement recorded\n" in seen
    first = seen.partition("\n")[0].partition(": ")[2]
    code, seen = answered(where, ["q"])
    assert (code, verbs(where)) == (0, ["different"])
    assert seen.partition("\n")[0].partition(": ")[2] == first
    assert "recorded" not in seen

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import Kg

STORY = (
    "Rockets hit a warehouse in Odesa\n\nPublished: 3 June 2025\n\n"
    "Two rockets struck a warehouse in the port of Odesa on Tuesday, Mayor Hennadii Trukhanov said. "
    "At least three workers were killed, according to the mayor."
)
PAGE = "<html><head><title>Rockets hit Odesa</title></head><body><div><p>Two rockets struck Odesa on Tuesday.<div><b>"


def articles(kg: Kg, where: Path) -> list[str]:
    return kg("stats", "--articles", "--store", where).stdout.splitlines()


def test_build_then_show(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    where = tmp_path / "store"
    result = kg("build", tmp_path / "story.txt", "--id", "odesa", "--store", where)
    assert result.exit_code == 0, result.output
    assert "What was found" in result.stdout
    assert "1 article read: " in result.stdout
    told = json.loads(kg("show", "odesa", "--store", where, "--format", "json").stdout)
    assert any(claim.get("low") == 3 and claim["measure"] == "Killed" for e in told["events"] for claim in e["claims"])
    assert kg("validate", "--store", where).exit_code == 0


def test_same_article_again_leaves_the_same_bytes(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    where = tmp_path / "store"
    exports = []
    for _ in range(2):
        kg("build", tmp_path / "story.txt", "--store", where)
        exports.append(kg("export", "--store", where).stdout_bytes)
    assert exports[0] == exports[1] != b""


BAD = {
    "empty.txt": (b"", "the file is empty"),
    "binary.txt": (bytes(range(256)) * 20, "binary, not text"),
    "paper.txt": (b"%PDF-1.7 ...", "this is a PDF, not text (turn it into text first, e.g. with pdftotext)"),
    "encoding.txt": (
        "“Rockets” hit the mayor’s house.\n".encode() + b"caf\xe9",
        "line 2 is not (save it again as UTF-8)",
    ),
    "long.txt": (b"word " * 1_048_576, "longer than 1,000,000 characters (split it"),
    "lines.jsonl": (b'{"text": "Two rockets hit Odesa."}\n{"text": \n', "lines.jsonl, line 2: not JSON at column 9"),
    "deutsch.txt": (
        "Zwei Raketen trafen am Dienstag ein Lagerhaus in Odessa, sagte der Bürgermeister.".encode(),
        "the text is in another language (de) (only English is read; --language en forces it)",
    ),
    "none.html": (b"<html><script>x()</script></html>", "no text of an article"),
}


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """`kg build` of a folder with every kind of bad article, one with broken HTML, one without a date, and one good."""
    folder = tmp_path_factory.mktemp("bad")
    for name, (raw, _) in BAD.items():
        (folder / name).write_bytes(raw)
    (folder / "good.txt").write_text(STORY)
    (folder / "broken.html").write_text(PAGE)
    (folder / "dateless.txt").write_text("Two rockets struck a warehouse in Odesa, the mayor said.")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    command = [sys.executable, "-m", "kg.cli", "build", str(folder), "--store", str(folder.parent / "store")]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.mark.parametrize("name", BAD)
def test_bad_article_is_named_with_its_problem(bad: subprocess.CompletedProcess[str], name: str) -> None:
    (line,) = [line for line in bad.stderr.splitlines() if line.startswith("failed: ") and name in line]
    assert BAD[name][1] in line


def test_bad_articles_stop_nothing_else(bad: subprocess.CompletedProcess[str]) -> None:
    assert bad.returncode == 1
    assert f"4 articles read, {len(BAD)} failed ({len(BAD)} can't be read): " in bad.stdout
    assert "Traceback" not in bad.stderr


def test_missing_date_and_unknown_kind_are_warned_of(bad: subprocess.CompletedProcess[str]) -> None:
    assert sum("no publication date" in line for line in bad.stderr.splitlines()) == 3
    assert "1 file passed over, of unknown kind (.png)" in bad.stderr


def test_stdin_and_fields_from_the_command_line(kg: Kg, tmp_path: Path) -> None:
    where = tmp_path / "store"
    fields = ["--title", "T", "--outlet", "The Quay", "--published", "2025-06-03", "--url", "https://quay.example/1"]
    result = kg("build", "-", "--id", "a", *fields, "--store", where, input="Two rockets struck Odesa on Tuesday.")
    assert result.exit_code == 0, result.output
    told = json.loads(kg("show", "a", "--store", where, "--format", "json").stdout)
    assert (told["title"], told["outlet"], told["published"], told["url"]) == (
        "T", "The Quay", "2025-06-03", "https://quay.example/1",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (["--published", "soon"], "'soon' is no time; write it like 2025-06-02"),
        (["--min-confidence", "2"], "--min-confidence"),
        (["--base", "nowhere"], "'nowhere' can't be a base"),
        (["--id", "x", "-"], "--id belongs to one article"),
    ],
)
def test_wrong_option_is_told_and_exit_2(kg: Kg, tmp_path: Path, args: list[str], problem: str) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    result = kg("build", tmp_path / "story.txt", *args, "--store", tmp_path / "store")
    assert result.exit_code == 2
    assert problem in result.stderr


def test_folder_that_is_no_store_is_left_alone(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    result = kg("build", tmp_path / "story.txt", "--store", tmp_path)
    assert result.exit_code == 1
    assert "is no store" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["story.txt"]


def test_explanation_names_the_trigger_and_the_path_of_each_role(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    kg("build", tmp_path / "story.txt", "--id", "odesa", "--store", tmp_path / "store")
    told = kg("show", "odesa", "--explain", "--store", tmp_path / "store").stdout
    assert "'strike'" in told
    assert "place 'Odesa' by" in told
    assert "no rule is recorded" not in told


def test_nothing_read_is_said_in_few_words(kg: Kg, tmp_path: Path) -> None:
    result = kg("build", tmp_path / "none.txt", "--store", tmp_path / "store")
    assert result.exit_code == 1
    assert result.stdout == "no article read, 1 failed (1 can't be read)\n"


def test_text_can_be_left_out(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    kg("build", tmp_path / "story.txt", "--no-text", "--store", tmp_path / "store")
    query = ["query", "ASK { ?article ckg:text ?text }", "--store", tmp_path / "store"]
    assert kg(*query).stdout == "no\n"


def test_interrupt_keeps_what_was_read(kg: Kg, tmp_path: Path) -> None:
    where = tmp_path / "store"
    command = [sys.executable, "-m", "kg.cli", "build", "-", "--store", str(where)]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A job in the background of a shell is started with this signal ignored, and its children too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stdin
    # A pipe holds 64 KiB: once all this is written, most of it has been read.
    for number in range(30):
        record = {"id": str(number), "text": STORY, "published": "2025-06-03", "unused": "x" * 8000}
        process.stdin.write(json.dumps(record).encode() + b"\n")
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 130, stderr
    assert b"Traceback" not in stderr
    kept = int(stdout.rpartition(b"Stopped early: ")[2].split()[0])
    assert len(articles(kg, where)) == kept > 0


def test_demo_builds_and_serves(tmp_path: Path) -> None:
    command = [sys.executable, "-u", "-m", "kg.cli", "demo", "--port", "0", "--store", str(tmp_path / "store")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"})
    assert process.stdout
    try:
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith("Open http"):
                break
        address = lines[-1].split()[1]
        asked = {"query": "ASK { ?claim a <https://w3id.org/conflictkg/ns#CountClaim> }"}
        answer = httpx.get(f"{address}sparql", params=asked, headers={"accept": "application/sparql-results+json"})
        assert answer.json()["boolean"] is True
        assert any("10 articles read" in line for line in lines), lines
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        process.stdout.close()

"""README.md as what it lets its reader do: its code blocks, each run as it stands there.

`python -m tests.readme` writes into README.md what its commands print now.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```(\w+)( output)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, its text, and where that stands in README.md. `output` is what a command prints."""

    language: str
    output: bool
    text: str
    start: int
    end: int

    @property
    def commands(self) -> list[str]:
        """The lines of a shell block."""
        return self.text.splitlines()


@dataclass(frozen=True, slots=True)
class Run:
    """A command that was run, with its end and what it printed."""

    command: str
    code: int
    stdout: str
    stderr: str


def blocks() -> list[Block]:
    """All fenced blocks of README.md in their order."""
    found = BLOCK.finditer(README.read_text("utf8"))
    return [Block(match[1], bool(match[2]), match[3], match.start(3), match.end(3)) for match in found]


def shell() -> list[Block]:
    """The shell blocks that are run on a store: all but the installation, servers and the network."""
    apart = ("python3 ", "pip ", "kg serve", "curl ", "kg gazetteer build")
    found = [block for block in blocks() if block.language == "sh" and not block.text.startswith(apart)]
    return [block for block in found if "--allow-service" not in block.text]


def outputs() -> Iterator[tuple[Block, Block]]:
    """Each block of output, after the shell block whose last command prints it."""
    last: Block | None = None
    for block in blocks():
        if block.output:
            assert last is not None
            yield last, block
        if block.language == "sh":
            last = block


def run_all(folder: Path) -> dict[str, Run]:
    """Runs the demo and then each command of `shell()` in the folder, as a reader would, and gives what happened."""
    program = folder / "bin" / "kg"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg.cli "$@"\n')
    program.chmod(0o755)
    place = folder / "reader"
    place.mkdir()
    environment = {name: value for name, value in os.environ.items() if name not in ("KG_STORE", "KG_TRACE", "COLUMNS")}
    environment |= {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    runs = {}
    for command in ["kg demo --no-serve", *(line for block in shell() for line in block.commands)]:
        done = subprocess.run(
            ["bash", "-c", command], cwd=place, env=environment, capture_output=True, text=True, timeout=120
        )
        runs[command] = Run(command, done.returncode, done.stdout, done.stderr)
    return runs


def refresh() -> None:
    """Writes the outputs anew. Raises SystemExit with a command's words where one fails."""
    with tempfile.TemporaryDirectory() as folder:
        runs = run_all(Path(folder))
    text = README.read_text("utf8")
    for command, output in reversed(list(outputs())):
        run = runs[command.commands[-1]]
        if run.code:
            sys.exit(f"{run.command}: {run.stderr}")
        text = text[: output.start] + run.stdout + text[output.end :]
    README.write_text(text, "utf8")


if __name__ == "__main__":
    refresh()

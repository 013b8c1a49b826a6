"""The same articles give the same extractions, whatever order Python's sets have in a process."""

import os
import subprocess
import sys

SCRIPT = """
from kg.demo import corpus
from kg.extract import extract_all
from kg.read import articles
for found in extract_all(articles(corpus())):
    print(repr(found))
"""


def test_hash_seed_changes_nothing() -> None:
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf8"},
            stdout=subprocess.PIPE,
            encoding="utf8",
        )
        for seed in ("1", "2")
    ]
    first, second = (run.communicate()[0].splitlines() for run in runs)
    assert [run.returncode for run in runs] == [0, 0]
    assert len(first) >= 10
    assert first == second

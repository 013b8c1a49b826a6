"""The same articles give the same extractions, whatever order Python's sets have in a process."""

import os
import subprocess
import sys

SCRIPT = """
import hashlib
from kg.demo import corpus
from kg.extract import extract_all
from kg.read import articles
for found in extract_all(articles(corpus())):
    print(hashlib.sha256(repr(found).encode()).hexdigest())
"""


def test_hash_seed_changes_nothing() -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    ]
    assert runs[0].count(b"\n") >= 10
    assert runs[0] == runs[1] == runs[2]

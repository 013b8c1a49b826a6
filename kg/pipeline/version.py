"""Which state of the program makes graphs: articles are read anew when it is another."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import kg
import ontology

MAKERS = ("copies", "extract", "link", "names", "rdf")
"""The rooms of `kg` on which an article's graph depends, once it has been parsed."""

KNOWLEDGE = {".py", ".toml", ".tsv", ".ttl"}


@cache
def version() -> str:
    """A digest of the code and the tables that make graphs; the shipped gazetteer, which has a version, left out."""
    rooms = [Path(kg.__file__).parent / name for name in MAKERS]
    files = [path for room in rooms for path in room.rglob("*") if "starter" not in path.parts]
    files += [Path(kg.__file__).parent / "model.py", *Path(ontology.__file__).parent.iterdir()]
    found = hashlib.sha256(kg.__version__.encode())
    for path in sorted(path for path in files if path.suffix in KNOWLEDGE):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]

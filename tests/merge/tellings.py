"""Tellings and claims made by hand, with as little as a test needs."""

from __future__ import annotations

from datetime import date
from typing import Any

from kg.merge.telling import Party, Telling, Word
from tests.merge.world import DAY


def word(iri: str, count: int | None = None, *, by: str = "mayor", **fields: Any) -> Word:
    """A claim, by default that a number of people were killed."""
    plain = {"factuality": "Asserted", "measure": "Killed", "counted": "People", "count": count}
    return Word(iri, (by,), **plain | fields)


def telling(article: str, *claims: Word, issued: date | None = DAY, **fields: Any) -> Telling:
    """An article's event: shelling on a day in June."""
    plain: dict[str, Any] = {
        "iri": f"https://e.org/id/event/{article}", "graph": f"https://e.org/graph/{article}", "article": article,
        "source": article, "outlet": "quay", "issued": issued, "title": "", "type": "Shelling", "trigger": "shelled",
        "at": 0, "start": DAY, "end": DAY, "precision": "Day", "actors": (), "targets": (), "places": (),
        "mediators": (), "weapons": (), "claims": claims, "words": frozenset(),
    }  # fmt: skip
    return Telling(**plain | fields)


def place(name: str, *around: str, **fields: Any) -> Party:
    """A town, unless `kind` says otherwise."""
    return Party(f"https://e.org/id/entity/{name}", name, name, **{"kind": "Place", "around": around} | fields)

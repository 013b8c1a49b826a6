"""Answers kept for as long as the store does not change, the least lately asked going first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

# What gives another answer each time; a text or a name may hold it too, which costs only that the answer isn't kept.
FICKLE = ("rand", "now", "uuid", "bnode", "service")
SHARE = 16


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer, and the version of the store that gave it."""

    version: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def is_steady(query: str) -> bool:
    """Whether the query has the same answer as long as the store is the same, for all that can be seen at a glance."""
    lower = query.lower()
    return not any(word in lower for word in FICKLE)


class Cache:
    """Answers by what was asked. One that is larger than a SHARE of the whole is not kept."""

    def __init__(self, size: int) -> None:
        self.most, self.size = size, 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()

    def get(self, key: Hashable, version: int) -> Kept | None:
        """The answer that this version of the store gave."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        if kept.version != version:
            self._drop(key)
            return None
        self._kept.move_to_end(key)
        return kept

    def put(self, key: Hashable, kept: Kept) -> None:
        """Keeps an answer in place of any other to the same question."""
        if len(kept.body) * SHARE > self.most:
            return
        self._drop(key)
        self._kept[key] = kept
        self.size += len(kept.body)
        while self.size > self.most:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: Hashable) -> None:
        if (kept := self._kept.pop(key, None)) is not None:
            self.size -= len(kept.body)

"""Which articles of a build are near-copies of others, and what is unchanged since an earlier run."""

from __future__ import annotations

from kg.copies import Originals
from kg.pipeline.sink import Known
from kg.pipeline.stages import Parsed, Task


class Deciding:
    """What is to be done with each article, in the order in which they come.

    The decisions of one run are those of another over the same articles, be it that this one was ended in between: an
    article that is known as an original or as a near-copy stays what it is while its text does.
    """

    def __init__(self, known: Known, *, force: bool) -> None:
        self._known, self._force = known, force
        self._originals = Originals()
        for id, sketch in known.sketches.items():
            self._originals.add(id, sketch)
        self._failed: set[str] = set()

    def task(self, parsed: Parsed) -> Task | None:
        """What is to be done with the article; None where it is there already, as it is."""
        id, known = parsed.article.id, self._known
        told = known.originals.get(id, "")
        original = self._original(parsed, told)
        if not self._force and (known.marks.get(id), told) == (parsed.mark, original):
            return None
        if original:
            self._originals.drop(id)
        elif parsed.sketch:
            self._originals.add(id, parsed.sketch)
        known.add(id, mark=parsed.mark, sketch=b"", original=original)
        self._failed.discard(id)
        return Task(parsed, original)

    def _original(self, parsed: Parsed, told: str) -> str:
        if not parsed.sketch:
            return ""
        return self._originals.original_of(parsed.article.id, parsed.sketch, told=told) or ""

    def failed(self, task: Task) -> None:
        """Notes that an article has no graph."""
        id = task.parsed.article.id
        self._failed.add(id)
        self._originals.drop(id)
        self._known.marks.pop(id, None)

    def is_void(self, task: Task) -> bool:
        """Whether a task must be decided anew, since what it is a near-copy of has failed after that was decided."""
        if task.original not in self._failed:
            return False
        id = task.parsed.article.id
        self._known.marks.pop(id, None)
        self._known.originals.pop(id, None)
        return True

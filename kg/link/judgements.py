"""What people decided about names: recorded in a file that people can read, stronger than every score, and undoable.

The file is CSV with a header, one judgement a line; nothing is ever deleted, an undone judgement says so.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Literal, get_args

from kg.errors import UsageError
from kg.link.candidates import Candidate
from kg.model import Entity, Extraction, Link
from kg.names import Gazetteer, Name, fold

Verb = Literal["pin", "same", "different", "unlink"]
VERBS: tuple[str, ...] = get_args(Verb)
ITEM = re.compile(r"Q[1-9]\d*")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision: a `verb` about `name` (a name or an entity's id), in one article or, where that is empty, in all.

    `other` is what it is the same as or different from, or the item it is pinned to; `qid` the item of that, if it has
    one. `when` is an ISO 8601 moment. `undone` says who took it back, and when; a judgement that has it counts no more.
    """

    number: int
    when: str
    who: str
    verb: str
    name: str
    other: str = ""
    qid: str = ""
    article: str = ""
    why: str = ""
    undone: str = ""

    def about(self, entity: Entity, article: str) -> bool:
        """Whether the judgement is about this entity of this article."""
        if self.undone or (self.article and self.article != article):
            return False
        if entity.id == self.name or self.name.startswith(f"{entity.id}-"):
            return True
        return fold(self.name) in {fold(name) for name in (entity.name, *entity.names)}

    def words(self) -> str:
        """Who decided it, when and why, in words."""
        verb = {"pin": "pinned", "same": f"said to be the same as {self.other}", "unlink": "unlinked"}.get(
            self.verb, f"said to be different from {self.other}"
        )
        return f"{verb} by {self.who} on {self.when[:10]}" + (f": {self.why}" if self.why else "")


class Judgements:
    """The judgements of one file, in the order they were made; a later one wins over an earlier one."""

    def __init__(self, made: Sequence[Judgement] = ()) -> None:
        self.made = list(made)

    @classmethod
    def read(cls, path: Path) -> Judgements:
        """The judgements of a file; none where there is no file. Raises UsageError for a line that is no judgement."""
        if not path.exists():
            return cls()
        with path.open(encoding="utf8", newline="") as lines:
            rows = csv.DictReader(lines)
            wanted = [field.name for field in fields(Judgement)]
            if rows.fieldnames != wanted:
                raise UsageError(f"{path}:1: the columns of a judgements file are {', '.join(wanted)}")
            return cls([_judgement(row, f"{path}:{rows.line_num}") for row in rows])

    def write(self, path: Path) -> None:
        """Write all judgements; the file is replaced as a whole."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(path.name + ".new")
        with fresh.open("w", encoding="utf8", newline="") as lines:
            rows = csv.DictWriter(lines, [field.name for field in fields(Judgement)], lineterminator="\n")
            rows.writeheader()
            rows.writerows(asdict(judgement) for judgement in self.made)
        fresh.replace(path)

    def on(self, entity: Entity, article: str) -> list[Judgement]:
        """The judgements about an entity of an article that count, the latest first."""
        return [judgement for judgement in reversed(self.made) if judgement.about(entity, article)]

    def narrowed(
        self, entity: Entity, article: str, found: Sequence[Candidate], gazetteer: Gazetteer
    ) -> list[Candidate]:
        """The candidates that the judgements leave: one alone where the item was decided, none where it was unlinked."""
        left = list(found)
        for judgement in self.on(entity, article):
            if judgement.verb == "unlink":
                return []
            if judgement.verb in ("pin", "same") and judgement.qid:
                known = gazetteer.by_qid(judgement.qid)
                thing = known or Name(entity.name, entity.classes or ("Agent",), judgement.qid)
                return [next((c for c in found if c.thing.qid == judgement.qid), Candidate(thing, entity.name))]
            if judgement.verb == "different" and judgement.qid:
                left = [candidate for candidate in left if candidate.thing.qid != judgement.qid]
        return left

    def applied(self, link: Link, entity: Entity, extraction: Extraction) -> Link:
        """The link as the judgements about its entity have it."""
        for judgement in self.on(entity, extraction.article.id):
            if judgement.verb == "unlink":
                return Link(link.entity, None, 1.0, judgement.words())
            if judgement.verb in ("pin", "same") and judgement.qid:
                return replace(link, qid=judgement.qid, score=1.0, reason=judgement.words(), rivals=())
            if judgement.verb == "same":
                return replace(link, same=(judgement.other,), reason=f"{link.reason}; {judgement.words()}")
            if judgement.verb == "different":
                link = replace(link, reason=f"{link.reason}; {judgement.words()}")
        return link


def _judgement(row: dict[str, str], where: str) -> Judgement:
    if not (row["number"] or "").isdigit() or row["verb"] not in VERBS or not row["name"]:
        raise UsageError(f"{where}: this is no judgement; it needs a number, a name and one of {', '.join(VERBS)}")
    if row["qid"] and not ITEM.fullmatch(row["qid"]):
        raise UsageError(f"{where}: {row['qid']!r} is no Wikidata item, which is Q and a number")
    return Judgement(**{**row, "number": int(row["number"])})  # type: ignore[arg-type]

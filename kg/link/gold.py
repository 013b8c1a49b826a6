"""Texts whose names somebody linked by hand, to measure linking on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kg.errors import ReadError
from kg.model import Article


@dataclass(frozen=True, slots=True)
class Gold:
    """A mention as somebody linked it: its span, its item and GeoNames id if it has them, and what else is right.

    An `optional` one is not scored, linked or not.
    """

    start: int
    end: int
    qid: str | None
    geonames: int | None
    also: frozenset[str]
    point: tuple[float, float] | None
    optional: bool = False


def texts(path: Path) -> Iterator[tuple[Article, list[Gold]]]:
    """The texts of a JSON Lines file with their mentions.

    A line is `{"text", "mentions": [{"start", "end", "qid" or "geonames"}]}`; "id", "title" and "published" of the
    text, and "lat", "lon" and "also" (further right items) of a mention may be given; "optional" ones are passed over.
    Raises ReadError for other lines.
    """
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                record: dict[str, Any] = json.loads(line)
                text = record["text"]
                if not text.strip():
                    raise ValueError("its text is empty")
                published = date.fromisoformat(record["published"][:10]) if record.get("published") else None
                article = Article(str(record.get("id") or number), record.get("title") or "", text, published)
                golds = [_gold(mention, text) for mention in record["mentions"]]
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ReadError(
                    f"this line is no text with linked mentions ({type(error).__name__}: {error})",
                    where=f"{path}:{number}",
                    remedy='write {"text": …, "mentions": [{"start": 0, "end": 4, "qid": "Q1899"}]}',
                ) from error
            yield article, golds


def _gold(mention: dict[str, Any], text: str) -> Gold:
    start, end = mention["start"], mention["end"]
    if not (0 <= start < end <= len(text) and text[start:end].strip()):
        raise ValueError(f"the span {start}–{end} is not in the text of {len(text)} characters")
    also = [*(mention.get("also") or ()), mention.get("alt")]
    point = (mention["lat"], mention["lon"]) if mention.get("lat") is not None else None
    geonames = int(mention["geonames"]) if mention.get("geonames") else None
    qid, others, optional = mention.get("qid") or None, frozenset(filter(None, also)), bool(mention.get("optional"))
    return Gold(start, end, qid, geonames, others, point, optional)

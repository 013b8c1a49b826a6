"""What stands around an article's text: headline, time, outlet and other labelled lines, a site's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from kg.read.dates import find
from kg.read.defaults import Found
from kg.read.repair import plain, repair
from kg.read.words import is_clutter, is_section, lines

TOP, FOOT = 15, 5  # lines in which a labelled line belongs to the article's frame
HEADLINE_WORDS = range(4, 36)
LABEL = re.compile(r"(?P<label>[A-Za-z][A-Za-z ]{1,20}?)\s*[:|]\s*(?P<value>\S.*)")
BARE_LABEL = re.compile(r"(?P<label>(?:first |last )?[a-z]+(?: on| at)?)\s+(?P<value>\S.*)", re.IGNORECASE)
BYLINE = re.compile(r"[Bb][Yy]:? (?:[A-Z][\w.’'-]+ ?){2,4}(?:(?:,|and) (?:[A-Z][\w.’'-]+ ?){2,4}){0,3}")
DATELINE = re.compile(r"(?P<head>[A-Z(][^\n]{0,80}?)\s*(?:—|–|--| - )")
AGENCY = re.compile(r"\(([A-Z][\w.]+(?: [A-Z][\w.]+){0,2})\)\s*$")
TITLE_LENGTH = 90


@dataclass(slots=True)
class Frame:
    """The fields found so far; `published` beats `updated`."""

    fields: dict[str, str] = field(default_factory=dict)
    published: date | None = None
    updated: date | None = None


def separate(raw: str) -> Found:
    """The article in `raw`: its repaired text below the headline, and the fields its frame names.

    Removed from the text: the headline, a block of labelled lines above it ('Title: …'), lines of time and author, a
    site's own words. Everything else stays.
    """
    frame = Frame()
    rows = [row.strip() for row in plain(raw).split("\n")]
    rows = _front_matter(rows, frame)
    filled = [number for number, row in enumerate(rows) if row]
    edge = {*filled[:TOP], *filled[-FOOT:]}
    body = [row for number, row in enumerate(rows) if not (row and _framing(row, frame, at_edge=number in edge))]
    body = _above_headline(body)
    text = repair("\n".join(body))
    title = frame.fields.get("title", "") or headline(text)
    return Found(
        text=below(text, title),
        id=frame.fields.get("id", ""),
        title=title,
        published=frame.published or frame.updated or dateline(text)[0],
        outlet=frame.fields.get("outlet", "") or dateline(text)[1],
        url=frame.fields.get("url", ""),
        language=frame.fields.get("language", ""),
    )


def below(text: str, title: str) -> str:
    """The text without the headline where it opens with it; the whole text where nothing else is there."""
    rest = text.removeprefix(title).lstrip() if title else text
    return rest or text


def headline(text: str) -> str:
    """The first line of `text` that looks like a headline; where none does, the start of its first sentence and ' …'.

    The dots tell a reader, and the extractor, that this is no title that stands above the text.
    """
    rows = [row for row in text.split("\n") if row][:TOP]
    for row in rows:
        if len(row.split()) in HEADLINE_WORDS and not row.endswith((".", ":", ",", ";", ".”", '."')):
            return row
        if len(row.split()) >= HEADLINE_WORDS.start and not row.endswith(":"):
            break
    first = re.split(r"(?<=[.!?]) ", next(iter(rows), ""))[0]
    if len(first) > TITLE_LENGTH:
        first = first[:TITLE_LENGTH].rsplit(" ", 1)[0]
    return f"{first.rstrip('.')} …" if first else ""


def dateline(text: str) -> tuple[date | None, str]:
    """The day and the agency that open an article ('KYIV, June 2, 2025 (Agency) —'), or a line that is only a day."""
    for row in [row for row in text.split("\n") if row][:TOP]:
        head = DATELINE.match(row)
        opening = head["head"] if head else row
        found = find(opening)
        agency = AGENCY.search(opening) if head else None
        if agency or (found and (head or _only(opening, found))):
            return (found[0] if found else None), (agency[1] if agency else "")
    return None, ""


def _front_matter(rows: list[str], frame: Frame) -> list[str]:
    """The rows below a block of labelled lines at the top, whose values go to `frame`; '---' may fence it."""
    start = next((number for number, row in enumerate(rows) if row), 0)
    fenced = rows[start : start + 1] == ["---"] and "---" in rows[start + 1 :]
    for number, row in enumerate(rows[start + fenced :], start + fenced):
        if fenced and row == "---":
            return rows[number + 1 :]
        if not _labelled(row, frame) and not fenced:
            return rows[number:]
    return []


def _labelled(row: str, frame: Frame) -> bool:
    """Whether the row is a known label with its value; the value goes to `frame`."""
    match = LABEL.fullmatch(row)
    name = lines().fields.get(match["label"].lower()) if match else None
    if match is None or name is None:
        return False
    value = match["value"].strip().strip("\"'")
    if name in ("published", "updated"):
        found = find(value)
        if found is None or len(value) - (found[2] - found[1]) > 40:
            return False
        setattr(frame, name, getattr(frame, name) or found[0])
    else:
        frame.fields.setdefault(name, value)
    return True


def _framing(row: str, frame: Frame, *, at_edge: bool) -> bool:
    """Whether the row is no part of the text; a time it gives goes to `frame`."""
    if is_clutter(row):
        return True
    if not at_edge or len(row) > 120:
        return False
    if BYLINE.fullmatch(row):
        return True
    match = LABEL.fullmatch(row) or BARE_LABEL.fullmatch(row)
    if match and lines().fields.get(match["label"].lower()) in ("published", "updated"):
        return _labelled(f"{match['label']}: {match['value']}", frame)
    found = find(row)
    if found and _only(row, found):
        frame.published = frame.published or found[0]
        return True
    return False


def _only(row: str, found: tuple[date, int, int]) -> bool:
    return not (row[: found[1]] + row[found[2] :]).strip(" .,|-–—")


def _above_headline(rows: list[str]) -> list[str]:
    """The rows without the section names and stray single words above the headline."""
    for number, row in enumerate(rows):
        if row and not is_section(row) and len(row.split()) > 1:
            return rows[number:]
    return rows

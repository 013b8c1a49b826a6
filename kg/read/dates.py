"""Publication times as news writes them: '02 Jun 2025 09:29 PM', 'June 2, 2025 at 9:29 p.m. EDT', ISO 8601."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from dateutil import parser

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
ZONE = r"(?:z\b|(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d{2})?\b|[a-z]{3,4}\b)"
TIME = r"\d{1,2}(?:[:.]\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\b\.?)?|\s*[ap]\.?m\b\.?)(?:\s?(?P<zone>" + ZONE + "))?"
DAY = (
    rf"(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})|{WEEKDAY}(?P<day_first>\d{{1,2}}(?:st|nd|rd|th)?(?:\sof)?[\s-]{MONTH},?[\s-]\d{{4}})"
    rf"|{WEEKDAY}(?P<month_first>{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}})"
    r"|(?P<figures>\d{1,2}(?P<mark>[./])\d{1,2}(?P=mark)\d{4}|\d{4}/\d{1,2}/\d{1,2})"
)
STAMP = re.compile(
    rf"(?<![\w./-])(?:(?P<before>{TIME.replace('zone', 'zone1')}),?\s+(?:on\s+)?)?(?:{DAY})(?!\d)"
    rf"(?:(?:t|,?\s+(?:at\s+)?|\s*[|–-]\s*)(?P<after>{TIME.replace('zone', 'zone2')}))?",
    re.IGNORECASE,
)
# Hours ahead of UTC. Left out: abbreviations with several meanings (IST, AST, CST).
ZONES = {
    "z": 0.0, "utc": 0.0, "gmt": 0.0, "wet": 0.0, "bst": 1.0, "cet": 1.0, "west": 1.0, "cest": 2.0, "eet": 2.0,
    "eest": 3.0, "msk": 3.0, "est": -5.0, "edt": -4.0, "cdt": -5.0, "mst": -7.0, "mdt": -6.0, "pst": -8.0, "pdt": -7.0,
    "jst": 9.0, "kst": 9.0, "hkt": 8.0,
}  # fmt: skip

EARLIEST = 1700  # the first years of newspapers; an earlier one is a slip


def find(text: str) -> tuple[date, int, int] | None:
    """The first whole day named in `text`, with the offsets of its words; None where there is none.

    A `datetime` where the hour is given, with its time zone where that is given too. Numbers that can be read with the
    day or with the month first ('02/06/2025') are no day.
    """
    for match in STAMP.finditer(text):
        found = _read(match)
        if found is not None:
            return found, match.start(), match.end()
    return None


def parse(text: str) -> date | None:
    """The day or time that `text` is, and nothing else; None where it isn't one."""
    found = find(stripped := text.strip())
    return found[0] if found and found[1:] == (0, len(stripped)) else None


def _read(match: re.Match[str]) -> date | None:
    words = match["iso"] or match["day_first"] or match["month_first"] or match["figures"]
    try:
        day = _figures(words) if match["figures"] else parser.parse(words.replace(" of ", " "), ignoretz=True).date()
        if day is None or day.year < EARLIEST:
            return None
        clock = match["before"] or match["after"]
        if clock is None:
            return day
        zone = match["zone1"] or match["zone2"] or ""
        hour = clock[: len(clock) - len(zone)].strip().lower().replace("a.m", "am").replace("p.m", "pm").rstrip(".")
        at = parser.parse(re.sub(r"^(\d+)\.(\d\d)", r"\1:\2", hour), ignoretz=True).time()
        return datetime.combine(day, at, tzinfo=_zone(zone))
    except (ValueError, OverflowError):
        return None


def _figures(words: str) -> date | None:
    first, second, third = map(int, re.split(r"[./]", words))
    if first > 31:
        return date(first, second, third)
    # '02.06.2025' has the day first wherever dots are used; slashes are ambiguous unless a figure passes 12.
    if "." in words or first > 12 or first == second:
        return date(third, second, first)
    return date(third, first, second) if second > 12 else None


def _zone(zone: str) -> timezone | None:
    name = zone.strip().lower()
    if name in ZONES:
        return timezone(timedelta(hours=ZONES[name]))
    offset = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", name)
    if not offset:
        return None
    ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(ahead if offset[1] == "+" else -ahead)

"""Days told in words, resolved against the day of publication: 'Monday morning', 'overnight', 'in early June', 'since 2014'.

Follows the rulings of the codebook: 'overnight' and 'last night' span two days, a week is Monday to Sunday, 'early June' is
its first ten days, a month or year alone spans it, vague phrases ('recently', 'about a week ago') give nothing.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kg.model import When

_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_WORDS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "twenty": 20,
}

_SOON = 45
"""A date without a year that lies at most so many days ahead is taken to be coming."""

_DAY = rf"(?P<weekday>{'|'.join(d.capitalize() for d in _DAYS)})"
_MONTH = r"(?P<month>" + "|".join(sorted((m.capitalize() for m in _MONTHS), key=len, reverse=True)) + r")\b\.?"
_N = r"(?P<n>\d+|" + "|".join(_WORDS) + ")"
_UNIT = r"(?P<unit>day|week|month|year)s?"


@dataclass(frozen=True, slots=True)
class Moment:
    """A time expression: character span in the text, and the days it means (None for the past or future it leaves open)."""

    start: int
    end: int
    when: When
    anaphoric: bool = False


Resolver = Callable[["re.Match[str]", date, date | None, bool], When | None]


def _week(day: date, weeks: int) -> When:
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return When(monday, monday + timedelta(days=6), "Week")


def _month(year: int, month: int, part: str = "") -> When:
    last = calendar.monthrange(year, month)[1]
    first, final = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(part, (1, last))
    return When(date(year, month, first), date(year, month, final), "Month")


def _year_of(month: int, day: int, published: date, future: bool) -> int:
    """The year of a month and day told without one: the nearest past, or the nearest future for what is planned."""
    this = (published.month, published.day)
    if future:
        return published.year + ((month, day) < this)
    if (month, day) > this:  # 'April 5' in a text of March is to come, in a text of January it may be long past
        ahead = (month - published.month) * 30 + day - published.day
        return published.year if ahead <= _SOON else published.year - 1
    return published.year


def _weekday(match: re.Match[str], published: date, _last: date | None, future: bool) -> When:
    wanted = _DAYS.index(match["weekday"].lower())
    back = (published.weekday() - wanted) % 7
    word = (match["which"] or "").lower().strip()
    if word in ("last", "past", "previous"):
        day = published - timedelta(days=back or 7)
    elif word in ("next", "coming") or future and back:
        day = published + timedelta(days=7 - back)
    else:
        day = published - timedelta(days=back)
    return When(day, day)


def _date(match: re.Match[str], published: date, _last: date | None, future: bool) -> When | None:
    month, day = _MONTHS[match["month"].lower()], int(match["day"])
    year = int(match["year"]) if match["year"] else _year_of(month, day, published, future)
    try:
        return When(date(year, month, day), date(year, month, day))
    except ValueError:
        return None


def _iso(match: re.Match[str], *_: object) -> When | None:
    try:
        day = date(int(match["year"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    return When(day, day)


def _named_month(match: re.Match[str], published: date, _last: date | None, future: bool) -> When:
    month = _MONTHS[match["month"].lower()]
    part = (match["part"] or "").lower().strip(" -")
    if match["year"]:
        return _month(int(match["year"]), month, part)
    year = published.year + (month < published.month) if future else published.year - (month > published.month)
    if (match["which"] or "").lower() == "last" and month == published.month:
        year -= 1
    return _month(year, month, part)


def _year(match: re.Match[str], published: date, *_: object) -> When | None:
    year = int(match["year"])
    return When(date(year, 1, 1), date(year, 12, 31), "Year") if 1900 <= year <= published.year + 10 else None


def _relative_unit(match: re.Match[str], published: date, _last: date | None, future: bool) -> When:
    step = {"last": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}[match["which"].lower()]
    unit, earlier = match["unit"].lower(), match["earlier"]
    if unit == "week":
        when = _week(published, step)
    elif unit == "month":
        months = published.year * 12 + published.month - 1 + step
        when = _month(months // 12, months % 12 + 1)
    else:
        year = published.year + step
        when = When(date(year, 1, 1), date(year, 12, 31), "Year")
    if step == 0 and ((earlier or "").lower().startswith("later") or future):
        return When(max(when.start, published), when.end, when.precision)
    if step == 0 and (earlier or match["which"].lower() == "this"):
        return When(when.start, max(when.start, min(when.end, published)), when.precision)
    return when


def _ago(match: re.Match[str], published: date, last: date | None, _future: bool) -> When | None:
    number = _number(match["n"])
    anchor = last if match["way"].lower() in ("earlier", "later", "before", "after") else published
    if number is None or anchor is None:
        return None
    sign = 1 if match["way"].lower() in ("later", "after") else -1
    unit = match["unit"].lower()
    if unit == "day":
        day = anchor + timedelta(days=sign * number)
        return When(day, day)
    if unit == "week":
        return _week(anchor, sign * number) if match["way"].lower() == "ago" else None
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + sign * number
        return _month(months // 12, months % 12 + 1)
    year = anchor.year + sign * number
    return When(date(year, 1, 1), date(year, 12, 31), "Year")


def _span_of(match: re.Match[str], published: date, *_: object) -> When | None:
    number = _number(match["n"] or "one")
    if number is None:
        return None
    days = {"day": 1, "week": 7, "month": 30, "year": 365}[match["unit"].lower()] * number
    start = published - timedelta(days=days)
    if match["unit"].lower() == "year":
        start = date(published.year - number, published.month, min(published.day, 28))
    return When(start, published, match["unit"].capitalize())


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() else _WORDS.get(word.lower())


def _days(first: int, last: int) -> Resolver:
    return lambda _match, published, _last, _future: When(
        published + timedelta(days=first), published + timedelta(days=last)
    )


def _weekend(_match: re.Match[str], published: date, *_: object) -> When:
    saturday = published - timedelta(days=(published.weekday() - 5) % 7)
    return When(saturday, min(saturday + timedelta(days=1), published))


def _same(_match: re.Match[str], _published: date, last: date | None, _future: bool) -> When | None:
    return When(last, last) if last else None


def _shift(days: int) -> Resolver:
    def resolve(_match: re.Match[str], _published: date, last: date | None, _future: bool) -> When | None:
        return When(last + timedelta(days=days), last + timedelta(days=days)) if last else None

    return resolve


_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
PATTERNS: tuple[tuple[re.Pattern[str], Resolver], ...] = tuple(
    (re.compile(pattern), resolver)
    for pattern, resolver in (
        (r"\b(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", _iso),
        (rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[,.]\d|%){_YEAR}", _date),
        (rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}{_YEAR}", _date),
        (r"(?i)\b(?:overnight|last night|during the night|in the night)\b", _days(-1, 0)),
        (r"(?i)\b(?:the )?day before yesterday\b", _days(-2, -2)),
        (r"(?i)\byesterday\b", _days(-1, -1)),
        (r"(?i)\btomorrow\b", _days(1, 1)),
        (r"(?i)\b(?:today|tonight|this (?:morning|afternoon|evening)|earlier in the day)\b", _days(0, 0)),
        (r"(?i)\b(?:(?:this|last|past|at the|over the|on the) )+weekend\b", _weekend),
        (rf"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Pp]ast|[Pp]revious|[Cc]oming|[Tt]his)\s+)?{_DAY}\b", _weekday),
        (
            r"(?i)\b(?P<earlier>(?:earlier|later)\s+)?(?P<which>last|this|next|previous|coming)\s+(?P<unit>week|month|year)\b",
            _relative_unit,
        ),
        (
            rf"(?i)\b(?<!about )(?<!around )(?<!nearly )(?<!almost )(?<!than ){_N}\s+{_UNIT}\s+(?P<way>ago|earlier|later)\b",
            _ago,
        ),
        (rf"(?i)\b(?:in|over|during|for|within)\s+the\s+(?:last|past|previous)\s+(?:{_N}\s+)?{_UNIT}\b", _span_of),
        (
            rf"\b(?:(?P<which>[Ll]ast)\s+)?(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[\s-]+)?{_MONTH}(?:\s+(?:of\s+)?(?P<year>(?:19|20)\d\d))?(?!\w)",
            _named_month,
        ),
        (r"(?i)\b(?:the same day|that day|that same day)\b", _same),
        (r"(?i)\b(?:the (?:following|next) day|the day after)\b", _shift(1)),
        (r"(?i)\b(?:the (?:previous day|day before)|a day before)\b", _shift(-1)),
        (
            r"(?<![\d,.$£€-])\b(?P<year>(?:19|20)\d\d)\b(?!\s*(?:people|troops|soldiers|hours|GMT|UTC|local|meters|metres|km)|[,.]\d|-\d\d)",
            _year,
        ),
    )
)
_SINCE = re.compile(r"(?i)\b(?:ever\s+)?since\s+(?:the\s+\w+\s+(?:of|in)\s+)?(?:(?:early|late|mid)[\s-]+)?$")
_RANGE = re.compile(r"(?i)\b(between|from)\s+$")
_JOIN = re.compile(r"(?i)^\s*(?:and|to|until|through|till|[-–])\s*$")
_PUBLICATION = re.compile(r"(?i)\b(?:published|updated|posted|photo|file)\b[^.]*$")


def moments(
    text: str, start: int, end: int, *, published: date | None, last: date | None, future: bool = False
) -> list[Moment]:
    """The time expressions in `text[start:end]`, in order.

    `published` is the day of publication; without it only full dates are resolved. `last` is the day told last before, which
    'two days earlier' and 'the same day' refer to. With `future`, a bare weekday or month is the coming one.
    """
    found: list[Moment] = []
    piece = text[start:end]
    anchor = published or date(1900, 1, 1)
    for pattern, resolve in PATTERNS:
        for match in pattern.finditer(piece):
            if any(m.start < start + match.end() and start + match.start() < m.end for m in found):
                continue
            if published is None and not match.groupdict().get("year"):
                continue
            if pattern.groupindex.get("month") and not _is_month(match, piece):
                continue
            before = [m for m in found if m.end <= start + match.start() and m.when.precision == "Day"]
            told = max(before, key=lambda m: m.start).when.start if before else last
            when = resolve(match, anchor, told, future)
            if when is not None:
                found.append(Moment(start + match.start(), start + match.end(), when))
    found.sort(key=lambda m: m.start)
    return _ranges(text, start, found, published)


def _is_month(match: re.Match[str], piece: str) -> bool:
    """Whether 'May' or 'March' is a month here: with a day or year, or after a preposition."""
    if match["month"] not in ("May", "March", "Mar", "Jan", "Jun", "Dec"):
        return True
    groups = match.groupdict()
    before = piece[: match.start()].rstrip().rsplit(" ", 1)[-1].lower()
    return bool(groups.get("day") or groups.get("year") or groups.get("part") or groups.get("which")) or before in (
        "in",
        "since",
        "by",
        "until",
        "of",
        "from",
        "between",
        "and",
        "to",
        "during",
    )


def _ranges(text: str, start: int, found: list[Moment], published: date | None) -> list[Moment]:
    """The moments with 'since X' and 'between X and Y' made into spans."""
    out: list[Moment] = []
    skip = False
    for moment, after in zip(found, [*found[1:], None][: len(found)], strict=True):
        if skip:
            skip = False
            continue
        before = text[start : moment.start]
        if (
            after is not None
            and _RANGE.search(before)
            and _JOIN.match(text[moment.end : after.start])
            and (moment.when.start <= after.when.end)
        ):
            first = moment.when.start
            if (
                moment.when.precision == "Month"
                and after.when.precision == "Month"
                and moment.when.start > after.when.start
            ):
                first = first.replace(year=after.when.start.year)
            out.append(Moment(moment.start, after.end, When(first, after.when.end, after.when.precision)))
            skip = True
        elif _SINCE.search(before) and published is not None and moment.when.start <= published:
            out.append(Moment(moment.start, moment.end, When(moment.when.start, published, moment.when.precision)))
        else:
            out.append(moment)
    return out

"""The days that one matched time expression means, by the rulings of the codebook."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from kg.model import When

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}


WORDS = {
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


def weekday(match: re.Match[str], published: date, _last: date | None, future: bool) -> When:
    wanted = WEEKDAYS.index(match["weekday"].lower())
    back = (published.weekday() - wanted) % 7
    word = (match["which"] or "").lower().strip()
    if word in ("last", "past", "previous"):
        day = published - timedelta(days=back or 7)
    elif word in ("next", "coming") or future and back:
        day = published + timedelta(days=7 - back)
    else:
        day = published - timedelta(days=back)
    return When(day, day)


def full_date(match: re.Match[str], published: date, _last: date | None, future: bool) -> When | None:
    month, day = MONTHS[match["month"].lower()], int(match["day"])
    year = int(match["year"]) if match["year"] else _year_of(month, day, published, future)
    try:
        return When(date(year, month, day), date(year, month, day))
    except ValueError:
        return None


def day_range(match: re.Match[str], published: date, last: date | None, future: bool) -> When | None:
    """The days of 'between 5 and 12 May'."""
    final = full_date(match, published, last, future)
    first = int(match["first"])
    return When(final.end.replace(day=first), final.end) if final is not None and 0 < first <= final.end.day else final


def night_into(match: re.Match[str], published: date, _last: date | None, _future: bool) -> When:
    """The two days of 'overnight into Sunday'."""
    day = published - timedelta(days=(published.weekday() - WEEKDAYS.index(match["weekday"].lower())) % 7)
    return When(day - timedelta(days=1), day)


def iso_date(match: re.Match[str], *_: object) -> When | None:
    try:
        day = date(int(match["year"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    return When(day, day)


def named_month(match: re.Match[str], published: date, _last: date | None, future: bool) -> When:
    month = MONTHS[match["month"].lower()]
    part = (match["part"] or "").lower().strip(" -")
    if match["year"]:
        return _month(int(match["year"]), month, part)
    year = published.year + (month < published.month) if future else published.year - (month > published.month)
    if (match["which"] or "").lower() == "last" and month == published.month:
        year -= 1
    return _month(year, month, part)


def year_alone(match: re.Match[str], published: date, *_: object) -> When | None:
    year = int(match["year"])
    return When(date(year, 1, 1), date(year, 12, 31), "Year") if 1900 <= year <= published.year + 10 else None


def relative_unit(match: re.Match[str], published: date, _last: date | None, future: bool) -> When:
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


def time_ago(match: re.Match[str], published: date, last: date | None, _future: bool) -> When | None:
    number = number_word(match["n"])
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


def past_span(match: re.Match[str], published: date, *_: object) -> When | None:
    number = number_word(match["n"] or "one")
    if number is None:
        return None
    days = {"day": 1, "week": 7, "month": 30, "year": 365}[match["unit"].lower()] * number
    start = published - timedelta(days=days)
    if match["unit"].lower() == "year":
        start = date(published.year - number, published.month, min(published.day, 28))
    return When(start, published, match["unit"].capitalize())


def number_word(word: str) -> int | None:
    return int(word) if word.isdigit() else WORDS.get(word.lower())


def from_day(first: int, last: int) -> Resolver:
    return lambda _match, published, _last, _future: When(
        published + timedelta(days=first), published + timedelta(days=last)
    )


def weekend(_match: re.Match[str], published: date, *_: object) -> When:
    saturday = published - timedelta(days=(published.weekday() - 5) % 7)
    return When(saturday, min(saturday + timedelta(days=1), published))


def same_day(_match: re.Match[str], _published: date, last: date | None, _future: bool) -> When | None:
    return When(last, last) if last else None


def days_later(days: int) -> Resolver:
    def resolve(_match: re.Match[str], _published: date, last: date | None, _future: bool) -> When | None:
        return When(last + timedelta(days=days), last + timedelta(days=days)) if last else None

    return resolve

"""Days told in words, resolved against the day of publication: 'Monday morning', 'overnight', 'in early June', 'since
2014'.

Follows the rulings of the codebook: 'overnight' and 'last night' span two days, a week is Monday to Sunday, 'early
June' is
its first ten days, a month or year alone spans it, vague phrases ('recently', 'about a week ago') give nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kg.extract.days import (
    MONTHS,
    WEEKDAYS,
    WORDS,
    Resolver,
    day_range,
    days_later,
    from_day,
    full_date,
    iso_date,
    named_month,
    night_into,
    past_span,
    relative_unit,
    same_day,
    time_ago,
    weekday,
    weekend,
    year_alone,
)
from kg.model import When

_ANY_DAY = rf"(?:{'|'.join(d.capitalize() for d in WEEKDAYS)})"
_EXACTLY = "".join(f"(?<!{word} )" for word in ("about", "around", "nearly", "almost", "than"))
_DAY = rf"(?P<weekday>{'|'.join(d.capitalize() for d in WEEKDAYS)})"
_MONTH = r"(?P<month>" + "|".join(sorted((m.capitalize() for m in MONTHS), key=len, reverse=True)) + r")\b\.?"
_N = r"(?P<n>\d+|" + "|".join(WORDS) + ")"
_UNIT = r"(?P<unit>day|week|month|year)s?"


@dataclass(frozen=True, slots=True)
class Moment:
    """A time expression: character span in the text, and the days it means (None for the past or future it leaves
    open)."""

    start: int
    end: int
    when: When


_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
PATTERNS: tuple[tuple[re.Pattern[str], Resolver], ...] = tuple(
    (re.compile(pattern), resolver)
    for pattern, resolver in (
        (r"\b(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", iso_date),
        (rf"\b(?P<first>\d{{1,2}})\s*(?:and|to|-|–)\s*(?P<day>\d{{1,2}})\s+{_MONTH}{_YEAR}", day_range),
        (rf"\b{_MONTH}\s+(?P<first>\d{{1,2}})\s*(?:and|to|-|–)\s*(?P<day>\d{{1,2}})(?!\d){_YEAR}", day_range),
        (rf"\b(?:[Oo]vernight\s+(?:in)?to|[Nn]ight\s+into)\s+{_DAY}\b", night_into),
        # the weekday beside a date says nothing more
        (
            rf"\b{_ANY_DAY},?\s+{_MONTH}\s+(?P<day>\d{{1,2}})(?!\d|[,.]\d|%){_YEAR}",
            full_date,
        ),
        (rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[,.]\d|%){_YEAR}", full_date),
        (rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}{_YEAR}", full_date),
        (r"(?i)\b(?:overnight|last night|during the night|in the night)\b", from_day(-1, 0)),
        (r"(?i)\b(?:the )?day before yesterday\b", from_day(-2, -2)),
        (r"(?i)\byesterday\b", from_day(-1, -1)),
        (r"(?i)\btomorrow\b", from_day(1, 1)),
        (r"(?i)\b(?:today|tonight|this (?:morning|afternoon|evening)|earlier in the day)\b", from_day(0, 0)),
        (r"(?i)\b(?:(?:this|last|past|at the|over the|on the) )+weekend\b", weekend),
        (rf"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Pp]ast|[Pp]revious|[Cc]oming|[Tt]his)\s+)?{_DAY}\b", weekday),
        (
            r"(?i)\b(?P<earlier>(?:earlier|later)\s+)?(?P<which>last|this|next|previous|coming)\s+(?P<unit>week|month|year)\b",
            relative_unit,
        ),
        (
            rf"(?i)\b{_EXACTLY}{_N}\s+{_UNIT}\s+(?P<way>ago|earlier|later)\b",
            time_ago,
        ),
        (rf"(?i)\b(?:in|over|during|for|within)\s+the\s+(?:last|past|previous)\s+(?:{_N}\s+)?{_UNIT}\b", past_span),
        (
            rf"\b(?:(?P<which>[Ll]ast)\s+)?(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[\s-]+)?{_MONTH}(?:\s+(?:of\s+)?(?P<year>(?:19|20)\d\d))?(?!\w)",
            named_month,
        ),
        (r"(?i)\b(?:the same day|that day|that same day)\b", same_day),
        (r"(?i)\b(?:the (?:following|next) day|the day after)\b", days_later(1)),
        (r"(?i)\b(?:the (?:previous day|day before)|a day before)\b", days_later(-1)),
        (
            r"(?<![\d,.$£€-])\b(?P<year>(?:19|20)\d\d)\b(?!\s*(?:people|troops|shells|rockets|missiles|drones|munitions|fighters|civilians|soldiers|hours|GMT|UTC|local|meters|metres|km)|[,.]\d|-\d\d)",
            year_alone,
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

    `published` is the day of publication; without it only full dates are resolved. `last` is the day told last
    before, which
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

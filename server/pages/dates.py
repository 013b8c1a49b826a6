"""Days as people write them: '1 Jan 2023', '2–3 Jun 2025', 'Jun 2025', '2019–2021'."""

from __future__ import annotations

from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def when_in_words(start: str, end: str, precision: str = "Day") -> str:
    """The days from the earliest to the latest, as precisely as they are known; empty where neither is known.

    `start` and `end` are the text of an xsd:date or an xsd:dateTime, '' where it is not known. `precision` is the local
    name of a unit of OWL-Time, with or without its 'unit'. What is no date is given back as it is.
    """
    first, last = _day(start), _day(end)
    if first is None or last is None:
        known = [f"from {day_in_words(start)}"] if start else []
        return " ".join([*known, f"until {day_in_words(end)}"] if end else known)
    unit = precision.removeprefix("unit")
    if unit == "Year":
        return _range(str(first.year), str(last.year))
    if unit == "Month":
        return _shared(first, last, (MONTHS[first.month - 1],), (MONTHS[last.month - 1],))
    days = [(str(day.day), MONTHS[day.month - 1]) for day in (first, last)]
    return _shared(first, last, *days)


def day_in_words(text: str) -> str:
    """The day of an xsd:date or an xsd:dateTime; what is neither is given back as it is."""
    day = _day(text)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _shared(first: date, last: date, one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """Both, with what they share at the end (the year, the month) written once."""
    if first.year != last.year:
        return _range(" ".join([*one, str(first.year)]), " ".join([*other, str(last.year)]))
    if one[1:] and one[-1] == other[-1]:
        return f"{_range(one[0], other[0])} {one[-1]} {first.year}"
    return f"{_range(' '.join(one), ' '.join(other))} {first.year}"


def _range(one: str, other: str) -> str:
    """The two with a dash between them, which has room where there are more than two words; once if they are equal."""
    if one == other:
        return one
    return f"{one} – {other}" if " " in one + other else f"{one}–{other}"

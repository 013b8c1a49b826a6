"""Clusters that people made: JSON Lines, a happening a line, with the places in the articles that tell of it.

    {"id": "quay-2025-06-02", "title": "Drones over the quay", "type": "DroneAttack", "date": "2025-06-02",
     "reports": [{"article": "a1", "start": 120, "end": 131}, {"article": "b7", "quote": "drones that struck it"}]}

A report is a span of the article's stored text, given by its offsets or by words that stand there just once. Only `id`
and `reports` are needed. `type` helps to choose where several events are told in one span.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import UsageError
from kg.merge.telling import families
from kg.rdf import PREFIXES
from kg.store import Store

_PREFIXES = f"PREFIX ckg: <{PREFIXES['ckg']}> PREFIX dcterms: <{PREFIXES['dcterms']}>"
_TEXTS = f"{_PREFIXES} SELECT ?id ?text {{ ?article dcterms:identifier ?id ; ckg:text ?text }}"
_TRIGGERS = f"""{_PREFIXES} SELECT ?id ?event ?type ?start ?end {{
  ?event a ckg:Event ; ckg:eventType ?type ; ckg:trigger|ckg:mention ?span .
  ?span ckg:start ?start ; ckg:end ?end ; ckg:inArticle/dcterms:identifier ?id }}"""
_SENTENCES = f"""{_PREFIXES} SELECT ?id ?event ?type ?start ?end {{
  ?claim ckg:about ?event ; ckg:mention ?span . ?event ckg:eventType ?type .
  ?span ckg:start ?start ; ckg:end ?end ; ckg:inArticle/dcterms:identifier ?id }}"""


@dataclass(frozen=True, slots=True)
class Report:
    """Where an article tells of a happening: a span of its text, or the words of one."""

    article: str
    start: int = -1
    end: int = -1
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """One cluster: a happening, and its reports. `line` is where it stands in its file."""

    id: str
    reports: tuple[Report, ...]
    type: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A report in a store; `event` is the IRI of the event that tells it there, empty where none does."""

    happening: str
    report: str
    event: str


def read(lines: Iterable[str], name: str) -> list[Happening]:
    """The clusters of the lines of a file. Raises UsageError, with the line, for what is none."""
    found: dict[str, Happening] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                one = _happening(json.loads(line), number)
                if one.id in found:
                    raise ValueError(f"{one.id!r} is the one of line {found[one.id].line}")
                found[one.id] = one
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                why = f"it lacks {error}" if isinstance(error, KeyError) else error
                raise UsageError(f"{name}, line {number}: this is no cluster: {why}") from error
    if not found:
        raise UsageError(f"{name}: there are no clusters in it")
    return list(found.values())


def _happening(row: Mapping[str, Any], line: int) -> Happening:
    type = row.get("type", "")
    if type and type not in families():
        raise ValueError(f"{type!r} is no event type")
    return Happening(str(row["id"]), tuple(map(_report, row["reports"])), type, line)


def _report(row: Mapping[str, Any]) -> Report:
    if row.get("quote"):
        return Report(str(row["article"]), quote=str(row["quote"]))
    start, end = int(row["start"]), int(row["end"])
    if not 0 <= start < end:
        raise ValueError(f"a report from {start} to {end} holds nothing")
    return Report(str(row["article"]), start, end)


def placed(store: Store, happenings: Iterable[Happening], name: str) -> list[Placed]:
    """The reports with the events of the store that tell them.

    An event tells a report if one of its triggers is in the span; else if a sentence that tells of it holds the span
    and it is of the cluster's kind. An event tells one report only. Raises UsageError where an article is not in the
    store, the words of a report are not in it just once, or two clusters have the same report.
    """
    happenings = list(happenings)
    texts = {row["id"]: row["text"] for row in _rows(store, _TEXTS)}
    triggers, sentences = _spans(store, _TRIGGERS), _spans(store, _SENTENCES)
    found, taken, whose = [], set[str](), dict[str, str]()
    for happening in happenings:
        for report in happening.reports:
            where = f"{name}, line {happening.line}"
            start, end = _span(report, texts, where)
            if (other := whose.setdefault(f"{report.article}:{start}", happening.id)) != happening.id:
                raise UsageError(f"{where}: what {report.article} tells at {start} is of {other} already")
            inside = [(t, a, e) for a, b, t, e in triggers[report.article] if a < end and b > start]
            around = [
                (t, a, e)
                for a, b, t, e in sentences[report.article]
                if a <= start and b >= end and families()[t] == families().get(happening.type)
            ]
            chosen = next(
                iter(e for e in _ranked(inside, happening.type) + _ranked(around, happening.type) if e not in taken), ""
            )
            taken.add(chosen)
            found.append(Placed(happening.id, f"{report.article}:{start}", chosen))
    return found


def _span(report: Report, texts: Mapping[str, str], where: str) -> tuple[int, int]:
    text = texts.get(report.article)
    if text is None:
        raise UsageError(f"{where}: there is no article {report.article!r} with its text in the store")
    if not report.quote:
        if report.end > len(text):
            raise UsageError(f"{where}: {report.article} ends at {len(text)}, before {report.end}")
        return report.start, report.end
    if text.count(report.quote) != 1:
        raise UsageError(
            f"{where}: {report.quote!r} stands {text.count(report.quote)} times in {report.article}, not once"
        )
    start = text.index(report.quote)
    return start, start + len(report.quote)


def _ranked(found: Iterable[tuple[str, int, str]], type: str) -> list[str]:
    """Events by how well their type fits, then in the order of the text."""
    kind = families().get(type)
    return [event for _, _, _, event in sorted((families()[t] != kind, t != type, at, event) for t, at, event in found)]


def _spans(store: Store, query: str) -> dict[str, list[tuple[int, int, str, str]]]:
    found: dict[str, list[tuple[int, int, str, str]]] = defaultdict(list)
    for row in _rows(store, query):
        type = row["type"].removeprefix(PREFIXES["ckg"])
        found[row["id"]].append((int(row["start"]), int(row["end"]), type, row["event"]))
    return found


def _rows(store: Store, query: str) -> Iterator[dict[str, str]]:
    for row in store.query(query).rows():
        yield {name: str(getattr(term, "value", "")) for name, term in row.items()}

"""A dump of Wikidata as a source: JSON, an entity a line inside [ ], plain or packed (.gz, .bz2).

Positions are unpacked bytes. A packed dump is unpacked again from its start to go on, without looking at the lines.
https://www.wikidata.org/wiki/Wikidata:Database_download, https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import GazetteerError
from kg.gazetteer import classes as ontology
from kg.gazetteer import clean, opening, statements
from kg.gazetteer.languages import ENGLISH, LANGUAGES
from kg.gazetteer.opening import OnBad, size
from kg.gazetteer.row import Row

__all__ = ["Wanted", "revision", "row", "rows", "size", "wanted"]

LICENCE = "CC0-1.0"
_P31 = b'"P31"'
_VALUE = re.compile(rb'"P31"[^}]*?"id"\s*:\s*"(Q[1-9]\d*)"')
_DAY = re.compile(r"(?<!\d)(20\d\d)-?(\d\d)-?(\d\d)(?!\d)")
_QID = re.compile(r"Q[1-9]\d*")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A class of Wikidata, what its instances are here, and the sitelinks that one of them needs."""

    qid: str
    classes: tuple[str, ...]
    least: int


@cache
def wanted() -> Mapping[str, Wanted]:
    """The classes that are read where no others are asked for, by item, in the order in which they decide."""
    return {
        row["qid"]: Wanted(row["qid"], ontology.own(ontology.split(row["classes"] or "")), int(row["least"]))
        for row in ontology.rules("wikidata")
    }


def rows(
    path: Path, *, start: int = 0, on_bad: OnBad = lambda _: None, only: Mapping[str, Wanted] | None = None
) -> Iterator[tuple[int, Row]]:
    """The rows behind unpacked byte `start`, each with the byte behind its line.

    `only` are the classes whose instances are taken. A row without classes only gives a name to an office that other
    rows refer to. Raises GazetteerError for a file that is no such dump.
    """
    sought = only if only is not None else wanted()
    ids = frozenset(qid.encode() for qid in sought)
    for number, end, line in opening.lines(path, start=start):
        text = line.strip().rstrip(b",")
        if number == 1 and text[:1] not in (b"[", b"{"):
            raise GazetteerError(
                "this is no JSON dump of Wikidata", where=f"{path}:1", remedy="give one like latest-all.json.gz"
            )
        if text in (b"[", b"]", b"") or not _likely(text, ids):
            continue
        try:
            found = row(json.loads(text), sought)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            on_bad(f"{path}:{number}: no entity of Wikidata ({type(error).__name__}: {error})")
            continue
        if found:
            yield end, found


def revision(path: Path) -> str:
    """The day that the file's name gives ('wikidata-20240101-all.json.gz'), and what tells the file from others."""
    named = _DAY.search(path.name)
    return f"{'-'.join(named.groups())}, {opening.revision(path)}" if named else opening.revision(path)


def row(entity: Mapping[str, Any], sought: Mapping[str, Wanted]) -> Row | None:
    """The row of one entity, None if it is of no class that is sought or too little known."""
    if entity.get("type", "item") != "item" or not _QID.fullmatch(entity["id"]):
        return None
    claims: Mapping[str, Any] = entity.get("claims") or {}
    instance = set(statements.items(claims, "P31"))
    wants = next((want for qid, want in sought.items() if qid in instance), None)
    if wants is None:
        return None
    offices = statements.offices(claims) if "Person" in wants.classes else ()
    fame = len(entity.get("sitelinks") or ())
    if fame < wants.least and not offices:
        return None
    labels = {tag: text for tag, text in _texts(entity.get("labels")) if text}
    label = next((labels[tag] for tag in ENGLISH if tag in labels), "")
    label = (
        label or next((text for text in labels.values() if clean.latin(text)), "") or next(iter(labels.values()), "")
    )
    if not label:
        return None
    if not wants.classes:
        return Row(label, (), qid=entity["id"], source="wikidata", licence=LICENCE)
    classes = wants.classes
    if "Place" in classes and entity["id"] in ontology.states():
        classes = ontology.STATE
    place = "Place" in classes
    lat, lon = statements.point(claims) if place else (None, None)
    geonames = next(iter(statements.strings(claims, "P1566")), "")
    return Row(
        label=label,
        classes=classes,
        names=tuple(_names(entity, claims, labels, label).items()),
        qid=entity["id"],
        geonames=int(geonames) if place and geonames.isdecimal() else None,
        country=_country(claims) if classes != ontology.STATE else None,
        within=next(iter(statements.items(claims, "P131")), None),
        keys=tuple(dict.fromkeys(statements.strings(claims, "P297") + statements.strings(claims, "P300"))),
        lat=lat,
        lon=lon,
        population=statements.amount(claims, "P1082") if place else 0,
        offices=offices,
        description=dict(_texts(entity.get("descriptions"))).get("en", ""),
        labels=tuple(sorted((tag, text) for tag, text in labels.items() if tag in LANGUAGES)),
        fame=fame,
        source="wikidata",
        licence=LICENCE,
    )


def _likely(line: bytes, ids: Collection[bytes]) -> bool:
    """Whether an entity can be of a class that is sought: to read its JSON takes many times as long as this."""
    at = line.find(_P31)
    while at >= 0:
        match = _VALUE.match(line, at)
        if match and match[1] in ids:
            return True
        at = line.find(_P31, at + len(_P31))
    return False


def _texts(terms: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    return [(tag, clean.tidy(term["value"])) for tag, term in (terms or {}).items()]


def _names(
    entity: Mapping[str, Any], claims: Mapping[str, Any], labels: Mapping[str, str], label: str
) -> dict[str, str]:
    """All other names and how they refer to the thing."""
    found = dict.fromkeys((text for tag, text in labels.items() if _kept(tag, text)), "alias")
    for tag, terms in (entity.get("aliases") or {}).items():
        texts = (clean.tidy(term["value"]) for term in terms)
        found |= dict.fromkeys((text for text in texts if _kept(tag, text)), "alias")
    for prop in ("P1448", "P1813"):
        texts = (clean.tidy(text) for tag, text in statements.texts(claims, prop))
        found |= dict.fromkeys((text for text in texts if text and clean.latin(text)), "alias")
    demonyms = (clean.tidy(text) for tag, text in statements.texts(claims, "P1549") if tag == "en")
    found |= dict.fromkeys(filter(None, demonyms), "demonym")
    found.pop(label, None)
    return found


def _kept(tag: str, text: str) -> bool:
    return bool(text) and (tag in LANGUAGES or clean.latin(text))


def _country(claims: Mapping[str, Any]) -> str | None:
    for prop in ("P17", "P27", "P495"):
        if found := statements.items(claims, prop):
            return found[0] if prop != "P27" or len(found) == 1 else found[-1]
    return None

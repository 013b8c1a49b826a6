"""A CSV table with a row for each event, in columns like those of ACLED. That of incidents has most of them too.

Sources: RFC 4180; the ACLED codebook (https://acleddata.com) for what its columns mean. Several values in a cell are
parted by "; ". Two columns differ: `event_type` and `sub_event_type` hold codes of this ontology, and `acled_type` the
name there where one fits; fatalities are a range of what speakers say, not one number.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO

import ontology
from kg.export.facts import Asked
from kg.export.geojson import country
from kg.export.rows import EventRow, Happened, Party, rows, top
from kg.export.selection import Selection

# As ACLED has it, 1 is a day and 3 a month; a week and a year have found their places between and after.
PRECISION = {"day": "1", "week": "2", "month": "3", "year": "4"}
COMMON = (
    "event_date", "end_date", "year", "time_precision", "event_type", "sub_event_type", "acled_type",
    "actor1", "actor1_type", "actor1_qid", "actor2", "actor2_type", "actor2_qid", "target", "mediator", "weapon",
    "country", "admin1", "location", "location_qid", "latitude", "longitude",
)  # fmt: skip
COLUMNS = (
    "event_id", *COMMON,
    "source", "source_url", "article_id", "speakers", "factuality", "counts", "fatalities_low", "fatalities_high",
    "notes", "confidence", "incident_id",
)  # fmt: skip
# What a spreadsheet takes for the beginning of a formula; an article must not be able to write one.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMERIC = {"latitude", "longitude"}


def write(store: Asked, selection: Selection, out: BinaryIO) -> None:
    """Writes the events that are meant."""
    write_cells(COLUMNS, map(_cells, rows(store, selection)), out)


def write_cells(columns: Sequence[str], lines: Iterable[Mapping[str, str]], out: BinaryIO) -> None:
    """Writes lines as CSV in UTF-8, one by one, below a line with the names of the columns.

    A text that begins as a formula would gets an apostrophe before it.
    """
    writer = csv.DictWriter(_Encoded(out), columns)
    writer.writeheader()
    for line in lines:
        writer.writerow({name: _safe(name, value) for name, value in line.items()})


class _Encoded:
    """Takes text and writes it in UTF-8."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, text: str) -> int:
        return self._out.write(text.encode())


def _cells(row: EventRow) -> dict[str, str]:
    least, most = row.spread("Killed")
    return common_cells(row) | {
        "event_id": row.iri,
        "source": joined(told.outlet for told in row.told),
        "source_url": joined(told.url for told in row.told),
        "article_id": joined(told.article for told in row.told),
        "speakers": joined(name for told in row.told for name in told.speakers),
        "factuality": joined(told.factuality for told in row.told),
        "counts": joined(told.number for told in row.told if told.number),
        "fatalities_low": "" if least is None else str(least),
        "fatalities_high": "" if most is None else str(most),
        "notes": joined((sentence for told in row.told for sentence in told.sentences), by=" "),
        "confidence": row.confidence,
        "incident_id": row.incident,
    }


def common_cells(row: Happened) -> dict[str, str]:
    """The cells of the columns that events and incidents have in common."""
    code = ontology.codes("EventType").get(row.type)
    agents = ontology.narrower("Agent")
    doers, others = row.parties["actor"], [party for party in row.parties["target"] if party.kind in agents]
    place = row.parties["place"][0] if row.parties["place"] else None
    return {
        "event_date": row.start,
        "end_date": row.end,
        "year": row.start[:4],
        "time_precision": PRECISION.get(row.precision, ""),
        "event_type": top(row.type),
        "sub_event_type": row.type,
        "acled_type": joined(name for scheme, name in (code.notations if code else ()) if scheme == "ACLED"),
        "actor1": joined(party.label for party in doers),
        "actor1_type": joined(party.kind for party in doers),
        "actor1_qid": joined(party.qid for party in doers),
        "actor2": joined(party.label for party in others),
        "actor2_type": joined(party.kind for party in others),
        "actor2_qid": joined(party.qid for party in others),
        "target": joined(party.label for party in row.parties["target"] if party not in others),
        "mediator": joined(party.label for party in row.parties["mediator"]),
        "weapon": joined(row.weapons),
        "country": country(row),
        "admin1": _admin1(place),
        "location": place.label if place else "",
        "location_qid": place.qid if place else "",
        "latitude": str(place.spot.get("latitude", "")) if place else "",
        "longitude": str(place.spot.get("longitude", "")) if place else "",
    }


def joined(texts: Iterable[str], by: str = "; ") -> str:
    """The texts, each once, in the order they come."""
    return by.join(dict.fromkeys(text for text in texts if text))


def _admin1(place: Party | None) -> str:
    """The largest region below the state that the place lies in."""
    chain = [(place.kind, place.label), *place.within] if place else []
    states = [number for number, (kind, _) in enumerate(chain) if kind == "State"]
    return chain[states[0] - 1][1] if states and states[0] > 1 else ""


def _safe(name: str, value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) and name not in NUMERIC else value

"""A CSV table with a row for each incident, in the columns of that of events as far as they fit.

An incident stands in it once, however many articles tell of it, so rows can be counted. `fatalities_best` is the middle
one of what the speakers say, as `ckg:Estimate` defines it.
"""

from __future__ import annotations

from typing import BinaryIO

from kg.export.facts import Asked
from kg.export.incidents import IncidentRow, incidents
from kg.export.selection import Selection
from kg.export.table import COMMON, common_cells, joined, write_cells

COLUMNS = (
    "incident_id", "label", *COMMON, "conflict", "conflict_qid", "articles", "source", "article_id", "first_reported",
    "first_source", "speakers", "counts", "fatalities_best", "fatalities_low", "fatalities_high",
)  # fmt: skip


def write(store: Asked, selection: Selection, out: BinaryIO) -> None:
    """Writes the incidents that are meant."""
    write_cells(COLUMNS, map(_cells, incidents(store, selection)), out)


def _cells(row: IncidentRow) -> dict[str, str]:
    toll = row.toll("Killed")
    first = row.reports[0] if row.reports else None
    return common_cells(row) | {
        "incident_id": row.iri,
        "label": row.label,
        "conflict": joined(name for name, _ in row.conflicts),
        "conflict_qid": joined(item for _, item in row.conflicts),
        "articles": row.articles,
        "source": joined(report.outlet for report in row.reports),
        "article_id": joined(report.article for report in row.reports),
        "first_reported": first.issued if first else "",
        "first_source": first.outlet if first else "",
        "speakers": joined(row.speakers),
        "counts": joined(map(str, row.estimates)),
        "fatalities_best": str(toll.best.count) if toll else "",
        "fatalities_low": str(toll.low) if toll else "",
        "fatalities_high": str(toll.high) if toll else "",
    }

"""Names that belong to somebody: GeoNames gives the names of States and capitals to other places too."""

from __future__ import annotations

from functools import cache

from kg.gazetteer.row import Row
from kg.gazetteer.tables import parts, rows
from kg.names import fold

GEONAMES = "geonames"


def kept(row: Row) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """The `names` and `others` of a row, without those of GeoNames that are another's.

    The name of a capital is that capital's ('Islamabad' is an old name of Chattogram, too), and among the names that
    texts are not searched for, that of a State is the State's.
    """
    if row.source != GEONAMES or not (row.names or row.others) or "State" in row.classes:
        return row.names, row.others
    if _taken().isdisjoint(_key(form) for form, _ in (*row.names, *row.others)):
        return row.names, row.others
    seats = frozenset() if fold(row.label) in _capitals() else _capitals()
    never = seats | _states()
    return _free(row.names, seats if row.core else never), _free(row.others, never)


def _free(names: tuple[tuple[str, str], ...], taken: frozenset[str]) -> tuple[tuple[str, str], ...]:
    return tuple((form, how) for form, how in names if _key(form) not in taken)


def _key(form: str) -> str:
    """The folded form ('Islāmābād' is one more spelling); what is in plain letters needs only their case folded."""
    return form.casefold() if form.isascii() else fold(form)


@cache
def _capitals() -> frozenset[str]:
    return frozenset(fold(name) for row in rows("states") for name in parts(row["capital"]))


@cache
def _states() -> frozenset[str]:
    return frozenset(
        fold(name) for row in rows("states") for name in (row["label"], *parts(row["aliases"])) if len(name) > 3
    )


@cache
def _taken() -> frozenset[str]:
    return _capitals() | _states()

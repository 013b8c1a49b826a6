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
    if _taken().isdisjoint(form.casefold() for form, _ in (*row.names, *row.others)):
        return row.names, row.others
    seats = frozenset() if fold(row.label) in _folded() else _capitals()
    never = seats | _states()
    return _free(row.names, seats if row.core else never), _free(row.others, never)


def _free(names: tuple[tuple[str, str], ...], taken: frozenset[str]) -> tuple[tuple[str, str], ...]:
    return tuple((form, how) for form, how in names if form.casefold() not in taken)


@cache
def _capitals() -> frozenset[str]:
    return frozenset(name.casefold() for row in rows("states") for name in parts(row["capital"]))


@cache
def _states() -> frozenset[str]:
    return frozenset(
        name.casefold() for row in rows("states") for name in (row["label"], *parts(row["aliases"])) if len(name) > 3
    )


@cache
def _taken() -> frozenset[str]:
    return _capitals() | _states()


@cache
def _folded() -> frozenset[str]:
    return frozenset(map(fold, _capitals()))

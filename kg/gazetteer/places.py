"""The places of this project's table: towns and villages in the news of wars, as the news spells them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.gazetteer import cities
from kg.gazetteer.row import Row
from kg.gazetteer.tables import LICENCE, OWN, common, parts, rows, state_labels

KNOWN = 0.5
"""The least prior of a place in the table."""

WORD_LOSS = 0.1
"""A known place loses less by sharing its name with a word ('Gaza') than some town of the world ('Nice')."""


def entries() -> Iterator[Row]:
    """The places of the table with what GeoNames has about them; some are too small for GeoNames' list."""
    states = state_labels()
    qids = {int(row["geonames"]): row["qid"] for row in rows("city_qids")}
    records = {record["geonameid"]: record for record in cities.geonames().get_cities().values()}
    for row in rows("places"):
        village, record = _village(row), records.get(int(row["geonames"] or 0))
        sought = list(parts(row["aliases"]))
        # Of a town that texts are searched for anyway, the table gives only the spelling and the item.
        town = record is not None and cities.searched(record, qids)
        if record and town:
            sought += [record["name"], *cities.other_names(record)]
        sought = [name for name in sought if name.casefold() not in common()]
        if not record:
            yield replace(village, names=cities.aliases(sought, village.label))
            continue
        qid, country = row["qid"] or qids.get(record["geonameid"]), states.get(record["countrycode"])
        known = cities.place(record, country, qid, label=row["label"], sought=sought)
        if town:
            yield replace(known, prior=max(known.prior or 0.0, KNOWN), word_loss=WORD_LOSS)
        else:
            yield replace(village, names=known.names, others=known.others, within=known.within)


def _village(row: Mapping[str, str]) -> Row:
    """A place as only this project's table has it."""
    lat, lon = (float(row[axis]) if row[axis] else None for axis in ("lat", "lon"))
    population = int(row["population"] or 0)
    return Row(
        label=row["label"],
        classes=("Place",),
        qid=row["qid"] or None,
        geonames=int(row["geonames"]) if row["geonames"] else None,
        country=row["country"] or None,
        lat=lat,
        lon=lon,
        population=population,
        prior=max(cities.prior(population), KNOWN),
        word_loss=WORD_LOSS,
        core=True,
        source=cities.SOURCE if row["geonames"] else row["source"] or OWN,
        licence=cities.LICENCE if row["geonames"] else LICENCE,
    )

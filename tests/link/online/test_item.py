"""Reading items that are not as they should be."""

import copy
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kg.link.online.item import Item, read_item
from kg.link.online.trouble import Unanswered

from .wikibase import entity, link, point, statement

CITY = entity(
    "Q1874", "Odesa", link("P31", "Q515"), link("P17", "Q212", rank="preferred"), point(46.49, 30.71),
    link("P39", "Q900003", P580="+2019-05-20T00:00:00Z"), statement("P1566", "698740", "string"), pages=2,
)  # fmt: skip
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to every part of a JSON value."""
    if path:
        yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from places(member, (*path, key))


@given(path=st.sampled_from(list(places(CITY))), other=JSON)
def test_an_item_with_any_part_replaced_is_read_or_refused(path: tuple[Any, ...], other: object) -> None:
    changed = copy.deepcopy(CITY)
    part: Any = changed
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = other
    with suppress(Unanswered):
        assert isinstance(read_item(changed, language="en"), Item | None)


def test_values_that_are_unknown_are_left_out() -> None:
    unknown = {"mainsnak": {"snaktype": "somevalue", "property": "P17"}, "type": "statement", "rank": "normal"}
    city = copy.deepcopy(CITY)
    city["claims"]["P17"] = [unknown]
    item = read_item(city, language="en")
    assert item is not None
    assert item.country is None


def test_preferred_statements_win_and_deprecated_ones_are_nothing() -> None:
    city = entity(
        "Q1", "Town", link("P17", "Q159"), link("P17", "Q212", rank="preferred"), link("P31", "Q515", rank="deprecated")
    )
    item = read_item(city, language="en")
    assert item is not None
    assert (item.country, item.types) == ("Q212", ())


def test_a_crater_on_the_moon_has_no_coordinates_on_earth() -> None:
    crater = entity("Q2", "Crater", point(1.0, 2.0))
    crater["claims"]["P625"][0]["mainsnak"]["datavalue"]["value"]["globe"] = "http://www.wikidata.org/entity/Q405"
    item = read_item(crater, language="en")
    assert item is not None
    assert (item.lat, item.lon) == (None, None)


def test_a_label_in_another_language_is_taken_where_there_is_none_in_the_asked() -> None:
    town = entity("Q3", "Town")
    town["labels"] = {"mul": {"language": "mul", "value": "Stadt"}}
    item = read_item(town, language="uk")
    assert item is not None
    assert item.label == "Stadt"

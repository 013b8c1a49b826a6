"""States, territories and regions as the packages `rigour` and `pycountry` know them."""

from __future__ import annotations

import gettext
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pycountry
from rigour._core import territories_jsonl

from kg.gazetteer.row import Row
from kg.gazetteer.tables import parts, rows, state_labels
from kg.names import fold

LANGUAGES: Mapping[str, str] = {
    "am": "am", "ar": "ar", "de": "de", "es": "es", "fa": "fa", "fr": "fr", "ha": "ha", "he": "he", "hi": "hi",
    "id": "id", "ja": "ja", "pl": "pl", "ps": "ps", "pt": "pt", "ru": "ru", "so": "so", "sw": "sw", "tr": "tr",
    "uk": "uk", "ur": "ur", "zh": "zh_CN",
}  # fmt: skip
"""The catalogue of `pycountry` for each language that labels are kept in."""

RIGOUR, PYCOUNTRY = ("rigour", "MIT"), ("pycountry", "LGPL-2.1-only")
"""Source and licence of the two packages' rows."""

DOUBTFUL = frozenset(["am", "ha", "ps", "so", "sw"])
"""Languages whose catalogues hold mistakes: a label counts where rigour has the same name."""

NO_PLACES = frozenset(["eu", "ip", "un", "zz"])
"""Codes of rigour that are no territory: unions, cyberspace, the world."""


def entries() -> Iterator[Row]:
    """The territories of rigour, then the States and regions of ISO 3166 whose item is known."""
    yield from territories()
    yield from states()
    yield from regions()


@cache
def _territories() -> Mapping[str, Mapping[str, Any]]:
    # The package's public class keeps the names to itself.
    lines = filter(None, territories_jsonl().splitlines())
    return {record["code"]: record for record in map(json.loads, lines)}


def territories() -> Iterator[Row]:
    """The territories of rigour, each with its own names, without those that other tongues have for it."""
    own = {row["qid"] for row in rows("states")}
    for code, record in _territories().items():
        if code in NO_PLACES:
            continue
        names = dict.fromkeys((record["full_name"], *record["names_strong"]))
        parent, state = record.get("parent"), _root(code)
        yield Row(
            label=record["name"],
            classes=("State", "Place") if record["qid"] in own else ("Place",),
            names=tuple((name, "alias") for name in names if name != record["name"]),
            qid=record["qid"],
            country=_territories()[state]["qid"] if state != code else None,
            within=_territories()[parent]["qid"] if parent else None,
            keys=() if record.get("is_historical") else (code.upper(),),
            description=record.get("summary", ""),
            source=RIGOUR[0],
            licence=RIGOUR[1],
        )


def _root(code: str) -> str:
    """The code of the territory at the end of the parents of one."""
    while parent := _territories()[code].get("parent"):
        code = parent
    return code


class _Untold(gettext.NullTranslations):
    """The end of a chain of catalogues: nothing is known of a message, which is not the same as its being alike."""

    def gettext(self, message: str) -> str:  # noqa: ARG002 - gettext's signature
        return ""


@cache
def _catalogues(domain: str) -> Mapping[str, gettext.NullTranslations]:
    folder, found = pycountry.LOCALES_DIR, {}
    for tag, name in LANGUAGES.items():
        if gettext.find(domain, folder, languages=[name]):
            found[tag] = gettext.translation(domain, folder, languages=[name])
            found[tag].add_fallback(_Untold())
    return found


def _labels(domain: str, name: str) -> dict[str, str]:
    """The name in every language that a catalogue of `domain` has it in."""
    told = ((tag, catalogue.gettext(name)) for tag, catalogue in _catalogues(domain).items())
    return {tag: text for tag, text in told if text}


@cache
def _items() -> Mapping[str, str]:
    """The item of each ISO 3166-1 code: from the table of states, else from rigour."""
    ours = {row["iso2"]: row["qid"] for row in rows("states") if row["iso2"] and row["qid"]}
    return {code.upper(): record["qid"] for code, record in _territories().items() if len(code) == 2} | ours


def states() -> Iterator[Row]:
    """The countries of ISO 3166-1 with their names in many languages."""
    own = state_labels()
    for country in pycountry.countries:
        if qid := _items().get(country.alpha_2):
            short = getattr(country, "common_name", country.name)
            full = getattr(country, "official_name", "")
            yield Row(
                label=own.get(country.alpha_2, short),
                classes=("State", "Place") if country.alpha_2 in own else ("Place",),
                names=tuple((name, "alias") for name in dict.fromkeys((short, country.name, full)) if name),
                qid=qid,
                keys=(country.alpha_2, country.alpha_3),
                labels=_country_labels(country),
                source=PYCOUNTRY[0],
                licence=PYCOUNTRY[1],
            )


def _country_labels(country: Any) -> tuple[tuple[str, str], ...]:
    """The labels of a country: its common name where a catalogue has that, else its formal name."""
    labels = _labels("iso3166-1", country.name) | _labels("iso3166-1", getattr(country, "common_name", country.name))
    record = _territories().get(country.alpha_2.lower(), {})
    known = {*record.get("names_weak", ()), *record.get("names_strong", ())}
    return tuple((tag, text) for tag, text in labels.items() if tag not in DOUBTFUL or text in known)


def regions() -> Iterator[Row]:
    """The regions of ISO 3166-2 that the project's own table has the item of, by their names in the country."""
    named: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    labels = {}
    codes = {text: iso for iso, text in state_labels().items()}
    for row in rows("regions"):
        if row["qid"] and (iso := codes.get(row["country"])):
            labels[row["qid"]] = row["label"]
            for form in (row["label"], *parts(row["bare"]), *parts(row["aliases"])):
                named[iso, core(form, row["types"])].add(row["qid"])
    alike = Counter((region.country_code, core(region.name, region.type)) for region in pycountry.subdivisions)
    for region in pycountry.subdivisions:
        key = region.country_code, core(region.name, region.type)
        items = named.get(key, set())
        # A name that two regions share tells nothing: Maputo is a city and a province.
        if len(items) == 1 and alike[key] == 1 and not region.parent_code:
            qid = next(iter(items))
            yield Row(
                label=labels[qid],
                classes=("Place",),
                qid=qid,
                keys=(region.code,),
                labels=tuple(_labels("iso3166-2", region.name).items()),
                source=PYCOUNTRY[0],
                licence=PYCOUNTRY[1],
            )


def core(form: str, types: str) -> str:
    """The folded name of a region without its type, for comparison: 'Aleppo Governorate' is 'aleppo'."""
    words = fold(form).split()
    kinds = {"province", "governorate", "oblast", "region", "state", "district", "republic", "of"}
    kinds |= {word for kind in parts(types) for word in fold(kind).split()}
    return " ".join(word for word in words if word not in kinds) or fold(form)

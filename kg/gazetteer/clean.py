"""Names of open data as people write them: what tells namesakes apart, markup and junk taken off."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote

LONGEST = 90
"""Letters in the longest name that is kept: longer ones are sentences."""

_ENDING = re.compile(r"^(?P<name>.*\S)\s*\((?P<which>[^()]*)\)$")
_JUNK = re.compile(r"https?:|�|^(?:Category|Template|Wikipedia|Вікіпедія|Википедия):|[{}<>\\=|\t]", re.IGNORECASE)
_ESCAPED = re.compile(r"%[0-9A-F]{2}")
_REGION_CODE = re.compile(r"^[A-Z]{2}-[A-Z0-9]{1,3}$")
_CODE = re.compile(r"^[A-Z]{3,4}$")
_SUFFIX = re.compile(r"^(?:Jr|Sr|I{1,3}|IV|V|PhD|MD|MP|QC|KC)\b", re.IGNORECASE)
_ODD = re.compile(r"[^\w .'’ʼ`´·/\n-]")
"""Signs that only names with markup, brackets or decomposed letters have; a search for one set of signs is fast."""

_QUOTES = '"“”„«»'
_SIGNS = "ʻʼʽʾʿ"
_TYPES = frozenset(
    [
        *("Canton", "City", "County", "Department", "District", "Emirate", "Governorate", "Hromada", "Krai", "Oblast"),
        *("Municipality", "Okrug", "Prefecture", "Province", "Raion", "Region", "Regency", "Republic", "State"),
        *("Subdistrict", "Territory", "Voivodeship", "Wilayah"),
    ]
)
"""The words that say what kind of region a name is of."""


class Names(NamedTuple):
    """A thing's label, its other names, the codes among them ("UA-23"), and what its label says of it."""

    label: str
    others: tuple[str, ...]
    codes: tuple[str, ...]
    description: str


def tidy(name: str) -> str:
    """One name without markup, escapes, hash marks, quotation marks around it and needless spaces; '' for junk."""
    if _usual(name) and _whole(name):
        return name
    name = html.unescape(name)
    if _ESCAPED.search(name):
        name = unquote(name)
    name = unicodedata.normalize("NFC", name).lstrip("#*").strip(",; \t\xa0\u200e\u200f")
    if name[:1] in _QUOTES and name[-1:] in _QUOTES:
        name = name.strip(_QUOTES)
    if _JUNK.search(name) or not any(letter.isalpha() for letter in name):
        return ""
    return " ".join(name.split()) if len(name) <= LONGEST else ""


def _usual(names: str) -> bool:
    """Whether all signs of one or many names are those of tidy names."""
    return not _ODD.search(names) and (names.isascii() or unicodedata.is_normalized("NFC", names))


def _whole(name: str) -> bool:
    """Whether a name of usual signs is tidy as it stands."""
    return name[:1].isalpha() and len(name) <= LONGEST and name[-1] != " " and "  " not in name and "\n" not in name


def parted(name: str) -> tuple[str, str]:
    """A tidy name without what stands in brackets at its end, and that ('Richard Armitage', 'government official')."""
    name = tidy(name)
    if name.endswith(")") and (match := _ENDING.match(name)):
        return parted(match["name"])[0] or match["name"], match["which"].strip()
    return ("", "") if name.startswith("(") else (name, "")


def names(label: str, others: Iterable[str], *, person: bool, codes: bool) -> Names:
    """The names of one thing, tidy and each once.

    A `person`'s 'Family, Given' is turned. `codes` says that short names in capitals ('LROD') may be names. A label in
    another script gives way to the first Latin name.
    """
    own, which = parted(label)
    heads = own.split(" / ")
    forms: dict[str, None] = dict.fromkeys(turned(head) if person else head for head in heads)
    found: list[str] = []
    others = tuple(filter(None, others))
    usual = _usual("\n".join(others))
    for raw in others:
        name = raw if usual and _whole(raw) else parted(raw)[0]
        if name.isupper():
            if _REGION_CODE.match(name):
                found.append(name)
                continue
            if not codes and _CODE.match(name):
                continue
        forms[turned(name) if person else name] = None
    forms.pop("", None)
    if len(heads) > 1:
        forms.pop(own, None)
    shouted = [form for form in forms if form.isupper() and len(form) > 4]
    if shouted:
        quiet = {form.casefold() for form in forms if not form.isupper()}
        for form in shouted:
            if form.casefold() in quiet:
                del forms[form]
    first = next(iter(forms), "")
    if not latin(first):
        # A translated name has more words than one that is only written in other letters.
        choices = [form for form in forms if latin(form)] or [first]
        first = min(choices, key=lambda form: abs(form.count(" ") - first.count(" ")))
    forms.pop(first, None)
    described = which if which[:1].islower() and latin(which) else ""
    return Names(first, tuple(forms), tuple(found), described)


def bare(name: str, label: str) -> bool:
    """Whether a name is the label of a province or district without its type: 'Moscow' for 'Moscow Oblast'."""
    if label.startswith(f"{name} "):
        return label.split()[-1] in _TYPES
    return label.endswith(f" of {name}") and label.removesuffix(f" of {name}").split()[-1] in _TYPES


def turned(name: str) -> str:
    """'Юрий Васильев' for 'Васильев, Юрий'; a name without exactly one comma as it is."""
    family, comma, given = name.partition(", ")
    return name if not comma or "," in given or _SUFFIX.match(given) else f"{given} {family}"


def latin(name: str) -> bool:
    """Whether all letters of a name are Latin ones."""
    return name.isascii() or all(
        not c.isalpha() or c < "\u0250" or "\u1e00" <= c <= "\u1eff" or c in _SIGNS for c in name
    )

"""Codes in words, and the numbers that speakers give: in words, and as what they allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ontology
from ontology import NAMESPACE

IRREGULAR = {"people": "person", "children": "child"}


@dataclass(frozen=True, slots=True)
class Amount:
    """How many of what: `measure` and `counted` are codes by local name, the numbers as the speaker gives them."""

    measure: str
    counted: str
    count: int | None = None
    low: int | None = None
    high: int | None = None
    total: int | None = None

    @property
    def least(self) -> int:
        """The smallest number that is in accord with it."""
        return next((each for each in (self.low, self.count) if each is not None), 0)

    @property
    def most(self) -> int | None:
        """The greatest number that is in accord with it; None where there is no such limit."""
        return self.high if self.high is not None else self.count

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers that are named, but for the total."""
        return tuple(each for each in (self.low, self.count, self.high) if each is not None)

    @property
    def number(self) -> str:
        """The number alone: '89', 'at least 400', 'up to 40', '100 to 150', '52 of 80'."""
        return self._given() + ("" if self.total is None else f" of {self.total:,}")

    def _given(self) -> str:
        if self.count is not None:
            return f"{self.count:,}"
        if self.low is not None:
            return f"at least {self.low:,}" if self.high is None else f"{self.low:,} to {self.high:,}"
        return "an unknown number" if self.high is None else f"up to {self.high:,}"

    @property
    def kind(self) -> str:
        """What is counted: 'combatants'."""
        return in_words(self.counted)

    @property
    def things(self) -> str:
        """The same beside the number: 'combatant' where it is one."""
        return _singular(self.counted) if self.number == "1" else self.kind

    @property
    def fate(self) -> str:
        """What became of it: 'killed'."""
        return in_words(self.measure)

    def __str__(self) -> str:
        return f"{self.number} {self.things} {self.fate}"


def amount(said: Mapping[str, object]) -> Amount | None:
    """The amount in a row with measure, counted, count, low, high and total; None where there is none.

    Codes are local names or IRIs, numbers are numbers or their digits.
    """
    if "measure" not in said or "counted" not in said:
        return None
    numbers = {name: _integer(said.get(name)) for name in ("count", "low", "high", "total")}
    return Amount(str(said["measure"]).removeprefix(NAMESPACE), str(said["counted"]).removeprefix(NAMESPACE), **numbers)


def in_words(name: str) -> str:
    """The label of a code, given by local name or IRI; of any other name its words, parted where capitals begin."""
    name = name.removeprefix(NAMESPACE)
    known = next((codes[name] for scheme in ontology.SCHEMES if name in (codes := ontology.codes(scheme))), None)
    if known:
        return known.label
    name = name.rstrip("/#").rpartition("#")[2].rpartition("/")[2]
    return "".join(
        f" {c}" if c.isupper() and i and not name[i - 1].isupper() else c for i, c in enumerate(name)
    ).lower()


def _singular(name: str) -> str:
    """One of a kind: its label without the plural where the ontology knows that word, else the label."""
    label = in_words(name)
    code = ontology.codes("Kind").get(name)
    forms = (IRREGULAR.get(label, ""), label.removesuffix("s"), f"{label.removesuffix('ies')}y")
    return next((form for form in forms if code and form in code.nouns), label)


def _integer(given: object) -> int | None:
    try:
        return int(str(given))
    except ValueError:
        return None

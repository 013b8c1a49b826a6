"""Frames: which grammatical function fills which role, and when an ambiguous word is an event at all
(`rules/frames.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

ROLES = ("actor", "target", "mediator")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a trigger asks for. `when` lists alternatives, each a set of 'function:tag|tag' that must all hold;
    `not_with`
    are lemmas that speak against it; a `weak` trigger counts only in a text that is about conflict anyway; `code`
    overrides
    the lexicon's; `roles` overrides the type's functions."""

    when: tuple[tuple[str, ...], ...] = ()
    unless: tuple[tuple[str, ...], ...] = ()
    not_with: frozenset[str] = frozenset()
    weak: bool = False
    off: bool = False
    code: str | None = None
    roles: dict[str, tuple[str, ...]] | None = None


@cache
def rules() -> dict[str, Any]:
    """The parsed `rules/frames.toml`."""
    return tomllib.loads((files("kg.extract") / "rules" / "frames.toml").read_text(encoding="utf8"))


@cache
def verb_frames(lemma: str) -> tuple[Frame, ...]:
    """The frames of a verb trigger, to be tried in order; one empty frame where the rules have none."""
    rows = rules()["verb"].get(lemma, {})
    return tuple(_frame(row) for row in (rows if isinstance(rows, list) else [rows]))


@cache
def default_when(code: str, pos: str) -> tuple[tuple[str, ...], ...]:
    """The conditions that a type puts on its triggers which have none of their own; none if it puts none."""
    types = rules()["type"]
    for name in (code, rules()["family"].get(code, "")):
        if pos in types.get(name, {}):
            return tuple(tuple(one) for one in types[name][pos].get("when", ()))
    return ()


@cache
def noun_frames(lemma: str) -> tuple[Frame, ...]:
    """The frames of a noun trigger, to be tried in order.

    A compound without a row of its own takes over what its last word must not stand with, and the whole row if that
    says `inherit`.
    """
    table = rules()["noun"]
    if lemma in table or " " not in lemma:
        rows = table.get(lemma, {})
        return tuple(_frame(row) for row in (rows if isinstance(rows, list) else [rows]))
    last = table.get(lemma.split()[-1], {})
    last = last[0] if isinstance(last, list) else last
    return (_frame(last if last.get("inherit") else {"not_with": last.get("not_with", ())}),)


def _frame(row: dict[str, Any]) -> Frame:
    roles = {role: tuple(row[role]) for role in ROLES if role in row}
    return Frame(
        tuple(tuple(one) for one in row.get("when", ())),
        tuple(tuple(one) for one in row.get("unless", ())),
        frozenset(row.get("not_with", ())),
        row.get("weak", False),
        row.get("off", False),
        row.get("code"),
        roles or None,
    )


@cache
def functions(code: str, pos: str, role: str) -> tuple[str, ...]:
    """The grammatical functions that fill a role of an event type, the most telling first."""
    types = rules()["type"]
    for name in (code, rules()["family"].get(code, ""), "default"):
        table = types.get(name, {}).get(pos, {})
        if role in table:
            return tuple(table[role])
    return ()


@cache
def accepts(code: str, role: str) -> frozenset[str]:
    """The phrase tags that may fill a role of an event type."""
    types = rules()["type"]
    for name in (code, rules()["family"].get(code, ""), "default"):
        if role in types.get(name, {}).get("accept", {}):
            return frozenset(types[name]["accept"][role])
    return frozenset()

"""How deep and how long a query or an update is where Oxigraph recurses or plans, so that a bomb is refused unparsed.

A few thousand nested brackets overflow its stack and end the process, as do chains of OPTIONAL, BIND or `||`; a group
of many hundred triple patterns is planned for minutes. Templates and data may be as long as they like.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.sparql.tokens import CLOSING, OPENING, tokens

_OPERATORS = frozenset(("||", "&&", "!", "+", "-", "*", "/", "|", "^"))
_TERMS = frozenset(("iri", "pname", "blank", "var", "string", "number"))
_TEMPLATES = frozenset(("DATA", "INSERT", "DELETE", "CONSTRUCT"))


def depth(text: str) -> int:
    """How deep the brackets of all kinds nest at most."""
    deepest = level = 0
    for token in tokens(text):
        if token.kind == "punct":
            level += (token.text in OPENING) - (level > 0 and token.text in CLOSING)
            deepest = max(deepest, level)
    return deepest


@dataclass(slots=True)
class _Bracket:
    """What stands in a bracket, as far as it was read."""

    sign: str
    is_template: bool = False
    operators: int = 0
    patterns: int = 0
    word: str = ""


def chain(text: str) -> int:
    """How many parts follow each other at most in one bracket, where Oxigraph nests or joins each with the next.

    They are the operators of an expression or a path, the members of a list, and the triples, groups, filters and
    assignments of a group.
    """
    longest, stack, before = 0, [_Bracket("")], ""
    for kind, sign, _, _ in tokens(text):
        here = stack[-1]
        if kind == "punct" and sign in OPENING:
            here.patterns += sign == "{" or here.sign == "(" or here.word == "HAVING"
            stack.append(_Bracket(sign, here.is_template or (sign == "{" and here.word in _TEMPLATES)))
        elif kind == "punct" and sign in CLOSING:
            if len(stack) > 1:
                stack.pop()
        elif kind == "punct" and sign in (".", ";", ","):
            here.operators = 0
            here.patterns += here.sign != "("
        elif kind == "punct":
            here.operators += sign in _OPERATORS
        elif kind == "word" or sign[:6].upper() == "FILTER":  # a name where it is glued: FILTERp:function(?x)
            here.word = sign.upper()
            here.patterns += here.word.startswith("FILTER")
            stack[-2 if len(stack) > 1 else -1].patterns += here.word == "AS"
        elif here.sign == "(":
            follows = kind in _TERMS and before in _TERMS
            here.operators += follows or (kind == "number" and sign[0] in "+-")
        before = kind
        if not here.is_template:
            longest = max(longest, here.operators, here.patterns, stack[-1].patterns)
    return longest

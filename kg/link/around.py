"""What the words around a name say of it: what it lies in, what kind of place it is, which office somebody holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from kg.names import fold

_SIDE = r"(?:(?:far |the )?(?:north|south|east|west|central|upper|lower)\w*(?:[- ]\w+)?,? )?"
_NAME = r"((?:[A-Z][\w.'’-]*)(?: (?:of |and |al-|the )?[A-Z][\w.'’-]*){0,3})"
_BEHIND = re.compile(rf"^(?:,|,? in|,? near| of)? ?(?:the )?{_SIDE}(?:state of |province of |region of )?{_NAME}")
_COMMA = re.compile(rf"^, {_NAME}")
_SETTLED = (
    r"(?:city|town|village|province|region|district|port|capital|governorate|oblast|state|county|island|suburb"
    r"|neighbou?rhood|area|border|coast|camp|base|crossing)"
)
_BEFORE = re.compile(rf"{_NAME}(?:['’]s?)? (?:[a-z]\w* ){{0,3}}?{_SETTLED}(?: town| city)?(?: of)? (?:the )?$")
_OWNER = re.compile(rf"{_NAME}['’]s? {_SIDE}$")
_TYPES = r"(province|region|governorate|oblast|district|county|state|department|prefecture|city|town|village)"
_TYPE_BEFORE = re.compile(rf"\b{_TYPES} of (?:the )?$")
_TYPE_BEHIND = re.compile(rf"^ {_TYPES}\b")
_APPOSITION = re.compile(r"^, (?:the |an? |who is )?([^,.;:\n]{4,70})")
_OWNING = re.compile(_NAME)
_WORD = re.compile(r"[^\W\d_]{4,}")
_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[\w'’-]+")

RANKS = frozenset(
    [
        "president",
        "prime",
        "minister",
        "chancellor",
        "king",
        "queen",
        "prince",
        "princess",
        "premier",
        "secretary",
        "chairman",
        "chairwoman",
        "defence",
        "foreign",
        "interior",
        "finance",
        "general",
        "colonel",
        "major",
        "captain",
        "lieutenant",
        "admiral",
        "brigadier",
        "commander",
        "leader",
        "vice",
        "deputy",
        "governor",
        "mayor",
        "ambassador",
        "senator",
        "congressman",
        "congresswoman",
        "representative",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "chief",
        "director",
        "speaker",
        "attorney",
        "judge",
        "justice",
        "pope",
        "sheikh",
        "ayatollah",
        "emir",
        "sultan",
        "professor",
        "envoy",
        "commissioner",
        "lawmaker",
        "candidate",
    ]
)
"""Words of offices, as `rank` gives them."""
_HONORIFICS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "lord",
        "lady",
        "dame",
        "gen",
        "col",
        "maj",
        "capt",
        "lt",
        "sen",
        "rep",
        "gov",
        "rev",
        "st",
    ]
)
_BETWEEN = frozenset(["of", "the", "state", "for", "former", "then", "acting", "first", "current", "late", "affairs"])
_SPELLING = {"defense": "defence", "gen": "general", "col": "colonel", "sen": "senator", "gov": "governor"}


@dataclass(slots=True)
class Around:
    """What was found around the mentions of one entity.

    `inside` are names that stand where its container would ('Paris, Texas'), `types` the kinds of place that it is
    called and how often, `ranks` the words of its office, `owners` names that stand where its state would ('Russian
    Defence Minister X'); `personal` says that a title stands before it; `words` are all words around.
    """

    inside: list[str] = field(default_factory=list)
    types: Counter[str] = field(default_factory=Counter)
    ranks: set[str] = field(default_factory=set)
    owners: list[str] = field(default_factory=list)
    personal: bool = False
    words: set[str] = field(default_factory=set)

    def take(self, before: str, after: str) -> None:
        """Take in what stands before and after one mention."""
        self.words.update(map(str.casefold, _WORD.findall(before)))
        self.words.update(map(str.casefold, _WORD.findall(after)))
        self.inside += _containers(before, after)
        self.types.update(
            {match.group(1) for match in (_TYPE_BEFORE.search(before), _TYPE_BEHIND.match(after)) if match}
        )
        self._title(before)
        if (match := _APPOSITION.match(after)) and (office := ranks(match.group(1))):
            self.ranks |= office
            if owner := _OWNING.match(match.group(1)):
                self.owners += _shorter(owner.group(1))
        if match := _OWNER.search(before):
            self.owners.append(match.group(1))

    def _title(self, before: str) -> None:
        """Read the title that ends right before the name, and whose it is."""
        tokens = _TOKEN.findall(before.rsplit("\n", 1)[-1])
        if (
            not tokens
            or before.rstrip().endswith((".", ",", ";", ":", "!", "?"))
            and tokens[-1].casefold() not in _HONORIFICS
        ):
            return
        if before.endswith((". ", "\n")) and tokens[-1].casefold() not in _HONORIFICS | set(_SPELLING):
            return
        title: list[str] = []
        if [token.casefold() for token in tokens[-3:]] == ["secretary", "of", "state"]:
            tokens = tokens[:-2]
        while tokens and (rank(tokens[-1]) in RANKS | _HONORIFICS or title and tokens[-1].casefold() in _BETWEEN):
            title.append(rank(tokens.pop()))
        if title and {title[0]} <= RANKS | _HONORIFICS:
            self.personal = True
            self.ranks |= RANKS & set(title)
            run = list(takewhile(lambda token: token[0].isupper(), reversed(tokens)))[:3]
            # 'South Korean' before 'Korean', which may be of either.
            self.owners += (" ".join(reversed(run[:size])) for size in range(len(run), 0, -1))


def rank(word: str) -> str:
    """The word of an office in one spelling and lower case."""
    folded = word.casefold().removesuffix("'s").removesuffix("’s")
    return _SPELLING.get(folded, folded)


def ranks(office: str) -> set[str]:
    """The words of an office: {'foreign', 'minister'} of 'Minister of Foreign Affairs'."""
    return {rank(word) for word in fold(office).split()} & RANKS


def _containers(before: str, after: str) -> Iterator[str]:
    """The names that stand where the text tells what a place lies in."""
    found = [match.group(1) for match in (_COMMA.match(after), _BEHIND.match(after)) if match]
    found += [match.group(1) for match in (_BEFORE.search(before), _OWNER.search(before)) if match]
    for name in found:
        # 'Paris, Texas, on Friday' and 'Texas Governor': the name may be shorter than the run of capitals.
        yield from _shorter(name)


def _shorter(run: str) -> Iterator[str]:
    """The names that a run of capitals may begin with, the longest first."""
    words = run.split()
    return (" ".join(words[:size]) for size in range(len(words), 0, -1))

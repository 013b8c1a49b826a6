"""Words that name an event or its effect: the ontology's lexical labels found in a parsed text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

import ontology
from kg.extract.frames import Frame
from kg.extract.syntax import children

Words = tuple[str, ...]

_NOMINAL = ("pobj", "dobj", "nsubj", "nsubjpass")
"""Labels of a noun: 'airstrikes' is one of these even where the tagger calls it a verb."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or words that name something. `head` is the token index of its verb or noun; `code` an EventType or
    Measure."""

    head: int
    start: int
    end: int
    lemma: str
    pos: str
    code: str


@cache
def _index(scheme: str) -> dict[str, dict[str, list[tuple[Words, str]]]]:
    """By part of speech, then by the word that heads the trigger: the trigger's words and its code, longest first."""
    out: dict[str, defaultdict[str, list[tuple[Words, str]]]] = {"noun": defaultdict(list), "verb": defaultdict(list)}
    for entry in ontology.lexicon(scheme):
        head = entry.words[0] if entry.pos == "verb" else entry.words[-1]
        out[entry.pos][head].append((entry.words, entry.code))
    for by_head in out.values():
        for entries in by_head.values():
            entries.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return {pos: dict(by_head) for pos, by_head in out.items()}


def triggers(doc: Doc, scheme: str) -> list[Trigger]:
    """The triggers of a scheme ('EventType' or 'Measure') in text order; each token heads at most one."""
    index = _index(scheme)
    out: list[Trigger] = []
    taken: set[int] = set()
    for token in doc:
        if token.is_space or token.is_punct:
            continue
        found = None
        if (
            token.pos_ in ("VERB", "AUX")
            or token.tag_ in ("VBN", "VBG")
            and token.dep_ in ("amod", "acl", "pcomp", "relcl")
        ):
            found = _verb(token, index["verb"])
            if found is not None and " " in found.lemma:  # 'imposed sanctions': the noun tells it better
                inner = next((c for c in children(token, "dobj") if found.start < c.i < found.end), None)
                noun = _noun(inner, index["noun"]) if inner is not None else None
                if noun is not None and noun.code == found.code:
                    found = None
        if found is None and token.pos_ in ("NOUN", "PROPN", "ADJ", "VERB"):
            found = _noun(token, index["noun"])
            if found is not None and is_modifier(token):  # 'death' of 'death toll' is told by the whole
                whole = _noun(token.head, index["noun"])
                found = None if whole is not None and whole.start <= token.i else found
        if found is not None and not taken & set(range(found.start, found.end)):
            out.append(found)
            taken.update(range(found.start, found.end))
    return out


def _verb(token: Token, entries: dict[str, list[tuple[Words, str]]]) -> Trigger | None:
    for lemmas, code in entries.get(token.lemma_.lower(), ()):
        last = _last_word(token, lemmas[1:])
        if last is not None:
            end = last.i + 1 if last.i - token.i <= len(lemmas) else token.i + 1
            return Trigger(token.i, token.i, end, " ".join(lemmas), "verb", code)
    return None


def _last_word(verb: Token, rest: Words) -> Token | None:
    """The last of the words that follow the verb in its trigger, each a dependant of the verb or of the word before."""
    last = verb
    for word in rest:
        after = (c for parent in (verb, last) for c in parent.children if c.i > verb.i and not _of_time(c))
        found = next((c for c in after if word in (c.lower_, c.lemma_.lower())), None)
        if found is None:
            return None
        last = found
    return last


def _of_time(word: Token) -> bool:
    """Whether a preposition leads to a day: 'fired on Monday' is not 'fired on'."""
    return word.pos_ == "ADP" and any(c.ent_type_ in ("DATE", "TIME") for c in children(word, "pobj"))


def _noun(token: Token, entries: dict[str, list[tuple[Words, str]]]) -> Trigger | None:
    if (
        token.pos_ == "VERB"
        and token.tag_ != "VBG"
        and token.dep_ not in _NOMINAL
        or token.ent_type_ in ("DATE", "TIME")
    ):
        return None
    for final in dict.fromkeys((token.lemma_.lower(), token.lower_)):
        for lemmas, code in entries.get(final, ()):
            start = _match_back(token, lemmas[:-1])
            if start is not None:
                return Trigger(token.i, start, token.i + 1, " ".join(lemmas), "noun", code)
    return None


def _match_back(token: Token, lemmas: Words) -> int | None:
    """Where a noun trigger starts whose words before the head are `lemmas`; hyphens may stand between; None if it
    doesn't."""
    i = token.i
    for word in reversed(lemmas):
        i -= 1
        if i >= 0 and token.doc[i].text in ("-", "–"):
            i -= 1
        if i < 0 or word not in (token.doc[i].lower_, token.doc[i].lemma_.lower()):
            return None
    return i


def is_modifier(token: Token) -> bool:
    """Whether the noun only modifies another one: 'attack' of 'attack helicopter', 'protest' of 'protest leaders'."""
    return (
        token.dep_ in ("compound", "nmod", "amod") and token.pos_ in ("NOUN", "PROPN", "ADJ") and token.head.i > token.i
    )


def blocked(trigger: Trigger, doc: Doc, frame: Frame) -> bool:
    """Whether the words around say that the trigger means something else: 'heart attack', 'strike action', 'shot a
    video'."""
    token = doc[trigger.head]
    around = {c.lemma_.lower() for c in token.children} | {c.lower_ for c in token.children}
    if token.i and trigger.pos == "noun":
        around |= {token.nbor(-1).lower_, token.nbor(-1).lemma_.lower()}
    if trigger.pos == "noun" and token.dep_ in ("dobj", "pobj", "conj"):
        around |= (
            {token.head.lemma_.lower(), token.head.head.lemma_.lower()}
            if token.dep_ == "pobj"
            else {token.head.lemma_.lower()}
        )
    inner = {c.lemma_.lower() for prep in children(token, "prep") for c in children(prep, "pobj")}
    return bool(frame.not_with & (around | inner))

"""Grammatical functions read off spaCy's dependency parse (ClearNLP labels).

Everything here is about tokens alone: no names, no lexicon. Logical subject and object undo passives, relative and
reduced relative clauses, control and coordination.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

_PARTITIVE = {
    "barrage",
    "batch",
    "couple",
    "dozen",
    "dozens",
    "group",
    "handful",
    "host",
    "hundred",
    "hundreds",
    "lot",
    "majority",
    "many",
    "most",
    "number",
    "one",
    "part",
    "pair",
    "salvo",
    "score",
    "scores",
    "series",
    "some",
    "swarm",
    "ten",
    "tens",
    "thousand",
    "thousands",
    "total",
    "volley",
    "wave",
    "several",
    "string",
    "all",
    "both",
    "half",
    "member",
    "crowd",
    "million",
    "millions",
    "round",
    "none",
    "few",
    "convoy",
    "body",
    "rest",
    "spate",
    "bodies",
    "any",
    "each",
    "others",
    "campaign",
    "flurry",
    "cycle",
    "burst",
    "bout",
    "session",
    "outbreak",
}


def sentence_numbers(doc: Doc) -> dict[int, int]:
    """The number of its sentence, from 0, by token index."""
    return {token.i: number for number, sent in enumerate(doc.sents) for token in sent}


def conjoined(token: Token) -> list[Token]:
    """The token and what is coordinated with it, in text order."""
    out, queue = [token], [token]
    while queue:
        for child in queue.pop().children:
            if child.dep_ == "conj":
                out.append(child)
                queue.append(child)
    return sorted(out, key=lambda t: t.i)


def core(token: Token) -> Token:
    """The noun that a quantity stands for: 'people' of 'dozens of people', 'drones' of '52 of the 80 drones'."""
    for _ in range(4):
        partitive = token.lower_ in _PARTITIVE or token.lemma_.lower() in _PARTITIVE or token.like_num
        inner = next((p for p in children(token, "prep") if p.lower_ in ("of", "out")), None) if partitive else None
        if inner is not None and inner.lower_ == "out":
            inner = next(children(inner, "prep"), None)
        noun = next((c for c in inner.children if c.dep_ == "pobj"), None) if inner is not None else None
        if noun is None:
            return token
        token = noun
    return token


def outer(noun: Token) -> Token:
    """The noun that carries a quantity of this one: 'round' of 'a round of peace talks', 'one' of 'one of the
    attacks'."""
    for _ in range(3):
        up = noun.head
        if (
            noun.dep_ == "pobj"
            and up.lower_ == "of"
            and up.dep_ == "prep"
            and (up.head.lemma_.lower() in _PARTITIVE or up.head.lower_ in _PARTITIVE or up.head.like_num)
        ):
            noun = up.head
        else:
            break
    return noun


def children(token: Token, *deps: str) -> Iterator[Token]:
    """The children of the token whose dependency label is one of `deps`."""
    return (child for child in token.children if child.dep_ in deps)


def prepositional(token: Token, *prepositions: str) -> list[Token]:
    """The objects of the token's prepositions; with no `prepositions`, of any. 'according to' counts as 'to' of
    'according'."""
    found = []
    for prep in children(token, "prep", "agent", "dative"):
        if not prepositions or prep.lower_ in prepositions:
            heads = [c for c in prep.children if c.dep_ in ("pobj", "pcomp")]
            for inner in children(prep, "prep"):  # 'from inside Syria', 'out of'
                heads += [c for c in inner.children if c.dep_ == "pobj"]
            for head in heads:
                found += conjoined(head)
            for other in children(prep, "conj"):  # 'in Iraq and in Syria'
                found += [c for head in children(other, "pobj") for c in conjoined(head)]
    return found


def clause(token: Token) -> Token:
    """The verb of the clause the token stands in (the token itself if it is one), else the sentence root."""
    for up in [token, *token.ancestors]:
        if up.pos_ in ("VERB", "AUX") and up.dep_ not in ("aux", "auxpass", "amod", "compound"):
            return up
    return token.sent.root


def governor(noun: Token) -> tuple[Token | None, str]:
    """The verb that a noun depends on and how: subject, object, or the preposition; (None, '') if none."""
    noun = outer(noun)
    if noun.dep_ in ("nsubj", "nsubjpass"):
        return noun.head, "object" if noun.dep_ == "nsubjpass" else "subject"
    if noun.dep_ in ("dobj", "attr", "oprd"):
        return noun.head, "object"
    if noun.dep_ == "pobj" and noun.head.dep_ in ("prep", "agent"):
        up = noun.head.head
        if up.pos_ in ("VERB", "AUX"):
            return up, "subject" if noun.head.dep_ == "agent" else noun.head.lower_
    if noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        return governor(noun.head)
    return None, ""


def negated(token: Token) -> bool:
    """Whether 'not', 'never' or 'no' stands at the token."""
    if any(child.dep_ == "neg" for child in token.children):
        return True
    return any(c.dep_ == "det" and c.lower_ in ("no", "neither") for c in token.children)

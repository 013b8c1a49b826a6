"""What a phrase can be, in tags: of a name by its class, of a noun by the ontology's kinds."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

import ontology
from kg.extract.spot import Spot
from kg.extract.wordlists import noun_lemma
from kg.names import Name

_CLASS_TAGS = {
    "State": ("agent", "state", "place"),
    "Place": ("place",),
    "Person": ("agent", "person"),
    "Group": ("agent", "people"),
    "ArmedForce": ("agent", "force"),
    "ArmedGroup": ("agent", "force", "armed"),
    "GovernmentBody": ("agent", "org", "official"),
    "InternationalOrganization": ("agent", "org"),
    "NewsOutlet": ("agent", "org", "outlet"),
    "Organization": ("agent", "org"),
}


@cache
def kind_lexicon() -> dict[tuple[str, ...], str]:
    """The Kind codes by the lemmas of their nouns."""
    return {trigger.words: trigger.code for trigger in ontology.lexicon("Kind") if trigger.pos == "noun"}


def kind_at(head: Token) -> str | None:
    """The most specific Kind code named by the noun and what stands before it ('ballistic missiles'), or None."""
    before = [t for t in head.doc[max(head.sent.start, head.i - 3) : head.i] if not t.is_space]
    lemmas = [(t.lemma_ if t.pos_ == "NOUN" else t.text).lower() for t in before if t.text != "-"]
    last = noun_lemma(head)
    for size in range(len(lemmas), -1, -1):
        for final in (last, head.lower_):
            code = kind_lexicon().get((*lemmas[len(lemmas) - size :], final))
            if code is not None:
                return code
    return None


def kind_tags(code: str) -> frozenset[str]:
    """The code, its broader codes, and 'weapon', 'asset' or 'people' for its branch."""
    up = frozenset(ontology.ancestors(code))
    branch = {
        "Weapons": {"weapon"},
        "Equipment": {"asset", "equipment"},
        "Sites": {"asset"},
        "People": {"people", "agent"},
    }
    return up.union(*(tags for name, tags in branch.items() if name in up))


def spot_tags(spot: Spot) -> frozenset[str]:
    tags = set(_CLASS_TAGS.get(spot.classes[0], ("agent",)))
    if stands_for_state(spot) is not None:
        tags |= {"agent", "state"}
    return frozenset(tags)


def stands_for_state(spot: Spot) -> Name | None:
    """The state that a capital or a seat of government can stand for, or None."""
    return next((name for name in spot.names if name.how == "metonym" and "State" in name.classes), None)

"""The names of a text that take no part in any event: they tell what the text is about, and who else is in it."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.cast import Cast
from kg.extract.scene import Scene
from kg.extract.spot import Spot
from kg.names import known

_ACTS = frozenset(["nsubj", "poss", "agent", "nsubjpass"])


def named(scene: Scene, cast: Cast) -> set[str]:
    """The ids of all entities that the text names, each mention noted where it is not yet.

    A single word that no gazetteer has is left out: more often than not it is no name at all ('Feelings').
    """
    spots = sorted(set(scene.spots.values()), key=lambda spot: spot.start)
    names = [spot for spot in spots if spot.names or spot.end - spot.start > 1 or known(spot.text) or cast.has(spot)]
    return {cast.spot(spot, "agent" if _acts(scene.doc[spot.end - 1], spot) else "place") for spot in names}


def _acts(head: Token, spot: Spot) -> bool:
    """Whether a name stands where somebody acts, so that a capital there is its government."""
    if spot.classes[0] != "Place":
        return True
    return head.dep_ in _ACTS and head.head.pos_ in ("VERB", "AUX") and head.dep_ != "nsubjpass"

"""An entity in the making, and the class of one that has no name of its own."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.phrases import Phrase
from kg.extract.spot import Spot
from kg.extract.tags import stands_for_state
from kg.extract.wordlists import words
from kg.model import Mention


@dataclass(slots=True)
class Member:
    """One entity of an article, to which mentions, names and relations are added as they are met.

    `within` is what the text says; `likely_within`, by what the name mostly means, helps to compare places but is not
    told: where a place lies is found by linking, which knows all names of the text.
    """

    id: str
    classes: tuple[str, ...]
    name: str
    names: set[str] = field(default_factory=set)
    mentions: set[Mention] = field(default_factory=set)
    country: str | None = None
    role: str | None = None
    member_of: set[str] = field(default_factory=set)
    within: str | None = None
    likely_within: str | None = None
    kind: str | None = None
    owner: str | None = None

    @property
    def lies_in(self) -> str | None:
        """The id of the place that this one lies in, as told or most likely."""
        return self.within or self.likely_within


def stands_for_owner(one: Phrase, word: str) -> Spot | None:
    """The name that an unnamed agent stands for: 'the Iranian government' → Iran, 'Taliban fighters' → Taliban; None
    if none."""
    owner = one.owner
    if owner is None:
        return None
    if owner.classes[0] == "ArmedGroup" and "agent" in one.tags and "person" not in one.tags:
        return owner
    state = owner.classes[0] == "State" or stands_for_state(owner) is not None
    organ = "organ" in one.tags and "person" not in one.tags or word in words("organ")
    machine = word in words("vehicle_of") and "agent" not in one.tags
    return owner if state and (organ or machine) else None


def unnamed_class(one: Phrase, word: str, tag: str) -> str:
    """The ontology class of an agent without a name, by its head's lemma `word` and part-of-speech `tag`."""
    if "person" in one.tags and tag == "NN":
        return "Person"
    if word in words("armed_force") or one.text.lower().endswith(("air force", "armed forces")):
        return "ArmedForce"
    if "org" in one.tags:
        return "GovernmentBody" if word in words("government_body") else "Organization"
    if "organ" in one.tags:
        return "GovernmentBody" if word in words("government") else "Group"
    return "Group"

"""The entities of one article: phrases become entities, and names of the same thing become one."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Doc

from kg.extract.member import Member, stands_for_owner, unnamed_class
from kg.extract.phrases import Phrase
from kg.extract.spot import Spot
from kg.extract.tags import stands_for_state
from kg.model import Article, Entity, Mention, entity_id
from kg.names import Name, lookup

Reading = Literal["agent", "place", "thing"]
_FAMILY = {
    "Person": "person",
    "Place": "place",
    "State": "state",
    "NewsOutlet": "outlet",
    "Asset": "asset",
    "Group": "group",
}


class Cast:
    """The entities met so far in one article. `of` turns a phrase into an entity id, adding what is new."""

    def __init__(self, article: Article, doc: Doc) -> None:
        self.article, self.doc = article, doc
        self.members: dict[str, Member] = {}
        self._surnames: dict[str, str] = {}
        self._acronyms: dict[str, str] = {}

    def entities(self, used: set[str]) -> tuple[Entity, ...]:
        """The entities that are named in the text or in `used`, and those they refer to, by id."""
        keep = {i for i in used if i in self.members}
        queue = list(keep)
        while queue:
            member = self.members[queue.pop()]
            for other in (member.country, member.within, member.owner, *member.member_of):
                if other and other not in keep:
                    keep.add(other)
                    queue.append(other)
        return tuple(
            Entity(
                m.id,
                m.classes,
                m.name,
                tuple(sorted(m.names - {m.name})),
                tuple(sorted(m.mentions)),
                m.country,
                m.role,
                tuple(sorted(m.member_of)),
                m.within,
                m.kind,
                m.owner,
            )
            for m in sorted((self.members[i] for i in keep), key=lambda m: m.id)
        )

    def of(self, one: Phrase, reading: Reading = "agent") -> str:
        """The id of the entity that a phrase stands for, read as an agent, a place or a thing."""
        if one.spot is not None:
            member = self._named(one.spot, one, reading)
            self._note(member, one.start, one.end)
            if one.title and "Person" in member.classes:
                self._office(member, one)
            return member.id
        member = self._unnamed(one, reading)
        self._note(member, one.start, one.end)
        return member.id

    def is_agent(self, identity: str) -> bool:
        """Whether the entity can act or speak: a place that is no state, and a thing, can't."""
        return self.members[identity].classes[0] not in ("Place", "Asset")

    def is_place(self, identity: str) -> bool:
        """Whether the entity is a place."""
        return "Place" in self.members[identity].classes

    def state(self, name: str) -> str:
        """The id of a state by its label."""
        return self._add("state", ("State", "Place"), name).id

    def outlet(self, name: str) -> str:
        """The id of the outlet that publishes the article, or of the unknown one."""
        known = next((n for n in lookup(name) if "NewsOutlet" in n.classes), None) if name else None
        label = known.label if known else name or "unknown outlet"
        member = self._add(
            "outlet",
            known.classes if known else ("NewsOutlet", "Organization", "Agent")[:1],
            label,
            scope="" if name else self.article.id,
        )
        return member.id

    def spot(self, spot: Spot, reading: Reading) -> str:
        """The id of the entity that a bare name stands for."""
        member = self._named(spot, None, reading)
        self._note(member, spot.start, spot.end)
        return member.id

    def has(self, spot: Spot) -> bool:
        """Whether the words name somebody or something met in the article: a surname, an acronym, what takes part."""
        if spot.text in self._surnames or spot.text in self._acronyms:
            return True
        return any(member.name == spot.text and member.mentions for member in self.members.values())

    # ------------------------------------------------------------------ names

    def _named(self, spot: Spot, one: Phrase | None, reading: Reading) -> Member:
        thing = self._choose(spot, reading)
        if thing is not None:
            return self._known(thing, spot)
        kind = spot.classes[0]
        if kind == "Person":
            return self._person(spot)
        if spot.text in self._acronyms:
            return self.members[self._acronyms[spot.text]]
        member = self._add(_FAMILY.get(kind, "organization"), spot.classes, spot.text)
        if one is not None and one.owner is not None and kind != "Place" and not member.country:
            member.country = self._country(one.owner)
        self._acronym(spot, member)
        return member

    def _choose(self, spot: Spot, reading: Reading) -> Name | None:
        if (
            reading == "agent"
            and (state := stands_for_state(spot)) is not None
            and (spot.best is None or "Person" not in spot.best.classes)
        ):
            return state
        if reading == "place":
            town = next((n for n in spot.names if "Place" in n.classes), None)
            known = spot.best is not None and (spot.best.how == "metonym" or "Place" in spot.best.classes)
            return town if known or town is None else spot.best  # 'the White House' is not Casablanca
        return spot.best

    def _known(self, thing: Name, spot: Spot) -> Member:
        if "State" in thing.classes:
            return self._add("state", thing.classes, thing.label)
        member = self._add(_FAMILY.get(thing.classes[0], "organization"), thing.classes, thing.label)
        if thing.how in ("label", "alias") and thing.classes[0] != "Place":
            member.names.add(spot.text)
        if thing.country and "Place" in thing.classes:
            member.likely_within = member.likely_within or self.state(thing.country)
        elif thing.country:
            member.country = member.country or self.state(thing.country)
        if "Person" in thing.classes:
            self._surnames.setdefault(thing.label.split()[-1], member.id)
        self._acronym(spot, member)
        return member

    def _person(self, spot: Spot) -> Member:
        parts = spot.text.split()
        if (
            len(parts) == 1
            or len(parts) == 2
            and parts[0].lower().rstrip(".") in ("al", "el", "bin", "ibn", "van", "de")
        ):
            known = self._surnames.get(spot.text) or self._surnames.get(parts[-1])
            if known is not None:
                return self.members[known]
        member = self._add("person", ("Person",), spot.text)
        for i in range(1, len(parts)):
            self._surnames.setdefault(" ".join(parts[i:]), member.id)
        self._surnames.setdefault(parts[-1].split("-")[-1], member.id)
        return member

    def learn(self, spots: dict[int, Spot]) -> None:
        """Take in all full names of persons and acronyms first, so that a surname finds its bearer wherever it
        stands."""
        for spot in sorted(set(spots.values()), key=lambda s: (-len(s.text.split()), s.start)):
            if (
                "Person" in spot.classes
                and len(spot.text.split()) > 1
                or not spot.names
                and spot.classes[0] not in ("Person", "Place", "Group")
            ):
                self._named(spot, None, "agent")

    def _acronym(self, spot: Spot, member: Member) -> None:
        """Learn 'SBU' from 'Security Service of Ukraine (SBU)'."""
        doc, i = self.doc, spot.end
        if (
            i + 2 < len(doc)
            and doc[i].text == "("
            and doc[i + 2].text == ")"
            and doc[i + 1].text.isupper()
            and len(doc[i + 1]) < 8
        ):
            self._acronyms.setdefault(doc[i + 1].text, member.id)
            member.names.add(doc[i + 1].text)

    def _office(self, member: Member, one: Phrase) -> None:
        member.role = member.role or one.title
        if one.owner is not None and one.owner.classes[0] not in ("Person", "Group"):
            if one.owner.classes[0] in ("State", "Place"):
                member.country = member.country or self._country(one.owner)
                if any(
                    w in one.title.lower()
                    for w in ("minister", "president", "chancellor", "king", "ambassador", "secretary", "premier")
                ):
                    member.member_of |= {member.country} if member.country else set()
            else:
                member.member_of.add(self.spot(one.owner, "agent"))

    def _country(self, spot: Spot) -> str | None:
        if spot.best is None:
            return None
        if "State" in spot.best.classes:
            return self.spot(spot, "agent")
        return self.state(spot.best.country) if spot.best.country else None

    # ------------------------------------------------------------------ phrases without a name

    def _unnamed(self, one: Phrase, reading: Reading) -> Member:
        owner, word = one.owner, self.doc[one.head].lemma_.lower()
        behind = stands_for_owner(one, word) if reading == "agent" else None
        if behind is not None:
            return self.members[self.spot(behind, "agent")]
        country = self._country(owner) if owner is not None and owner.classes[0] != "Person" else None
        text = one.text or self.doc[one.head].text
        if one.tags & {"weapon", "asset", "equipment"} and "agent" not in one.tags and reading == "thing":
            member = self._add("asset", ("Asset",), text, scope=self.article.id)
            member.kind, member.owner = member.kind or one.kind, member.owner or country
            return member
        if reading == "place" or reading == "thing" and "place" in one.tags and "agent" not in one.tags:
            member = self._add("place", ("Place",), text, scope=self.article.id)
            member.within = member.within or country
            return member
        kind = unnamed_class(one, word, self.doc[one.head].tag_)
        if kind in ("ArmedForce", "GovernmentBody") and country is not None:
            member = self._add("organization", (kind,), self._proper(text, country))
        else:
            member = self._add("group", (kind,), text, scope=self.article.id)
        member.country = member.country or country
        if kind == "Group":
            member.kind = member.kind or one.kind
        elif kind == "Person":
            member.role = member.role or text
        return member

    def _proper(self, text: str, country: str) -> str:
        """The phrase with its state in it, so that 'the air force' of two states are two: 'Ukraine’s air force'."""
        state = self.members[country].name
        bare = text.replace("’s", "").replace("'s", "").split()
        told = state.lower() in text.lower() or any(name.label == state for word in bare for name in lookup(word))
        return text if told else f"{text} of {state}"

    def _add(self, family: str, classes: tuple[str, ...], name: str, *, scope: str = "") -> Member:
        identity = entity_id(family, name, scope)
        member = self.members.get(identity)
        if member is None:
            member = self.members[identity] = Member(identity, classes, name)
        elif len(classes) > len(member.classes):
            member.classes = classes
        return member

    def _note(self, member: Member, start: int, end: int) -> None:
        span = self.doc[start:end]
        member.mentions.add(Mention(span.start_char, span.end_char, span.text))

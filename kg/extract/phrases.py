"""Noun phrases and what they stand for: whose, what kind, which name; the unit that fills a role."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract.spot import Spot
from kg.extract.syntax import children, core
from kg.extract.tags import kind_at, kind_tags, spot_tags
from kg.extract.wordlists import classes_of, noun_lemma, words

_LIST_TAGS = {
    "organ": ("agent", "organ"),
    "official": ("agent", "official", "person"),
    "force": ("agent", "force"),
    "armed": ("agent", "force", "armed"),
    "organisation": ("agent", "org"),
    "people": ("agent", "people"),
    "place": ("place",),
    "asset": ("asset",),
    "event": ("event",),
}
_PERSONAL = ("er", "or", "ist", "ian", "man", "ant", "eer", "ee")
"""Endings of nouns for people: a 'banker' is somebody, though no list knows him."""
_AGENTS = ("ArmedGroup", "Organization", "GovernmentBody", "InternationalOrganization", "NewsOutlet", "ArmedForce")
PRONOUNS = {
    "he",
    "she",
    "him",
    "her",
    "his",
    "they",
    "them",
    "their",
    "it",
    "its",
    "we",
    "our",
    "us",
    "i",
    "my",
    "me",
    "itself",
    "themselves",
    "himself",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase. `head` is its head's token index, `start`/`end` its token span without article and clauses.

    `tags` say what it can be ('agent', 'force', 'weapon', 'Drones', …). `owner` is the known thing that a modifier
    names ('Ukrainian drones' → Ukraine), `owners` all such states where several are coordinated; `kind` is a Kind
    code and `title` what stands before a person's name.
    """

    head: int
    start: int
    end: int
    text: str
    tags: frozenset[str]
    spot: Spot | None = None
    owner: Spot | None = None
    owners: tuple[Spot, ...] = ()
    kind: str | None = None
    title: str = ""
    definite: bool = False


def phrase(token: Token, spots: dict[int, Spot]) -> Phrase:
    """The phrase headed by the token; of a quantity ('dozens of people'), the phrase of what is counted."""
    head = core(token)
    spot = spots.get(head.i)
    doc = head.doc
    end = head.i + 1
    if spot is not None:
        start, end = spot.start, max(spot.end, end)
        title = _title(doc, head, spot)
        owners = _owners(head, spots, spot)
        return Phrase(
            head.i,
            start,
            end,
            spot.text,
            spot_tags(spot),
            spot,
            owners[0] if owners else None,
            owners,
            None,
            title,
            False,
        )
    lists = classes_of(noun_lemma(head))
    wanted = ("Person",) if "official" in lists else _AGENTS if lists & {"organisation", "armed", "force"} else ()
    named = next(
        (spots[c.i] for c in children(head, "appos") if c.i in spots and spots[c.i].classes[0] in wanted), None
    )
    if named is not None and head.tag_ == "NN":
        owners = _owners(head, spots, named)
        return Phrase(
            head.i,
            named.start,
            named.end,
            named.text,
            spot_tags(named),
            named,
            owners[0] if owners else None,
            owners,
            None,
            doc[_left(head) : end].text if wanted == ("Person",) else "",
            False,
        )
    start = _left(head)
    shown = start
    while shown < head.i and (
        doc[shown].like_num
        or doc[shown].dep_ in ("quantmod", "case")
        or doc[shown].lower_ in ("-", "other", "more", "another")
    ):
        shown += 1
    code = kind_at(head)
    tags: set[str] = set()
    if head.lower_ in PRONOUNS or head.pos_ == "PRON":
        tags.add("pronoun")
    lemma = noun_lemma(head)
    for name in classes_of(lemma):
        tags.update(_LIST_TAGS.get(name, ()))
    if code is not None:
        found = kind_tags(code)
        if "agent" not in found:  # a 'power station' is no organisation
            tags -= {"agent", "org", "people", "force", "armed", "person", "official"}
        tags |= found
    if head.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT") and not tags & {"agent", "weapon"}:
        tags = {"time"}
    owners = _owners(head, spots, None)
    owner = owners[0] if owners else None
    if head.pos_ == "PROPN" and not tags and head.text[:1].isupper() and head.ent_type_ != "DATE":
        tags.add("name")
    if head.pos_ == "NOUN" and not tags and lemma.endswith(_PERSONAL):
        tags.add("unknown")
    if owner is not None and lemma in words("vehicle_of"):
        tags.add("weapon")
    if owner is not None and "organ" in tags and owner.classes[0] == "State":
        tags.add("state")
    definite = any(
        c.lower_ in ("the", "this", "these", "those", "that", "its", "their", "his")
        for c in children(head, "det", "poss")
    )
    return Phrase(head.i, start, end, doc[shown:end].text, frozenset(tags), None, owner, owners, code, "", definite)


def _left(head: Token) -> int:
    """The index of the first word of the phrase that is shown: articles, possessive pronouns and quotes are left
    out."""
    doc, start = head.doc, head.i
    for child in children(
        head, "amod", "compound", "nummod", "poss", "nmod", "quantmod", "advmod", "npadvmod", "punct"
    ):
        if child.i < head.i and child.dep_ != "punct":
            start = min(start, child.left_edge.i)
    while start < head.i and (
        doc[start].lower_ in PRONOUNS
        or doc[start].pos_ in ("DET", "PUNCT", "SPACE", "ADV")
        or doc[start].dep_ == "case"
        or doc[start].lower_ in ("such", "same", "file")
    ):
        start += 1
    newline = next((i for i in range(head.i - 1, start - 1, -1) if doc[i].is_space), None)
    return start if newline is None else newline + 1


def _title(doc: Doc, head: Token, spot: Spot) -> str:
    """What stands before a person's name in the same phrase: 'Ukrainian Foreign Ministry spokesperson'."""
    if "Person" not in spot.classes:
        return ""
    i = spot.start
    allowed = {"compound", "amod", "poss", "case", "nmod", "nummod", "appos", "punct"}
    while i > head.sent.start:
        before = doc[i - 1]
        if (
            before.is_space
            or before.is_punct
            and before.text not in ("-", "’", "'")
            or before.dep_ not in allowed
            or not (head in before.ancestors or before.lower_ in words("titles") or before.head == head)
        ):
            break
        i -= 1
    while i < spot.start and (doc[i].pos_ in ("PUNCT", "DET", "PRON", "PART") or doc[i].dep_ == "case"):
        i += 1
    title = doc[i : spot.start].text.strip(" ,’'")
    if title:
        return (
            title
            if any(t.lower_ in words("titles") or t.lemma_.lower() in words("official") for t in doc[i : spot.start])
            else ""
        )
    for appos in children(head, "appos"):  # 'Morgan Ortagus, a State Department spokesperson'
        if appos.lemma_.lower() in words("official"):
            return doc[_left(appos) : appos.i + 1].text
    return ""


def _owners(head: Token, spots: dict[int, Spot], own: Spot | None) -> tuple[Spot, ...]:
    """The known names that modify the phrase: demonyms, a possessor, 'of X and Y'; one only, unless they are
    coordinated states."""
    queue = list(children(head, "amod", "poss", "compound", "nmod", "npadvmod"))
    if own is None or "Place" not in own.classes:
        queue += [
            c
            for prep in children(head, "prep")
            if prep.lower_ == "of" or prep.lower_ == "from" and head.lemma_.lower() in words("official")
            for c in children(prep, "pobj")
        ]
    queue += [c for c in children(head, "appos") if own is not None]
    seen: list[Spot] = []
    for _ in range(24):
        if not queue:
            break
        token = queue.pop(0)
        spot = spots.get(token.i)
        if spot is not None and spot is not own and spot not in seen:
            seen.append(spot)
        queue += list(children(token, "amod", "poss", "compound", "nmod", "conj"))
    ranked = [s for s in seen if s.classes[0] in ("ArmedGroup",)] + [s for s in seen if s.classes[0] == "State"]
    if len(ranked) > 1 and all(s.classes[0] == "State" for s in ranked):
        return tuple(sorted(ranked, key=lambda s: s.start))
    return tuple((ranked or seen)[:1])

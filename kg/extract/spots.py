"""Proper names in a text: where they stand and what they can stand for.

The gazetteer (`kg.names`) wins over spaCy's named entities, because the small model takes towns for persons and armies
for places; a longer entity around a known name ('Kabul International Airport') wins over the part.
"""

from __future__ import annotations

from spacy.tokens import Doc

from kg.extract.known import capitalised, known_names
from kg.extract.spot import Spot, organization_class
from kg.extract.wordlists import words
from kg.names import lookup

_ENT_CLASSES = {
    "PERSON": ("Person",),
    "GPE": ("Place",),
    "LOC": ("Place",),
    "FAC": ("Place",),
    "ORG": ("Organization",),
    "NORP": ("Group",),
}


def spots(doc: Doc) -> dict[int, Spot]:
    """The proper names of the text by token index; each token of a name maps to the same spot."""
    surnames = {ent[-1].text for ent in doc.ents if ent.label_ == "PERSON" and len(ent) > 1}
    known = [
        s if not _surname(s, surnames) else Spot(s.start, s.end, s.text, (), ("Person",)) for s in known_names(doc)
    ]
    found: dict[int, Spot] = {i: spot for spot in known for i in range(spot.start, spot.end)}
    for start, end, label in _entities(doc):
        inside = {spot for i in range(start, end) if (spot := found.get(i))}
        if any(spot.start <= start and spot.end >= end for spot in inside):
            continue
        if any(spot.start < start or spot.end > end for spot in inside):
            continue
        if label in ("ORG", "NORP", "GPE") and (
            _titled(doc, start, end) or doc[start:end].text in surnames or _acts_alone(doc, start, end)
        ):
            label = "PERSON"
        spot = _unknown(doc, start, end, label, inside)
        if spot is not None:
            found.update(dict.fromkeys(range(spot.start, spot.end), spot))
    return found


def _surname(spot: Spot, surnames: set[str]) -> bool:
    """Whether a place's name is that of a person told in full in the text: 'Davis said', after 'Capt. Jeff Davis'."""
    return spot.text in surnames and spot.classes[0] == "Place"


def _entities(doc: Doc) -> list[tuple[int, int, str]]:
    """spaCy's entities, trimmed, and runs of proper nouns that it left out."""
    out = []
    taken: set[int] = set()
    for ent in doc.ents:
        if ent.label_ not in _ENT_CLASSES:
            taken.update(range(ent.start, ent.end))
            continue
        start, end = ent.start, ent.end
        while start < end and (
            doc[start].lower_ in ("the", "a", "an", "-", "–", "'", '"', "“", "file", "called", "(")
            or doc[start].is_space
        ):
            start += 1
        while start < end and (
            doc[end - 1].lower_ in ("'s", "’s", "’", "'", "-", ",", "of", "and", "in", "for", "(", "“", '"')
            or doc[end - 1].is_space
        ):
            end -= 1
        newline = next((i for i in range(start, end) if doc[i].is_space), None)
        if newline is not None:
            end = newline
        if start < end and any(t.pos_ in ("PROPN", "ADJ", "NOUN") and t.text[:1].isupper() for t in doc[start:end]):
            out.append((start, end, ent.label_))
            taken.update(range(start, end))
    i = 0
    while i < len(doc):
        j = i
        while j < len(doc) and j not in taken and doc[j].pos_ == "PROPN" and capitalised(doc[j]):
            j += 1
        if j > i:
            if not (j - i == 1 and doc[i].is_sent_start) and not (i and doc[i - 1].like_num):
                out.append((i, j, ""))
            i = j
        i += 1
    return out


def _unknown(doc: Doc, start: int, end: int, label: str, inside: set[Spot]) -> Spot | None:
    """A name the gazetteer lacks, its class told by its last word, by what stands around it, or by spaCy."""
    while label != "ORG" and start < end - 1 and doc[start].lower_ in words("titles"):  # the title is kept apart
        start += 1
    while (
        start < end - 1
        and (spot := next((s for s in inside if s.start == start), None))
        and spot.best
        and spot.best.how in ("demonym",)
        and label in ("PERSON", "GPE", "LOC", "NORP", "")
    ):
        start = spot.end
        while start < end - 1 and doc[start].lower_ in words("titles"):
            start += 1
    if (
        start >= end
        or doc[start:end].text.lower() in words("titles")
        or any(s.start == start and s.end == end for s in inside)
    ):
        return None
    text, last = doc[start:end].text, doc[end - 1]
    known = lookup(text)
    if known:
        return Spot(start, end, text, known, known[0].classes)
    if label == "" and (any(s.start < end and s.end > start for s in inside) or len(text) < 3 or last.tag_ == "NNPS"):
        return None
    if last.lower_ in words("facility_heads") and end - start > 1:
        return Spot(start, end, text, (), ("Place",))
    if (
        _placelike(doc, start, end)
        and label in ("PERSON", "GPE", "LOC", "FAC", "", "ORG")
        and (label != "ORG" or organization_class(text) == "Organization")
    ):
        return Spot(start, end, text, (), ("Place",))
    if label in ("ORG", "") and last.pos_ != "PROPN" and label == "":
        return None
    if label == "ORG" or (label == "" and organization_class(text) != "Organization"):
        return Spot(start, end, text, (), (organization_class(text),))
    if label == "" or (label in ("GPE", "LOC") and _personlike(doc, start, end)):
        return Spot(start, end, text, (), ("Person",)) if _personlike(doc, start, end) else None
    if label == "NORP" and any(s.start < end and s.end > start for s in inside):
        return None
    return Spot(start, end, text, (), _ENT_CLASSES[label])


def _placelike(doc: Doc, start: int, end: int) -> bool:
    """Whether the words around say that it is a place: 'the city of X', 'X province', 'in X'."""
    before = doc[start - 1] if start else None
    after = doc[end] if end < len(doc) else None
    if after is not None and after.lemma_.lower() in words("facility_heads"):
        return True
    if before is None:
        return False
    if before.lower_ == "of" and start > 1 and doc[start - 2].lemma_.lower() in words("place"):
        return True
    if before.lemma_.lower() in words("place") and before.dep_ == "compound":
        return True
    person = after is not None and after.lower_ in ("'s", "’s", "said", "told") or len(doc[start:end].text.split()) > 2
    return before.lower_ in ("in", "near", "outside", "inside", "at") and not person and before.dep_ == "prep"


def _titled(doc: Doc, start: int, end: int) -> bool:
    """Whether a name of two or three words stands beside an office: 'a spokesperson, Morgan Ortagus'."""
    head = doc[start:end].root
    beside = (
        head.dep_ == "appos"
        and head.head.lemma_.lower() in words("official")
        and head.head.tag_ == "NN"
        or any(c.dep_ == "appos" and c.lemma_.lower() in words("official") and c.tag_ == "NN" for c in head.children)
    )
    return beside and 2 <= end - start <= 4 and organization_class(doc[start:end].text) == "Organization"


_OF_PERSONS = {"say", "tell", "add", "write", "arrest", "shoot", "detain", "jail", "die", "stab", "resign", "testify"}


def _acts_alone(doc: Doc, start: int, end: int) -> bool:
    """Whether one capitalised word does what only persons do ('Osman said'), or an age stands beside it."""
    name = doc[start:end]
    aged = end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].like_num
    subject = name.root.dep_ in ("nsubj", "nsubjpass") and name.root.head.lemma_ in _OF_PERSONS
    plain = name.text.istitle() and organization_class(name.text) == "Organization" and doc[start - 1].lower_ != "the"
    return plain and (aged and 2 <= len(name) <= 3 or subject and len(name) == 1 and bool(start))


def _personlike(doc: Doc, start: int, end: int) -> bool:
    """Whether a title stands before the words, or a verb of speech beside them."""
    before = doc[start - 1] if start else None
    after = doc[end] if end < len(doc) else None
    if before is not None and before.lower_ in words("titles"):
        return True
    return any(t is not None and t.lemma_ in ("say", "tell", "add", "write") for t in (before, after))

"""Which earlier phrase a pronoun or a definite phrase stands for: 'they', 'the group', 'the prime minister', 'its'.

Salience is plain: the nearest earlier phrase that agrees, subjects first. The result maps the head of the later
phrase to the
head of the earlier one; phrases that are not in it stand for themselves.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extract.phrases import PRONOUNS, Phrase, phrase
from kg.extract.spot import Spot
from kg.extract.wordlists import words

_SINGULAR = {"he", "she", "him", "her", "his", "himself"}
_PLURAL = {"they", "them", "their", "themselves"}
_NEUTER = {"it", "its", "itself"}
SPEAKER = {"we", "our", "us", "i", "my", "me"}
_REACH = 3
"""How many sentences back an antecedent may stand."""


def noun_heads(doc: Doc) -> list[Token]:
    """The heads of the noun phrases of the text, in order; modifiers inside a phrase are left out."""
    return [
        t
        for t in doc
        if t.pos_ in ("NOUN", "PROPN", "PRON")
        and not (t.dep_ in ("compound", "nmod") and t.head.i > t.i and t.head.pos_ in ("NOUN", "PROPN"))
    ]


def coreference(doc: Doc, spots: dict[int, Spot], sentences: dict[int, int]) -> dict[int, int]:
    """Anaphoric heads by token index, each with the token index of the head it stands for.

    `sentences` has the number of its sentence for each token.
    """
    links: dict[int, int] = {}
    recent: list[tuple[int, Phrase, Token]] = []
    titled: list[Phrase] = []
    for token in noun_heads(doc):
        number = sentences[token.i]
        while recent and number - recent[0][0] > _REACH:
            recent.pop(0)
        found = None
        if token.lower_ in PRONOUNS:
            rivals = {
                links.get(c.i, c.i) for c in token.head.children if c.dep_ in ("nsubj", "nsubjpass") and c != token
            }
            found = _pronoun(token, [r for r in recent if r[1].head not in rivals or token.dep_ == "poss"], number)
        elif token.i not in spots and token.pos_ == "NOUN":
            found = _definite(phrase(token, spots), token, titled, recent)
        if found is not None:
            links[token.i] = links.get(found.head, found.head)
        elif token.lower_ not in PRONOUNS and token.pos_ != "PRON":
            one = phrase(token, spots)
            recent.append((number, one, token))
            if one.spot is not None and one.title and "person" in one.tags:
                titled.append(one)
    return links


def _pronoun(token: Token, recent: list[tuple[int, Phrase, Token]], number: int) -> Phrase | None:
    word = token.lower_
    if word in _SINGULAR:
        wanted = [
            (n, p, t)
            for n, p, t in recent
            if t.tag_ in ("NN", "NNP")
            and (
                "person" in p.tags
                and (p.spot is not None or "official" in p.tags)
                or p.spot is None
                and p.tags & {"armed", "people"}
            )
        ]
    elif word in _PLURAL:
        wanted = [
            (n, p, t)
            for n, p, t in recent
            if p.tags & {"agent"}
            and (
                t.tag_ in ("NNS", "NNPS")
                or p.tags & {"force", "armed", "org"}
                and "person" not in p.tags
                or p.spot
                and "armed" in p.tags
            )
        ]
    elif word in _NEUTER:
        wanted = [
            (n, p, t)
            for n, p, t in recent
            if "person" not in p.tags and t.tag_ in ("NN", "NNP") and (p.tags & {"agent", "place", "asset"})
        ]
        main = [w for w in wanted if w[0] == number and w[2].dep_ in ("nsubj", "nsubjpass") and w[2].i < token.i]
        if main and not _same_clause_object(token, main[-1][2]):
            return main[-1][1]
        agents = [w for w in wanted if w[1].tags & {"agent"}]
        wanted = agents or wanted
    else:
        return None
    wanted = [w for w in wanted if not _same_clause_object(token, w[2])]
    if not wanted:
        return None
    # the subject of the same or the sentence before, else the nearest
    for back in (0, 1):
        subjects = [
            w for w in wanted if w[0] == number - back and w[2].dep_ in ("nsubj", "nsubjpass") and w[2].i < token.i
        ]
        if subjects:
            return subjects[-1][1] if back == 0 else subjects[0][1]
    return wanted[-1][1]


def _same_clause_object(pronoun: Token, other: Token) -> bool:
    """Whether both are arguments of one verb, where a plain pronoun can't refer back."""
    return pronoun.head == other.head and pronoun.dep_ not in ("poss",)


def _definite(
    one: Phrase, token: Token, titled: list[Phrase], recent: list[tuple[int, Phrase, Token]]
) -> Phrase | None:
    """The earlier phrase that 'the militants' or 'the group' takes up."""
    determiner = next((c.lower_ for c in token.children if c.dep_ == "det"), "")
    lemma = token.lemma_.lower()
    if determiner not in ("the", "this", "these", "those", "that") or one.owner is not None:
        return None
    if any(c.lower_ in ("of", "between", "from") for c in token.children if c.dep_ == "prep"):
        return None  # it says itself which one is meant
    if lemma in ("group", "movement", "organization", "organisation", "faction", "militia"):
        groups = [p for _, p, _ in recent if p.spot and p.tags & {"armed", "org"} and "outlet" not in p.tags]
        return groups[-1] if groups else None
    if lemma in ("agency", "newspaper", "broadcaster", "channel", "network", "station"):
        outlets = [p for _, p, _ in recent if p.spot and "outlet" in p.tags]
        return outlets[-1] if outlets else None
    if lemma in words("official") and token.tag_ == "NN":
        same = [p for p in titled if one.text.lower() in p.title.lower() or lemma == p.title.lower().split()[-1]]
        return same[-1] if same else None
    if not one.tags & {"agent", "asset", "place"}:
        return None
    if lemma in _ANY_SITE and one.text.lower() == lemma:
        sites = [p for _, p, t in recent if p.spot is None and p.kind and "asset" in p.tags and t.tag_ == "NN"]
        return sites[-1] if sites else None
    if lemma in _PLACES and (place := _place(lemma, one, token, recent)) is not None:
        return place
    same = [p for _, p, t in recent if t.lemma_.lower() == lemma and p.spot is None and _compatible(one, p)]
    if same:
        return same[-1]
    if lemma in _ANY_ARMED and token.tag_ == "NNS":
        armed = [p for _, p, _ in recent if "armed" in p.tags]
        return armed[-1] if armed else None
    return None


_ANY_ARMED = {
    "attacker",
    "assailant",
    "gunman",
    "kidnapper",
    "perpetrator",
    "militant",
    "raider",
    "shooter",
    "hijacker",
    "captor",
}
"""Words that take up armed people by whatever word they were told before."""

_ANY_SITE = {"building", "facility", "site", "complex", "structure", "compound", "installation"}
"""Words that take up a thing struck by whatever word it was told before."""

_PLACES = {
    "city",
    "town",
    "village",
    "capital",
    "country",
    "region",
    "province",
    "district",
    "nation",
    "island",
    "territory",
}


def _place(lemma: str, one: Phrase, head: Token, recent: list[tuple[int, Phrase, Token]]) -> Phrase | None:
    """The place that 'the city' or 'the country' takes up."""
    bare = one.text.lower() == lemma and all(c.dep_ in ("det", "punct", "case", "amod") for c in head.children)
    if not bare:
        return None
    state = lemma in ("country", "nation")
    named = [
        p for _, p, _ in recent if p.spot is not None and "place" in p.tags and (p.spot.classes[0] == "State") == state
    ]
    return named[-1] if named else None


def _compatible(later: Phrase, earlier: Phrase) -> bool:
    """Whether the later phrase adds no modifier that the earlier one lacks."""
    extra = set(later.text.lower().split()) - set(earlier.text.lower().split())
    return not extra

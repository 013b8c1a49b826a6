"""Logical subjects and objects: passives, relative and reduced relative clauses, control and coordination undone."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.syntax import children, conjoined

RELATIVE = {"who", "which", "that", "whom"}


_WORDS_OF = {
    "message",
    "statement",
    "letter",
    "tweet",
    "video",
    "report",
    "speech",
    "resolution",
    "post",
    "article",
    "interview",
}


def is_passive(verb: Token) -> bool:
    """Whether the verb is a passive, or a bare participle that modifies a noun ('drones launched by Russia')."""
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod") and not any(c.dep_ == "aux" for c in verb.children)


def _antecedent(pronoun: Token) -> Token | None:
    """The noun that a relative pronoun stands for."""
    for up in pronoun.ancestors:
        if up.dep_ == "relcl":
            return up.head
    return None


def _unrelative(tokens: list[Token]) -> list[Token]:
    out = []
    for token in tokens:
        if token.lower_ in RELATIVE and token.tag_ in ("WP", "WDT", "IN", "DT"):
            noun = _antecedent(token)
            out += [noun] if noun is not None else []
        else:
            out.append(token)
    return out


def subjects(verb: Token, *, depth: int = 0) -> list[Token]:
    """The logical subjects (who does it) of a verb, coordination spread out; empty where the text tells none."""
    if is_passive(verb):
        by = [t for prep in children(verb, "agent") for c in prep.children if c.dep_ == "pobj" for t in conjoined(c)]
        if by or verb.dep_ != "conj" or verb.head.pos_ != "VERB" or any(children(verb, "nsubjpass")):
            return by
        return []
    own = [t for child in children(verb, "nsubj") for t in conjoined(child)]
    if own:
        return _unrelative(own)
    return _after_according(verb) or inherited_subjects(verb, depth=depth)


def surface_subjects(verb: Token, *, depth: int = 0) -> list[Token]:
    """What stands in subject place, active or passive; a controlled verb takes over that of its governor."""
    own = [t for child in children(verb, "nsubj", "nsubjpass") for t in conjoined(child)]
    return _unrelative(own) if own else _after_according(verb) or inherited_subjects(verb, depth=depth)


def _after_according(verb: Token) -> list[Token]:
    """The subject that the parser takes for an apposition: 'According to the ministry, the delegation arrived'."""
    sources = [
        s
        for p in children(verb, "prep")
        if p.lower_ == "according"
        for t in children(p, "prep")
        for s in children(t, "pobj")
    ]
    return [t for source in sources for c in children(source, "appos") if c.i < verb.i for t in conjoined(c)]


def inherited_subjects(verb: Token, *, depth: int) -> list[Token]:
    """The subject that a verb without one takes from its governor: control, coordination, participles."""
    head, dep = verb.head, verb.dep_
    if depth > 4 or head == verb:
        return []
    if dep == "acl" and head.pos_ in ("NOUN", "PROPN", "PRON"):
        said = head.head.head if head.dep_ == "pobj" else head  # 'posted a message on Twitter blaming Iran'
        if verb.tag_ == "VBG" and {head.lemma_.lower(), said.lemma_.lower()} & _WORDS_OF:
            return noun_owner(head if head.lemma_.lower() in _WORDS_OF else said, depth=depth + 1)
        if verb.tag_ == "VBG":
            return [head]
        return noun_owner(head, depth=depth + 1)
    if head.pos_ not in ("VERB", "AUX"):
        if dep == "pcomp":  # 'after attacking', 'accused of launching'
            governor = head.head
            if governor.pos_ in ("VERB", "AUX"):
                return (
                    objects(governor, depth=depth + 1)
                    if head.lower_ in ("of", "for", "from", "as") and objects(governor, depth=depth + 1)
                    else surface_subjects(governor, depth=depth + 1)
                )
        return []
    if dep == "conj":
        return surface_subjects(head, depth=depth + 1) if not is_passive(head) or not is_passive(verb) else []
    if dep in ("xcomp", "advcl") and head.lemma_ in ("send", "deploy", "dispatch") and verb.tag_ == "VB":
        return objects(head, depth=depth + 1)  # 'sent troops to seize'
    if dep in ("xcomp", "advcl") and head.lemma_ == "use" and verb.tag_ == "VB":
        return surface_subjects(head, depth=depth + 1)  # 'used drones to strike'
    if dep == "xcomp" or dep == "ccomp" and verb.tag_ in ("VB", "VBG", "VBN"):
        return objects(head, depth=depth + 1) or surface_subjects(head, depth=depth + 1)
    if dep in ("advcl", "pcomp", "prep"):
        return surface_subjects(head, depth=depth + 1)
    return []


def noun_owner(noun: Token, *, depth: int) -> list[Token]:
    """Who is behind a noun ('their plan to attack', 'announced a plan to withdraw'): its possessor, else its verb's
    subject."""
    owners = list(children(noun, "poss"))
    if not owners and noun.dep_ in ("dobj", "pobj", "attr") and noun.head.pos_ in ("VERB", "AUX"):
        owners = surface_subjects(noun.head, depth=depth)
    return owners


def objects(verb: Token, *, depth: int = 0) -> list[Token]:
    """The logical objects (to whom it is done) of a verb, coordination spread out."""
    if is_passive(verb):
        own = [t for child in children(verb, "nsubjpass") for t in conjoined(child)]
        if own:
            return _unrelative(own)
        if verb.dep_ in ("acl", "amod"):
            return conjoined(verb.head)[:1]
        return surface_subjects(verb, depth=depth + 1) if depth < 3 else []
    own = [t for child in children(verb, "dobj", "dative") if child.pos_ != "ADP" for t in conjoined(child)]
    if own:
        return _unrelative(own)
    if (
        verb.dep_ == "relcl"
        and verb.head.pos_ in ("NOUN", "PROPN")
        and any(children(verb, "nsubj"))
        and not any(c.lower_ in RELATIVE for c in children(verb, "nsubj"))
        and not any(children(verb, "ccomp", "xcomp"))
    ):
        return [verb.head] if not any(True for c in verb.subtree if c.lower_ in ("where", "when", "whose")) else []
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and depth < 3 and verb.i - verb.head.i == 2:
        return objects(verb.head, depth=depth + 1)  # 'attacked and killed civilians' parsed object-first
    later = [c for c in children(verb, "conj") if c.pos_ == "VERB" and 0 < c.i - verb.i <= 2]
    return objects(later[0], depth=depth + 1) if later and depth < 3 else []

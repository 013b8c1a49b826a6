"""How far an event is so, as its sentence tells it: asserted, denied, possible, planned or hypothetical."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.speech import cues
from kg.extract.syntax import children, negated


def factuality(head: Token, scope: tuple[Token, ...]) -> str:
    """The factuality code of what is told at `head` (its trigger); `scope` are the verbs that share the happening."""
    rules = cues("factuality")
    around = {c.lower_ for c in children(head, "amod", "advmod", "det", "compound")}
    if head.pos_ in ("NOUN", "PROPN"):
        if around & rules["denied_words"] or negated(head):
            return "Denied"
        if around & rules["possible_words"]:
            return "Possible"
        if around & rules["planned_words"]:
            return "Planned"
    verbs = [t for t in (head, *scope) if t.pos_ in ("VERB", "AUX")]
    for verb in verbs:
        found = _verb(verb)
        if found is not None:
            return found
    if head.pos_ in ("NOUN", "PROPN"):
        if around & rules["hypothetical_words"]:
            return "Hypothetical"
        up = head.head
        if head.dep_ in ("dobj", "nsubjpass") and up.lemma_.lower() in rules["denied_verbs"]:
            return "Denied"
        if head.dep_ == "nsubjpass" and up.lemma_.lower() in rules["plan_verbs"]:
            return "Planned"
        if head.dep_ == "nsubjpass" and any(
            True for c in up.children if c.dep_ == "prt" and up.lemma_ == "call" and c.lower_ == "off"
        ):
            return "Denied"
        if (
            head.dep_ == "pobj"
            and up.dep_ == "prep"
            and up.head.pos_ == "NOUN"
            and up.lower_ in ("of", "for", "to")
            and (up.head.lemma_.lower() in rules["hypothetical_nouns"])
        ):
            return "Hypothetical"
        if (
            head.dep_ == "pobj"
            and up.lower_ == "for"
            and up.head.lemma_.lower() in ("call", "plan", "prepare", "push", "ask")
        ):
            return "Planned" if up.head.lemma_.lower() in ("plan", "prepare") else "Hypothetical"
        if head.dep_ == "pobj" and up.lower_ == "without":
            return "Denied"
        if head.dep_ == "dobj":
            found = (
                _verb(up)
                if up.pos_ == "VERB"
                and up not in verbs
                and up.lemma_.lower() in rules["hypothetical_verbs"] | rules["plan_verbs"]
                else None
            )
            if found is not None:
                return found
            if up.lemma_.lower() in rules["hypothetical_verbs"] - {"help", "allow", "want"} | {"prevent", "avoid"}:
                return "Hypothetical"
            if up.lemma_.lower() in ("plan", "schedule", "threaten", "order", "prepare", "propose", "consider", "vow"):
                return "Planned"
    return "Asserted"


def _verb(verb: Token) -> str | None:
    """The factuality that the words around a verb tell, None where they tell nothing."""
    rules = cues("factuality")
    nobody = any(
        c.lower_ in ("nobody", "none") or c.lower_ == "one" and negated(c) for c in children(verb, "nsubj", "nsubjpass")
    )
    if negated(verb) or nobody:
        return "Denied"
    aux = {c.lower_ for c in children(verb, "aux", "auxpass")}
    adverbs = {c.lower_ for c in children(verb, "advmod")}
    marks = {c.lower_ for c in children(verb, "mark", "advmod")}
    if marks & rules["conditions"]:
        return "Hypothetical"
    if aux & rules["planned_modals"]:
        return "Planned"
    if adverbs & rules["possible_words"] or aux & rules["possible_modals"]:
        return "Possible"
    if aux & rules["hypothetical_modals"]:
        told = (
            verb.dep_ == "ccomp"
            and "would" in aux
            and verb.head.lemma_.lower()
            in ("announce", "say", "promise", "pledge", "vow", "confirm", "state", "declare")
        )
        return "Planned" if told else "Hypothetical"
    up = verb.head
    if verb.dep_ in ("xcomp", "ccomp", "pcomp") and up.lemma_.lower() == "deny":
        return "Denied"
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "acl") and "to" in aux and up != verb:
        lemma = up.lemma_.lower()
        if lemma in rules["denied_verbs"] and verb.dep_ == "xcomp" or negated(up) and verb.dep_ in ("xcomp", "ccomp"):
            return "Denied"
        if lemma == "be" and verb.dep_ == "xcomp" or lemma == "go":
            return "Planned"
        if lemma in rules["plan_verbs"] or lemma in (
            "plan",
            "decision",
            "order",
            "resolution",
            "vow",
            "threat",
            "intention",
            "proposal",
            "agreement",
            "pledge",
        ):
            return "Planned"
        if lemma in rules["possible_verbs"] and any(children(up, "auxpass")):  # 'are believed to have'
            return "Possible"
        if lemma in rules["possible_verbs"]:
            return "Possible" if lemma not in ("believe", "suspect", "think", "accuse", "report", "say") else None
        if lemma in rules["hypothetical_verbs"] or lemma in rules["hypothetical_nouns"]:
            return "Hypothetical"
        if verb.dep_ in ("advcl", "acl"):
            return "Hypothetical"
    if (
        verb.dep_ == "ccomp"
        and up.lemma_.lower() in ("demand", "urge", "recommend", "request", "insist", "suggest", "propose")
        and verb.tag_ == "VB"
    ):
        return "Hypothetical"
    if (
        verb.dep_ == "pcomp"
        and verb.head.lower_ == "to"
        and verb.head.head.lemma_.lower() in ("commit", "dedicate", "close", "look")
    ):
        return "Planned"
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("without", "from", "for", "of"):
        governor = verb.head.head
        if governor.lemma_.lower() in ("prevent", "stop", "refrain", "deter", "keep") or verb.head.lower_ == "without":
            return "Denied" if verb.head.lower_ == "without" else "Hypothetical"
        if (
            governor.lemma_.lower() in ("plan", "accuse", "possibility", "threat", "risk", "suspect")
            and verb.head.lower_ == "of"
        ):
            return {"plan": "Planned", "accuse": None, "suspect": "Possible"}.get(governor.lemma_.lower(), "Possible")
    if verb.dep_ == "conj" and up.pos_ == "VERB" and not aux and verb.tag_ in ("VB", "VBN"):
        return _verb(up)
    if (
        up.pos_ == "VERB"
        and verb.dep_ == "ccomp"
        and up.lemma_.lower() in rules["denied_verbs"]
        and up.lemma_.lower() == "deny"
    ):
        return "Denied"
    return None

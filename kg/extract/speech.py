"""Who says it: the speaker of the clause a word stands in, with the reporting word, through quotations and chains."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc, Token

from kg.extract.arguments import objects, subjects
from kg.extract.coreference import SPEAKER
from kg.extract.scene import Scene
from kg.extract.syntax import children, prepositional


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker's word: the tokens of who speaks, the reporting word, and whether it denies what it reports."""

    claimants: tuple[Token, ...]
    cue: str
    verb: int
    denies: bool = False


@cache
def cues(section: str) -> dict[str, frozenset[str]]:
    """The word lists of a section of `rules/cues.toml`."""
    table = tomllib.loads((files("kg.extract") / "rules" / "cues.toml").read_text(encoding="utf8"))
    return {name: frozenset(words) for name, words in table[section].items()}


def is_report(verb: Token) -> bool:
    """Whether the token is a verb of saying that has somebody who says something."""
    return verb.pos_ == "VERB" and verb.lemma_.lower() in cues("report")["verbs"]


def speaks(scene: Scene, verb: Token) -> tuple[Token, ...]:
    """Who speaks at a reporting verb: its subject, or the source it quotes ('citing officials')."""
    for clause in children(verb, "advcl", "acl"):
        if clause.lemma_.lower() in cues("report")["quoting"]:
            sources = objects(clause)
            if sources:
                return tuple(sources)
    if verb.lemma_.lower() in cues("report")["quoting"] and verb.dep_ not in ("advcl", "acl"):
        sources = [o for o in objects(verb) if scene.tags(o) & {"agent", "pronoun"}]
        if sources:
            return tuple(sources)
    who = subjects(verb)
    own = tuple(
        t
        for t in who
        if scene.tags(t) & {"agent", "pronoun", "person", "org"}
        or t.ent_type_ in ("PERSON", "ORG")
        or t.pos_ == "PROPN"
    )
    if own:
        return own
    for token in who:  # 'a statement released by the army said'
        if token.lemma_.lower() in (
            "statement",
            "report",
            "communique",
            "release",
            "spokesman",
            "letter",
            "post",
            "video",
            "message",
        ):
            behind = [
                *children(token, "poss"),
                *prepositional(token, "by", "from", "of"),
                *(s for c in children(token, "acl", "relcl") for s in subjects(c)),
                *children(token, "amod", "compound", "nmod"),
            ]
            found = tuple(t for t in behind if scene.tags(t) & {"agent"})
            if found:
                return found
    return ()


def voice(scene: Scene, token: Token) -> Voice | None:
    """The speaker of what stands at the token, the innermost where words are passed on; None for the article's own
    voice."""
    quoted = _quotation(scene, token)
    path = [token, *token.ancestors]
    below: Token | None = None
    for up in path:
        found = _according(up) or _at(scene, up, below, token)
        if found is not None:
            return found
        below = up
    return quoted


def _according(up: Token) -> Voice | None:
    for prep in children(up, "prep", "advmod"):
        if prep.lower_ == "according":
            who = prepositional(prep, "to") or [t for c in children(prep, "prep") for t in children(c, "pobj")]
            if who:
                return Voice(tuple(who), "according to", prep.i)
    return None


def _at(scene: Scene, up: Token, below: Token | None, token: Token) -> Voice | None:
    """The voice of a reporting verb that governs the token through `below`, or stands beside its clause ('…, he
    said')."""
    for aside in children(up, "parataxis", "ccomp", "advcl"):
        if aside != below and aside.dep_ == "parataxis" and is_report(aside) and token not in aside.subtree:
            who = speaks(scene, aside)
            if who:
                return Voice(who, aside.text, aside.i, aside.lemma_.lower() in cues("report")["denying"])
        if (
            aside.dep_ == "advcl"
            and aside != below
            and is_report(aside)
            and any(c.lower_ == "as" for c in children(aside, "mark"))
        ):
            who = speaks(scene, aside)
            if who:
                return Voice(who, aside.text, aside.i)
    if below is None or not (is_report(up) or up.lemma_.lower() in cues("report")["with_object"] and up.pos_ == "VERB"):
        return None
    lemma = up.lemma_.lower()
    if below.dep_ == "nsubjpass" and lemma in cues("report")["with_object"] and any(children(up, "agent")):
        behind = speaks(scene, up)
        return Voice(behind, up.text, up.i) if behind else None
    content = (
        below.dep_ in ("ccomp", "parataxis", "xcomp") or below.dep_ == "dobj" and lemma in cues("report")["with_object"]
    )
    if below.dep_ == "prep" and lemma in cues("report")["accusing"] | cues("report")["quoting"]:
        content = below.lower_ in ("of", "for", "as", "on")
    if not content:
        return None
    who = speaks(scene, up)
    if not who or token in who:
        return None
    return Voice(who, up.text, up.i, lemma in cues("report")["denying"])


def _quotation(scene: Scene, token: Token) -> Voice | None:
    speaker = scene.speakers.get(-token.sent.start - 1)
    if speaker is None:
        return None
    return Voice((scene.doc[speaker],), "quoted", -1)


def quotations(scene: Scene) -> None:
    """Note who speaks in each sentence, so that 'we' finds its speaker and a quotation running over sentences keeps
    him.

    `scene.speakers` gets, by sentence start, the token index of the speaker who says 'we' there; by `-start - 1` that
    of
    the speaker of a sentence which is all quotation and names none.
    """
    doc, last = scene.doc, None
    inside = _quoted_sentences(doc)
    for sent in doc.sents:
        verbs = [
            t
            for t in sent
            if is_report(t)
            and t.dep_ in ("ROOT", "parataxis", "conj", "ccomp", "advcl", "relcl")
            and any(who.lower_ not in SPEAKER for who in speaks(scene, t))
        ]
        if verbs:
            last = speaks(scene, verbs[0])[0].i
            scene.speakers[sent.start] = last
        elif inside.get(sent.start) and last is not None:
            scene.speakers[sent.start] = last
            scene.speakers[-sent.start - 1] = last


def _quoted_sentences(doc: Doc) -> dict[int, bool]:
    """For each sentence start, whether the sentence stands wholly inside quotation marks."""
    out, open_ = {}, False
    paragraph = False
    for sent in doc.sents:
        body = [t for t in sent if not t.is_space]
        if not body:
            out[sent.start] = False
            continue
        starts = body[0].text in ("“", '"', "``", "''", "‘")
        out[sent.start] = open_ or starts
        for token in sent:
            if token.text == "“":
                open_ = True
            elif token.text == "”":
                open_ = False
            elif token.text in ('"', "``", "''"):
                open_ = not open_
            elif token.is_space and token.text.count("\n") > 0:
                paragraph = True
        if paragraph:  # a quotation that is never closed ends with its paragraph
            open_, paragraph = False, False
    return out

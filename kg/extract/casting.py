"""Roles of a draft filled with entities: who, whom, where, with what, and when."""

from __future__ import annotations

from spacy.tokens import Token

import ontology
from kg.extract.arguments import objects, subjects, surface_subjects
from kg.extract.cast import Cast, Reading
from kg.extract.drafts import Draft, family
from kg.extract.frames import rules
from kg.extract.phrases import Phrase
from kg.extract.places import places, refine
from kg.extract.roles import fillers
from kg.extract.scene import Scene
from kg.extract.spot import Spot
from kg.extract.syntax import children, prepositional
from kg.extract.tags import kind_at, stands_for_state

_GENERIC = ("ArmedAttack", "Violence")


def cast_roles(scene: Scene, cast: Cast, draft: Draft) -> None:
    """Fill the draft's actors, targets, mediators, weapons and places from its trigger and the triggers joined with
    it."""
    triggers = [draft.trigger, *draft.extra]
    scope = tuple(h for h in draft.heads[1:])
    found: dict[str, list[tuple[Token, str]]] = {"mediator": [], "actor": [], "target": []}
    for trigger in triggers:
        frame = draft.frame if trigger is draft.trigger else type(draft.frame)()
        for role in found:
            for token, function in fillers(scene, draft.code, trigger, frame, role, scope):
                head = scene.phrase(token).head
                if not any(scene.phrase(t).head == head for t, _ in found[role]):
                    found[role].append((token, function))
                    draft.trace.append(f"{role} '{scene.phrase(token).text}' by {function} of '{trigger.lemma}'")
    found["target"] += [
        (t, "effect")
        for t in draft.target_tokens
        if "time" not in scene.tags(t)
        and not any(scene.phrase(t).head == scene.phrase(o).head for o, _ in found["target"])
    ]
    mediators = {scene.phrase(t).head for t, _ in found["mediator"]}
    _weapons(scene, draft, found, scope)
    for token, _ in found["mediator"]:
        mediator = cast.of(scene.phrase(token), "agent")
        if cast.is_agent(mediator):
            _append(draft.mediators, mediator)
    for token, _ in found["actor"]:
        one = scene.phrase(token)
        if one.head in mediators:
            continue
        for actor in _agents(scene, cast, one):
            if cast.is_agent(actor):
                _append(draft.actors, actor)
    actor_heads = {scene.phrase(t).head for t, _ in found["actor"]}
    targets = [(t, f) for t, f in found["target"] if scene.phrase(t).head not in actor_heads]
    for token, _ in targets:
        one = scene.phrase(token)
        if "pronoun" in one.tags and not one.tags & {"agent", "place", "asset"}:
            continue
        _append(draft.targets, cast.of(one, _reading(draft.code, one)))
    _places(scene, cast, draft, [t for t, _ in targets])


def _reading(code: str, one: Phrase) -> Reading:
    """How the phrase of a target is read: a captured name is a place, an addressee an agent."""
    if code == "TerritoryCaptured" or one.tags == {"name"}:
        return "place"
    town = one.spot is not None and one.spot.classes[0] == "Place"
    if family(code) in ("Pressure", "Aid", "Custody", "Displacement") or "agent" in one.tags and not town:
        return "agent"
    return "thing"


def _append(ids: list[str], new: str) -> None:
    if new not in ids:
        ids.append(new)


def _agents(scene: Scene, cast: Cast, one: Phrase) -> list[str]:
    """The agents behind a phrase: each state of 'Ukrainian and Russian delegations', else the one it stands for."""
    if len(one.owners) > 1 and one.spot is None and one.tags & {"organ", "official", "force"}:
        return [cast.spot(owner, "agent") for owner in one.owners]
    found = _agent(scene, cast, one)
    return [found] if found is not None else []


def _agent(scene: Scene, cast: Cast, one: Phrase) -> str | None:
    """The agent behind a phrase: itself, or whose machine it is; None for a pronoun that stands for nobody known."""
    if "agent" in one.tags:
        return cast.of(one, "agent")
    if one.spot is not None and stands_for_state(one.spot) is not None:
        return cast.of(one, "agent")
    if (
        one.owner is not None
        and one.tags & {"weapon", "equipment", "asset"}
        and (one.owner.classes[0] in ("State", "ArmedGroup", "ArmedForce") or stands_for_state(one.owner) is not None)
    ):
        return cast.spot(one.owner, "agent")
    if one.owner is not None and scene.doc[one.head].lemma_.lower() in ("control", "rule", "hand", "occupation"):
        return cast.spot(one.owner, "agent")
    if one.tags & {"weapon", "equipment", "asset"}:
        for child in children(scene.doc[one.head], "poss"):
            behind = scene.phrase(child)
            if "agent" in behind.tags:
                identity = cast.of(behind, "agent")
                member = cast.members[identity]
                return member.country or identity
        for verb in children(scene.doc[one.head], "acl"):
            for token in subjects(verb):
                if "agent" in scene.tags(token):
                    return cast.of(scene.phrase(token), "agent")
    return None


def _weapons(scene: Scene, draft: Draft, found: dict[str, list[tuple[Token, str]]], scope: tuple[Token, ...]) -> None:
    """Collect the weapon kinds told at the trigger, and make a generic attack the type that its means tells."""
    if family(draft.code) not in ("Violence", "Aid"):
        return
    tokens: list[Token] = []
    words: set[str] = set()
    named: set[str] = set()
    for trigger in (draft.trigger, *draft.extra):
        head = scene.doc[trigger.head]
        words |= {t.lemma_.lower() for t in scene.doc[trigger.start : trigger.end]}
        named |= words | {c.lemma_.lower() for c in children(head, "amod", "compound", "nmod")}
        if trigger.pos == "noun":
            tokens += [
                head,
                *children(head, "compound", "amod", "nmod"),
                *(c for m in children(head, "compound", "nmod") for c in children(m, "conj", "compound", "amod")),
            ]
            tokens += list(prepositional(head, "with", "using", "by", "of", "involving"))
        else:
            tokens += [t for t, _ in found["actor"]] if trigger is draft.trigger else []
            tokens += prepositional(head, "with", "using", "by")
            tokens += [
                o
                for c in children(head, "advcl", "xcomp", "prep")
                if c.lemma_.lower() == "use"
                for o in children(c, "dobj", "pobj")
            ]

            if draft.code != "Interception":
                tokens += objects(head) + surface_subjects(head)
                tokens += [t for o in objects(head) for t in prepositional(o, "with", "using")]
    for verb in scope:
        tokens += list(prepositional(verb, "with", "using"))
        tokens += [
            o for c in children(verb, "advcl", "xcomp") if c.lemma_.lower() == "use" for o in children(c, "dobj")
        ]
    for token in tokens:
        words.add(token.lemma_.lower())
        words |= {c.lemma_.lower() for c in children(token, "compound", "amod")}
        code = kind_at(scene.doc[scene.phrase(token).head]) if token.pos_ in ("NOUN", "PROPN") else kind_at(token)
        if (
            code is not None
            and _is_weapon(code, family(draft.code))
            and code not in draft.weapons
            and draft.code != "Interception"
        ):
            draft.weapons.append(code)
    for code, told in rules()["weapon_words"].items():
        if named & set(told) and code not in draft.weapons:
            draft.weapons.append(code)
    if draft.code == "DroneAttack" and not draft.weapons:
        draft.weapons.append("Drones")
    if draft.code == "Bombing" and not draft.weapons and words & {"bomb", "bombing", "bomber", "ied"}:
        draft.weapons.append("Bombs")
    if draft.code == "MissileAttack" and not draft.weapons:
        draft.weapons.append("Missiles")
    if draft.code in _GENERIC:
        for row in rules()["refine"]:
            if set(row.get("weapons", ())) & set(draft.weapons) or set(row.get("words", ())) & words:
                draft.code = str(row["code"])
                draft.trace.append(f"means make it {draft.code}")
                break


def means(head: Token) -> list[Token]:
    """The nouns at a trigger that can be its means: 'two missiles struck', 'a barrage of 30 rockets'."""
    found = prepositional(head, "with", "using", "of") + [t for o in objects(head) for t in prepositional(o, "with")]
    return found + (objects(head) + surface_subjects(head) if head.pos_ == "VERB" else [])


def _is_weapon(code: str, kind: str) -> bool:
    """Whether a Kind code is a means: a weapon, or, of aid, equipment too."""
    up = ontology.ancestors(code)
    return "Weapons" in up or kind == "Aid" and "Equipment" in up


def _places(scene: Scene, cast: Cast, draft: Draft, targets: list[Token]) -> None:
    """The most specific place told at the event; named places before unnamed."""
    if draft.code in ("Demand", "Threat", "Accusation", "Sanction"):
        return
    rows = [(refine(scene, token), why) for token, why in places(scene, draft.heads, targets, draft.code)]
    named = [(t, w) for t, w in rows if is_named_place(scene.phrase(t).spot)]
    best: list[tuple[Token, str]] = []
    for token, why in named:
        thing = scene.phrase(token).spot
        if thing is None or any(scene.phrase(t).spot is thing for t, _ in best):
            continue
        if not best:
            best.append((token, why))
        else:
            first = scene.phrase(best[0][0]).spot
            conj = token.head == best[0][0] and token.dep_ == "conj"
            if conj:
                best.append((token, why))
            elif (
                first is not None
                and first.classes[0] == "State"
                and thing.classes[0] == "Place"
                and w_rank(why) <= w_rank(best[0][1])
            ):
                best[0] = (token, why)
    if not best and rows:
        best = [r for r in rows if scene.phrase(r[0]).spot is None][:1]
    for token, why in best:
        one = scene.phrase(token)
        if one.spot is None and "agent" in one.tags:
            continue
        place = cast.of(one, "place")
        if cast.is_place(place):
            _append(draft.places, place)
        draft.trace.append(f"place '{one.text}' by {why}")


def is_named_place(spot: Spot | None) -> bool:
    """Whether the name can be that of a place."""
    return spot is not None and ("Place" in spot.classes or any("Place" in name.classes for name in spot.names))


def w_rank(why: str) -> int:
    """How loosely a place hangs on its event; a target's own place is the loosest."""
    return 1 if why in ("target", "at target", "modifier") else 0

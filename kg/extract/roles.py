"""The conditions that frames put on a trigger, and the phrases that fill the roles of its event."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.frames import Frame, accepts, functions
from kg.extract.functions import fill
from kg.extract.scene import Scene
from kg.extract.syntax import children
from kg.extract.triggers import Trigger


def holds(
    scene: Scene, frame: Frame, default: tuple[tuple[str, ...], ...], trigger: Trigger, scope: tuple[Token, ...]
) -> str | None:
    """The alternative of the frame's conditions that holds, as text; None if none does; 'always' if there are no
    conditions."""
    alternatives = frame.when or default
    head = scene.doc[trigger.head]
    if any(all(_condition(scene, one, head, scope) for one in alternative) for alternative in frame.unless):
        return None
    if not alternatives:
        return "always"
    for alternative in alternatives:
        if all(_condition(scene, one, head, scope) for one in alternative):
            return " & ".join(alternative)
    return None


def _condition(scene: Scene, condition: str, head: Token, scope: tuple[Token, ...]) -> bool:
    if condition == "to:violence":
        verbs = list(children(head, "xcomp", "ccomp", "advcl"))
        return any(
            v.i in scene.violent_heads
            or v.lemma_.lower()
            in ("retaliate", "destroy", "strike", "respond", "attack", "hit", "punish", "use", "launch", "kill")
            for v in verbs
        )
    function, _, wanted = condition.rpartition(":")
    fillers = fill(scene, function, head, scope)
    if wanted in ("any", "none"):
        return bool(fillers) == (wanted == "any")
    if (
        wanted == "plural"
        and len(fillers) > 1
        or wanted == "state-plural"
        and len([f for f in fillers if scene.tags(f) & {"state", "official", "organ", "armed"}]) > 1
    ):
        return True
    tags = set(wanted.split("|"))
    return any(scene.tags(f) & tags for f in fillers)


_WITHOUT_OBJECT = ("prep:near", "prep:at", "prep:on", "prep:into", "prep:upon")
"""Functions that tell the target only of a verb without an object: 'fired at the base', not 'hit a bus near the
base'."""


def fillers(
    scene: Scene, code: str, trigger: Trigger, frame: Frame, role: str, scope: tuple[Token, ...]
) -> list[tuple[Token, str]]:
    """The tokens that fill a role of an event, each with the function that brought it, in order of the frame's
    functions."""
    head = scene.doc[trigger.head]
    wanted = (frame.roles or {}).get(role) or functions(code, trigger.pos, role)
    allowed = accepts(code, role)
    out: list[tuple[Token, str]] = []
    seen: set[int] = set()
    for function in wanted:
        if role == "target" and trigger.pos == "verb" and out and function in _WITHOUT_OBJECT:
            continue
        for token in fill(scene, function, head, scope):
            one = scene.phrase(token)
            tags = scene.tags(token)
            if one.head in seen or one.head == trigger.head or "time" in tags or allowed and not tags & allowed:
                continue
            if "event" in tags and not tags & {"agent", "place", "asset", "people"}:
                continue
            if function == "modifier" and role == "actor" and "place" in tags and "state" not in tags:
                continue
            if function in ("prep:of",) and role == "target" and tags & {"place"} and code == "ArmedClash":
                continue
            seen.add(one.head)
            out.append((token, function))
    return out

"""What people decide about two events, put into the store together with the incidents that come of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.store import Store


def judge(store: Store, terms: Mapping[str, Any]) -> str:
    """The name of the judgement that was made or, where the terms name one to `undo`, taken back.

    Raises UsageError for what is none and NotFound for an unknown event or judgement.
    """
    from kg import merge  # a server that never judges need not have it

    who = str(terms["who"])
    if terms.get("undo"):
        made = merge.undo(store, terms["undo"], who=who)
    else:
        made = merge.judge(store, terms["one"], terms["other"], terms["verb"], who=who, why=terms.get("why", ""))
    merge.merge(store)
    return made.name

"""What a decision about names comes to: which entities it is about, what is recorded, and what that changes."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.edge import several
from kg.cli.link.entities import Entities, Standing, item_of, named, told
from kg.cli.link.relinking import run
from kg.cli.linking import judgements_file, linker, who
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.link import Judgement, Linker
    from kg.store import Store


def judge(
    verb: str,
    given: str,
    other: str,
    *,
    where: str,
    judgements_path: Path | None,
    by: str | None,
    no_relink: bool,
    gazetteer_path: Path | None,
    online: str | None,
    why: str,
    article: str,
) -> None:
    """Record what was decided, and link the articles anew that it is about."""
    from kg.cli.articles import find
    from kg.link import ledger

    path = judgements_file(where, judgements_path)
    decider = by or who()
    with opened(where, read_only=no_relink) as store:
        place = find(store, article).id if article else ""
        entities = Entities(store)
        said = {"verb": verb, "article": place, **_resolved(entities, verb, given, other, place)}
        _refuse_contradiction(ledger.read(path), said)
        # Whatever is wrong with the linker should show before anything is recorded.
        knowing = None if no_relink else linker(where, gazetteer_path, path, online)
        judgement = ledger.record(path, who=decider, why=" ".join(why.split()), **said)
        click.echo(f"judgement {judgement.number} in {path}: {said_in_words(judgement)}")
        if knowing is not None:
            apply(store, entities, judgement, knowing, path)


def opened(where: str, *, read_only: bool) -> Store:
    """The store, which must be there: a judgement makes no new one."""
    from kg.store import open_store

    if not read_only:
        open_store(where, read_only=True).close()
    return open_store(where, read_only=read_only)


def _resolved(entities: Entities, verb: str, given: str, other: str, article: str) -> dict[str, str]:
    """Name, other and item of a judgement, from what a person gave."""
    name = named(given)
    if not name:
        raise UsageError("which entity? Give its name, its id or its IRI")
    mine = entities.find(name, article)
    item = item_of(other)
    if verb == "unlink" or (verb == "pin" and item):
        return {"name": name, "item": item}
    if verb == "pin":
        raise UsageError(f"{other!r} is no item; write it like Q3579, or geonames:2210247")
    if item:
        return {"name": name, "item": item}
    known = named(other)
    if not known:
        raise UsageError(f"{verb} {'as' if verb == 'same' else 'from'} what? Give a name, an entity's id or an item")
    theirs = (article and entities.of(known, article)) or entities.find(known)
    if {one.id for one in mine} & {one.id for one in theirs}:
        raise UsageError(
            f"{given!r} and {other!r} are one entity, {mine[0].id}; `kg link pin` or `unlink` decides on it"
        )
    item = _only_item(other, theirs)
    if verb == "same" and not item:
        item = _only_item(given, mine)
        if not item:  # the two nodes are matched, so it must be clear which they are
            return {"name": _only_id(name, mine), "other": _only_id(known, theirs)}
    return {"name": name, "other": known, "item": item}


def _only_item(given: str, found: list[Standing]) -> str:
    items = sorted({one.item for one in found} - {""})
    if len(items) > 1:
        raise UsageError(f"{given!r} is {' and '.join(items)} in different articles: give the item, or --article")
    return items[0] if items else ""


def _only_id(given: str, found: list[Standing]) -> str:
    from kg.link.judgements import key

    ids = {one.id for one in found}
    called = {one.id for one in found if key(one.label) == key(given)}
    if len(called or ids) > 1:
        raise UsageError(f"{given!r} can be any of {', '.join(sorted(called or ids))}: name one by its id")
    return (called or ids).pop()


def _refuse_contradiction(made: list[Judgement], said: dict[str, str]) -> None:
    """Raises UsageError where the file says the very same, or the very opposite, of what is to be recorded."""
    from kg.link.judgements import key

    def pair(name: str, other: str, item: str) -> set[str]:
        return {key(name), key(other or item)}

    mine = pair(said["name"], said.get("other", ""), said.get("item", ""))
    opposite = {"same": "different", "different": "same"}
    standing = [one for one in made if not one.undone and one.article == said["article"]]
    for one in standing:
        if one.verb == opposite.get(said["verb"]) and pair(one.name, one.other, one.item) == mine:
            raise UsageError(
                f"judgement {one.number} says the opposite ({said_in_words(one)}); `kg link undo {one.number}` first"
            )
    last = next((one for one in reversed(standing) if key(one.name) == key(said["name"])), None)
    if last is not None and last.verb == said["verb"] and pair(last.name, last.other, last.item) == mine:
        raise UsageError(f"judgement {last.number} says so already; `kg link relink` puts it into the store")


def apply(store: Store, entities: Entities, judgement: Judgement, knowing: Linker, path: Path) -> None:
    """Link the articles anew that the judgement is about, and say what came of it."""
    from kg.link import Judgements

    graphs = {one.graph for one in entities.about(judgement)}
    knowing = replace(knowing, judgements=Judgements.read(path))
    report = run(store, knowing, graphs)
    line = f"{several(report.articles, 'article')} relinked, {report.changed:,} changed"
    now = told(entities.about(judgement))
    click.echo(f"{line}; {now}" if now else line)
    for failure in report.failures:
        click.echo(f"failed: {failure}", err=True)
    if report.failures:
        sys.exit(1)


def said_in_words(judgement: Judgement, *, everywhere: bool = False) -> str:
    """What was decided, in words; with `everywhere` without the article that it is about."""
    other = judgement.other or judgement.item
    item = f" ({judgement.item})" if judgement.other and judgement.item else ""
    where = f" in {judgement.article}" if judgement.article and not everywhere else ""
    middle = {
        "pin": f" is {judgement.item}",
        "same": f" is the same as {other}{item}",
        "different": f" is different from {other}{item}",
        "unlink": " is none of the things known",
    }
    return f"{judgement.name}{middle[judgement.verb]}{where}"

"""Candidates from Wikidata's MediaWiki Action API: `wbsearchentities`, then `wbgetentities`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict

from kg.link.online.classes import class_of, climb, fits, is_item
from kg.link.online.item import SUBCLASS_OF, Item, items, read_item, term
from kg.link.online.shape import fields, rows, text
from kg.link.online.shares import shares
from kg.link.online.transport import Transport
from kg.link.online.trouble import Unanswered
from kg.names import Name, fold
from kg.web.answers import Answers

API = "https://www.wikidata.org/w/api.php"
CONCEPTS = "http://www.wikidata.org/entity/"
FOUND = 20
"""How many items to ask the search for; it also gives longer names that only begin alike."""

AT_ONCE = 50
"""How many items one request may name."""

State = Callable[[str], str | None]
"""The label that the gazetteer has for the State which is some Wikidata item, if it knows it."""

_ALWAYS = {"format": "json", "maxlag": "5"}


class Wikidata:
    """Wikidata, or a copy of it, asked at the address of its `api.php`; a source of `kg.link.online.service`."""

    def __init__(self, url: str, *, transport: Transport, answers: Answers, state: State) -> None:
        self._url, self._transport, self._answers, self._state = url, transport, answers, state

    def candidates(self, name: str, *, classes: tuple[str, ...], language: str = "en") -> tuple[Name, ...]:
        found = self._search(name, language)
        things = self._items(found, language)
        known = climb(
            (kind for item in things for kind in item.types if not class_of(item.types, known={})),
            parents=self.parents,
        )
        placed = [(item, class_of(item.types, known=known)) for item in things]
        kept = [(item, kinds) for item, kinds in placed if fits(kinds, classes)]
        offices = {item.qid: item.office for item, kinds in kept if item.office and "Person" in kinds}
        labels = self._labels([*(item.country for item, _ in kept if item.country), *offices.values()], language)
        priors = shares([float(item.sitelinks) for item, _ in kept])
        names = [
            Name(
                label=item.label,
                classes=kinds,
                qid=item.qid,
                country=None if "State" in kinds else self._state(item.country or "") or labels.get(item.country or ""),
                geonames=item.geonames,
                lat=item.lat,
                lon=item.lon,
                how=found.get(item.qid, "alias"),
                source="wikidata",
                prior=prior,
                role=labels.get(offices.get(item.qid, "")),
                description=item.description,
                fame=item.sitelinks,
                licence="CC0-1.0",
            )
            for (item, kinds), prior in zip(kept, priors, strict=True)
        ]
        return tuple(sorted(names, key=lambda one: (-one.prior, one.qid or "")))

    def parents(self, kinds: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
        """The direct superclasses of each item."""

        def read(entity: dict[str, object]) -> list[str]:
            return list(items(entity, SUBCLASS_OF))

        answers = self._entities("above", kinds, read, props="claims")
        return {kind: tuple(text(one, kind) for one in rows(above, kind)) for kind, above in answers.items() if above}

    def _search(self, name: str, language: str) -> dict[str, str]:
        """The items that bear exactly this name, each with whether it is their label or an alias."""
        key = f"{self._url} search {language} {name}"
        if key not in (kept := self._answers.get([key])):
            question = {
                "action": "wbsearchentities", "search": name, "language": language, "uselang": language,
                "type": "item", "limit": str(FOUND),
            }  # fmt: skip
            answer = fields(self._transport.get(self._url, _ALWAYS | question), "the answer")
            kept = {key: _bearers(answer, name)}
            self._answers.put(kept)
        return {qid: text(how, "how") for qid, how in fields(kept[key], "search").items()}

    def _items(self, qids: Iterable[str], language: str) -> list[Item]:
        def read(entity: dict[str, object]) -> dict[str, object] | None:
            item = read_item(entity, language=language)
            return None if item is None else asdict(item) | {"types": list(item.types)}

        props = "labels|descriptions|claims|sitelinks"
        answers = self._entities(f"item {language}", qids, read, props=props, languages=_languages(language))
        found = (_item(answer) for answer in answers.values() if answer is not None)
        # Two numbers can lead to one item, if one of them was merged into the other.
        return list({item.qid: item for item in found}.values())

    def _labels(self, qids: Iterable[str], language: str) -> dict[str, str]:
        def read(entity: dict[str, object]) -> str:
            return term(entity, "labels", language)

        answers = self._entities(f"label {language}", qids, read, props="labels", languages=_languages(language))
        return {qid: label for qid, label in answers.items() if isinstance(label, str) and label}

    def _entities(
        self, what: str, qids: Iterable[str], read: Callable[[dict[str, object]], object], **question: str
    ) -> dict[str, object]:
        """What `read` makes of each item, from the cache where it is kept; items that don't exist give None."""
        keys = {qid: f"{self._url} {what} {qid}" for qid in qids}
        kept = self._answers.get(keys.values())
        missing = [qid for qid, key in keys.items() if key not in kept]
        for start in range(0, len(missing), AT_ONCE):
            some = missing[start : start + AT_ONCE]
            asked = _ALWAYS | {"action": "wbgetentities", "ids": "|".join(some)} | question
            entities = fields(fields(self._transport.get(self._url, asked), "the answer").get("entities"), "entities")
            fresh: dict[str, object] = {}
            for qid in some:
                entity = fields(entities.get(qid), qid)
                fresh[keys[qid]] = None if "missing" in entity else read(entity)
            self._answers.put(fresh)
            kept |= fresh
        return {qid: kept[key] for qid, key in keys.items()}


def _languages(language: str) -> str:
    return "|".join(dict.fromkeys((language, "en", "mul")))


def _bearers(answer: dict[str, object], name: str) -> dict[str, str]:
    wanted, found = fold(name), dict[str, str]()
    for row in rows(answer.get("search"), "search"):
        hit = fields(row, "search")
        match = fields(hit.get("match"), "match")
        qid, how = text(hit.get("id"), "id"), text(match.get("type"), "type")
        if is_item(qid) and how in ("label", "alias") and fold(text(match.get("text"), "text")) == wanted:
            found.setdefault(qid, how)
    return found


def _item(answer: object) -> Item:
    """The item as it was kept."""
    kept = fields(answer, "item")
    try:
        return Item(**(kept | {"types": tuple(rows(kept["types"], "types"))}))  # type: ignore[arg-type]
    except (KeyError, TypeError) as error:
        raise Unanswered(f"the cache holds an item of another form: {error}") from error

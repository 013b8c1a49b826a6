"""Candidates from a service that speaks the W3C Reconciliation Service API, versions 0.1 and 0.2."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.link.online.classes import class_of, climb, fits, is_item, items_for
from kg.link.online.item import COORDINATES, COUNTRY, GEONAMES, SUBCLASS_OF
from kg.link.online.shape import digits, fields, number, rows, text
from kg.link.online.shares import shares
from kg.link.online.transport import Transport
from kg.link.online.trouble import Unanswered
from kg.link.online.wikidata import CONCEPTS, State
from kg.names import Name, fold
from kg.web.answers import Answers

WIKIDATA = (CONCEPTS, "https://www.wikidata.org/entity/")
GEONAMES_SPACES = ("http://www.geonames.org/", "https://www.geonames.org/", "http://sws.geonames.org/",
                   "https://sws.geonames.org/")  # fmt: skip
FOUND = 10
"""How many candidates to ask for."""

_PROPERTIES = (COORDINATES, COUNTRY, GEONAMES)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a service says of itself: its name, the namespace of its identifiers, whether it tells properties."""

    name: str
    space: str
    extends: bool


def read_manifest(answer: object) -> Manifest:
    """The manifest that a service gives at its address. Raises `Unanswered` if it is none."""
    manifest = fields(answer, "the manifest")
    name, space = text(manifest.get("name"), "name"), text(manifest.get("identifierSpace"), "identifierSpace")
    text(manifest.get("schemaSpace"), "schemaSpace")
    if "authentication" in manifest:
        raise Unanswered(f"the service {name} asks for a login, which can't be given here")
    return Manifest(name, space, extends=isinstance(manifest.get("extend"), dict))


class Reconciliation:
    """A reconciliation service at the address of its endpoint; a source of `kg.link.online.service`."""

    def __init__(self, url: str, manifest: Manifest, *, transport: Transport, answers: Answers, state: State) -> None:
        self._url, self._manifest, self._state = url, manifest, state
        self._transport, self._answers = transport, answers

    def candidates(self, name: str, *, classes: tuple[str, ...], language: str = "en") -> tuple[Name, ...]:
        found = self._query(name, classes, language)
        types = {text(hit["id"], "id"): tuple(_types(hit)) for hit in found}
        known = climb(
            (kind for kinds in types.values() for kind in kinds if not class_of(kinds, known={})),
            parents=self.parents,
        )
        placed = [(hit, class_of(types[text(hit["id"], "id")], known=known)) for hit in found]
        kept = [(hit, kinds) for hit, kinds in placed if fits(kinds, classes)]
        told = self._extend([text(hit["id"], "id") for hit, _ in kept], _PROPERTIES)
        priors = shares([max(0.0, number(hit.get("score"), "score")) for hit, _ in kept])
        return tuple(
            self._name(hit, kinds, told.get(text(hit["id"], "id"), {}), asked=name, prior=prior)
            for (hit, kinds), prior in sorted(zip(kept, priors, strict=True), key=lambda one: -one[1])
        )

    def parents(self, kinds: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
        """The direct superclasses of each item, where the service tells properties."""
        told = self._extend(kinds, (SUBCLASS_OF,))
        return {kind: tuple(_things(values.get(SUBCLASS_OF))) for kind, values in told.items()}

    def _query(self, name: str, classes: tuple[str, ...], language: str) -> list[dict[str, object]]:
        """The service's candidates that bear exactly this name."""
        query: dict[str, object] = {"query": name, "limit": FOUND}
        if self._manifest.space in WIKIDATA and (kinds := items_for(classes)):
            query |= {"type": list(kinds), "type_strict": "any"}
        asked = json.dumps({"q0": query}, ensure_ascii=False)
        key = f"{self._url} queries {language} {asked}"
        if key not in (kept := self._answers.get([key])):
            answer = fields(self._transport.post(self._url, {"queries": asked}), "the answer")
            result = rows(fields(answer.get("q0"), "q0").get("result"), "result")
            kept = {key: [_candidate(hit) for hit in result]}
            self._answers.put(kept)
        hits = [fields(hit, "result") for hit in rows(kept[key], "result")]
        return [hit for hit in hits if fold(text(hit["name"], "name")) == fold(name) or hit.get("match") is True]

    def _extend(self, ids: Sequence[str], properties: Sequence[str]) -> dict[str, dict[str, object]]:
        """The values of Wikidata properties of each thing; {} where the service doesn't tell them."""
        if not ids or not self._manifest.extends or self._manifest.space not in WIKIDATA:
            return {}
        keys = {one: f"{self._url} extend {' '.join(properties)} {one}" for one in ids}
        kept = self._answers.get(keys.values())
        missing = [one for one, key in keys.items() if key not in kept]
        if missing:
            asked = json.dumps({"ids": missing, "properties": [{"id": one} for one in properties]})
            answer = fields(self._transport.post(self._url, {"extend": asked}), "the answer")
            told = fields(answer.get("rows"), "rows")
            fresh: dict[str, object] = {keys[one]: fields(told.get(one, {}), "rows") for one in missing}
            self._answers.put(fresh)
            kept |= fresh
        return {one: fields(kept[key], "rows") for one, key in keys.items()}

    def _name(
        self, hit: dict[str, object], kinds: tuple[str, ...], told: dict[str, object], *, asked: str, prior: float
    ) -> Name:
        identity, label = text(hit["id"], "id"), text(hit["name"], "name")
        geonames = next(map(digits, _strings(told.get(GEONAMES))), None)
        if self._manifest.space in GEONAMES_SPACES:
            geonames = digits(identity)
        lat, lon = _coordinates(told.get(COORDINATES))
        countries = _things(told.get(COUNTRY))
        # Which of several it is today is not told.
        [(state, state_label)] = countries.items() if len(countries) == 1 else [("", "")]
        return Name(
            label=label,
            classes=kinds,
            qid=identity if self._manifest.space in WIKIDATA and is_item(identity) else None,
            country=None if "State" in kinds else self._state(state) or state_label or None,
            geonames=geonames,
            lat=lat,
            lon=lon,
            how="label" if fold(label) == fold(asked) else "alias",
            source=self._manifest.name,
            prior=prior,
            description=text(hit.get("description") or "", "description"),
        )


def _candidate(hit: object) -> dict[str, object]:
    """What is kept of a candidate; its form is looked at before it is kept."""
    candidate = fields(hit, "result")
    text(candidate.get("id"), "id"), text(candidate.get("name"), "name"), number(candidate.get("score"), "score")
    return {key: candidate[key] for key in ("id", "name", "score", "description", "match", "type") if key in candidate}


def _types(hit: dict[str, object]) -> list[str]:
    """The identifiers of a candidate's types, which the protocol lets be strings or objects."""
    return [
        one if isinstance(one, str) else text(fields(one, "type").get("id"), "type")
        for one in rows(hit.get("type") or [], "type")
    ]


def _things(values: object) -> dict[str, str]:
    """The names of the values that are things, by their identifiers."""
    found = [fields(value, "rows") for value in rows(values or [], "rows")]
    return {text(one["id"], "id"): text(one.get("name") or "", "name") for one in found if "id" in one}


def _strings(values: object) -> list[str]:
    found = [fields(value, "rows").get("str") for value in rows(values or [], "rows")]
    return [one for one in found if isinstance(one, str)]


def _coordinates(values: object) -> tuple[float, float] | tuple[None, None]:
    """Latitude and longitude of the first value like "50.45,30.52", which is how Wikidata's service writes them."""
    for value in _strings(values):
        try:
            lat, lon = map(float, value.split(","))
        except ValueError:
            continue
        return lat, lon
    return None, None

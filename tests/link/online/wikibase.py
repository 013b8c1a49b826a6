"""A wiki that answers as Wikidata's Action API does: the same parameters, errors and forms of answers."""

import re
from collections.abc import Iterator
from typing import Any

from flask import Flask, Response, jsonify, request

LANGUAGES = {"en", "uk", "mul"}
KNOWN = {
    "wbsearchentities": {"search", "language", "uselang", "type", "limit"},
    "wbgetentities": {"ids", "props", "languages"},
    "query": {"meta", "siprop"},
}
PARTS = {"labels", "descriptions", "aliases", "claims", "sitelinks"}


def statement(what: str, value: object, kind: str, *, rank: str = "normal", **qualifiers: str) -> dict[str, Any]:
    """A statement as wikis write it; qualifiers are times."""
    snak = {"snaktype": "value", "property": what, "hash": "0", "datavalue": {"value": value, "type": kind}}
    said = {
        key: [{"snaktype": "value", "property": key, "datavalue": {"value": {"time": time}, "type": "time"}}]
        for key, time in qualifiers.items()
    }
    return {"mainsnak": snak, "type": "statement", "rank": rank, **({"qualifiers": said} if said else {})}


def link(what: str, qid: str, **said: str) -> dict[str, Any]:
    value = {"entity-type": "item", "numeric-id": int(qid[1:]), "id": qid}
    return statement(what, value, "wikibase-entityid", **said)


def point(lat: float, lon: float) -> dict[str, Any]:
    value = {
        "latitude": lat, "longitude": lon, "altitude": None, "precision": 0.01,
        "globe": "http://www.wikidata.org/entity/Q2",
    }  # fmt: skip
    return statement("P625", value, "globecoordinate")


def entity(qid: str, label: str, *claims: dict[str, Any], about: str = "", also: str = "", pages: int = 0) -> Any:
    """An item; `also` are its aliases, kept apart by bars, `pages` how many wikis write about it."""
    stated: dict[str, list[Any]] = {}
    for claim in claims:
        stated.setdefault(claim["mainsnak"]["property"], []).append(claim)
    return {
        "type": "item",
        "id": qid,
        "labels": {"en": {"language": "en", "value": label}},
        "descriptions": {"en": {"language": "en", "value": about}} if about else {},
        "aliases": {"en": [{"language": "en", "value": alias} for alias in also.split("|") if alias]},
        "claims": stated,
        "sitelinks": {f"x{n}wiki": {"site": f"x{n}wiki", "title": label, "badges": []} for n in range(pages)},
    }


class Wiki:
    """The wiki's application, what it was asked and what is wrong with it.

    The first answers are those of `troubles`: a maxlag error for "lag", else a status with its headers and body.
    """

    def __init__(self, *entities: Any, concepts: str = "http://www.wikidata.org/entity/") -> None:
        self.entities = {one["id"]: one for one in entities}
        self.concepts = concepts
        self.asked: list[dict[str, str]] = []
        self.agents: list[str] = []
        self.troubles: list[Any] = []
        self.app = Flask(__name__)
        self.app.get("/w/api.php")(self.api)

    def api(self) -> Response:
        self.asked.append(dict(request.args))
        self.agents.append(request.headers.get("User-Agent", ""))
        if not self.agents[-1] or self.agents[-1].startswith("python"):
            return Response("Please set a user-agent", 403)
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble == "lag" and "maxlag" in request.args:
            return self.lagging()
        if isinstance(trouble, tuple):
            status, headers, body = trouble
            return Response(body, status, headers)
        if request.args.get("format") != "json":
            return Response("<!DOCTYPE html><title>MediaWiki API help</title>", 200, content_type="text/html")
        action = request.args.get("action", "help")
        if action not in KNOWN:
            return self.error("badvalue", f'Unrecognized value for parameter "action": {action}.')
        if strange := request.args.keys() - KNOWN[action] - {"action", "format", "maxlag"}:
            raise AssertionError(f"the wiki would warn of {strange}")
        response: Response = getattr(self, action)()
        response.headers["Cache-Control"] = "private, must-revalidate, max-age=0"
        return response

    def query(self) -> Response:
        general = {"sitename": "Wikidata", "generator": "MediaWiki 1.45", "wikibase-conceptbaseuri": self.concepts}
        return jsonify({"batchcomplete": "", "query": {"general": general}})

    def wbsearchentities(self) -> Response:
        for needed in ("search", "language"):
            if needed not in request.args:
                return self.error("missingparam", f'The "{needed}" parameter must be set.')
        search, language = request.args["search"], request.args["language"]
        if language not in LANGUAGES:
            return self.error("badvalue", f'Unrecognized value for parameter "language": {language}.')
        hits = list(self.hits(search))[: int(request.args.get("limit", 7))]
        return jsonify({"searchinfo": {"search": search}, "search": hits, "success": 1})

    def hits(self, search: str) -> Iterator[dict[str, Any]]:
        for qid, one in self.entities.items():
            label = one["labels"]["en"]["value"]
            forms = [("label", label), *(("alias", term["value"]) for term in one["aliases"]["en"])]
            for kind, form in forms:
                if form.casefold().startswith(search.casefold()):
                    yield {
                        "id": qid, "title": qid, "pageid": 1, "repository": "wikidata",
                        "concepturi": self.concepts + qid, "url": f"//wiki/{qid}", "label": label,
                        "display": {"label": {"value": label, "language": "en"}},
                        "match": {"type": kind, "language": "en", "text": form},
                        **({"aliases": [form]} if form != label else {}),
                    }  # fmt: skip
                    break

    def wbgetentities(self) -> Response:
        if "ids" not in request.args:
            return self.error("param-missing", 'Either provide the item "ids" or pairs of "sites" and "titles".')
        ids = request.args["ids"].split("|")
        if len(ids) > 50:
            return self.error("toomanyvalues", 'Too many values supplied for parameter "ids". The limit is 50.')
        if wrong := [one for one in ids if not re.fullmatch(r"[QPL][1-9][0-9]*", one)]:
            return self.error("no-such-entity", f'Could not find an entity with the ID "{wrong[0]}".', id=wrong[0])
        props = set(request.args.get("props", "|".join(PARTS)).split("|"))
        if strange := props - PARTS:
            return self.error("badvalue", f'Unrecognized value for parameter "props": {strange}.')
        return jsonify({"entities": {one: self.shown(one, props) for one in ids}, "success": 1})

    def shown(self, qid: str, props: set[str]) -> dict[str, Any]:
        if qid not in self.entities:
            return {"id": qid, "missing": ""}
        return {key: value for key, value in self.entities[qid].items() if key in props | {"id", "type"}}

    def lagging(self) -> Response:
        lag = {"host": "10.0.0.1", "lag": 6.1, "type": "db"}
        response = self.error("maxlag", "Waiting for 10.0.0.1: 6.1 seconds lagged.", **lag)
        response.headers.update({"Retry-After": "5", "X-Database-Lag": "6"})
        return response

    def error(self, code: str, info: str, **more: object) -> Response:
        usage = "See https://www.wikidata.org/w/api.php for API usage."
        response = jsonify({"error": {"code": code, "info": info, **more, "*": usage}, "servedby": "mw1"})
        response.headers["MediaWiki-API-Error"] = code
        return response

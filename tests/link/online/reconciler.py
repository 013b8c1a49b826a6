"""A service that speaks the Reconciliation Service API 0.2 about the items of a wiki."""

import json
from typing import Any

from flask import Flask, Response, jsonify, request

from .wikibase import Wiki


class Reconciler:
    """The service's application; it answers GET with its manifest and forms with `queries` or `extend`."""

    def __init__(self, wiki: Wiki, **manifest: Any) -> None:
        self.wiki, self.asked = wiki, list[dict[str, Any]]()
        self.manifest = {
            "versions": ["0.1", "0.2"],
            "name": "Test items",
            "identifierSpace": "http://www.wikidata.org/entity/",
            "schemaSpace": "http://www.wikidata.org/prop/direct/",
            "defaultTypes": [{"id": "Q35120", "name": "entity"}],
            "extend": {"property_settings": []},
        } | manifest
        self.app = Flask(__name__)
        self.app.route("/en/api", methods=["GET", "POST"])(self.api)

    def api(self) -> Response:
        if request.method == "GET":
            return jsonify({key: value for key, value in self.manifest.items() if value is not None})
        if request.mimetype != "application/x-www-form-urlencoded" or len(request.form) != 1:
            return Response("one form element, please", 400)
        (kind, text) = next(iter(request.form.items()))
        asked = json.loads(text)
        self.asked.append({kind: asked})
        return jsonify(self.queries(asked) if kind == "queries" else self.extend(asked))

    def queries(self, batch: dict[str, dict[str, Any]]) -> dict[str, Any]:
        for query in batch.values():
            assert query.keys() <= {"query", "type", "limit", "properties", "type_strict"}
            assert query.get("type_strict", "any") in ("any", "should", "all")
        return {key: {"result": self.result(query)} for key, query in batch.items()}

    def result(self, query: dict[str, Any]) -> list[dict[str, Any]]:
        """Candidates of every type: the protocol lets a service take the type as a wish."""
        return [
            {
                "id": hit["id"],
                "name": hit["match"]["text"],
                "score": 100 if hit["match"]["text"] == query["query"] else 60,
                "match": False,
                "type": [{"id": kind, "name": kind} for kind in self.values(hit["id"], "P31")],
            }
            for hit in self.wiki.hits(query["query"])
        ]

    def extend(self, query: dict[str, Any]) -> dict[str, Any]:
        wanted = [one["id"] for one in query["properties"]]
        rows = {one: {what: self.cells(one, what) for what in wanted} for one in query["ids"]}
        return {"meta": [{"id": what, "name": what} for what in wanted], "rows": rows}

    def values(self, qid: str, what: str) -> list[Any]:
        claims = self.wiki.entities.get(qid, {"claims": {}})["claims"].get(what, [])
        values = [claim["mainsnak"]["datavalue"]["value"] for claim in claims]
        return [value["id"] if isinstance(value, dict) and "id" in value else value for value in values]

    def cells(self, qid: str, what: str) -> list[dict[str, Any]]:
        cells = []
        for value in self.values(qid, what):
            if isinstance(value, dict):
                cells.append({"str": f"{value['latitude']},{value['longitude']}"})
            elif value in self.wiki.entities:
                cells.append({"id": value, "name": self.wiki.entities[value]["labels"]["en"]["value"]})
            elif what != "P1566":
                cells.append({"id": value, "name": value})
            else:
                cells.append({"str": value})
        return cells

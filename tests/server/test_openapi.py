"""The OpenAPI document is valid, names what can be answered, and leaves out what a read-only server refuses."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import schemathesis

from server import create_app
from server.openapi import document
from server.pool.settings import Settings

METHODS = ("get", "head", "put", "post", "delete", "patch", "options")
WRITES = ("PUT", "DELETE", "PATCH", "POST /store", "POST /update", "POST /admin", "POST /review")
# What the front answers before Flask hears of it.
FRONT = {("GET", "/store"), ("HEAD", "/store"), ("GET", "/store/{path}"), ("HEAD", "/store/{path}"),
         ("POST", "/export")}  # fmt: skip


def written(*, writable: bool) -> dict[str, Any]:
    return document(title="Conflict KG", version="0.1.0", writable=writable)


def operations(said: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": route[method]
        for path, route in said["paths"].items()
        for method in METHODS
        if method in route
    }


@pytest.mark.parametrize("writable", [True, False])
def test_it_is_openapi_3_1(writable: bool) -> None:
    schema = schemathesis.openapi.from_dict(written(writable=writable))
    schema.validate()
    assert schema.specification.version == "3.1.0"
    found = [each.ok().label for each in schema.get_all_operations()]
    assert sorted(found) == sorted(operations(written(writable=writable)))


def test_it_is_plain_json() -> None:
    said = written(writable=True)
    assert json.loads(json.dumps(said)) == said


def test_it_has_the_routes_of_the_application(tmp_path: Path) -> None:
    """Each with its methods; HEAD and OPTIONS are said only where they mean more than everywhere."""
    rules = create_app(Settings(rundir=str(tmp_path))).url_map.iter_rules()
    answered = {
        (method, re.sub(r"<path:(\w+)>", r"{\1}", rule.rule))
        for rule in rules
        if not rule.rule.startswith(("/static/", "/favicon.ico"))
        for method in rule.methods or ()
    }
    told = {tuple(name.split()) for name in operations(written(writable=True))}
    assert told <= answered | FRONT
    assert {(method, path) for method, path in answered - told if method not in ("HEAD", "OPTIONS")} == set()


def test_read_only_server_has_the_routes_that_read() -> None:
    assert written(writable=True)["paths"].keys() - written(writable=False)["paths"].keys() == {
        "/update",
        "/admin/backup",
    }


def test_operations_have_names_of_their_own() -> None:
    names = [operation["operationId"] for operation in operations(written(writable=True)).values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("operation", ["GET /sparql", "POST /sparql", "GET /query", "POST /query", "POST /update"])
def test_sparql_names_every_status(operation: str) -> None:
    answers = operations(written(writable=True))[operation]["responses"]
    assert answers.keys() >= set("200 400 401 403 405 406 408 413 414 415 429 503".split())


def test_conditions_are_named() -> None:
    found = operations(written(writable=True))
    for name in ("GET /sparql", "GET /query", "GET /store", "HEAD /store", "GET /store/{path}", "HEAD /store/{path}"):
        assert "304" in found[name]["responses"]
    for method in ("PUT", "POST", "PATCH", "DELETE"):
        assert "412" in found[f"{method} /store"]["responses"]
        assert "412" in found[f"{method} /store/{{path}}"]["responses"]


def test_errors_are_plain_text() -> None:
    said = written(writable=True)
    for operation in operations(said).values():
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                assert answer == {"$ref": f"#/components/responses/{status}"}
    assert all("text/plain" in answer["content"] for answer in said["components"]["responses"].values())


def test_no_5xx_but_503() -> None:
    for name, operation in operations(written(writable=True)).items():
        expected = ["501", "503"] if name == "POST /review" else ["503"]
        assert [status for status in operation["responses"] if status >= "500"] == expected


def test_post_takes_a_query_and_an_update_in_both_ways() -> None:
    content = operations(written(writable=True))["POST /sparql"]["requestBody"]["content"]
    assert content.keys() == {
        "application/x-www-form-urlencoded",
        "application/sparql-query",
        "application/sparql-update",
    }
    query, update = content["application/x-www-form-urlencoded"]["schema"]["oneOf"]
    assert query["properties"].keys() == {"query", "default-graph-uri", "named-graph-uri", "format"}
    assert update["properties"].keys() == {"update", "using-graph-uri", "using-named-graph-uri"}


def test_read_only_server_takes_no_update() -> None:
    found = operations(written(writable=False))
    content = found["POST /sparql"]["requestBody"]["content"]
    assert content.keys() == {"application/x-www-form-urlencoded", "application/sparql-query"}
    assert not [name for name in found if name.startswith(WRITES)]


def test_writing_needs_a_token() -> None:
    found = operations(written(writable=True))
    for name, operation in found.items():
        if name.startswith(WRITES):
            assert operation["security"] == [{"bearer": []}]
            assert "401" in operation["responses"]
    assert found["POST /sparql"]["security"] == [{}, {"bearer": []}]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH"])
def test_graphs_are_named_by_parameter_or_by_address(method: str) -> None:
    found = operations(written(writable=True))
    named = {parameter["name"] for parameter in found[f"{method} /store"]["parameters"]}
    assert named - {"format"} == {"graph", "default"}
    direct = {parameter["name"] for parameter in found[f"{method} /store/{{path}}"]["parameters"]}
    assert direct - {"format"} == {"path"}

"""What the OpenAPI document of a server is put together from: operations, parameters, answers and errors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Part = dict[str, Any]
HTML, JSON, PLAIN, TURTLE = "text/html", "application/json", "text/plain", "text/turtle"
REASONS = {
    "308": "The address has a slash too many; Location has it without.",
    "400": "The request can't be understood; the text says where it is wrong.",
    "401": "A token is needed, and there is none or a wrong one.",
    "403": "The token does not allow it, or this server never does it.",
    "404": "There is nothing by this name.",
    "405": "The method is none that this address knows.",
    "406": "It can't be sent in any of the formats that the client takes; the text lists those there are.",
    "408": "It took longer than this server spends on one request.",
    "409": "There is something of that name already.",
    "412": "The graph is in another state than the request is meant for.",
    "413": "What was sent, or what would be answered, is too large.",
    "414": "The address is too long: send the query by POST.",
    "415": "What was sent is in no format that is read here.",
    "429": "Too many requests are being answered, or came from this client.",
    "501": "Another server has the store, and this can't be done there from here.",
    "503": "The store does not answer now.",
}
HEADERS = {"308": "Location", "401": "WWW-Authenticate", "405": "Allow", "429": "Retry-After", "503": "Retry-After"}
FORM = "application/x-www-form-urlencoded"
ANSWERED = (308, 400, 401, 403, 404, 405, 406, 408, 413, 414, 415, 429, 503)
READ = tuple(status for status in ANSWERED if status != 415)
FIXED = (400, 405, 406, 414, 429, 503)
IRI: Part = {"type": "string", "format": "uri"}


def operation(name: str, summary: str, answers: Part, errors: Iterable[int], parameters: Iterable[Part] = ()) -> Part:
    """What can be done at an address by one method."""
    refused = {str(status): {"$ref": f"#/components/responses/{status}"} for status in sorted(errors)}
    found: Part = {"operationId": name, "summary": summary, "responses": answers | refused}
    return found | ({"parameters": listed} if (listed := list(parameters)) else {})


def options(name: str, parameters: Iterable[Part] = ()) -> Part:
    """The operation of the method of that name."""
    done = {"200": {"description": "It may."}, "204": {"description": "It may."}}
    return operation(name, "Ask what a page of another site may do here", done, (308, 404, 405, 429, 503), parameters)


def answer(*types: str) -> Part:
    """An answer in one of these media types."""
    table = {"type": "object", "required": ["head"]}
    content: Part = {type: {"schema": table} if type.endswith("results+json") else {} for type in types}
    return {"description": "The answer."} | ({"content": content} if content else {})


def unchanged() -> Part:
    """The answer to a client that has it already."""
    return {"304": {"description": "It is what the client has.", "headers": header("ETag")}}


def json_answer(schema: Part) -> Part:
    """An answer in JSON alone."""
    return {"description": "The answer.", "content": {JSON: {"schema": {"type": "object"} | schema}}}


def error(status: str) -> Part:
    """Why there is no answer, in plain text; a browser that asks by GET gets a page."""
    headers = {"headers": header(HEADERS[status])} if status in HEADERS else {}
    return {"description": REASONS[status], "content": {PLAIN: {}, HTML: {}}} | headers


def header(name: str) -> Part:
    """A header that an answer may have."""
    return {name: {"schema": {"type": "string"}}}


def parameter(name: str, schema: Part, description: str, *, example: str | None = None) -> Part:
    """A parameter of the address."""
    found = {"name": name, "in": "query", "description": description, "schema": schema}
    return found | ({"example": example} if example else {})


def format_parameter() -> Part:
    """The parameter for the format of the answer."""
    said = "a short name such as `json` or `ttl`, or a media type; it goes before Accept"
    return parameter("format", {"type": "string"}, said)


def path_parameter() -> Part:
    """The part of the address that is the end of an IRI."""
    said = "the rest of the IRI; it may have slashes"
    return {"name": "path", "in": "path", "required": True, "description": said, "schema": {"type": "string"}}

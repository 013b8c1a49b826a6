"""Updates over HTTP: the update operation of the SPARQL 1.1 Protocol (section 2.2), done by the keeper.

`LOAD` is done here, before the update: what it names is fetched if its host is allowed, and read by an evaluator.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
from flask import Response, current_app

from kg.errors import QueryError
from kg.sparql import loads
from server import guard, media, writing
from server.pool.settings import Settings
from server.protocol import Operation, Refused

REDIRECTS = 5
SECONDS = 30.0
ACCEPT = ", ".join(media.GRAPH_TYPES.values())


def send(asked: Operation, *, base: str, within: str | None = None, **conditions: Any) -> Response:
    """Does an update and tells so. `within` is the graph that it is to keep to, if it is to keep to one."""
    settings: Settings = current_app.extensions["kg.settings"]
    with _loaded(asked.text, base, settings) as loaded:
        told = writing.write(
            "update",
            update=asked.text,
            using=asked.default_graphs,
            using_named=asked.named_graphs,
            base=base,
            loaded=loaded,
            within=within,
            **conditions,
        )
    return writing.done("done" if told["changed"] else "done; nothing had to change", told)


@contextmanager
def _loaded(update: str, base: str, settings: Settings) -> Iterator[dict[str, dict[str, str]]]:
    """The documents that the update's LOADs name, by address, each fetched to a file that is gone afterwards."""
    found: dict[str, dict[str, str]] = {}
    try:
        for iri in _named(update, base):
            if not settings.services:
                raise guard.Forbidden("LOAD is switched off here: this endpoint never fetches from another server")
            found[iri] = _fetched(iri, settings)
        yield found
    finally:
        for document in found.values():
            Path(document["path"]).unlink()


def _named(update: str, base: str) -> tuple[str, ...]:
    """What the update's LOADs name. Oxigraph reads it for that, so what it can't read safely is refused before."""
    if "load" not in update.lower():
        return ()
    guard.check_shape(update)
    return loads(update, base)


def _fetched(iri: str, settings: Settings) -> dict[str, str]:
    """Where a document has been saved, and its format. Each step of a redirection is checked as the first is."""
    address = iri
    with httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client:
        for _ in range(REDIRECTS):
            guard.check_address(address, settings.services)
            guard.check_host(address, settings.services)
            try:
                with client.stream("GET", address, headers={"Accept": ACCEPT}) as response:
                    if response.is_redirect:
                        address = urljoin(address, response.headers["Location"])
                        continue
                    if not response.is_success:
                        raise QueryError(f"LOAD of {iri}: the server answers {response.status_code}")
                    return _saved(response, settings)
            except httpx.HTTPError as error:
                raise QueryError(f"LOAD of {iri}: {error or type(error).__name__}") from error
    raise QueryError(f"LOAD of {iri}: it is redirected more than {REDIRECTS} times")


def _saved(response: httpx.Response, settings: Settings) -> dict[str, str]:
    format = media.of_body(response.headers.get("Content-Type", ""))
    size = 0
    with tempfile.NamedTemporaryFile(dir=settings.rundir, delete=False) as file:
        for piece in response.iter_bytes():
            size += len(piece)
            if size > settings.body:
                Path(file.name).unlink()
                raise Refused(413, f"what LOAD names is larger than the {settings.body:,} bytes that this server reads")
            file.write(piece)
    return {"path": file.name, "format": format}

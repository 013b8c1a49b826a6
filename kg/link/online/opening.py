"""Finding out which kind of service stands at an address, and connecting to it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.errors import UsageError
from kg.link.online.service import Guarded, Source

if TYPE_CHECKING:
    from kg.link.online.transport import Transport
    from kg.web.answers import Answers


def open_service(
    url: str | None,
    *,
    cache: Path | None = None,
    contact: str | None = None,
    days: float = 30,
    timeout: float = 15,
    state: Callable[[str], str | None] = lambda _: None,
    warn: Callable[[str], None] = lambda _: None,
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.time,
) -> Guarded:
    """The service at the address, to be closed after use (a context manager): see `Service`.

    `url` is that of a reconciliation service or of a copy of Wikidata (`.../api.php`); None asks Wikidata itself.
    `cache` is the folder where answers are kept for so many `days`, by default the user's cache folder. `contact` is
    an address where the operator of the service can complain. `timeout` is in seconds. `state` gives the gazetteer's
    label of the State that is a Wikidata item; where it gives None, the service's own label is taken. `warn` is called
    with the first trouble, once a run at most.

    Raises `UsageError` for an address or a contact that can't be used, `KGError` if no answers can be kept in the
    folder; never for trouble on the network.
    """
    from platformdirs import user_cache_path

    from kg.link.online.transport import Transport
    from kg.web.answers import Answers

    address = _checked(url)
    with ExitStack() as stack:
        answers = Answers(cache or user_cache_path("conflictkg"), days=days, clock=clock)
        stack.callback(answers.close)
        transport = Transport(contact=contact or "", timeout=timeout, sleep=sleep)
        stack.callback(transport.close)
        return Guarded(
            lambda: _connect(address, transport, answers, state), stack=stack.pop_all(), stop=transport.stop, warn=warn
        )


def _checked(url: str | None) -> str | None:
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or "@" in parts.netloc or parts.fragment or not url.isprintable() or " " in url:
        raise UsageError(f"{url}: the address of a service is like https://example.org/reconcile or .../api.php")
    return url


def _connect(url: str | None, transport: Transport, answers: Answers, state: Callable[[str], str | None]) -> Source:
    """The source at the address. Raises `Unanswered` if it is none that is known here."""
    from kg.link.online import reconcile, wikidata
    from kg.link.online.shape import fields
    from kg.link.online.trouble import Unanswered

    if url is None:
        return wikidata.Wikidata(wikidata.API, transport=transport, answers=answers, state=state)
    key = f"{url} manifest"
    kept = answers.get([key])
    if urlsplit(url).path.endswith("api.php"):
        if key not in kept:
            question = {"action": "query", "meta": "siteinfo", "siprop": "general", "format": "json"}
            site = fields(fields(transport.get(url, question), "the answer").get("query"), "query")
            kept = {key: fields(site.get("general"), "general").get("wikibase-conceptbaseuri")}
            answers.put(kept)
        if kept[key] != wikidata.CONCEPTS:
            raise Unanswered(f"{url} is no copy of Wikidata: its items are those of {kept[key]}")
        return wikidata.Wikidata(url, transport=transport, answers=answers, state=state)
    if key not in kept:
        manifest = transport.get(url, {})
        reconcile.read_manifest(manifest)
        kept = {key: manifest}
        answers.put(kept)
    told = reconcile.read_manifest(kept[key])
    return reconcile.Reconciliation(url, told, transport=transport, answers=answers, state=state)

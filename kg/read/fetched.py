"""What was fetched before: kept so that a server need not send again what has not changed (RFC 9110, 13).

What a source gave counts as fetched when it is settled, that is when its articles are stored: a run that was killed
before fetches it again.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kg.web.answers import Answers

if TYPE_CHECKING:
    import httpx

Validators = dict[str, str]
"""Request headers that ask for a thing only if it has changed."""


class Fetched:
    """What is known of the addresses of one source; without a folder nothing is."""

    def __init__(self, folder: Path | None, source: str) -> None:
        self._answers = Answers(folder) if folder else None
        self._source, self._new = source, dict[str, Validators]()

    def validators(self, url: str) -> Validators:
        """The headers with which to ask for the address."""
        found = self._answers.get([_settled(url)]) if self._answers else {}
        return cast(Validators, found.get(_settled(url), {}))

    def note(self, url: str, response: httpx.Response) -> None:
        """Has it kept what the answer of an address can be told by."""
        pairs = (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since"))
        self._new[url] = {ask: response.headers[tell] for tell, ask in pairs if tell in response.headers}

    def forget(self, url: str) -> None:
        """Has the address asked for next time as if it never was: something of what it led to is missing."""
        self._new[url] = {}

    def keep(self) -> None:
        """Keeps what was noted, to be settled."""
        if self._answers:
            self._answers.put({_noted(self._source): self._new})

    def close(self) -> None:
        if self._answers:
            self._answers.close()


def settle(sources: Iterable[str], folder: Path) -> None:
    """What these sources gave is not fetched again until it changes: its articles are stored."""
    with closing(Answers(folder)) as answers:
        for source in sources:
            noted = cast(dict[str, Validators], answers.get([_noted(source)]).get(_noted(source), {}))
            answers.put({_settled(url): validators for url, validators in noted.items()} | {_noted(source): {}})


def _settled(url: str) -> str:
    return f"fetched {url}"


def _noted(source: str) -> str:
    return f"noted {source}"

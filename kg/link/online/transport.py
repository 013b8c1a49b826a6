"""Asking a service over HTTP, politely: one question at a time, by name, with patience that ends."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping

import httpx

from kg.link.online.trouble import Unanswered
from kg.web.asking import TIMEOUT, Busy, Patience, agent, busy, retry_after

LONGEST = 32 * 1024 * 1024
"""Bytes of an answer, unpacked; fifty items with all their statements are about a fifth of it."""

_API_BUSY = frozenset({"maxlag", "ratelimited", "readonly", "cirrussearch-too-busy-error"})


class Transport:
    """A connection to services that gives their answers as JSON values.

    `contact` says whom an operator of the service can write to. `sleep` waits for so many seconds.
    """

    def __init__(
        self, *, contact: str, timeout: float = TIMEOUT, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        headers = {"User-Agent": agent(contact), "Accept": "application/json"}
        self._client = httpx.Client(headers=headers, timeout=timeout, follow_redirects=True)
        self._longest_wait = 4 * timeout  # for a whole answer
        self._stopped = ""
        self._patience = Patience(sleep=sleep)

    def get(self, url: str, parameters: Mapping[str, str]) -> object:
        """The answer to a GET request. Raises `Unanswered`."""
        return self._ask("GET", url, params=dict(parameters)) if parameters else self._ask("GET", url)

    def post(self, url: str, form: Mapping[str, str]) -> object:
        """The answer to a form. Raises `Unanswered`."""
        return self._ask("POST", url, data=dict(form))

    def stop(self) -> None:
        """Ask no more: every question from now on is `Unanswered`."""
        self._stopped = "nothing more is asked in this run"

    def close(self) -> None:
        self._client.close()

    def _ask(self, method: str, url: str, **request: dict[str, str]) -> object:
        if self._stopped:
            raise Unanswered(f"{url}: {self._stopped}")
        try:
            return self._patience(self._once, method, url, **request)
        except Busy as error:
            raise Unanswered(f"{url} {error}") from error

    def _once(self, method: str, url: str, **request: dict[str, str]) -> object:
        try:
            with self._client.stream(method, url, **request) as response:  # type: ignore[arg-type]
                if trouble := busy(response):
                    raise trouble
                after = retry_after(response)
                if not response.is_success:
                    raise Unanswered(f"{url} answers {response.status_code} {response.reason_phrase}".strip())
                content = self._content(response, url)
        except httpx.TransportError as error:
            raise Busy(f"does not answer: {str(error) or type(error).__name__}") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unanswered(f"{url} can't be asked: {error}") from error
        try:
            answer = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise Unanswered(f"{url} answers with something that is not JSON") from error
        _check(answer, url, after)
        return answer

    def _content(self, response: httpx.Response, url: str) -> bytes:
        content, end = bytearray(), time.monotonic() + self._longest_wait
        for part in response.iter_bytes():
            content += part
            if len(content) > LONGEST:
                raise Unanswered(f"{url} answers with more than {LONGEST:,} bytes")
            if time.monotonic() > end:
                raise Busy(f"takes more than {self._longest_wait:g} seconds to answer")
        return bytes(content)


def _check(answer: object, url: str, after: float) -> None:
    """Raise what MediaWiki's error in an answer means; it comes with status 200."""
    if not isinstance(answer, dict) or not isinstance(error := answer.get("error"), dict):
        return
    why = f"{error.get('code')}: {error.get('info')}"
    if error.get("code") in _API_BUSY:
        raise Busy(f"is busy ({why})", after)
    raise Unanswered(f"{url} refuses the question ({why})")

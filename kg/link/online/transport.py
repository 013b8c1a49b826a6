"""Asking a service over HTTP, politely: one question at a time, by name, with patience that ends."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type

import kg
from kg.link.online.trouble import Unanswered

TIMEOUT = 15.0
"""Seconds to wait for a connection and for each part of an answer; a whole answer may take four times as long."""

ATTEMPTS = 5
PATIENCE = 120.0
"""Seconds that a whole run may spend waiting for a service that asked to be left alone."""

LONGEST = 32 * 1024 * 1024
"""Bytes of an answer, unpacked; fifty items with all their statements are about a fifth of it."""

_TRY_LATER = frozenset({429, 500, 502, 503, 504})
_API_BUSY = frozenset({"maxlag", "ratelimited", "readonly", "cirrussearch-too-busy-error"})


class _Busy(Exception):
    """The service asks for patience: `after` is how many seconds at least."""

    def __init__(self, why: str, after: float = 0.0) -> None:
        self.after = after
        super().__init__(why)


class Transport:
    """A connection to services that gives their answers as JSON values.

    `contact` says whom an operator of the service can write to. `sleep` waits for so many seconds.
    """

    def __init__(
        self, *, contact: str, timeout: float = TIMEOUT, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        agent = f"conflictkg/{kg.__version__} ({contact}) httpx/{httpx.__version__}"
        headers = {"User-Agent": agent, "Accept": "application/json"}
        self._client = httpx.Client(headers=headers, timeout=timeout, follow_redirects=True)
        self._longest_wait = 4 * timeout
        self._waited, self._stopped = 0.0, ""
        self._retrying = Retrying(
            sleep=self._sleep, wait=_wait, stop=self._is_enough, retry=retry_if_exception_type(_Busy), reraise=True
        )
        self._pause = sleep

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
            return self._retrying(self._once, method, url, **request)
        except _Busy as busy:
            raise Unanswered(f"{url} {busy}") from busy

    def _once(self, method: str, url: str, **request: dict[str, str]) -> object:
        try:
            with self._client.stream(method, url, **request) as response:  # type: ignore[arg-type]
                after = _retry_after(response.headers.get("Retry-After", ""))
                if response.status_code in _TRY_LATER:
                    raise _Busy(f"answers {response.status_code} {response.reason_phrase}".strip(), after)
                if not response.is_success:
                    raise Unanswered(f"{url} answers {response.status_code} {response.reason_phrase}".strip())
                content = self._content(response, url)
        except httpx.TransportError as error:
            raise _Busy(f"does not answer: {str(error) or type(error).__name__}") from error
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
                raise _Busy(f"takes more than {self._longest_wait:g} seconds to answer")
        return bytes(content)

    def _sleep(self, seconds: float) -> None:
        self._waited += seconds
        self._pause(seconds)

    def _is_enough(self, state: RetryCallState) -> bool:
        return state.attempt_number >= ATTEMPTS or self._waited + state.upcoming_sleep > PATIENCE


def _wait(state: RetryCallState) -> float:
    """Seconds until the next attempt: 1, 2, 4, 8 and up to a quarter more, or what the service asks for if longer."""
    error = state.outcome.exception() if state.outcome else None
    after = error.after if isinstance(error, _Busy) else 0.0
    spread: float = random.uniform(1.0, 1.25)
    return max(2.0 ** (state.attempt_number - 1), after) * spread


def _retry_after(header: str) -> float:
    """Seconds that the header `Retry-After` asks for, given as a number or as a date; 0 without one."""
    if header.strip().isdecimal():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _check(answer: object, url: str, after: float) -> None:
    """Raise what MediaWiki's error in an answer means; it comes with status 200."""
    if not isinstance(answer, dict) or not isinstance(error := answer.get("error"), dict):
        return
    why = f"{error.get('code')}: {error.get('info')}"
    if error.get("code") in _API_BUSY:
        raise _Busy(f"is busy ({why})", after)
    raise Unanswered(f"{url} refuses the question ({why})")

"""Asking over HTTP, politely: by name, with patience that ends."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type

import kg
from kg.errors import UsageError

TIMEOUT = 15.0
"""Seconds to wait for a connection and for each part of an answer."""

ATTEMPTS = 5
PATIENCE = 120.0
"""Seconds that a whole run may spend waiting for servers that asked to be left alone."""

TRY_LATER = frozenset({429, 500, 502, 503, 504})
NOBODY = "no contact given"
_PLAIN = re.compile(r"[ -'*-\[\]-~]{1,200}")  # printable ASCII, without what ends a comment in a header: ( ) \

T = TypeVar("T")


class Busy(Exception):
    """A server asks for patience: `after` is how many seconds at least."""

    def __init__(self, why: str, after: float = 0.0) -> None:
        self.after = after
        super().__init__(why)


class Patience:
    """Asks again where a server is busy, until it has answered, or has been asked or waited for long enough."""

    def __init__(self, *, sleep: Callable[[float], object] = time.sleep) -> None:
        self._pause, self._waited = sleep, 0.0
        self._retrying = Retrying(
            sleep=self._sleep, wait=_wait, stop=self._is_enough, retry=retry_if_exception_type(Busy), reraise=True
        )

    def __call__(self, ask: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """What `ask` gives with these arguments in the end. Raises the last Busy, and whatever else it raises."""
        return self._retrying(ask, *args, **kwargs)

    def _sleep(self, seconds: float) -> None:
        self._waited += seconds
        self._pause(seconds)

    def _is_enough(self, state: RetryCallState) -> bool:
        return state.attempt_number >= ATTEMPTS or self._waited + state.upcoming_sleep > PATIENCE


def agent(contact: str) -> str:
    """What a request says about who asks. Raises UsageError for a contact that can't stand in a header."""
    if contact and not _PLAIN.fullmatch(contact):
        raise UsageError(f"{contact!r}: a contact is an e-mail or web address in plain letters, without brackets")
    return f"conflictkg/{kg.__version__} ({contact or NOBODY}) httpx/{httpx.__version__}"


def busy(response: httpx.Response) -> Busy | None:
    """What asks for patience in an answer; None where nothing does."""
    if response.status_code not in TRY_LATER:
        return None
    return Busy(f"answers {response.status_code} {response.reason_phrase}".strip(), retry_after(response))


def retry_after(response: httpx.Response) -> float:
    """Seconds that the header `Retry-After` asks for, given as a number or as a date; 0 without one."""
    header = response.headers.get("Retry-After", "")
    if header.strip().isdecimal():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _wait(state: RetryCallState) -> float:
    """Seconds until the next attempt: 1, 2, 4, 8 and up to a quarter more, or what the server asks for if longer."""
    error = state.outcome.exception() if state.outcome else None
    after = error.after if isinstance(error, Busy) else 0.0
    spread: float = random.uniform(1.0, 1.25)
    return max(2.0 ** (state.attempt_number - 1), after) * spread

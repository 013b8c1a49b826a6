"""Requests to a SPARQL server, those that may be made twice again where it is busy or can't be reached for a moment."""

from __future__ import annotations

import os

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from kg.errors import QueryError, StoreError

ATTEMPTS = 6
FIRST_WAIT = 0.5
"""Seconds before the second attempt; each further one waits twice as long, or as long as the server asks for."""
LONGEST_WAIT = 60.0

_TIMEOUT = httpx.Timeout(300, connect=10)
_TRY_LATER = frozenset({429, 502, 503, 504})


class _Busy(StoreError):
    """The server may do it later: after so many seconds, if it says when."""

    def __init__(self, told: str, after: float = 0.0) -> None:
        self.after = after
        super().__init__(told)


def client() -> httpx.Client:
    """A connection to a server, with the token of the variable KG_TOKEN if there is one."""
    token = os.environ.get("KG_TOKEN")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.Client(timeout=_TIMEOUT, follow_redirects=True, headers=headers)


def send(client: httpx.Client, method: str, url: str, *, sparql: bool, **request: object) -> httpx.Response:
    """The answer to one request; with `sparql`, 400 means that what is asked is wrong.

    Raises QueryError for that, and StoreError where the server does not answer or not as it should.
    """
    try:
        response = client.request(method, url, **request)  # type: ignore[arg-type]
    except httpx.TimeoutException as error:
        raise StoreError(f"{url} does not answer: {error}") from error
    except httpx.TransportError as error:
        raise _Busy(f"{url} does not answer: {error}") from error
    except httpx.HTTPError as error:
        raise StoreError(f"{url} does not answer: {error}") from error
    if response.is_success:
        return response
    told = response.text.strip()[:500]
    if response.status_code == 400 and sparql:
        raise QueryError(f"it is not SPARQL 1.1: {told}")
    if response.status_code in _TRY_LATER:
        after = response.headers.get("Retry-After", "")
        raise _Busy(f"{url} answers {response.status_code}: {told}", float(after) if after.isdecimal() else 0.0)
    raise StoreError(f"{url} answers {response.status_code}: {told}")


def send_again(client: httpx.Client, method: str, url: str, *, sparql: bool, **request: object) -> httpx.Response:
    """`send` for what does no harm when it is done twice: the last attempt's answer, or its error."""
    retrying = Retrying(
        wait=_wait, stop=stop_after_attempt(ATTEMPTS), retry=retry_if_exception_type(_Busy), reraise=True
    )
    return retrying(send, client, method, url, sparql=sparql, **request)


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    after = error.after if isinstance(error, _Busy) else 0.0
    return min(max(FIRST_WAIT * 2.0 ** (state.attempt_number - 1), after), LONGEST_WAIT)

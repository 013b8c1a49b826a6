"""What hosts ask of those who fetch from them: what is to be left alone (robots.txt, RFC 9309), and how much time."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from protego import Protego

PRODUCT = "conflictkg"
"""The name under which a robots.txt speaks to this program."""

LIFE = 24 * 60 * 60
"""Seconds for which a robots.txt holds (RFC 9309, 2.4)."""


class Manners:
    """The rules of the hosts that were met, and when each answered last. `pace` is the least seconds in between."""

    def __init__(self, pace: float) -> None:
        self._pace = pace
        self._rules: dict[str, tuple[Protego, float]] = {}
        self._answered: dict[str, float] = {}

    def rules(self, url: str, fetch: Callable[[str], str]) -> Protego:
        """The rules of the address's host. `fetch` gives the text of its robots.txt, '' where it has none."""
        from protego import Protego

        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}".lower()
        rules, end = self._rules.get(origin, (None, 0.0))
        if rules is None or end < time.monotonic():
            rules = Protego.parse(fetch(f"{origin}/robots.txt"))
            self._rules[origin] = rules, time.monotonic() + LIFE
        return rules

    def delay(self, rules: Protego) -> float:
        """Seconds from one request to the next that the rules and the pace ask for."""
        return max(self._pace, rules.crawl_delay(PRODUCT) or 0.0)

    def wait(self, url: str, delay: float | None = None) -> None:
        """Returns when the address's host may be asked: `delay` after it last answered, by default the pace."""
        delay = self._pace if delay is None else delay
        pause = self._answered.get(_host(url), -delay) + delay - time.monotonic()
        if pause > 0:
            time.sleep(pause)

    def answered(self, url: str) -> None:
        """The address's host has answered, or has not in time."""
        self._answered[_host(url)] = time.monotonic()


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()


@cache
def manners(pace: float) -> Manners:
    """The same for all sources of a run, which may be of one host."""
    return Manners(pace)

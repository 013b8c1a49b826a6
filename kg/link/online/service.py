"""What a live look-up is to the rest of the program, and the guard that keeps network trouble inside it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Protocol, Self

from kg.link.online.trouble import Unanswered
from kg.names import Name

LONGEST_NAME = 250
"""Characters of a name; Wikidata has no longer labels."""


class Source(Protocol):
    """A service as it is: it may fail with `Unanswered`."""

    def candidates(self, name: str, *, classes: tuple[str, ...], language: str = "en") -> tuple[Name, ...]: ...


class Service(Protocol):
    """A service that never fails: without an answer it knows nothing.

    `warning` is None as long as every question was answered, afterwards one sentence for the report.
    """

    @property
    def warning(self) -> str | None: ...

    def candidates(self, name: str, *, classes: tuple[str, ...], language: str = "en") -> tuple[Name, ...]:
        """The things of these ontology classes that the name can stand for, the likeliest first."""
        ...

    def close(self) -> None: ...


class Guarded:
    """A `Service` made of a source: the first trouble is told once, and from then on only the cache answers.

    `connect` gives the source; it is called at once, so that a wrong address is known before the first article.
    """

    def __init__(
        self, connect: Callable[[], Source], *, stack: ExitStack, stop: Callable[[], None], warn: Callable[[str], None]
    ) -> None:
        self._stack, self._stop, self._warn = stack, stop, warn
        self._source: Source | None = None
        self.warning: str | None = None
        try:
            self._source = connect()
        except Unanswered as trouble:
            self._give_up(trouble)

    def candidates(self, name: str, *, classes: tuple[str, ...], language: str = "en") -> tuple[Name, ...]:
        asked = " ".join(name.encode("utf8", "ignore").decode().split())
        if self._source is None or not asked or len(asked) > LONGEST_NAME:
            return ()
        primary = language.partition("-")[0].lower() or "en"
        try:
            return self._source.candidates(asked, classes=classes, language=primary)
        except Unanswered as trouble:
            self._give_up(trouble)
            return ()

    def close(self) -> None:
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _give_up(self, trouble: Unanswered) -> None:
        self._stop()
        if self.warning is None:
            self.warning = f"linking goes on offline: {trouble}"
            self._warn(self.warning)

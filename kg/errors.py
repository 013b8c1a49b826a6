"""The exceptions of the project; each child says its policy.

`SkipArticle` and its children concern one article: it is reported and the run goes on. Every other `KGError` stops the
command. `exit_code` is what the command line ends with, `http_status` what the server answers.
"""

from __future__ import annotations

from typing import Any


class KGError(Exception):
    """Anything this project reports to its user. Stops the command."""

    exit_code = 1
    http_status = 500

    def __reduce__(self) -> tuple[Any, ...]:
        """How it gets from one process to another, whatever arguments its making takes."""
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[KGError], args: tuple[Any, ...], fields: dict[str, Any]) -> KGError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(fields)
    return error


class UsageError(KGError):
    """The request itself is wrong: an unknown query, a bad option. Stops the command."""

    exit_code = 2
    http_status = 400


class SkipArticle(KGError):
    """One article can't be used. It is reported, and the run goes on with the next."""


class ReadError(SkipArticle):
    """A source can't be read as an article. `where` is the file and, if known, the line; `remedy` says what to do."""

    def __init__(self, problem: str, *, where: str, remedy: str = "") -> None:
        self.problem, self.where, self.remedy = problem, where, remedy
        super().__init__(f"{where}: {problem}" + (f" ({remedy})" if remedy else ""))


class ExtractError(SkipArticle):
    """The extractor failed on one article."""


class InvalidGraph(SkipArticle):
    """A graph breaks the shapes of the ontology. `report` is readable text, one line a violation."""

    def __init__(self, graph: str, report: str) -> None:
        self.graph, self.report = graph, report
        super().__init__(f"{graph} is not valid:\n{report}")


class StoreError(KGError):
    """The store can't do what was asked. Stops the command."""

    http_status = 503


class StoreLocked(StoreError):
    """Another process writes to this store."""


class GazetteerError(KGError):
    """A gazetteer, or a source to build one from, is not what it should be. `remedy` says what to do."""

    exit_code = 2

    def __init__(self, problem: str, *, where: str, remedy: str = "") -> None:
        self.problem, self.where, self.remedy = problem, where, remedy
        super().__init__(f"{where}: {problem}" + (f" ({remedy})" if remedy else ""))


class QueryError(KGError):
    """A SPARQL query or update is wrong; the message gives line and column where known."""

    exit_code = 2
    http_status = 400


class NotFound(KGError):
    """The named thing is not in the store."""

    exit_code = 3
    http_status = 404

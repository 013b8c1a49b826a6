"""The named questions: each a `.rq` file beside this one, with its title, description and parameters on top."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kg.errors import UsageError
from kg.queries.header import read
from kg.queries.named import NamedQuery, Parameter

__all__ = ["NamedQuery", "Parameter", "named", "queries"]


@cache
def queries() -> Mapping[str, NamedQuery]:
    """All named queries by name, sorted."""
    files = sorted(Path(__file__).parent.glob("*.rq"))
    return MappingProxyType({file.stem: read(file.stem, file.read_text("utf8")) for file in files})


def named(name: str) -> NamedQuery:
    """The query of that name. Raises UsageError that lists the names there are."""
    if name not in queries():
        raise UsageError(f"there is no query {name!r}; there are {', '.join(queries())}")
    return queries()[name]

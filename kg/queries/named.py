"""A named query and its parameters. What a caller gives is put in as a term, never as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode

from kg.errors import UsageError
from kg.queries.services import services
from kg.rdf import PREFIXES
from kg.store import Store
from kg.store.results import Term
from kg.store.update import written
from ontology import CKG


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query can be told. `type` is a key of TYPES; `default` is what holds if it isn't told."""

    name: str
    type: str
    default: str
    description: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question with a name. In `text` a parameter stands as `$name`.

    `first` is empty, or a SELECT to be asked before: the values of its column stand in `text` as `$found`.
    """

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str
    first: str = ""

    @property
    def services(self) -> frozenset[str] | None:
        """The addresses of other servers that it asks, unless told otherwise: see `kg.queries.services`."""
        return services(self.render())

    def ready(self, store: Store, /, **given: str) -> str:
        """The query as `render` has it, after the store was asked for what it needs to know first."""
        if not self.first:
            return self.render(**given)
        prefixes = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in PREFIXES.items())
        rows = store.query(prefixes + self._filled(self.first, given)).rows()
        return self.render([term for row in rows for term in row.values()], **given)

    def render(self, found: Iterable[Term] = (), /, **given: str) -> str:
        """The query with each parameter replaced by the term given for it, or by its default, and `$found` by `found`.

        Raises UsageError for a parameter the query lacks, and for a value that isn't of the parameter's type.
        """
        return self._filled(self.text, given, " ".join(map(written, found)))

    def _filled(self, text: str, given: Mapping[str, str], found: str = "") -> str:
        unknown = given.keys() - {parameter.name for parameter in self.parameters}
        if unknown:
            known = ", ".join(parameter.name for parameter in self.parameters) or "none"
            raise UsageError(f"{self.name} has no parameter {', '.join(sorted(unknown))}; it has {known}")
        terms = {p.name: _term(p, str(given.get(p.name, p.default))) for p in self.parameters} | {"found": found}
        return re.sub(r"\$(\w+)", lambda match: terms[match[1]], text)


def _term(parameter: Parameter, value: str) -> str:
    try:
        return written(TYPES[parameter.type](value))
    except (ValueError, AttributeError, InvalidOperation) as error:
        raise UsageError(f"{parameter.name} takes a {parameter.type}, and {value!r} is none: {error}") from error


def _code(value: str) -> NamedNode:
    return NamedNode(str(getattr(CKG, value.removeprefix("ckg:").removeprefix(PREFIXES["ckg"]))))


def _date(value: str) -> Literal:
    return Literal(date.fromisoformat(value).isoformat(), datatype=NamedNode(PREFIXES["xsd"] + "date"))


def _decimal(value: str) -> Literal:
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError("it is no number with digits")
    return Literal(f"{number:f}", datatype=NamedNode(PREFIXES["xsd"] + "decimal"))


TYPES = {"code": _code, "date": _date, "decimal": _decimal, "iri": NamedNode, "string": Literal}

"""The queries of `queries.toml`, made distinct for each round, and how an answer is summed up to be compared."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from kg.rdf.terms import PREFIXES

JSON, N_TRIPLES = "application/sparql-results+json", "application/n-triples"
LARGE = {
    JSON: Template("SELECT ?s ?p ?o$n WHERE { ?s ?p ?o$n } LIMIT 1000000"),
    N_TRIPLES: Template("CONSTRUCT { ?s ?p ?o$n } WHERE { ?s ?p ?o$n } LIMIT 1000000"),
}


@dataclass(frozen=True, slots=True)
class Query:
    """What a query is named and asks, how often it is timed, and its text with parameters."""

    name: str
    about: str
    rounds: int
    template: Template
    accept: str

    def text(self, n: int, picked: Mapping[str, Sequence[str]]) -> str:
        """The query of the n-th round: no two are the same text."""
        values = {name: iris[n % len(iris)] for name, iris in picked.items() if iris}
        return " ".join(self.template.substitute(values, n=n).split())


@dataclass(frozen=True, slots=True)
class Sum:
    """How many rows or triples an answer has, and what its integers add up to."""

    rows: int
    total: int = 0

    def __str__(self) -> str:
        return f"{self.rows:,} rows" + (f" that add up to {self.total:,}" if self.total else "")


def queries() -> dict[str, Query]:
    """All queries by name, the quickest first."""
    read = tomllib.loads(Path(__file__).with_name("queries.toml").read_text("utf8"))
    return {
        name: Query(
            name,
            one["about"],
            one["rounds"],
            Template(_prefixes(one["query"]) + one["query"]),
            N_TRIPLES if one.get("graph") else JSON,
        )
        for name, one in read.items()
    }


def _prefixes(text: str) -> str:
    """The prefixes that a query uses, for it to begin with."""
    used = sorted({name for name in PREFIXES if re.search(rf"\b{name}:", text)})
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in used)


def summed(body: bytes, accept: str) -> Sum:
    """What an answer comes to. Raises ValueError where it can't be read."""
    if accept == N_TRIPLES:
        return Sum(len(set(filter(None, body.splitlines()))))
    bindings = json.loads(body)["results"]["bindings"]
    integers = (
        int(term["value"]) for row in bindings for term in row.values() if term.get("datatype", "").endswith("#integer")
    )
    return Sum(len(bindings), sum(integers))

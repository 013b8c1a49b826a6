"""Where the graphs of a build go: a store, or files of N-Quads; and what is there already."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kg import rdf
from kg.pipeline.stages import Made
from kg.rdf import PREFIXES
from kg.store import Store

_PREFIXES = "\n".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in ("ckg", "dcterms", "prov", "schema"))
# By their graphs, since not every server takes the union of them for the default graph.
_KNOWN = f"""{_PREFIXES}
SELECT ?id ?mark ?gazetteer ?sketch WHERE {{ GRAPH ?graph {{
  ?article a ckg:Article ; dcterms:identifier ?id .
  ?extraction prov:used ?article ; schema:identifier ?mark .
  OPTIONAL {{ ?extraction schema:softwareAddOn ?gazetteer }}
  OPTIONAL {{ ?article ckg:sketch ?sketch }}
}} }}"""
_COPIES = f"""{_PREFIXES}
SELECT ?id ?other ?original WHERE {{
  GRAPH ?graph {{ ?article prov:alternateOf ?other ; dcterms:identifier ?id }}
  OPTIONAL {{ GRAPH ?its {{ ?other a ckg:Article ; dcterms:identifier ?original }} }}
}}"""


@dataclass(slots=True)
class Known:
    """The articles that are there, by id: the mark of each, the sketches of those that are no near-copies, and of what
    the others are near-copies."""

    marks: dict[str, str] = field(default_factory=dict)
    sketches: dict[str, bytes] = field(default_factory=dict)
    originals: dict[str, str] = field(default_factory=dict)

    def add(self, id: str, *, mark: str, sketch: bytes, original: str) -> None:
        """Notes an article in place of what was known by its id."""
        self.marks[id] = mark
        self.sketches.pop(id, None)
        self.originals.pop(id, None)
        if sketch:
            self.sketches[id] = sketch
        if original:
            self.originals[id] = original


class Sink(Protocol):
    """Takes the graphs of a build. What it has taken is whole, whenever the process ends."""

    def known(self) -> Known:
        """The articles that are there from earlier runs."""

    def put(self, made: Sequence[Made]) -> None:
        """Leaves in the graph of each article what was made of it, and nothing else."""

    def flush(self) -> None:
        """Makes sure that all taken so far outlives a power cut, and can be seen."""


class StoreSink:
    """A store as the place where graphs go. The ontology goes there first, as queries need it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        quads = rdf.ontology_quads()
        if store.quads(rdf.ONTOLOGY_GRAPH) != quads:
            store.replace(rdf.ONTOLOGY_GRAPH, quads)

    def known(self) -> Known:
        known = Known()
        # Where the original is gone its IRI stands for it, which is nobody's id: so the copy is none any more.
        originals = {row["id"]: row.get("original", row["other"]) for row in self._rows(_COPIES)}
        for row in self._rows(_KNOWN):
            known.add(
                row["id"],
                mark=f"{row['mark']} {row.get('gazetteer', '')}",
                sketch=base64.b64decode(row.get("sketch", "")),
                original=originals.get(row["id"], ""),
            )
        return known

    def _rows(self, query: str) -> Iterator[dict[str, str]]:
        for row in self._store.query(query).rows():
            yield {name: str(getattr(term, "value", "")) for name, term in row.items()}

    def put(self, made: Sequence[Made]) -> None:
        self._store.put({each.graph: each.lines for each in made})

    def flush(self) -> None:
        self._store.flush()

"""Where the graphs of a build go: a store, or files of N-Quads; and what is there already."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kg import rdf
from kg.pipeline.stages import Made
from kg.rdf import PREFIXES
from kg.store import Store

_KNOWN = f"""PREFIX ckg: <{PREFIXES["ckg"]}> PREFIX dcterms: <{PREFIXES["dcterms"]}> PREFIX prov: <{PREFIXES["prov"]}>
PREFIX schema: <{PREFIXES["schema"]}>
SELECT ?id ?mark ?gazetteer ?sketch ?other ?original WHERE {{
  ?article a ckg:Article ; dcterms:identifier ?id .
  ?extraction prov:used ?article ; schema:identifier ?mark .
  OPTIONAL {{ ?extraction schema:softwareAddOn ?gazetteer }}
  OPTIONAL {{ ?article ckg:sketch ?sketch }}
  OPTIONAL {{ ?article prov:alternateOf ?other OPTIONAL {{ ?other dcterms:identifier ?original }} }}
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
        for row in self._store.query(_KNOWN).rows():
            told = {name: str(getattr(row.get(name), "value", "")) for name in row}
            known.add(
                told["id"],
                mark=f"{told['mark']} {told.get('gazetteer', '')}",
                sketch=base64.b64decode(told.get("sketch", "")),
                original=told.get("original") or told.get("other", ""),  # one that is gone is no original any more
            )
        return known

    def put(self, made: Sequence[Made]) -> None:
        self._store.put({each.graph: each.lines for each in made})

    def flush(self) -> None:
        self._store.flush()

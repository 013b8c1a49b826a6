"""What the graph of one article tells: its statements, asked for with one query, by node and property."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ontology
from kg.store import PREFIXES
from server.iris import local, node
from server.stores import rows

MOST = 50_000
# What an article's page shows. Labels in other languages and the decisions behind links are on the pages of entities.
PROPERTIES = """\
    rdf:type rdfs:label skos:exactMatch dcterms:title dcterms:issued dcterms:publisher dcterms:license schema:url
    ckg:text ckg:mention ckg:inArticle ckg:start ckg:end ckg:exact
    ckg:eventType ckg:trigger ckg:actor ckg:target ckg:mediator ckg:weapon ckg:place ckg:within
    ckg:startDate ckg:endDate ckg:precision ckg:confidence
    ckg:about ckg:reportedIn ckg:claimant ckg:cue ckg:factuality
    ckg:measure ckg:counted ckg:affected ckg:count ckg:low ckg:high ckg:total"""
CURIES = {
    PREFIXES[prefix] + name: f"{prefix}:{name}"
    for prefix, _, name in (curie.partition(":") for curie in PROPERTIES.split())
}
USED = sorted({curie.partition(":")[0] for curie in CURIES.values()})
QUERY = (
    "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in USED)
    + f"""SELECT ?node ?property ?value WHERE {{
  VALUES ?property {{
{PROPERTIES}
  }}
  GRAPH %s {{ ?node ?property ?value }}
}} LIMIT {MOST}"""
)
ELSEWHERE = f"SELECT ?graph WHERE {{ GRAPH ?graph {{ %s a <{PREFIXES['ckg']}Article> }} }} ORDER BY ?graph LIMIT 1"

Node = Mapping[str, tuple[str, ...]]
"""The values of each property, sorted, by its prefixed name."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A node to name on a page: `kind` is the local name of its narrowest class, `item` its IRI in Wikidata or ''."""

    iri: str
    label: str
    kind: str
    item: str = ""

    @property
    def qid(self) -> str:
        return self.item.removeprefix(PREFIXES["wd"])

    @property
    def kind_in_words(self) -> str:
        known = ontology.classes().get(self.kind)
        return known.label if known else "thing"


@dataclass(frozen=True, slots=True)
class Told:
    """The statements of an article's graph, and the query that they answer."""

    article: str
    graph: str
    query: str
    nodes: Mapping[str, Node]

    def all(self, iri: str, curie: str) -> tuple[str, ...]:
        """The values that a node has of a property."""
        return self.nodes.get(iri, {}).get(curie, ())

    def one(self, iri: str, curie: str) -> str:
        """The first of them, '' where there is none."""
        return next(iter(self.all(iri, curie)), "")

    def having(self, curie: str, value: str) -> list[str]:
        """The nodes that have this value of a property, sorted."""
        return sorted(iri for iri, node in self.nodes.items() if value in node.get(curie, ()))

    def thing(self, iri: str) -> Thing:
        """How to name a node."""
        items = (match for match in self.all(iri, "skos:exactMatch") if match.startswith(PREFIXES["wd"]))
        kind = ontology.narrowest(self.all(iri, "rdf:type"))
        return Thing(iri, self.one(iri, "rdfs:label") or local(iri), kind, next(items, ""))


def told(article: str, graph: str) -> Told | None:
    """What the graph of this article tells: `graph` by rule, another one where somebody put the article elsewhere.

    None where there is none, or it tells too much to be shown on one page.
    """
    asked = _asked(article, graph)
    if asked is None:
        others = rows(ELSEWHERE % node(article))
        asked = _asked(article, others[0]["graph"]) if others else None
    return asked


def _asked(article: str, graph: str) -> Told | None:
    query = QUERY % node(graph)
    nodes = _nodes(found := rows(query))
    return Told(article, graph, query, nodes) if article in nodes and len(found) < MOST else None


def _nodes(found: Iterable[Mapping[str, str]]) -> dict[str, Node]:
    nodes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in found:
        nodes[row["node"]][CURIES[row["property"]]].add(row["value"])
    return {iri: {curie: tuple(sorted(values)) for curie, values in node.items()} for iri, node in nodes.items()}

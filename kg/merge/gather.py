"""What the graphs of articles tell, as tellings. It is asked by SPARQL, so that it is the same of any store."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files

from kg.merge.telling import Party, Telling, Word, families
from kg.names import fold
from kg.rdf import PREFIXES
from kg.store import Store
from ontology import narrowest

BATCH = 200
"""Articles that one query is about."""

_CKG, _WD = PREFIXES["ckg"], PREFIXES["wd"]
_PREFIXES = "\n".join(
    f"PREFIX {name}: <{PREFIXES[name]}>" for name in ("ckg", "dcterms", "geo", "prov", "rdfs", "schema", "skos")
)
_PLAIN = [
    "ckg:eventType",
    "ckg:actor",
    "ckg:target",
    "ckg:place",
    "ckg:mediator",
    "ckg:weapon",
    "ckg:startDate",
    "ckg:endDate",
    "ckg:precision",
    "ckg:trigger",
    "ckg:about",
    "ckg:claimant",
    "ckg:factuality",
    "ckg:measure",
    "ckg:counted",
    "ckg:affected",
    "ckg:count",
    "ckg:low",
    "ckg:high",
    "ckg:country",
    "ckg:within",
    "ckg:memberOf",
    "rdfs:label",
    "skos:exactMatch",
    "dcterms:issued",
    "dcterms:publisher",
    "dcterms:title",
    "prov:alternateOf",
    "geo:hasGeometry",
    "geo:asWKT",
]
# One predicate a query: with all in one, Oxigraph looks at each pair of graph and predicate, at four times the cost.
_PATTERNS = (
    *((name, f"?s {name} ?o") for name in _PLAIN),
    ("type", "?s rdfs:label ?label ; a ?o"),
    ("article", "?s dcterms:identifier ?id ; a ckg:Article . BIND(?s AS ?o)"),
    ("mention", "?s ckg:about ?event ; ckg:mention ?o"),
    ("exact", "?event a ckg:Event ; ckg:trigger ?s . ?s ckg:exact ?o"),
    ("start", "?event a ckg:Event ; ckg:trigger ?s . ?s ckg:start ?o"),
    ("exact", "?claim ckg:about ?event ; ckg:mention ?s . ?s ckg:exact ?o"),
    ("start", "?claim ckg:about ?event ; ckg:mention ?s . ?s ckg:start ?o"),
)
_MARKS = f"""{_PREFIXES}
SELECT ?graph ?article ?mark ?gazetteer WHERE {{ GRAPH ?graph {{
  ?article a ckg:Article . ?extraction prov:used ?article .
  OPTIONAL {{ ?extraction schema:identifier ?mark }} OPTIONAL {{ ?extraction schema:softwareAddOn ?gazetteer }}
}} }}"""
_POINT = re.compile(r"POINT\s*\(\s*(\S+)\s+(\S+?)\s*\)")
_WORD = re.compile(r"[^\W\d_]{3,}|\d+")

Node = dict[str, list[str]]


def marks(store: Store) -> dict[str, str]:
    """By what the articles' graphs are known to have changed, by the graph's IRI; empty where they don't tell.

    An article that stands in two graphs, as where a file of it was loaded, counts in the first of them only.
    """
    found: dict[str, tuple[str, str]] = {}
    for row in store.query(_MARKS).rows():
        graph, article, mark, gazetteer = (
            str(getattr(row.get(name), "value", "")) for name in ("graph", "article", "mark", "gazetteer")
        )
        told = graph, f"{mark} {gazetteer}" if mark else ""
        found[article] = min(found.get(article, told), told)
    return dict(found.values())


def tellings(
    store: Store, graphs: Sequence[str], *, on_fault: Callable[[str], object] = lambda _: None
) -> Iterator[Telling]:
    """Every event of these graphs of articles, graph by graph; none of a graph that lacks what each event has.

    `on_fault` is told of such a graph.
    """
    for at in range(0, len(graphs), BATCH):
        for graph, nodes in _read(store, graphs[at : at + BATCH]).items():
            try:
                found = list(_told(graph, nodes))
            except (ValueError, LookupError) as error:
                on_fault(f"<{graph}> is not valid, and its events are of no incident ({error!r}; see `kg validate`)")
            else:
                yield from found


def of_events(store: Store, events: Sequence[str]) -> dict[str, Telling]:
    """The tellings of those of these events, given by IRI, that are there."""
    values = " ".join(f"<{event}>" for event in events)
    asked = f"{_PREFIXES} SELECT DISTINCT ?g WHERE {{ VALUES ?event {{ {values} }} GRAPH ?g {{ ?event a ckg:Event }} }}"
    graphs = sorted(str(getattr(row["g"], "value", "")) for row in store.query(asked).rows())
    return {each.iri: each for each in tellings(store, graphs) if each.iri in events}


def _read(store: Store, graphs: Sequence[str]) -> dict[str, dict[str, Node]]:
    """What the nodes of each graph have, by the local name of the predicate."""
    values = " ".join(f"<{graph}>" for graph in graphs)
    found: dict[str, dict[str, Node]] = {graph: defaultdict(lambda: defaultdict(list)) for graph in graphs}
    for name, pattern in _PATTERNS:
        predicate = name.rpartition(":")[2]
        query = f"{_PREFIXES} SELECT DISTINCT ?g ?s ?o WHERE {{ VALUES ?g {{ {values} }} GRAPH ?g {{ {pattern} }} }}"
        for row in store.query(query).rows():
            graph, subject, value = (str(getattr(row[each], "value", "")) for each in "gso")
            found[graph][subject][predicate].append(value)
    return found


def _told(graph: str, nodes: Mapping[str, Node]) -> Iterator[Telling]:
    iri = next((iri for iri, node in nodes.items() if node["article"]), "")
    if not iri:
        return
    article = nodes[iri]
    events = sorted(each for each, node in nodes.items() if _CKG + "Event" in node["type"])
    parties: dict[str, Party] = {}
    claims: dict[str, list[str]] = defaultdict(list)
    for claim, node in nodes.items():
        for event in node["about"]:
            claims[event].append(claim)

    def party(each: str) -> Party:
        if each not in parties:
            parties[each] = _party(each, nodes)
        return parties[each]

    def role(node: Node, name: str) -> tuple[Party, ...]:
        return tuple(sorted((party(each) for each in set(node[name])), key=lambda each: (each.key, each.iri)))

    for event in events:
        type = _one(nodes[event], "eventType").removeprefix(_CKG)
        if type not in families():
            raise ValueError(f"{event} has no event type")
        node, trigger = nodes[event], nodes.get(_one(nodes[event], "trigger"), defaultdict(list))
        words = tuple(sorted((_word(c, nodes) for c in claims[event]), key=lambda word: (word.start, word.iri)))
        sentences = {nodes[m]["exact"][0] for c in claims[event] for m in nodes[c]["mention"]}
        yield Telling(
            iri=event, graph=graph, article=iri, source=_one(article, "alternateOf") or iri,
            outlet=_one(article, "publisher"), issued=_day(_one(article, "issued")), title=_one(article, "title"),
            type=type, trigger=_one(trigger, "exact"),
            at=int(_one(trigger, "start") or 0), start=_day(_one(node, "startDate")), end=_day(_one(node, "endDate")),
            precision=_one(node, "precision").rpartition("unit")[2], actors=role(node, "actor"),
            targets=role(node, "target"), places=role(node, "place"), mediators=role(node, "mediator"),
            weapons=tuple(sorted(each.removeprefix(_CKG) for each in node["weapon"])), claims=words,
            words=content_words(" ".join(sorted(sentences))),
        )  # fmt: skip


def _party(iri: str, nodes: Mapping[str, Node]) -> Party:
    node = nodes[iri]
    kind, name = narrowest(node["type"]), _one(node, "label")
    lat = lon = None
    for geometry in node["hasGeometry"]:
        if point := _POINT.match(_one(nodes[geometry], "asWKT")):
            lon, lat = float(point[1]), float(point[2])
    around = list(dict.fromkeys(_key(each, nodes) for each in _outward(iri, nodes)))
    country = next((_key(each, nodes) for each in (iri, *_outward(iri, nodes)) if _is_state(nodes[each])), "")
    return Party(iri, _key(iri, nodes), name, kind, tuple(around), country, lat, lon)


def _is_state(node: Node) -> bool:
    return _CKG + "State" in node["type"]


def _outward(iri: str, nodes: Mapping[str, Node]) -> list[str]:
    """What a thing lies in, belongs to or is of, and what those do, the nearest first."""
    found, front = [], [iri]
    while front:
        front = [each for one in front for name in ("within", "memberOf", "country") for each in nodes[one][name]]
        front = [each for each in dict.fromkeys(front) if each not in found and each != iri and each in nodes]
        found += front
    return found


def _key(iri: str, nodes: Mapping[str, Node]) -> str:
    node = nodes[iri]
    items = sorted(match.removeprefix(_WD) for match in node["exactMatch"] if match.startswith(_WD))
    if items:
        return items[0]
    if narrowest(node["type"]) in ("Group", "Asset"):
        return fold(_one(node, "label"))
    return iri


def _word(claim: str, nodes: Mapping[str, Node]) -> Word:
    node = nodes[claim]
    starts = [int(start) for mention in node["mention"] for start in nodes[mention]["start"]]

    def number(name: str) -> int | None:
        return int(node[name][0]) if node[name] else None

    return Word(
        iri=claim, claimants=tuple(sorted(node["claimant"])),
        factuality=_one(node, "factuality").removeprefix(_CKG), start=min(starts, default=0),
        measure=_one(node, "measure").removeprefix(_CKG), counted=_one(node, "counted").removeprefix(_CKG),
        affected=_one(node, "affected"), count=number("count"), low=number("low"), high=number("high"),
    )  # fmt: skip


def _one(node: Node, name: str) -> str:
    return min(node[name], default="")


def _day(text: str) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(files("kg.merge").joinpath("stopwords.txt").read_text("utf8").split())


def content_words(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, in lower case and without the commonest endings."""
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(_stem(word) for word in words if word not in _stop_words())


def _stem(word: str) -> str:
    """A word without its ending, so far as that brings forms of one word together; it need not be a word."""
    for ending in ("ings", "ing", "ers", "ies", "ied", "ed", "es", "er", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word

"""Who or what an entity is: its names, its items elsewhere, what it belongs to, and how it was linked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import ontology
from kg.export import in_words
from ontology import NAMESPACE
from server.iris import PREFIXES, local, node
from server.pages.naming import unnamed
from server.pages.places import around
from server.pages.prefixed import prefixed
from server.pages.told import Thing
from server.stores import rows

NOTHING = PREFIXES["rdf"] + "nil"
GEONAMES = "https://sws.geonames.org/"
FACTS = """SELECT ?property ?value (LANG(?value) AS ?language) WHERE {{
  {node} ?property ?value
  FILTER(?property != ckg:mention)
}} ORDER BY ?property ?language ?value"""
POINT = "SELECT ?point WHERE {{ {node} geo:hasGeometry/geo:asWKT ?point }} ORDER BY ?point LIMIT 1"
DECISIONS = """SELECT ?property ?value ?reason (MAX(?sure) AS ?score) (COUNT(?decision) AS ?articles) WHERE {{
  ?decision rdf:subject {node} ; rdf:predicate ?property ; rdf:object ?value ; rdf:value ?sure ; rdfs:comment ?reason
}} GROUP BY ?property ?value ?reason ORDER BY DESC(?articles) DESC(?score) ?value LIMIT {most}"""
DECIDED = 12


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of an entity itself. What stands in `facts` are IRIs or texts by the local name of a property."""

    iri: str
    name: str
    kind: str
    classes: tuple[str, ...]
    named: tuple[tuple[str, str], ...]
    also: tuple[str, ...]
    items: tuple[Thing, ...]
    same: tuple[str, ...]
    facts: Mapping[str, tuple[str, ...]]
    outer: tuple[str, ...]
    point: str
    query: str

    @property
    def things(self) -> set[str]:
        """The nodes to be named."""
        return {*self.same, *self.outer, *(iri for name in LINKS for iri in self.facts.get(name, ()))}


@dataclass(frozen=True, slots=True)
class Decision:
    """One link of the entity, or one that was not made: to what, how sure, why, and in how many articles.

    `item` is None where what it leads to is of this store, and has an empty IRI where it is nothing.
    """

    property: str
    value: str
    item: Thing | None
    score: str
    reason: str
    articles: int


LINKS = ("country", "memberOf", "within", "owner")
WORDS = ("role",)
CODES = ("kind",)


def profile(iri: str) -> Profile:
    """The entity of this IRI."""
    query = prefixed(FACTS.format(node=node(iri)))
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows(query):
        found[row["property"]].append((row.get("language", ""), row["value"]))

    def values(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for _, value in found.get(name, ())))

    labels = values(PREFIXES["rdfs"] + "label")
    name = min(labels, default=unnamed(iri))
    preferred = [pair for pair in found.get(PREFIXES["skos"] + "prefLabel", ()) if pair[0]]
    others = [label for label in (*labels, *values(PREFIXES["skos"] + "altLabel")) if label != name]
    matches = values(PREFIXES["skos"] + "exactMatch")
    classes = values(PREFIXES["rdf"] + "type")
    facts = {name: values(NAMESPACE + name) for name in (*LINKS, *WORDS, *CODES)}
    items = tuple(item for match in matches if (item := _item(match)))
    return Profile(
        iri=iri,
        name=name,
        kind=ontology.narrowest(classes),
        classes=classes,
        named=tuple(preferred),
        also=tuple(dict.fromkeys(others)),
        items=items,
        same=tuple(match for match in matches if match not in {item.iri for item in items}),
        facts=facts,
        outer=around([iri])[iri] if facts["within"] else (),
        point=_point(iri) if PREFIXES["geo"] + "hasGeometry" in found else "",
        query=query,
    )


def decisions_query(iri: str) -> str:
    """The query for how an entity was linked."""
    return prefixed(DECISIONS.format(node=node(iri), most=DECIDED))


def decisions(query: str) -> tuple[Decision, ...]:
    """What that query finds, the most frequent first."""
    return tuple(
        Decision(local(row["property"]), value, _item(value), row["score"], row["reason"], int(row["articles"]))
        for row in rows(query)
        if (value := row.get("value"))
    )


def kinds(known: Profile) -> tuple[Thing, ...]:
    """The kinds that the entity is of, as codes."""
    return tuple(Thing(iri, in_words(iri), "Kind") for iri in known.facts["kind"])


def _item(iri: str) -> Thing | None:
    """An entry in Wikidata or in GeoNames, or that there is none; None where an IRI is none of these."""
    if iri == NOTHING:
        return Thing("", "no item", "")
    if iri.startswith(PREFIXES["wd"]):
        return Thing(iri, f"Wikidata {iri.removeprefix(PREFIXES['wd'])}", "")
    if iri.startswith(GEONAMES):
        return Thing(iri, f"GeoNames {iri.removeprefix(GEONAMES).strip('/')}", "")
    return None


def _point(iri: str) -> str:
    """The latitude and longitude of a place, as people write them; '' where it has no point."""
    found = rows(prefixed(POINT.format(node=node(iri))))
    numbers = found[0]["point"].partition("POINT(")[2].rstrip(") ").split() if found else []
    try:
        east, north = map(float, numbers)
    except ValueError:
        return ""
    return f"{abs(north):.4g}° {'N' if north >= 0 else 'S'}, {abs(east):.4g}° {'E' if east >= 0 else 'W'}"

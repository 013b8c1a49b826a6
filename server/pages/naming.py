"""What things are called: names and narrowest classes of many nodes, asked for at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode

import ontology
from server.iris import PREFIXES, local
from server.pages.prefixed import prefixed
from server.pages.told import Thing
from server.stores import names, rows

QUERY = """SELECT ?node ?name ?class ?item WHERE {{
  VALUES ?node {{ {nodes} }}
  {{ ?node rdfs:label ?name }} UNION {{ ?node a ?class }} UNION {{ ?node skos:exactMatch ?item }}
}}"""


def things(iris: Iterable[str]) -> dict[str, Thing]:
    """A thing for each of these IRIs."""
    wanted = sorted(set(iris))
    found: dict[str, dict[str, list[str]]] = {iri: defaultdict(list) for iri in wanted}
    if wanted:
        for row in rows(prefixed(QUERY.format(nodes=listed(wanted)))):
            for name, value in row.items():
                found[row["node"]][name].append(value)
    return {iri: _thing(iri, values) for iri, values in found.items()}


def listed(iris: Iterable[str]) -> str:
    """The IRIs as terms, for the VALUES of a query. A text or a blank node where an IRI should be is left out."""
    return " ".join(str(term) for term in map(_term, iris) if term)


def _term(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None


def unnamed(iri: str) -> str:
    """What to call a node without a name: the last part of an IRI that we know the rest of, else all of it."""
    return iri if names().short(iri) == iri else local(iri)


def _thing(iri: str, values: Mapping[str, list[str]]) -> Thing:
    return Thing(
        iri,
        label=min(values.get("name", ()), default=unnamed(iri)),
        kind=ontology.narrowest(values.get("class", ())),
        item=min((item for item in values.get("item", ()) if item.startswith(PREFIXES["wd"])), default=""),
    )

"""Which part of a store a person means by the options of `kg export`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kg.errors import NotFound

if TYPE_CHECKING:
    from kg.export import Selection
    from kg.store import Store

BY_NAME = """PREFIX ckg: <https://w3id.org/conflictkg/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?node WHERE {
  VALUES ?class { ckg:Agent ckg:Place ckg:Asset }
  ?node a ?class ; rdfs:label|skos:prefLabel|skos:altLabel ?name
  FILTER(LCASE(STR(?name)) = LCASE(NAME))
} ORDER BY ?node"""


def selection_of(store: Store, options: Mapping[str, Any]) -> tuple[Selection, str]:
    """The selection, and the graph of the one article where nothing else is chosen, else ''.

    Raises NotFound for a name that nothing has, UsageError for what is no option's value.
    """
    from kg.cli.articles import find
    from kg.cli.query import sparql_of
    from kg.export import selection
    from kg.queries.services import check

    articles = [find(store, article) for article in options["articles"]]
    query = sparql_of(options["query"]) if options["query"] else ""
    check(query, options["allowed"])
    given = {
        "query": [query],
        "article": [article.iri for article in articles],
        "entity": _nodes(store, options["entities"]),
        "place": _nodes(store, options["places"]),
        "around": _nodes(store, options["around"]),
        "type": options["types"],
        "from": [options["since"]],
        "to": [options["until"]],
        "class": options["classes"],
        "limit": [str(options["limit"])],
    }
    chosen = selection(given)
    alone = len(articles) == 1 and chosen == selection({"article": given["article"]})
    return chosen, articles[0].graph if alone else ""


def _nodes(store: Store, wanted: tuple[str, ...]) -> list[str]:
    """The IRIs of all that is called so, whatever the case; what has a colon and a slash is an IRI already."""
    from pyoxigraph import Literal

    from kg.store.update import written

    found: list[str] = []
    for name in wanted:
        if "://" in name or name.startswith("urn:"):
            found.append(name)
            continue
        rows = store.query(BY_NAME.replace("NAME", written(Literal(name)))).rows()
        nodes = [getattr(row["node"], "value", "") for row in rows]
        if not nodes:
            raise NotFound(f"nothing in {store.where} is called {name!r}")
        found += nodes
    return found

"""The articles of a store, and which of them a person means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import NotFound, UsageError

if TYPE_CHECKING:
    from kg.store import Store

QUERY = """PREFIX ckg: <https://w3id.org/conflictkg/ns#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX schema: <https://schema.org/>
SELECT ?graph ?article ?id ?title ?url WHERE {
  GRAPH ?graph { ?article a ckg:Article ; dcterms:identifier ?id ; dcterms:title ?title
    OPTIONAL { ?article schema:url ?url } }
} ORDER BY ?id"""


@dataclass(frozen=True, slots=True)
class Stored:
    """An article of a store: its graph's and its own IRI, its id, title and address."""

    graph: str
    iri: str
    id: str
    title: str
    url: str


def stored(store: Store) -> list[Stored]:
    """The articles of the store by id."""
    return [
        Stored(*(getattr(row.get(name), "value", "") for name in ("graph", "article", "id", "title", "url")))
        for row in store.query(QUERY).rows()
    ]


def find(store: Store, wanted: str) -> Stored:
    """The article with this id, URL or IRI, else the only one whose title or id starts so, whatever the case.

    Raises NotFound where there is none, UsageError where there are several.
    """
    found = stored(store)
    start = wanted.strip().casefold()
    if not start:
        raise UsageError("which article? Give its id, its URL or the start of its title")
    exact = [article for article in found if wanted in (article.id, article.url, article.iri, article.graph)]
    close = [a for a in found if a.title.casefold().startswith(start) or a.id.casefold().startswith(start)]
    matches = exact or close
    if not matches:
        hint = f"; it has {len(found)}: `kg stats --articles` lists them" if found else ", which is empty"
        raise NotFound(f"no article {wanted!r} in {store.where}{hint}")
    if len(matches) > 1:
        raise UsageError(
            f"{wanted!r} can be any of {', '.join(article.id for article in matches[:5])}: name one by its id"
        )
    return matches[0]

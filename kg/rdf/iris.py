"""Where nodes and graphs get their IRIs. All are formed from ids, so the same content has the same IRI everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import quote

from pyoxigraph import NamedNode, Quad

from kg.errors import ExtractError, UsageError
from kg.model import Extraction, Mention, digest, slug

BASE = "https://w3id.org/conflictkg/id/"

Mint = Callable[[str, str | Mention], NamedNode]

_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_ARTICLE = NamedNode("https://w3id.org/conflictkg/ns#Article")


def graph_iri(article_id: str, base: str = BASE) -> str:
    """The IRI of the named graph that holds all an article yields.

    `base` is where instances are minted; it ends in `/` or `#`. Raises UsageError for a base that can't be one.
    """
    _check_base(base)
    return graphs(base) + article_key(article_id)


def graphs(base: str = BASE) -> str:
    """Where the article graphs of a base are: beside `…/id/`, below any other base."""
    return (base[:-3] if base.endswith("/id/") else base) + "graph/"


def article_key(article_id: str) -> str:
    """The last part of an article's IRI: readable where the id is, and different for different ids."""
    return "-".join(filter(None, (slug(article_id), digest(article_id, length=12))))


def minter(extraction: Extraction, base: str) -> Mint:
    """A function from what a node is and its id to the node's IRI.

    Entities and events must be the extraction's own, or what people said that these are the same as.
    """
    entities = {e.id for e in extraction.entities}.union(*(link.same for link in extraction.links))
    known = {"entity": entities, "event": {e.id for e in extraction.events}}
    key = article_key(extraction.article.id)

    def mint(what: str, name: str | Mention) -> NamedNode:
        if isinstance(name, Mention):
            name = f"{key}-{name.start}-{name.end}"
        elif name not in known.get(what, (name,)):
            raise ExtractError(f"{extraction.article.id}: the extraction refers to {what} {name!r}, which it lacks")
        return NamedNode(f"{base}{what}/{quote(name, safe='')}")

    return mint


def base_of(quads: Iterable[Quad]) -> str:
    """The base that the nodes of an article's quads are minted at. Raises UsageError where they have no article."""
    for quad in quads:
        if quad.predicate == _TYPE and quad.object == _ARTICLE:
            return quad.subject.value[: quad.subject.value.rindex("article/")]  # type: ignore[union-attr]
    raise UsageError("these quads are of no article")


def entity_node(base: str, identity: str) -> NamedNode:
    """The node of the entity with this id."""
    return NamedNode(f"{base}entity/{quote(identity, safe='')}")


def _check_base(base: str) -> None:
    if not base.startswith(("http://", "https://", "urn:")) or not base.endswith(("/", "#")):
        raise UsageError(f"{base!r} can't be a base: it must be an absolute IRI that ends in / or #")
    try:
        NamedNode(base)
    except ValueError as error:
        raise UsageError(f"{base!r} can't be a base: {error}") from error

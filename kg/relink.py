"""Articles of a store linked anew, without reading them again: their names are taken from their quads."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pyoxigraph import Quad

from kg.errors import SkipArticle, UsageError
from kg.model import Extraction
from kg.rdf import PREFIXES, linked
from kg.rdf.read import extraction, unlinked
from kg.store import Store

Links = Callable[[Extraction], Extraction]
"""What links an extraction: `kg.link.Linker`, or any function like it."""

_ARTICLES = f"""SELECT DISTINCT ?graph ?title {{ GRAPH ?graph {{
  ?article a <{PREFIXES["ckg"]}Article> ; <{PREFIXES["dcterms"]}title> ?title }} }} ORDER BY ?graph"""
_MATCH = PREFIXES["skos"] + "exactMatch"


@dataclass(slots=True)
class Relinked:
    """What came of it: articles looked at and changed, with the graphs of the latter; and the entities with a Wikidata
    item before and after."""

    articles: int = 0
    changed: int = 0
    before: int = 0
    after: int = 0
    graphs: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0
    stopped: bool = False


def relink(
    store: Store,
    linker: Links,
    *,
    graphs: Iterable[str] | None = None,
    on_article: Callable[[str], None] | None = None,
) -> Relinked:
    """The report on linking the articles of `store` anew, with the same result as if they were built with `linker`.

    `graphs` are the IRIs of the articles' graphs, all where not given. An article whose links come out as they were is
    not written. Where texts are not in the store (`kg build --no-text`), the words around a name are known only so far
    as they were quoted. `on_article` gets the title of each article that was looked at. Raises StoreError.
    """
    begun, report, told = time.monotonic(), Relinked(), on_article or (lambda _: None)
    wanted = None if graphs is None else set(graphs)
    rows = store.query(_ARTICLES).rows()
    titles = {str(getattr(row["graph"], "value", "")): str(getattr(row["title"], "value", "")) for row in rows}
    try:
        for graph, title in titles.items():
            if wanted is None or graph in wanted:
                _relink(store, graph, linker, report)
                told(title)
    except KeyboardInterrupt:
        report.stopped = True
    finally:
        store.flush()
    report.seconds = time.monotonic() - begun
    return report


def relinked(quads: Iterable[Quad], linker: Links) -> list[Quad]:
    """An article's quads with the links that `linker` makes in place of those that they have, sorted."""
    plain = unlinked(quads)
    return linked(plain, linker(extraction(plain)))


def _relink(store: Store, graph: str, linker: Links, report: Relinked) -> None:
    old = store.quads(graph)
    report.articles += 1
    report.before += _items(old)
    try:
        new = relinked(old, linker)
    except (SkipArticle, UsageError) as error:
        report.failures.append(f"{graph}: {error}")
        report.after += _items(old)
        return
    report.after += _items(new)
    if new != old:
        store.replace(graph, new)
        report.changed += 1
        report.graphs.append(graph)


def _items(quads: Iterable[Quad]) -> int:
    """How many entities have an item of Wikidata."""
    return len({q.subject for q in quads if q.predicate.value == _MATCH and q.object.value.startswith(PREFIXES["wd"])})  # type: ignore[union-attr]

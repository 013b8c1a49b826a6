"""The way of a document: read, extract, link, make quads, check them, store them; one article after the other."""

from __future__ import annotations

import logging
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from pyoxigraph import Quad

from kg import rdf
from kg.errors import ExtractError, ReadError, SkipArticle, UsageError
from kg.extract import Extractor, extract_all
from kg.link import Linker
from kg.model import Article, Extraction, digest
from kg.read import MAX_SIZE, Defaults, articles, skipped
from kg.store import Store
from kg.validate import check

Source = Path | Literal["-"]
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that is not in the store: where it is from, and why."""

    where: str
    why: str


@dataclass(slots=True)
class Report:
    """What a build found. `types` counts events by EventType code; `stopped` says that the user ended it early."""

    articles: int = 0
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    entities: int = 0
    linked: int = 0
    events: int = 0
    claims: int = 0
    counts: int = 0
    types: Counter[str] = field(default_factory=Counter)
    quads: int = 0
    seconds: float = 0.0
    stopped: bool = False


def build(
    sources: Iterable[Source],
    store: Store,
    *,
    defaults: Defaults | None = None,
    base: str = rdf.BASE,
    validate: bool = True,
    min_confidence: float = 0.0,
    store_text: bool = True,
    max_size: int = MAX_SIZE,
    extractor: Extractor = extract_all,
    linker: Linker | None = None,
    on_article: Callable[[str], None] | None = None,
) -> Report:
    """The report on reading `sources` into `store`, each article into its own graph, in place of what stood there.

    `defaults` are fields that win over the sources' own. `min_confidence`, from 0 to 1, leaves out events and claims
    below it. `extractor` is one of `kg.extract.EXTRACTORS`; `linker` says what names are looked
    up in, the shipped gazetteer alone where not given. `on_article` gets the title of each article once it is
    stored, or the place of one that failed. A bad article is in the report and stops nothing. Raises UsageError for an
    id, title or URL given for several sources, and StoreError.
    """
    sources, defaults = list(sources), defaults or Defaults()
    if defaults.single and len(sources) > 1:
        raise UsageError(f"--{defaults.single} belongs to one article, but there are several sources; leave it out")
    rdf.graph_iri("", base)  # a wrong base fails here, before anything is stored
    begun, report, told = time.monotonic(), Report(), on_article or (lambda _: None)
    linker = linker or Linker()
    _store_ontology(store)
    try:
        found = _read(sources, report, told, defaults=defaults, max_size=max_size)
        for article, extraction in extracted(found, extractor=extractor):
            if isinstance(extraction, Extraction):
                kept = _confident(extraction, min_confidence) if min_confidence else extraction
                _store(kept, linker, store, report, base=base, checked=validate, store_text=store_text)
                told(article.title)
            else:
                report.failures.append(Failure(article.id, str(extraction).removeprefix(f"{article.id}: ")))
                told(article.title)
    except KeyboardInterrupt:
        report.stopped = True
    finally:
        store.flush()
    report.seconds = time.monotonic() - begun
    return report


def extracted(
    articles: Iterable[Article], *, extractor: Extractor = extract_all
) -> Iterator[tuple[Article, Extraction | ExtractError]]:
    """Each article with what the extractor makes of it, in their order.

    An extractor may take several articles at once. If it raises, whatever that is, those that it holds are given to it
    again one by one, so that only the one that it can't read fails.
    """
    waiting: deque[Article] = deque()
    unread = iter(articles)
    broken: list[Exception] = []

    def handed() -> Iterator[Article]:
        try:
            for article in unread:
                waiting.append(article)
                yield article
        except Exception as error:  # not the extractor's fault, so not to be caught below
            broken.append(error)

    while True:
        try:
            for result in extractor(handed()):
                yield waiting.popleft(), result
            break
        except Exception:  # the outermost edge: one article never ends a run
            if not waiting:
                raise
        while waiting:
            article = waiting.popleft()
            yield article, _alone(article, extractor)
    if broken:
        raise broken[0]


def _alone(article: Article, extractor: Extractor) -> Extraction | ExtractError:
    try:
        return next(iter(extractor([article])))
    except Exception as error:
        return _fault(article, "extractor", error)


def _fault(article: Article, what: str, error: Exception) -> ExtractError:
    """What the report says of an article that the program, by a fault of its own, can't read; the log has the trace."""
    _LOG.error("%s: the %s failed", article.id, what, exc_info=error)
    return ExtractError(f"the {what} failed ({type(error).__name__}: {error}); please report the article")


def _read(
    sources: Iterable[Source], report: Report, told: Callable[[str], None], *, defaults: Defaults, max_size: int
) -> Iterator[Article]:
    """The articles of all sources; what can't be read, and what a reader should know, goes to the report."""
    seen: set[str] = set()
    for source in sources:
        if isinstance(source, Path) and source.is_dir() and (unread := skipped(source)):
            suffixes = ", ".join(sorted({path.suffix or path.name for path in unread})[:8])
            files = "1 file" if len(unread) == 1 else f"{len(unread)} files"
            report.warnings.append(f"{source}: {files} passed over, of unknown kind ({suffixes})")
        for article in articles(source, defaults=defaults, max_size=max_size):
            if isinstance(article, ReadError):
                remedy = f" ({article.remedy})" if article.remedy else ""
                report.failures.append(Failure(article.where, article.problem + remedy))
                told(article.where)
                continue
            if article.published is None:
                report.warnings.append(
                    f"{article.id}: no publication date, so days like 'Monday' stay open (--published)"
                )
            if (key := digest(article.id)) in seen:
                report.warnings.append(f"{article.id}: this id came before; the later article replaced the earlier")
            seen.add(key)
            yield article


def _store(
    extraction: Extraction,
    linker: Linker,
    store: Store,
    report: Report,
    *,
    base: str,
    checked: bool,
    store_text: bool,
) -> None:
    try:
        linked = linker(extraction)
        quads = rdf.quads(linked, base=base, store_text=store_text)
        if checked:
            check(quads)
    except SkipArticle as error:
        report.failures.append(Failure(extraction.article.id, str(error)))
        return
    except Exception as error:  # the outermost edge: one article never ends a run
        report.failures.append(Failure(extraction.article.id, str(_fault(extraction.article, "graph", error))))
        return
    store.replace(rdf.graph_iri(extraction.article.id, base), quads)
    _count(linked, quads, report)


def _count(extraction: Extraction, quads: list[Quad], report: Report) -> None:
    report.articles += 1
    report.entities += len(extraction.entities)
    report.linked += len({decision.entity for decision in extraction.links if decision.qid})
    report.events += len(extraction.events)
    report.claims += len(extraction.claims)
    report.counts += sum(claim.count is not None for claim in extraction.claims)
    report.types.update(event.type for event in extraction.events)
    report.quads += len(quads)


def _confident(extraction: Extraction, least: float) -> Extraction:
    """The extraction with the events and claims that reach `least`; an event that no claim is left of goes too."""
    sure = {event.id for event in extraction.events if event.confidence >= least}
    claims = tuple(claim for claim in extraction.claims if claim.event in sure and claim.confidence >= least)
    claimed = {claim.event for claim in claims}
    events = tuple(event for event in extraction.events if event.id in claimed)
    return replace(extraction, events=events, claims=claims)


def _store_ontology(store: Store) -> None:
    quads = rdf.ontology_quads()
    if store.quads(rdf.ONTOLOGY_GRAPH) != quads:
        store.replace(rdf.ONTOLOGY_GRAPH, quads)

"""One article from its source's bytes to its quads: what every engine runs, wherever it runs it."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import kg.copies
from kg import rdf
from kg.errors import ExtractError, InvalidGraph, ReadError, SkipArticle
from kg.extract import Extractor, bare, extract_all
from kg.link import Judgements, Linker
from kg.model import Article, Extraction, digest
from kg.names import Gazetteer, shipped
from kg.pipeline.options import Options
from kg.pipeline.report import Failure
from kg.pipeline.stages import Made, Parsed, Task
from kg.pipeline.version import version
from kg.read import Document, parse
from kg.validate import check

_LOG = logging.getLogger(__name__)


class Worker:
    """Does the stages of articles, many at once. Loads the language model when the first article is extracted."""

    def __init__(self, options: Options, *, extractor: Extractor = extract_all, linker: Linker | None = None) -> None:
        self._options, self._extractor, self._linker = options, extractor, linker or Linker()

    def parse(self, documents: Sequence[Document]) -> list[list[Parsed | Failure]]:
        """The articles of each document, or why it can't be read."""
        return [list(self._parsed(document)) for document in documents]

    def _parsed(self, document: Document) -> Iterator[Parsed | Failure]:
        options = self._options
        for article in parse(document, defaults=options.defaults, max_size=options.max_size):
            if isinstance(article, ReadError):
                remedy = f" ({article.remedy})" if article.remedy else ""
                yield Failure(article.where, article.problem + remedy)
            else:
                sketch = kg.copies.sketch(article.text) if options.link_copies else b""
                yield Parsed(article, self._mark(article), sketch)

    def _mark(self, article: Article) -> str:
        options = self._options
        made_of = (
            version(),
            options.base,
            options.min_confidence,
            options.store_text,
            options.link_copies,
            repr(article),
        )
        return f"{digest(*made_of, length=32)} {self._linker.version}"

    def extract(self, tasks: Sequence[Task]) -> list[Made | Failure]:
        """The graph of each article, or why there is none."""
        told = iter(list(extracted((t.parsed.article for t in tasks if not t.original), extractor=self._extractor)))
        made: list[Made | Failure] = []
        for task in tasks:
            article = task.parsed.article
            extraction = bare(article) if task.original else next(told)[1]
            if isinstance(extraction, Extraction):
                made.append(self._made(task, self._confident(extraction)))
            else:
                made.append(Failure(article.id, str(extraction).removeprefix(f"{article.id}: "), "extractor"))
        return made

    def _made(self, task: Task, extraction: Extraction) -> Made | Failure:
        options, parsed = self._options, task.parsed
        try:
            linked = self._linker(extraction)
            quads = rdf.quads(
                linked,
                base=options.base,
                store_text=options.store_text,
                mark=parsed.mark.partition(" ")[0],
                sketch=b"" if task.original else parsed.sketch,
                original=task.original,
            )
            if options.validate:
                check(quads)
        except InvalidGraph as error:
            return Failure(extraction.article.id, str(error), "invalid")
        except SkipArticle as error:
            return Failure(extraction.article.id, str(error), "extractor")
        except Exception as error:  # the outermost edge: one article never ends a run
            return Failure(extraction.article.id, str(fault(extraction.article, "graph", error)), "fault")
        return Made(
            id=extraction.article.id,
            title=extraction.article.title,
            graph=rdf.graph_iri(extraction.article.id, options.base),
            lines=rdf.nquads(quads),
            mark=parsed.mark,
            sketch=b"" if task.original else parsed.sketch,
            original=task.original,
            words=len(extraction.article.text.split()),
            quads=len(quads),
            entities=len(linked.entities),
            linked=len({decision.entity for decision in linked.links if decision.qid}),
            claims=len(linked.claims),
            counts=sum(claim.count is not None for claim in linked.claims),
            types=Counter(event.type for event in linked.events),
        )

    def _confident(self, extraction: Extraction) -> Extraction:
        """The extraction with the events and claims that are sure enough; an event without a claim left goes too."""
        least = self._options.min_confidence
        if not least:
            return extraction
        sure = {event.id for event in extraction.events if event.confidence >= least}
        claims = tuple(claim for claim in extraction.claims if claim.event in sure and claim.confidence >= least)
        claimed = {claim.event for claim in claims}
        events = tuple(event for event in extraction.events if event.id in claimed)
        return replace(extraction, events=events, claims=claims)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a worker is made in another process: called, it gives the worker. Files are named, not read."""

    options: Options
    gazetteer: Path | None = None
    judgements: Path | None = None

    def __call__(self) -> Worker:
        """The worker. Raises GazetteerError, and UsageError for a file of judgements that can't be read."""
        gazetteer = shipped() if self.gazetteer is None else Gazetteer(self.gazetteer)
        judgements = Judgements() if self.judgements is None else Judgements.read(self.judgements)
        return Worker(self.options, linker=Linker(gazetteer, judgements))


STAGES: Mapping[str, Callable[[Worker, Sequence[Any]], list[Any]]] = {"parse": Worker.parse, "extract": Worker.extract}
"""The stages by name, as engines are told them."""


def extracted(
    articles: Iterable[Article], *, extractor: Extractor = extract_all
) -> Iterator[tuple[Article, Extraction | ExtractError]]:
    """Each article with what the extractor makes of it, in their order.

    An extractor may take several articles at once. If it raises, whatever that is, those that it holds are given to it
    again one by one, so that only the one that it can't read fails.
    """
    waiting: deque[Article] = deque()
    unread = iter(articles)

    def handed() -> Iterator[Article]:
        for article in unread:
            waiting.append(article)
            yield article

    while True:
        try:
            for result in extractor(handed()):
                yield waiting.popleft(), result
            return
        except Exception:  # the outermost edge: one article never ends a run
            if not waiting:
                raise
        while waiting:
            article = waiting.popleft()
            yield article, _alone(article, extractor)


def _alone(article: Article, extractor: Extractor) -> Extraction | ExtractError:
    try:
        return next(iter(extractor([article])))
    except Exception as error:
        return fault(article, "extractor", error)


def fault(article: Article, what: str, error: Exception) -> ExtractError:
    """What the report says of an article that the program, by a fault of its own, can't read; the log has the trace."""
    _LOG.error("%s: the %s failed", article.id, what, exc_info=error)
    return ExtractError(f"the {what} failed ({type(error).__name__}: {error}); please report the article")

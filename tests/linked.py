"""The demo corpus, read once, and stores of it: each article linked by a linker of the test's choice."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from kg import rdf
from kg.demo import corpus
from kg.extract import extract_all
from kg.gazetteer.build import build as build_gazetteer
from kg.gazetteer.row import Row
from kg.model import Article, Extraction
from kg.names import Gazetteer
from kg.read import articles
from kg.store import open_store

Links = Callable[[Extraction], Extraction]


@cache
def demo() -> tuple[Extraction, ...]:
    """The ten articles of the demo corpus, extracted and not linked."""
    found = [article for article in articles(corpus()) if isinstance(article, Article)]
    return tuple(one for one in extract_all(found) if isinstance(one, Extraction))


def built(folder: Path, links: Links, extractions: Sequence[Extraction] = (), *, store_text: bool = True) -> Path:
    """The folder, now a store of the extractions (all of the demo corpus unless given) as `kg build` makes it."""
    with open_store(folder) as store:
        for extraction in extractions or demo():
            graph = rdf.graph_iri(extraction.article.id)
            store.replace(graph, rdf.quads(links(extraction), store_text=store_text))
    return folder


def dump(folder: Path) -> bytes:
    """All that the store in a folder holds, as N-Quads."""
    with open_store(folder, read_only=True) as store:
        return b"".join(store.dump())


class Rows:
    """Rows of a gazetteer, given as they are."""

    def __init__(self, *rows: Row) -> None:
        self.name, self.revision, self.size = "rows", "1", len(rows)
        self._rows = rows

    def rows(self, start: int) -> Iterator[tuple[int, Row]]:
        yield from list(enumerate(self._rows, 1))[start:]


def gazetteer(folder: Path, *rows: Row) -> Gazetteer:
    """A gazetteer of these rows and no others."""
    build_gazetteer([Rows(*rows)], folder, base=None)
    return Gazetteer(folder)


UKRAINE = Row("Ukraine", ("State", "Place"), qid="Q212", lat=49.0, lon=32.0, labels=(("uk", "Україна"),), core=True)
PROVINCE = Row(
    "Donetsk Oblast", ("Place",), qid="Q2012050", country="Ukraine", within="Q212", keys=("UA.05",), lat=48.0, lon=37.8
)
MAKIIVKA = Row(
    "Makiivka", ("Place",), (("Makeyevka", "alias"),), qid="Q157134", geonames=703845, country="Ukraine",
    within="UA.05", lat=48.05, lon=37.96, population=300_000, labels=(("en", "Makiivka"), ("uk", "Макіївка")),
)  # fmt: skip
OTHER_KYIV = Row("Kyiv", ("Place",), qid="Q999999", country="Ukraine", within="Q212", lat=50.0, lon=30.0, population=9)
SMALL = (UKRAINE, PROVINCE, MAKIIVKA, OTHER_KYIV)
"""A gazetteer that knows little, and that by other items: links with it bring in a province that no text names."""

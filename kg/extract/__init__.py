"""Extraction: articles become entities, events and claims. `EXTRACTORS` names the engines there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg.errors import ExtractError
from kg.extract.engine import bare, extract, extract_all
from kg.model import Article, Extraction

Extractor = Callable[[Iterable[Article]], Iterator[Extraction | ExtractError]]

EXTRACTORS: dict[str, Extractor] = {"spacy": extract_all}

__all__ = ["EXTRACTORS", "Extractor", "bare", "extract", "extract_all"]

"""Which item of Wikidata or GeoNames each entity of an article is."""

from kg.link.judgements import Judgement, Judgements
from kg.link.linker import Linker
from kg.link.resolve import resolve, weigh_all

__all__ = ["Judgement", "Judgements", "Linker", "resolve", "weigh_all"]

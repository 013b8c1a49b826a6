"""Which item of Wikidata or GeoNames each entity of an article is."""

from kg.link.resolve import resolve

__all__ = ["resolve"]

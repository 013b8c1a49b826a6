"""Builders of gazetteers: what open data and the project's own tables know about names, made into one index."""

from kg.gazetteer.build import build, build_starter
from kg.gazetteer.row import Row

__all__ = ["Row", "build", "build_starter"]

"""Conflict news in, a knowledge graph of attributed claims out."""

__version__ = "0.1.0"

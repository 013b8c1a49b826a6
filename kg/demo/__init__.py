"""The demo corpus: ten short articles on wars of 2020 to 2025, in text, HTML and JSON Lines.

The articles were written for this project. They follow public facts, but the sentences, the outlets and the private
persons in them are invented, and some figures are rounded. No outlet has printed them. They are also the texts of the
golden set in `tests/golden`.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def corpus() -> Path:
    """The folder that holds the articles, to be given to `kg.read.articles` as it is."""
    return Path(str(files("kg.demo") / "corpus"))

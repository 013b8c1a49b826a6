"""The golden records on disk, and the tool that brings their texts up to date.

    python -m tests.golden.records

rewrites id, text and fields of each record as `kg.read` now yields them from the demo corpus, keeps the events, and
names the quotes that no longer stand in the text. Run it after a change of a demo article or of the reader.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.demo import corpus
from kg.model import Article
from kg.read import articles

FOLDER = Path(__file__).parent


def golden() -> dict[str, dict[str, Any]]:
    """The records by the name of their file, sorted."""
    return {path.stem: json.loads(path.read_text("utf8")) for path in sorted(FOLDER.glob("*.json"))}


def demo() -> dict[str, Article]:
    """The articles of the demo corpus by the name of their golden file: the source's, or in JSON Lines their own id."""
    return dict(_demo())


def _demo() -> Iterator[tuple[str, Article]]:
    for path in sorted(corpus().iterdir()):
        for article in articles(path):
            if not isinstance(article, Article):
                raise article
            yield (article.id if path.suffix == ".jsonl" else path.stem), article


def frame(article: Article) -> dict[str, str]:
    """The `article` of a golden record."""
    return {
        "id": article.id,
        "title": article.title,
        "published": str(article.published)[:10] if article.published else "",
        "outlet": article.outlet,
        "url": article.url,
        "licence": "Apache-2.0",
        "text": article.text,
    }


def quotes(record: dict[str, Any]) -> Iterator[str]:
    """Every quote of a record's events."""
    for event in record["events"]:
        yield from [event["quote"], *event.get("also_quotes", [])]


def main() -> None:
    """Rewrites the records; ends with 1 where a quote is lost."""
    lost = 0
    for name, article in demo().items():
        path = FOLDER / f"{name}.json"
        record = json.loads(path.read_text("utf8")) if path.exists() else {"events": []}
        record = {"article": frame(article), "events": record["events"]}
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf8")
        for quote in quotes(record):
            if quote not in article.text:
                lost += 1
                print(f"{path.name}: no longer in the text: {quote!r}")
    sys.exit(lost > 0)


if __name__ == "__main__":
    main()

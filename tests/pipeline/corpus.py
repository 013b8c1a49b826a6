"""Short articles for builds, and engines whose extractor does odd things with some of them."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import ExtractError
from kg.extract import extract_all
from kg.model import Article, Extraction
from kg.pipeline import Options, Worker

TOWNS = (
    "Odesa", "Kharkiv", "Lviv", "Dnipro", "Mykolaiv", "Kherson", "Sumy", "Poltava", "Chernihiv", "Zhytomyr", "Rivne",
    "Lutsk",
)  # fmt: skip


def text(number: int) -> str:
    """The text of one of many articles, no two of them alike."""
    town, other = TOWNS[number % len(TOWNS)], TOWNS[(number * 5 + 3) % len(TOWNS)]
    return (
        f"{number + 2} drones struck {town} on Tuesday, the regional governor said. "
        f"At least {number + 3} people were killed and {number * 2 + 5} were wounded. "
        f"Officials from {other} sent {number + 11} ambulances and asked for talks on Monday."
    )


def written(path: Path, numbers: Iterable[int], **fields: str) -> Path:
    """A file of JSON Lines with the articles of these numbers."""
    records = [
        {"id": f"a{number}", "title": f"Drones over {TOWNS[number % len(TOWNS)]}", "published": "2025-06-04"}
        | {"outlet": "The Quay", "text": text(number)}
        | fields
        for number in numbers
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf8")
    return path


def odd(articles: Iterable[Article]) -> Iterator[Extraction | ExtractError]:
    """The built-in extractor, but for texts that tell it to die, to sleep or to fail."""
    for article in articles:
        if "KILL" in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "SLEEP" in article.text:
            time.sleep(60)
        if "FAIL" in article.text:
            yield ExtractError(f"{article.id}: told to")
        else:
            yield from extract_all([article])


def odd_worker() -> Worker:
    """A worker with that extractor."""
    return Worker(Options(), extractor=odd)


def plain_worker() -> Worker:
    """A worker as a build makes it where nothing is said."""
    return Worker(Options())

"""What other packages log while articles are read, and what is in the report already."""

from __future__ import annotations

import logging
import os

TALKATIVE = ("trafilatura", "htmldate", "charset_normalizer")


def quiet() -> None:
    """Has this process log no trouble with an article, which the report tells; KG_TRACE asks for our own traces."""
    ours = () if os.environ.get("KG_TRACE") else ("kg.pipeline",)
    for name in (*TALKATIVE, *ours):
        logging.getLogger(name).setLevel(logging.CRITICAL)

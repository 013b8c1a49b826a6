"""Answers of Flask made small: text is sent as gzip where the client takes it (RFC 9110, 8.4.1.3)."""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Response, request

WORTH_IT = 1024
LEVEL = 6
TEXT = (
    "text/", "application/json", "application/javascript", "application/xml", "image/svg+xml", "application/rdf+xml",
    "application/ld+json", "application/n-",
)  # fmt: skip


def zipped(response: Response) -> Response:
    """The answer, as gzip where that is worth it and wanted. Files are made small once and kept."""
    if not (response.mimetype or "").startswith(TEXT) or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or request.method == "HEAD" or not request.accept_encodings["gzip"]:
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < WORTH_IT:
        return response
    # A page differs each time; a file is asked for again and again.
    small = _kept(body) if request.endpoint == "static" else gzip.compress(body, LEVEL, mtime=0)
    response.set_data(small)
    response.headers["Content-Encoding"] = "gzip"
    tag, _ = response.get_etag()
    if tag:  # the same content in other bytes, which a strong one would not allow (RFC 9110, 8.8.1)
        response.set_etag(tag, weak=True)
    return response


@lru_cache(64)
def _kept(body: bytes) -> bytes:
    return gzip.compress(body, 9, mtime=0)

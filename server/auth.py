"""Who may write: whoever shows the token, from a page of this server or from none."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from flask import Request, current_app

from server.pool.settings import Settings
from server.protocol import Refused


def preflight(request: Request, methods: str) -> dict[str, str]:
    """What a browser may send from another site: to read from any, to write from those that are allowed to."""
    settings: Settings = current_app.extensions["kg.settings"]
    if request.headers.get("Origin") in settings.origins:
        return {
            "Access-Control-Allow-Origin": request.headers["Origin"],
            "Access-Control-Allow-Methods": methods,
            "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-Match, If-None-Match",
            "Vary": "Origin",
        }
    return {
        "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
        "Access-Control-Allow-Headers": "Accept, Content-Type",
    }


def check_writer(request: Request) -> None:
    """Nothing where the request may write; raises Refused, with 403 where nobody may or 401 without token.

    Source: RFC 6750, section 2.1; the Origin header as in the Fetch standard, section 3.2.
    """
    settings: Settings = current_app.extensions["kg.settings"]
    if not settings.writable:
        raise Refused(403, "this endpoint is read-only: it takes queries, not updates (kg serve --token-file lets it)")
    origin = request.headers.get("Origin")
    if origin and origin not in settings.origins and urlsplit(origin).netloc != request.host:
        raise Refused(403, f"pages of {origin} may not write here (kg serve --allow-origin lets them)")
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    # Compared as bytes, in a time that does not depend on how much of it is right.
    if scheme.lower() != "bearer" or not hmac.compare_digest(shown.strip().encode(), settings.token.encode()):
        raise Refused(
            401, "to write, send the header 'Authorization: Bearer TOKEN'", {"WWW-Authenticate": 'Bearer realm="kg"'}
        )

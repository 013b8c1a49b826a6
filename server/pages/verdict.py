"""What those make of an event who speak of it."""

from __future__ import annotations


def verdict(factualities: set[str]) -> str:
    """'disputed' where some deny it and some don't; '' where it is asserted; else what all make of it."""
    if "denied" in factualities and len(factualities) > 1:
        return "disputed"
    return "" if "asserted" in factualities else min(factualities, default="")

"""The explorer: pages for people, made on the server and readable without JavaScript.

Each class of the ontology that has a page of its own has a line in `PAGES`; whatever else an IRI stands for is told by
`described`. A page asks the store by queries that a reader can take over, so every view leads to the query behind it.
"""

from __future__ import annotations

from collections.abc import Callable

from server.pages import described
from server.pages.article import page as article
from server.pages.conflict import page as conflict
from server.pages.event import page as event
from server.pages.incident import page as incident
from server.pages.thing import page as thing

Page = Callable[[str, str], str | None]
"""The HTML about an IRI, whose path on this server is given too; None where the store does not know it."""

PAGES: dict[str, Page] = {
    "Article": article.page,
    "Event": event.page,
    "Incident": incident.page,
    "Conflict": conflict.page,
    **dict.fromkeys(sorted(thing.CLASSES), thing.page),
}
"""By local name of the class, the first that fits wins."""


def page_of(iri: str, path: str, classes: set[str]) -> str | None:
    """The page about an IRI of these classes (local names); None where the store does not know it."""
    chosen = next((page for name, page in PAGES.items() if name in classes), described.page)
    return chosen(iri, path)

"""Where an IRI leads on this server, and how it is written for people."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.errors import NotFound
from kg.store import BASE, PREFIXES, graphs
from ontology import NAMESPACE

__all__ = ["PREFIXES", "Names", "local", "node"]


@dataclass(frozen=True, slots=True)
class Names:
    """The two IRI spaces that a server answers for: instances under `base`, article graphs under `graphs`."""

    base: str
    graphs: str

    @classmethod
    def under(cls, base: str | None) -> Names:
        """The spaces that belong to a base; without one, to the project's own."""
        base = base or BASE
        return cls(base, graphs(base))

    def href(self, iri: str) -> str | None:
        """The address of a page about the IRI: on this server, else the IRI itself if it is on the web."""
        for space, route in ((self.graphs, "/graph/"), (self.base, "/id/")):
            if iri.startswith(space):
                return route + quote(iri[len(space) :], safe="/:@!$&'()*+,;=~%")
        if iri.startswith(NAMESPACE):
            return "/ns#" + quote(iri[len(NAMESPACE) :])
        return iri if iri.startswith(("http://", "https://")) else None

    def short(self, iri: str) -> str:
        """The IRI as a prefixed name, as a path under the base, or whole."""
        for prefix, namespace in PREFIXES.items():
            if iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
                return f"{prefix}:{iri[len(namespace) :]}"
        for space in (self.graphs, self.base):
            if iri.startswith(space):
                return iri[len(space) :]
        return iri


def node(iri: str) -> NamedNode:
    """The IRI as a term whose text is safe in a query; raises NotFound where it is no IRI."""
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise NotFound(f"{iri!r} is not an IRI, so nothing is known about it") from error


def local(iri: str) -> str:
    """The last part of an IRI as words: `startDate` is 'start date', `AirStrike` is 'Air Strike'."""
    name = iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2]
    words = "".join(f" {c}" if c.isupper() and i and not name[i - 1].isupper() else c for i, c in enumerate(name))
    return words if name[:1].isupper() else words.lower()

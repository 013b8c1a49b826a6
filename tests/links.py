"""What the quads of an article say of its links, read without the code that is tested."""

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import unquote

from pyoxigraph import Quad

from kg.rdf.terms import term


def identity(iri: str) -> str:
    """The id of an entity by its IRI."""
    return unquote(iri.rpartition("/")[2])


def matches(quads: Iterable[Quad]) -> dict[str, list[str]]:
    """For each entity id of an article's quads the IRIs of what it was linked to, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for quad in sorted(quads, key=str):
        if quad.predicate == term("skos:exactMatch"):
            found[identity(quad.subject.value)].append(quad.object.value)
    return dict(found)


def first_ids(quads: Iterable[Quad]) -> dict[str, str]:
    """For each id that an entity has in the graph the one that the extraction gave it."""
    quads = list(quads)
    subjects = {quad.subject: quad.object for quad in quads if quad.predicate == term("rdf:subject")}
    return {
        identity(subjects[quad.subject].value): quad.object.value
        for quad in quads
        if quad.predicate == term("dcterms:identifier") and quad.subject in subjects
    }

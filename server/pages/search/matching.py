"""Which nodes have certain words, as the part of a query: by the text index, or word by word where there is none."""

from __future__ import annotations

from flask import current_app
from pyoxigraph import Literal

from kg.sparql import MATCHES
from kg.store import textquery
from server.pages.prefixed import prefixed
from server.pool.settings import Settings

TEXT = MATCHES.removesuffix("matches")
# What the fields of the index hold, for a store that has no index.
PROPERTIES = {
    "label": "rdfs:label",
    "name": "skos:prefLabel|skos:altLabel",
    "title": "dcterms:title",
    "sentence": "ckg:exact",
    "span": "ckg:exact",
}


def is_indexed() -> bool:
    """Whether the store has a text index: a server that passes queries on to another knows of none."""
    settings: Settings = current_app.extensions["kg.settings"]
    return not settings.remote


def matching(node: str, field: str, words: str, limit: int, score: str = "") -> str:
    """The pattern that binds the variable `node` to what has the words in a text of the field, and maybe its score.

    Variables are given with their question marks. At most `limit` nodes are found, those that fit best.
    """
    if is_indexed():
        subject = f"({node} {score})" if score else node
        return f"{subject} text:matches (text:{field} {Literal(words)} {limit}) ."
    return _looked_through(node, field, words, limit, score or "?fit")


def whole(query: str) -> str:
    """The query with the PREFIX lines of all that it uses."""
    return (f"PREFIX text: <{TEXT}>\n" if "text:matches" in query else "") + prefixed(query)


def _looked_through(node: str, field: str, words: str, limit: int, score: str) -> str:
    """The same by reading every text: other accents are other letters then, and words may begin anywhere."""
    parts = textquery.parts(words)
    texts = [(Literal(part.words.lower()), part.absent) for part in parts]
    has = " && ".join(f"{'!' if absent else ''}CONTAINS(LCASE(STR(?text)), {text})" for text, absent in texts)
    name = Literal(" ".join(part.words.lower() for part in parts if not part.absent))
    return (
        f"{{ SELECT {node} (MAX(?as) AS {score}) WHERE {{ {node} {PROPERTIES[field]} ?text FILTER({has or 'false'}) "
        f"BIND(IF(LCASE(STR(?text)) = {name}, 1.0, IF(STRSTARTS(LCASE(STR(?text)), {name}), 0.7, 0.4)) AS ?as) }} "
        f"GROUP BY {node} ORDER BY DESC({score}) {node} LIMIT {limit} }}"
    )

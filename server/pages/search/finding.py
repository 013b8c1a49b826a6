"""What has the words that somebody typed: entities, incidents, events, articles, sentences, each by its own query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.store import textquery
from server.pages.search.matching import matching, whole
from server.stores import rows

SPARE = 100  # nodes that match, and are of another kind
CALLED, NAMED = 200, 60  # events, and other names, that a word may stand in
PARTIES = "ckg:eventType|(ckg:eventType/skos:broader)|ckg:actor|ckg:target|ckg:mediator|ckg:place|ckg:weapon"

ENTITIES = """SELECT ?entity ?score (MIN(?name) AS ?label) WHERE {{
  {match}
  ?entity a ?class FILTER(?class IN (ckg:Agent, ckg:Place, ckg:Asset, ckg:Conflict))
  ?entity rdfs:label ?name
}} GROUP BY ?entity ?score ORDER BY DESC(?score) ?label ?entity LIMIT {limit} OFFSET {offset}"""
WRITTEN = """SELECT ?entity (MAX(?fit) AS ?score) (MIN(?name) AS ?label) WHERE {{
  {match}
  ?entity ckg:mention ?span ; a ?class FILTER(?class IN (ckg:Agent, ckg:Place, ckg:Asset, ckg:Conflict))
  ?entity rdfs:label ?name
}} GROUP BY ?entity ORDER BY DESC(?score) ?label ?entity LIMIT {limit} OFFSET {offset}"""
EVENTS = """SELECT DISTINCT ?event ?day WHERE {{
  {match}
  OPTIONAL {{ ?event ckg:startDate ?day }}
}} ORDER BY DESC(?day) ?event LIMIT {limit} OFFSET {offset}"""
INCIDENTS = """SELECT DISTINCT ?event ?reports ?day WHERE {{
  {match}
  ?event ckg:reports ?reports FILTER(?reports > 1)
  OPTIONAL {{ ?event ckg:startDate ?day }}
}} ORDER BY DESC(?reports) DESC(?day) ?event LIMIT {limit} OFFSET {offset}"""
# An event, or an incident, has a word if it is called so, or what kind it is, who takes part, where it is or what it
# is done with.
EVENTS_WITH = """{{ SELECT DISTINCT ?event WHERE {{
    {{ {called} ?event a {kind} }}
    UNION {{ {named} ?event {parties} ?named{n} . ?event a {kind} }}
  }} }}"""
ARTICLES = """SELECT ?article ?score (MIN(?name) AS ?title) (MAX(STR(?issued)) AS ?day) WHERE {{
  {match}
  ?article a ckg:Article ; dcterms:title ?name
  OPTIONAL {{ ?article dcterms:issued ?issued }}
}} GROUP BY ?article ?score ORDER BY DESC(?score) DESC(?day) ?article LIMIT {limit} OFFSET {offset}"""
SENTENCES = """SELECT ?sentence ?score (MIN(?text) AS ?words) WHERE {{
  {match}
  ?claim ckg:mention ?sentence ; ckg:about ?event .
  ?sentence ckg:exact ?text
}} GROUP BY ?sentence ?score ORDER BY DESC(?score) ?sentence LIMIT {limit} OFFSET {offset}"""


@dataclass(frozen=True, slots=True)
class Found:
    """The IRIs that a query found, the best first, and the query. `more` says that there are others after them."""

    iris: tuple[str, ...]
    query: str
    more: bool


def entities(words: str, limit: int, offset: int = 0) -> Found:
    """People, groups, places and things by their names; where those are few, by what articles call them, too."""
    enough = offset + limit + SPARE
    found = _asked("entity", ENTITIES, matching("?entity", "name", words, enough, "?score"), limit, offset)
    if found.iris or offset:
        return found
    return _asked("entity", WRITTEN, matching("?span", "span", words, enough, "?fit"), limit, offset)


def events(words: str, limit: int, offset: int = 0) -> Found:
    """Events that have each of the words in their name, kind, parties, place or weapon; newest first."""
    return _happened(EVENTS, "ckg:Event", words, limit, offset)


def incidents(words: str, limit: int, offset: int = 0) -> Found:
    """Incidents that several articles tell of and that have each of the words, as events do; the most told first."""
    return _happened(INCIDENTS, "ckg:Incident", words, limit, offset)


def _happened(template: str, kind: str, words: str, limit: int, offset: int) -> Found:
    parts = [part for part in textquery.parts(words) if not part.absent]
    absent = [part for part in textquery.parts(words) if part.absent]
    patterns = [_with(str(part), kind, n) for n, part in enumerate(parts)]
    patterns += [f"MINUS {_with(part.expression, kind, n)}" for n, part in enumerate(absent, len(parts))]
    return _asked("event", template, "\n  ".join(patterns), limit, offset) if parts else NOTHING


def articles(words: str, limit: int, offset: int = 0) -> Found:
    """Articles by their titles."""
    match = matching("?article", "title", words, offset + limit + 1, "?score")
    return _asked("article", ARTICLES, match, limit, offset)


def sentences(words: str, limit: int, offset: int = 0) -> Found:
    """Sentences that somebody's claim is made in."""
    match = matching("?sentence", "sentence", words, offset + limit + SPARE, "?score")
    return _asked("sentence", SENTENCES, match, limit, offset)


NOTHING = Found((), "", more=False)
FINDERS: Mapping[str, Callable[[str, int, int], Found]] = {
    "entity": entities,
    "incident": incidents,
    "event": events,
    "article": articles,
    "sentence": sentences,
}


def _with(word: str, kind: str, n: int) -> str:
    """The pattern for the events, or incidents, that have one word."""
    called, named = matching("?event", "label", word, CALLED), matching(f"?named{n}", "name", word, NAMED)
    return EVENTS_WITH.format(called=called, named=named, parties=PARTIES, kind=kind, n=n)


def _asked(name: str, template: str, match: str, limit: int, offset: int) -> Found:
    query = whole(template.format(match=match, limit=limit + 1, offset=offset))
    iris = [row[name] for row in rows(query) if name in row]
    return Found(tuple(dict.fromkeys(iris))[:limit], query, more=len(iris) > limit)

"""What was found, as it is shown: what to call it, and what tells it from others of the same name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.store import textquery
from server.pages.deeds import Deed, deeds
from server.pages.naming import listed, things
from server.pages.prefixed import prefixed
from server.pages.reported import Report, reports
from server.pages.told import Thing
from server.stores import rows

NAMED = 2  # so many parties stand in the line of an event
ABOUT = """SELECT ?entity ?role ?country ?within WHERE {{
  VALUES ?entity {{ {iris} }}
  OPTIONAL {{ ?entity ckg:role ?role }}
  OPTIONAL {{ ?entity ckg:country/rdfs:label ?country }}
  OPTIONAL {{ ?entity ckg:within/rdfs:label ?within }}
}} ORDER BY ?entity ?role ?country ?within"""
REPORTS = """SELECT ?incident ?reports WHERE {{
  VALUES ?incident {{ {iris} }}
  ?incident ckg:reports ?reports
}}"""
PARTS = """SELECT ?entity (COUNT(DISTINCT ?event) AS ?events) WHERE {{
  VALUES ?entity {{ {iris} }}
  ?event ckg:actor|ckg:target|ckg:mediator|ckg:place ?entity .
  ?event a ckg:Event
}} GROUP BY ?entity"""
WAGED = """SELECT ?entity (COUNT(?incident) AS ?incidents) WHERE {{
  VALUES ?entity {{ {iris} }}
  ?incident ckg:partOf ?entity
}} GROUP BY ?entity"""
NAMES = """SELECT ?entity ?name WHERE {{
  VALUES ?entity {{ {iris} }}
  ?entity skos:prefLabel|skos:altLabel ?name
}} ORDER BY ?entity ?name"""
SAID = """SELECT ?sentence ?text ?event ?article ?speaker WHERE {{
  VALUES ?sentence {{ {iris} }}
  ?sentence ckg:exact ?text .
  ?claim ckg:mention ?sentence ; ckg:about ?event
  OPTIONAL {{ ?sentence ckg:inArticle ?article }}
  OPTIONAL {{ ?claim ckg:claimant ?speaker }}
}} ORDER BY ?sentence ?event ?article ?speaker"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found. `notes` are what is known of it, in a few words each.

    A sentence leads to its event; `pieces` are its text, each with whether it is one of the words, `speakers` and
    `report` who says it and where.
    """

    thing: Thing
    notes: tuple[str, ...] = ()
    pieces: tuple[tuple[str, bool], ...] = ()
    speakers: tuple[Thing, ...] = ()
    report: Report | None = None


def entities(iris: Iterable[str], words: str) -> list[Hit]:
    """People, groups, places and things, with class, role, country and the number of their events."""
    wanted = list(iris)
    if not wanted:
        return []
    known = things(wanted)
    about: dict[str, dict[str, str]] = defaultdict(dict)
    wars = [iri for iri, thing in known.items() if thing.kind == "Conflict"]
    for row in [*_asked(ABOUT, wanted), *_asked(PARTS, wanted), *_asked(WAGED, wars)]:
        about[row.get("entity", "")] = row | about[row.get("entity", "")]
    also = _also([thing for thing in known.values() if not marked(thing.label, words)], words)
    return [Hit(known[iri], _notes(known[iri], about[iri], also.get(iri, ""))) for iri in wanted]


def events(iris: Iterable[str], words: str) -> list[Hit]:
    """Events in a line each: kind, who and whom; when, where, and in which outlet."""
    del words
    told = deeds(wanted := list(iris))
    known = things(iri for deed in told.values() for iri in deed.things)
    sources = reports(deed.articles[0] for deed in told.values() if deed.articles)
    return [_event(told[iri], known, "Event", _outlet(told[iri], sources)) for iri in wanted]


def incidents(iris: Iterable[str], words: str) -> list[Hit]:
    """Incidents in a line each: kind, who and whom; when, where, and in how many articles."""
    del words
    told = deeds(wanted := list(iris))
    known = things(iri for deed in told.values() for iri in deed.things)
    number = {row["incident"]: f"{int(row['reports']):,} articles" for row in _asked(REPORTS, wanted)}
    return [_event(told[iri], known, "Incident", number.get(iri, "")) for iri in wanted]


def articles(iris: Iterable[str], words: str) -> list[Hit]:
    """Articles with outlet and day."""
    del words
    known = reports(wanted := list(iris))
    return [Hit(Thing(iri, known[iri].title, "Article"), _source(known[iri])) for iri in wanted]


def sentences(iris: Iterable[str], words: str) -> list[Hit]:
    """Sentences with the words marked, who says them, and in which article."""
    wanted = list(iris)
    found = rows(prefixed(SAID.format(iris=listed(wanted)))) if wanted else []
    said: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in found:
        said[row["sentence"]].append(row)
    known = things(row["speaker"] for row in found if "speaker" in row)
    sources = reports(row["article"] for row in found if "article" in row)
    hits = []
    for iri in wanted:
        if (own := said.get(iri)) is not None:
            report = sources.get(own[0].get("article", ""))
            outlet = report.outlet.iri if report and report.outlet else ""  # what it says itself is not said twice
            speakers = dict.fromkeys(row["speaker"] for row in own if row.get("speaker", outlet) != outlet)
            hits.append(
                Hit(
                    Thing(own[0]["event"], own[0]["text"], "Mention"),
                    pieces=pieces(own[0]["text"], words),
                    speakers=tuple(known[speaker] for speaker in speakers),
                    report=report,
                )
            )
    return hits


SHOWN_BY: Mapping[str, Callable[[Iterable[str], str], list[Hit]]] = {
    "entity": entities,
    "incident": incidents,
    "event": events,
    "article": articles,
    "sentence": sentences,
}


def pieces(text: str, words: str) -> tuple[tuple[str, bool], ...]:
    """The text cut into what is one of the words looked for, and what is between."""
    found, done = [], 0
    for start, end in marked(text, words):
        found += [(text[done:start], False), (text[start:end], True)]
        done = end
    return tuple(piece for piece in (*found, (text[done:], False)) if piece[0])


def marked(text: str, words: str) -> list[tuple[int, int]]:
    """Where in the text the words looked for begin and end, case and accents aside."""
    sought = [part for part in textquery.parts(words) if not part.absent]
    whole = {word for part in sought for word in textquery.bare(part.words).split()}
    begun = tuple(textquery.bare(part.words).rpartition(" ")[2] for part in sought if part.begun)
    found = []
    for match in textquery.WORD.finditer(text):
        word = textquery.bare(match[0])
        if word in whole or word.startswith(begun):
            found.append(match.span())
    return found


def _asked(query: str, iris: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a query about these nodes; none where there is no node."""
    return rows(prefixed(query.format(iris=listed(iris)))) if iris else []


def _notes(thing: Thing, about: Mapping[str, str], also: str) -> tuple[str, ...]:
    name = "incident" if thing.kind == "Conflict" else "event"
    number = int(about.get(f"{name}s", "0"))
    events = f"{number:,} {name}{'' if number == 1 else 's'}" if number else ""
    called = f"“{also}”" if also else ""
    where = about.get("country") or about.get("within", "")
    place = where if where != thing.label else ""
    return tuple(filter(None, (thing.kind_in_words, called, about.get("role", ""), place, events)))


def _also(unlike: Iterable[Thing], words: str) -> dict[str, str]:
    """For things whose label has none of the words: the name that has them."""
    wanted = [thing.iri for thing in unlike]
    found: dict[str, str] = {}
    for row in rows(prefixed(NAMES.format(iris=listed(wanted)))) if wanted else []:
        if marked(row["name"], words):
            found.setdefault(row["entity"], row["name"])
    return found


def _event(deed: Deed, known: Mapping[str, Thing], kind: str, told: str) -> Hit:
    who, whom = _few(deed.roles["actor"], known), _few(deed.roles["target"], known)
    label = f"{deed.type[:1].upper()}{deed.type[1:]}{f': {who}' if who else ''}{f' → {whom}' if whom else ''}"
    place = _few(set(deed.roles["place"]) - set(deed.roles["target"]), known)
    return Hit(Thing(deed.iri, label, kind), tuple(filter(None, (deed.when, place, told))))


def _outlet(deed: Deed, sources: Mapping[str, Report]) -> str:
    """Who tells it or, where nobody is named, when; '' where neither is known."""
    return "".join(_source(sources[deed.articles[0]])[:1]) if deed.articles else ""


def _few(iris: Iterable[str], known: Mapping[str, Thing]) -> str:
    names = sorted(known[iri].label for iri in iris)
    return ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")


def _source(report: Report) -> tuple[str, ...]:
    return tuple(filter(None, (report.outlet.label if report.outlet else "", report.day)))

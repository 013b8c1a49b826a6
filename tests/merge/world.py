"""A small world with two countries at odds, articles that tell of it, and what a store makes of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Quad

from kg import rdf
from kg.merge import merge
from kg.model import Article, Claim, Count, Entity, Event, Extraction, Link, Mention, Run, When, digest
from kg.store import Store

CKG = rdf.PREFIXES["ckg"]
DERIVED = "https://w3id.org/conflictkg/graph/incidents/"
RUN = Run(tool="conflictkg", version="1", ontology="1", model="none")
DAY = date(2025, 6, 2)

_PLACES = {
    # name: class, what it lies in, item, latitude and longitude
    "Norland": ("State", "", "Q900001", None, None),
    "Sudmark": ("State", "", "Q900002", None, None),
    "Upshire": ("Place", "Norland", "Q900011", None, None),
    "Lowshire": ("Place", "Norland", "Q900012", None, None),
    "Aster": ("Place", "Upshire", "Q900021", 50.0, 30.0),
    "Birch": ("Place", "Upshire", "Q900022", 51.5, 30.0),  # 167 km north of Aster
    "Cedar": ("Place", "Upshire", "Q900023", 50.1, 30.0),  # 11 km north of Aster
    "Dorn": ("Place", "Sudmark", "Q900024", 50.0, 30.2),  # 14 km east of Aster, beyond the border
    "Elm": ("Place", "Lowshire", "Q900025", 48.0, 30.0),
    "Ferry": ("Place", "Norland", "", None, None),
    "Ukraine": ("State", "", "Q212", None, None),
    "Kyiv": ("Place", "Ukraine", "Q1899", 50.45, 30.52),
    "Russia": ("State", "", "Q159", None, None),
    "Moscow": ("Place", "Russia", "Q649", 55.75, 37.62),
    "Israel": ("State", "", "Q801", None, None),
    "Turkey": ("State", "", "Q43", None, None),
    "Istanbul": ("Place", "Turkey", "Q406", 41.0, 28.9),
}  # fmt: skip
_AGENTS = {
    # name: class, whose it is, item, kind
    "River Front": ("ArmedGroup", "", "Q900031", None),
    "Norland Army": ("ArmedForce", "Norland", "Q900032", None),
    "Sudmark Navy": ("ArmedForce", "Sudmark", "Q900033", None),
    "Jan Reed": ("Person", "", "Q900041", None),
    "Ida Holm": ("Person", "", "Q900042", None),
    "Ministry of Health": ("GovernmentBody", "Norland", "Q900043", None),
    "Red Cross": ("InternationalOrganization", "", "Q900044", None),
    "Hamas": ("ArmedGroup", "", "Q38799", None),
    "gunmen": ("Group", "", "", "Combatants"),
    "villagers": ("Group", "", "", "Civilians"),
    "The Quay": ("NewsOutlet", "", "", None),
    "The Pier": ("NewsOutlet", "", "", None),
    "The Mole": ("NewsOutlet", "", "", None),
}


@dataclass(frozen=True, slots=True)
class Toll:
    """A number of an event; `by` says it, by default the outlet."""

    count: int | None = None
    low: int | None = None
    high: int | None = None
    measure: str = "Killed"
    counted: str = "People"
    affected: str = ""
    by: str = ""
    factuality: str = "Asserted"


@dataclass(frozen=True, slots=True)
class Told:
    """What an article tells of one event, in a sentence that holds the trigger. Agents and places go by name."""

    sentence: str = "Guns shelled the harbour of Aster on Monday."
    trigger: str = "shelled"
    type: str = "Shelling"
    start: date | None = DAY
    end: date | None = None
    precision: str = "Day"
    places: tuple[str, ...] = ("Aster",)
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    factuality: str = "Asserted"
    by: str = ""
    tolls: tuple[Toll, ...] = ()


def article(
    id: str, *told: Told, published: date | None = DAY, outlet: str = "The Quay", title: str = "News"
) -> Extraction:
    """What is read out of an article. Its events are `ID-0`, `ID-1` and so on; its claims `ID-0-0`, the plain one, and
    for the tolls `ID-0-1` and so on. Sentences that are alike stand in its text once."""
    text = " ".join(dict.fromkeys(each.sentence for each in told)) or "Nothing happened."
    names = list(dict.fromkeys((outlet, *(name for each in told for name in _named(each)))))
    ids = {name: _id(name, id) for name in names}
    events, claims = [], []
    for number, each in enumerate(told):
        event, said = f"{id}-{number}", _mention(text, each.sentence, each.sentence)
        trigger = _mention(text, each.sentence, each.trigger)
        when = When(each.start, each.end or each.start, each.precision) if each.start else None
        actors, targets, places, mediators = (
            tuple(ids[name] for name in of) for of in (each.actors, each.targets, each.places, each.mediators)
        )
        roles = (actors, targets, each.weapons, places, mediators)
        events.append(Event(event, each.type, trigger, (trigger,), *roles, when, 0.9))
        claims.append(Claim(f"{event}-0", event, (ids[each.by or outlet],), each.factuality, (said,)))
        for n, toll in enumerate(each.tolls, 1):
            affected = ids[toll.affected] if toll.affected else None
            count = Count(toll.measure, toll.counted, toll.count, toll.low, toll.high, affected=affected)
            speaker = (ids[toll.by or outlet],)
            claims.append(Claim(f"{event}-{n}", event, speaker, toll.factuality, (said,), count=count))
    return Extraction(
        Article(id, title, text, published, outlet), RUN, ids[outlet], tuple(_entity(name, ids) for name in names),
        tuple(events), tuple(claims), tuple(_links(names, ids)),
    )  # fmt: skip


def _named(told: Told) -> Iterator[str]:
    for name in (*told.actors, *told.targets, *told.mediators, *told.places, *_speakers(told)):
        yield name
        while name := _PLACES[name][1] if name in _PLACES else _AGENTS[name][1]:
            yield name


def _speakers(told: Told) -> Iterator[str]:
    for name in (told.by, *(name for toll in told.tolls for name in (toll.by, toll.affected))):
        if name:
            yield name


def _id(name: str, article: str) -> str:
    """The id of an entity; those without a name of their own have one in each article."""
    plain = name.lower().replace(" ", "-")
    return f"{plain}-in-{article}" if name in _AGENTS and _AGENTS[name][0] == "Group" else plain


def _mention(text: str, sentence: str, words: str) -> Mention:
    start = text.index(sentence) + sentence.index(words)
    return Mention(start, start + len(words), words)


def _entity(name: str, ids: dict[str, str]) -> Entity:
    if name in _PLACES:
        kind, outer, *_ = _PLACES[name]
        classes = ("State", "Place") if kind == "State" else (kind,)
        return Entity(ids[name], classes, name, within=ids[outer] if outer else None)
    kind, state, _, of = _AGENTS[name]
    return Entity(ids[name], (kind,), name, country=ids[state] if state else None, kind=of)


def _links(names: Iterable[str], ids: dict[str, str]) -> Iterator[Link]:
    for name in names:
        item, *point = _PLACES[name][2:] if name in _PLACES else (_AGENTS[name][2], None, None)
        if item:
            yield Link(ids[name], item, 1.0, "its name", lat=point[0], lon=point[1])


def quads(extraction: Extraction, *, base: str = rdf.BASE) -> list[Quad]:
    """The article's graph, with a mark as a build makes it."""
    return rdf.quads(extraction, base=base, mark=digest(extraction))


def put(store: Store, *extractions: Extraction) -> None:
    """Puts the graphs of articles into the store."""
    for each in extractions:
        store.replace(rdf.graph_iri(each.article.id), quads(each))


def take(store: Store, *ids: str) -> None:
    """Takes the graphs of articles out of the store."""
    for id in ids:
        store.remove(rdf.graph_iri(id))


def event(id: str) -> str:
    """The IRI of an event by its id."""
    return f"{rdf.BASE}event/{id}"


def derived(store: Store) -> dict[str, list[Quad]]:
    """The derived graphs of the store, by IRI."""
    return {graph: store.quads(graph) for graph in store.graphs() if "/incidents/" in graph}


def together(store: Store, *extractions: Extraction) -> list[list[str]]:
    """Which events are of one incident, by id, after these articles were put into the store."""
    put(store, *extractions)
    merge(store)
    return clusters(store)


def clusters(store: Store) -> list[list[str]]:
    """Which events the store has of one incident, by id."""
    found: dict[str, list[str]] = {}
    for row in store.query(f"SELECT ?event ?incident {{ ?event <{CKG}incident> ?incident }}").rows():
        one, other = (str(getattr(row[name], "value", "")).rpartition("/")[2] for name in ("event", "incident"))
        found.setdefault(other, []).append(one)
    return sorted(sorted(each) for each in found.values())


def values(store: Store, subject: str, predicate: str) -> list[str]:
    """What a node has for a property, given like `ckg:label`; IRIs of our own without what all have in common."""
    rows = store.query(f"{_PREFIXES} SELECT ?value {{ <{rdf.BASE}{subject}> {predicate} ?value }}").rows()
    return sorted(str(getattr(row["value"], "value", "")).removeprefix(rdf.BASE).removeprefix(CKG) for row in rows)


def table(store: Store, where: str, names: Sequence[str]) -> list[tuple[str, ...]]:
    """The solutions of a pattern, sorted; IRIs of our own without what all have in common."""
    rows = store.query(f"{_PREFIXES} SELECT * {{ {where} }}").rows()
    found = ({name: str(getattr(term, "value", "")) for name, term in row.items()} for row in rows)
    return sorted(tuple(row[name].removeprefix(rdf.BASE).removeprefix(CKG) for name in names) for row in found)


_PREFIXES = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in rdf.PREFIXES.items())

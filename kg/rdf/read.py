"""The way back from an article's quads: what they were before linking, and the entities to link anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import ExtractError
from kg.model import Article, Claim, Count, Entity, Event, Extraction, Mention, Run
from kg.rdf.graph import renamed
from kg.rdf.iris import base_of, entity_node
from kg.rdf.terms import PREFIXES, above, ckg, term

Node = Mapping[NamedNode, list[NamedNode | Literal]]
"""What a node has, by predicate."""


def unlinked(quads: Iterable[Quad]) -> list[Quad]:
    """The quads of an article without anything that linking put there, sorted; entities have their first ids again."""
    quads = list(quads)
    decisions = {q.subject for q in quads if q.predicate == term("rdf:type") and q.object == term("rdf:Statement")}
    about: dict[object, dict[NamedNode, object]] = defaultdict(dict)
    for quad in quads:
        if quad.subject in decisions:
            about[quad.subject][quad.predicate] = quad.object
    made = {
        tuple(map(each.get, (term("rdf:subject"), term("rdf:predicate"), term("rdf:object"))))
        for each in about.values()
    }
    kept = [
        quad
        for quad in quads
        if quad.subject not in decisions
        and (quad.subject, quad.predicate, quad.object) not in made
        and not _follows(quad)
    ]
    named = {
        each[term("rdf:subject")]: each[term("dcterms:identifier")].value  # type: ignore[attr-defined]
        for each in about.values()
        if term("dcterms:identifier") in each
    }
    # What linking brought in has no id of the extraction, no mention, and nothing but links refers to it.
    held = {quad.object for quad in kept} | {quad.subject for quad in kept if quad.predicate == ckg("mention")}
    brought = {each.get(term("rdf:subject")) for each in about.values()} - named.keys() - held
    base = base_of(quads)
    nodes = {node: entity_node(base, identity) for node, identity in named.items()}
    return sorted(renamed((q for q in kept if q.subject not in brought), nodes), key=str)  # type: ignore[arg-type]


def extraction(quads: Iterable[Quad]) -> Extraction:
    """The article of some quads, with its entities and who takes part in its events and claims, to be linked.

    Give it `unlinked` quads. Links, dates, numbers, confidences and traces are left out.

    Where the text is not in the store, the article has those parts of it that were quoted, each in its place, and line
    breaks between them. Raises ExtractError where the quads are not as `kg.rdf.quads` makes them.
    """
    try:
        return _extraction(list(quads))
    except (KeyError, ValueError, StopIteration) as error:
        raise ExtractError(
            f"this graph can't be read ({type(error).__name__}: {error}); build the article anew"
        ) from error


def _extraction(quads: Sequence[Quad]) -> Extraction:
    nodes: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    for quad in sorted(quads, key=str):
        nodes[quad.subject][quad.predicate].append(quad.object)  # type: ignore[index, arg-type]
    base = base_of(quads)
    article = next(node for node in nodes.values() if ckg("Article") in node[term("rdf:type")])
    mentions = {name: _mention(node) for name, node in nodes.items() if ckg("Mention") in node[term("rdf:type")]}
    place = f"{base}entity/"
    entities = [_entity(name, node, mentions) for name, node in nodes.items() if name.value.startswith(place)]
    published = _first(article, "dcterms:issued")
    publisher = _first(article, "dcterms:publisher")
    tool = next((node for node in nodes.values() if ckg("Extraction") in node[term("rdf:type")]), {})
    return Extraction(
        Article(
            id=_first(article, "dcterms:identifier"),
            title=_first(article, "dcterms:title"),
            text=_first(article, "ckg:text") or _quoted(mentions.values()),
            published=_day(published) if published else None,
            url=_first(article, "schema:url"),
            language=_first(article, "dcterms:language"),
            licence=_first(article, "dcterms:license"),
        ),
        Run(
            *(
                _first(tool, f"schema:{name}")
                for name in ("name", "softwareVersion", "schemaVersion", "softwareRequirements")
            )
        ),
        _id(publisher) if publisher else "",
        tuple(sorted(entities, key=lambda entity: entity.id)),
        tuple(_event(name, node, mentions) for name, node in nodes.items() if ckg("Event") in node[term("rdf:type")]),
        tuple(_claim(name, node, mentions) for name, node in nodes.items() if ckg("Claim") in node[term("rdf:type")]),
    )


def _follows(quad: Quad) -> bool:
    """Whether a triple without a decision of its own is there because of linking: labels in a language, points on the
    map, and what names were looked up in."""
    if quad.predicate == term("skos:prefLabel"):
        return isinstance(quad.object, Literal) and quad.object.language is not None
    follows = ("skos:exactMatch", "geo:hasGeometry", "geo:asWKT", "schema:softwareAddOn")
    return quad.predicate in map(term, follows) or (
        quad.predicate == term("rdf:type") and quad.object == term("geo:Geometry")
    )


def _entity(name: NamedNode, node: Node, mentions: Mapping[NamedNode, Mention]) -> Entity:
    classes = [_local(kind.value) for kind in node.get(term("rdf:type"), ())]
    general = {high for low in classes for high in above(low)}
    return Entity(
        id=_id(name.value),
        # A state is a place as well; what it is as an agent comes first.
        classes=tuple(sorted(set(classes) - general, key=lambda local: (local == "Place", local))),
        name=_first(node, "rdfs:label"),
        names=tuple(sorted(label.value for label in node.get(term("skos:altLabel"), ()))),
        mentions=_spans(node, mentions),
        country=_id(_first(node, "ckg:country")) or None,
        role=_first(node, "ckg:role") or None,
        member_of=_ids(node, "ckg:memberOf"),
        within=_id(_first(node, "ckg:within")) or None,
        kind=_local(_first(node, "ckg:kind")) or None,
        owner=_id(_first(node, "ckg:owner")) or None,
    )


def _event(name: NamedNode, node: Node, mentions: Mapping[NamedNode, Mention]) -> Event:
    return Event(
        _id(name.value),
        _local(_first(node, "ckg:eventType")),
        mentions[NamedNode(_first(node, "ckg:trigger"))],
        _spans(node, mentions),
        actors=_ids(node, "ckg:actor"),
        targets=_ids(node, "ckg:target"),
        weapons=tuple(_local(weapon.value) for weapon in node.get(ckg("weapon"), ())),
        places=_ids(node, "ckg:place"),
        mediators=_ids(node, "ckg:mediator"),
    )


def _claim(name: NamedNode, node: Node, mentions: Mapping[NamedNode, Mention]) -> Claim:
    affected = _id(_first(node, "ckg:affected")) or None
    return Claim(
        _id(name.value),
        _id(_first(node, "ckg:about")),
        _ids(node, "ckg:claimant"),
        _local(_first(node, "ckg:factuality")),
        _spans(node, mentions),
        count=Count(_local(_first(node, "ckg:measure")), _local(_first(node, "ckg:counted")), affected=affected)
        if ckg("measure") in node
        else None,
    )


def _mention(node: Node) -> Mention:
    return Mention(int(_first(node, "ckg:start")), int(_first(node, "ckg:end")), _first(node, "ckg:exact"))


def _quoted(mentions: Iterable[Mention]) -> str:
    text: list[str] = []
    for mention in mentions:
        text += "\n" * (mention.end - len(text))
        text[mention.start : mention.end] = mention.exact
    return "".join(text)


def _first(node: Node, curie: str) -> str:
    """The first value of a predicate, '' where it has none."""
    return next((value.value for value in node.get(term(curie), ())), "")


def _ids(node: Node, curie: str) -> tuple[str, ...]:
    return tuple(sorted(_id(other.value) for other in node.get(term(curie), ())))


def _spans(node: Node, mentions: Mapping[NamedNode, Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(mentions[mention] for mention in node.get(ckg("mention"), ())))  # type: ignore[index]


def _local(iri: str) -> str:
    return iri.removeprefix(PREFIXES["ckg"])


def _id(iri: str) -> str:
    return unquote(iri.rpartition("/")[2])


def _day(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)

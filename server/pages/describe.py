"""What the store knows about one IRI, arranged for a page: its facts, what points at it, and who says what about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from ontology import NAMESPACE
from server.iris import local, node
from server.pages.said import LIMIT, Said, claims, heading
from server.stores import names, rows, store, text_of

RDFS, SKOS = "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2004/02/skos/core#"
TYPE, LABEL = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", RDFS + "label"
TITLE = "http://purl.org/dc/terms/title"
# Shown elsewhere on the page: as the heading, the types, the quotations and the text.
ELSEWHERE = {TYPE, LABEL, SKOS + "prefLabel", NAMESPACE + "mention", NAMESPACE + "text"}
# What points here by these is shown as claims and quotations.
CLAIMED = {NAMESPACE + name for name in ("about", "claimant", "reportedIn", "affected", "inArticle")}
PREFIXES = f"PREFIX ckg: <{NAMESPACE}> PREFIX rdfs: <{RDFS}> PREFIX dcterms: <http://purl.org/dc/terms/>"


@dataclass(frozen=True, slots=True)
class Value:
    """An object of a triple: its text for people and, where it is a node, its IRI."""

    text: str
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """All values of one property, in or out."""

    predicate: str
    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """Everything an entity page shows. `cut` says that more than LIMIT triples point here."""

    iri: str
    label: str
    types: tuple[str, ...]
    facts: tuple[Group, ...]
    incoming: tuple[Group, ...]
    said: tuple[Said, ...]
    quotes: tuple[Value, ...]
    text: str
    cut: bool


def describe(iri: str) -> Description | None:
    """The description of an IRI, or None where no triple has it as subject or object."""
    subject = node(iri)
    into = rows(f"SELECT ?p ?s WHERE {{ ?s ?p {subject} FILTER(isIRI(?s)) }} ORDER BY ?p ?s LIMIT {LIMIT + 1}")
    literal, links = _objects(subject, Literal), _objects(subject, NamedNode)
    if not literal and not links and not into:
        return None
    labels = _labels({object for _, object in links} | {row["s"] for row in into})
    headings = [text for predicate in (LABEL, TITLE, NAMESPACE + "exact") for p, text in literal if p == predicate]
    facts = [(p, Value(text)) for p, text in literal] + [(p, Value(labels[o], o)) for p, o in links]
    said = claims(subject)
    return Description(
        iri=iri,
        label=headings[0] if headings else heading(said, iri) or local(iri),
        types=tuple(sorted(o for p, o in links if p == TYPE)),
        facts=_groups((p, value) for p, value in facts if p not in ELSEWHERE),
        incoming=_groups(
            (row["p"], Value(labels[row["s"]], row["s"])) for row in into[:LIMIT] if row["p"] not in CLAIMED
        ),
        said=said,
        quotes=tuple(sorted((Value(labels[o], o) for p, o in links if p == NAMESPACE + "mention"), key=_order)),
        text=next((text for p, text in literal if p == NAMESPACE + "text"), ""),
        cut=len(into) > LIMIT,
    )


def _objects(subject: NamedNode, kind: type[Literal] | type[NamedNode]) -> list[tuple[str, str]]:
    """The predicates and the texts of the subject's objects of one kind, sorted."""
    found = store().query(f"SELECT ?p ?o WHERE {{ {subject} ?p ?o }}").rows()
    return sorted((text_of(row["p"]), text_of(row["o"])) for row in found if isinstance(row["o"], kind))


def _labels(iris: Iterable[str]) -> dict[str, str]:
    """A name for every IRI: from the store, else the last part of one that we know, else the whole IRI."""
    wanted = sorted(iris)
    listed = " ".join(str(node(iri)) for iri in wanted)
    found = rows(
        f"{PREFIXES} SELECT ?n (COALESCE(MIN(?name), MIN(?comment)) AS ?label) WHERE {{ VALUES ?n {{ {listed} }} "
        "OPTIONAL { ?n rdfs:label|dcterms:title|ckg:exact ?name } OPTIONAL { ?n rdfs:comment ?comment } } GROUP BY ?n"
    )
    named = {iri: iri if names().short(iri) == iri else local(iri) for iri in wanted}
    return named | {row["n"]: row["label"] for row in found if row.get("label")}


def _groups(pairs: Iterable[tuple[str, Value]]) -> tuple[Group, ...]:
    grouped: dict[str, set[Value]] = {}
    for predicate, value in pairs:
        grouped.setdefault(predicate, set()).add(value)
    return tuple(Group(p, local(p), tuple(sorted(grouped[p], key=_order))) for p in sorted(grouped, key=local))


def _order(value: Value) -> tuple[str, str]:
    return value.text.lower(), value.iri or ""

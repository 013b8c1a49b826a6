"""The page of a conflict: what it is, how many incidents it has when, and a page of them."""

from __future__ import annotations

from collections import defaultdict

from flask import render_template, request

from ontology import NAMESPACE
from server import media
from server.iris import PREFIXES, node
from server.pages.bars import bars
from server.pages.dates import day_in_words
from server.pages.incidents.listing import Wanted, listing
from server.pages.naming import things
from server.pages.prefixed import prefixed
from server.pages.thing.parts import MONTH
from server.stores import rows

FACTS = """SELECT ?property ?value WHERE {{
  {conflict} ?property ?value
}} ORDER BY ?property ?value"""
MONTHS = """SELECT ?month (COUNT(DISTINCT ?incident) AS ?number) WHERE {{
  ?incident ckg:partOf {conflict}
  OPTIONAL {{ ?incident ckg:startDate ?day }}
  BIND(COALESCE(SUBSTR(STR(?day), 1, 7), "") AS ?month)
}} GROUP BY ?month ORDER BY ?month"""


def page(iri: str, path: str) -> str | None:
    """The page about a conflict."""
    facts: dict[str, list[str]] = defaultdict(list)
    query = prefixed(FACTS.format(conflict=node(iri)))
    for row in rows(query):
        facts[row["property"]].append(row["value"])
    monthly = prefixed(MONTHS.format(conflict=node(iri)))
    found = {row["month"]: int(row["number"]) for row in rows(monthly) if "month" in row}
    dated = {month: number for month, number in found.items() if MONTH.fullmatch(month)}
    shown = listing(Wanted(conflict=iri), sort="newest", page=request.args.get("page", 1, type=int))
    known = things({iri, *shown.things})
    begun, ended = ("".join(facts.get(NAMESPACE + name, ())[:1]) for name in ("startDate", "endDate"))
    return render_template(
        "conflict.html",
        conflict=known[iri],
        items=[match for match in facts.get(PREFIXES["skos"] + "exactMatch", ()) if match.startswith(PREFIXES["wd"])],
        begun=day_in_words(begun),
        ended=day_in_words(ended),
        months=bars(dated),
        undated=sum(found.values()) - sum(dated.values()),
        found=shown,
        known=known,
        queries={"facts": query, "months": monthly},
        key=iri.rpartition("/")[2],
        path=path,
        formats=tuple(media.GRAPH_TYPES),
    )

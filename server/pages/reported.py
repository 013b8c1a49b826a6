"""Articles as sources: title, outlet and day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from server.pages.dates import day_in_words
from server.pages.naming import listed, unnamed
from server.pages.prefixed import prefixed
from server.pages.told import Thing
from server.stores import rows

QUERY = """SELECT ?article (MIN(?name) AS ?title) (MIN(?day) AS ?issued) (MIN(?publisher) AS ?outlet)
       (MIN(?label) AS ?outletName) WHERE {{
  VALUES ?article {{ {articles} }}
  OPTIONAL {{ ?article dcterms:title ?name }}
  OPTIONAL {{ ?article dcterms:issued ?day }}
  OPTIONAL {{ ?article dcterms:publisher ?publisher OPTIONAL {{ ?publisher rdfs:label ?label }} }}
}} GROUP BY ?article"""


@dataclass(frozen=True, slots=True)
class Report:
    """An article by its IRI. `outlet` is None where nobody is named, `day` is in words and '' where none is given.

    `issued` is the same as the store has it.
    """

    iri: str
    title: str
    day: str
    outlet: Thing | None
    issued: str = ""

    @property
    def told(self) -> tuple[str, str]:
        """By what articles are ordered in time: those of unknown days come last."""
        return self.issued or "~", self.iri


def reports(articles: Iterable[str]) -> dict[str, Report]:
    """A report for each of these IRIs."""
    wanted = sorted(set(articles))
    found = {row["article"]: row for row in rows(prefixed(QUERY.format(articles=listed(wanted))))} if wanted else {}
    return {iri: _report(iri, found.get(iri, {})) for iri in wanted}


def _report(iri: str, row: dict[str, str]) -> Report:
    outlet = row.get("outlet", "")
    return Report(
        iri,
        title=row.get("title") or unnamed(iri),
        day=day_in_words(row.get("issued", "")),
        outlet=Thing(outlet, row.get("outletName") or unnamed(outlet), "NewsOutlet") if outlet else None,
        issued=row.get("issued", ""),
    )

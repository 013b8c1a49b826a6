"""What a source says of one thing: the record that every source gives and the builder merges."""

from __future__ import annotations

from dataclasses import dataclass

from kg.names import Office

OLD = "thing "
"""How the keys begin that a thing of one gazetteer has while another is made of it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing as one source has it.

    `classes` are ontology classes, the most specific first. `names` are (form, how) pairs, the label not among them;
    `how` is one of `kg.names.HOW`; `others` are names of a core row that texts are not searched for all the same.
    `country` is an ISO 3166-1 alpha-2 code, a Wikidata item or a State's label; the
    builder makes a label of it. `keys` are further identifiers that other rows refer to ("UA.07", "UA-23"), `within`
    the identifier (item, GeoNames id as text, or such a key) of the place that it lies in. `labels` are (language,
    label) pairs, languages by BCP 47 tag. `fame` counts languages, sitelinks or names: how well known the thing is.
    `prior` (0-1) is how likely its names mean it; None lets the builder work it out. `word_loss` is what a name of it
    that is an ordinary word too ('Nice', 'Turkey') takes from that. `core` rows are those that extraction looks for in
    texts. `source` and `licence` say where the row is from.
    """

    label: str
    classes: tuple[str, ...]
    names: tuple[tuple[str, str], ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    qid: str | None = None
    geonames: int | None = None
    country: str | None = None
    within: str | None = None
    keys: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    role: str | None = None
    offices: tuple[Office, ...] = ()
    description: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    fame: int = 0
    prior: float | None = None
    word_loss: float = 0.3
    core: bool = False
    source: str = ""
    licence: str = ""

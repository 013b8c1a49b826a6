"""How articles are read and what is kept of them: the same for every article of a build."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg import rdf
from kg.read import MAX_SIZE, Defaults


@dataclass(frozen=True, slots=True)
class Options:
    """How articles are read and what is kept of them.

    `defaults` are fields that win over the sources' own; `max_size` is the most characters of an article. Instances are
    minted under `base`. `validate` checks each graph against the ontology's shapes; `min_confidence`, from 0 to 1,
    leaves out events and claims below it; `store_text` keeps the articles' texts. `link_copies` looks for near-copies.
    Raises UsageError for a base that can't be one.
    """

    defaults: Defaults = field(default_factory=Defaults)
    max_size: int = MAX_SIZE
    base: str = rdf.BASE
    validate: bool = True
    min_confidence: float = 0.0
    store_text: bool = True
    link_copies: bool = True

    def __post_init__(self) -> None:
        rdf.graph_iri("", self.base)

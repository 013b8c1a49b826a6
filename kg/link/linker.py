"""What links names: a gazetteer, what people judged, and a service on the network if one is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kg.link.judgements import Judgements
from kg.link.online import Service
from kg.link.resolve import resolve
from kg.model import Extraction
from kg.names import Gazetteer, shipped


@dataclass(frozen=True, slots=True)
class Linker:
    """Links extractions, all of them with the same knowledge. Called with an extraction it gives it with its links."""

    gazetteer: Gazetteer = field(default_factory=shipped)
    judgements: Judgements = field(default_factory=Judgements)
    online: Service | None = None

    def __call__(self, extraction: Extraction) -> Extraction:
        """The extraction with `links`; see `kg.link.resolve`."""
        linked = resolve(extraction, gazetteer=self.gazetteer, judgements=self.judgements, online=self.online)
        return replace(linked, run=replace(linked.run, gazetteer=self.version))

    @property
    def version(self) -> str:
        """What names are looked up in: the gazetteer with its version, and whether a service is asked."""
        known = f"gazetteer {self.gazetteer.version}"
        return f"{known} and a service on the network" if self.online is not None else known

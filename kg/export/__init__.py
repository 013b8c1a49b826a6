"""Ways to write a store, or one graph of it, to a file. The same content gives the same bytes."""

from __future__ import annotations

from typing import BinaryIO, Protocol

from kg.export import jsonld, nq, trig, ttl
from kg.store import Store


class Exporter(Protocol):
    """A way to write a store."""

    def __call__(self, store: Store, out: BinaryIO, *, graph: str | None = None) -> None:
        """Writes all named graphs of the store, or only `graph`. Raises NotFound where there is no such graph."""


EXPORTERS: dict[str, Exporter] = {
    "nq": nq.write,
    "trig": trig.write,
    "ttl": ttl.write,
    "jsonld": jsonld.write,
}

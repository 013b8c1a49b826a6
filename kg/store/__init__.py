"""Where the triples live: an Oxigraph database in a folder, or any SPARQL 1.1 server. One named graph per article.

In every store the default graph holds each distinct triple of the named graphs once: a query without GRAPH or FROM sees
their union as a set, and counts come out right. All that writes keeps it so: see
`kg.store.update`.
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import StoreError
from kg.rdf import BASE, PREFIXES, graphs
from kg.store.embedded import EmbeddedStore
from kg.store.protocol import Store
from kg.store.remote import RemoteStore
from kg.store.results import GRAPH_FORMATS, TABLE_FORMATS, Results
from kg.store.view import dataset

__all__ = ["BASE", "GRAPH_FORMATS", "PREFIXES", "TABLE_FORMATS", "Results", "Store", "dataset", "graphs", "open_store"]


def open_store(where: str | Path, *, read_only: bool = False) -> Store:
    """The store in a folder, or on a server where `where` starts with `sparql+http://` or `sparql+https://`.

    A folder that is not there is made, unless `read_only`. Raises StoreLocked where another process has the folder, and
    StoreError where it is no store of ours or the server can't be used.
    """
    address = str(where)
    if address.startswith(("sparql+http://", "sparql+https://")):
        return RemoteStore(address.removeprefix("sparql+"), read_only=read_only)
    if "://" in address:
        raise StoreError(f"{address}: a store is a folder or an address like sparql+http://host:7878/query")
    return EmbeddedStore(Path(where), read_only=read_only)

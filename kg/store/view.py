"""A store as an rdflib Dataset, for pyshacl, networkx and all else that speaks rdflib."""

from __future__ import annotations

from oxrdflib import OxigraphStore
from rdflib import Dataset

from kg.errors import StoreError
from kg.rdf import PREFIXES
from kg.store.embedded import EmbeddedStore
from kg.store.protocol import Store


def dataset(store: Store) -> Dataset:
    """The same triples, without a copy, as a Dataset to read from.

    Its default graph is the union of the named graphs. Queries given as strings run in the store's own engine. Writing
    through it would break the union, so change graphs with `store.replace`. Valid until the store is closed. Raises
    StoreError for a store on a server: rdflib asks such a Dataset's default graph by a name that no server knows.
    """
    if not isinstance(store, EmbeddedStore):
        raise StoreError(f"{store.where} has no rdflib view: take rdflib.Graph(SPARQLStore(address)), or export it")
    view = Dataset(store=OxigraphStore(store=store.inner))
    for prefix, namespace in PREFIXES.items():
        view.bind(prefix, namespace)
    return view

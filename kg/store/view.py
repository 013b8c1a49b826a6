"""A store as an rdflib Dataset, for pyshacl, networkx and all else that speaks rdflib."""

from __future__ import annotations

from oxrdflib import OxigraphStore
from rdflib import Dataset
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.errors import StoreError
from kg.rdf import PREFIXES
from kg.store.embedded import EmbeddedStore
from kg.store.protocol import Store
from kg.store.remote import RemoteStore


def dataset(store: Store) -> Dataset:
    """The same triples, without a copy, as a Dataset to read from.

    Its default graph is the union of the named graphs. Queries given as strings run in the store's own engine. Writing
    through it would break the union, so change graphs with `store.replace`. Valid until the store is closed.
    """
    if isinstance(store, EmbeddedStore):
        view = Dataset(store=OxigraphStore(store=store.inner))
    elif isinstance(store, RemoteStore):
        view = Dataset(store=SPARQLStore(store.query_url))
    else:
        raise StoreError(f"{store.where} has no rdflib view")
    for prefix, namespace in PREFIXES.items():
        view.bind(prefix, namespace)
    return view

"""The store as rdflib sees it."""

from pathlib import Path

import pytest
from rdflib import URIRef

from kg.errors import StoreError
from kg.store import dataset, open_store
from tests.store.test_store import ALL, A, B, labels

ODESA = URIRef("https://example.org/odesa")


# rdflib's own Dataset.query warns of what it does itself
@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
def test_rdflib_sees_the_union_as_a_set(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        store.replace(A, labels("Odesa", "Odessa"))
        store.replace(B, labels("Odesa", graph=B))
        view = dataset(store)
        assert sorted(map(str, view.default_graph.objects(ODESA))) == ["Odesa", "Odessa"]
        (row,) = view.query(ALL)
        assert int(row[0]) == 2
        assert len(view.graph(URIRef(B))) == 1


def test_a_server_has_no_view(oxigraph: str) -> None:
    with open_store(oxigraph) as store, pytest.raises(StoreError, match="has no rdflib view: take rdflib.Graph"):
        dataset(store)

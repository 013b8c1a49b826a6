"""What only a store on a server does."""

import socket

import pytest

from kg.errors import StoreError
from kg.store import open_store


def test_a_server_that_does_not_answer_is_told() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    store = open_store(f"sparql+http://127.0.0.1:{port}/query")
    with pytest.raises(StoreError, match=f"http://127.0.0.1:{port}/query does not answer"):
        store.graphs()
    store.close()


def test_a_page_that_is_no_query_service_is_told(oxigraph_port: int) -> None:
    address = f"sparql+http://127.0.0.1:{oxigraph_port}/nowhere"
    with open_store(address) as store, pytest.raises(StoreError, match="nowhere answers 404"):
        store.graphs()


@pytest.mark.parametrize("address", ["sparql+http:///query", "sparql+http://localhost/query?token=1"])
def test_an_address_without_sense_is_told(address: str) -> None:
    with pytest.raises(StoreError, match="the address is like sparql"):
        open_store(address)


def test_the_address_is_written_as_it_is_given(oxigraph: str) -> None:
    with open_store(oxigraph) as store:
        assert store.where == oxigraph

"""A store on a SPARQL 1.1 server, asked over HTTP.

The address is that of the query service, `http://host:7878/query`. Updates go to its neighbour `update`, as Oxigraph
and Fuseki have it, or to what `?update=/path` names. Where the variable KG_TOKEN is set, it is shown as a bearer
token. With `?graphs=/path` graphs are put to that Graph Store Protocol service instead: for a server that keeps its
default graph the union of the named ones by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx
import pyoxigraph as ox
from pyoxigraph import Quad, QueryResultsFormat, RdfFormat

from kg.errors import StoreError
from kg.rdf import nquads
from kg.store import lines, sending, update
from kg.store.results import Results, evaluation

CONNECTIONS = 4
"""Graphs that are put at once."""
LARGEST = 4_000_000
"""Characters of an update that has several graphs."""

_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"
_COPY = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class RemoteStore:
    """The store behind a query service: see `kg.store.protocol.Store`."""

    def __init__(self, address: str, *, read_only: bool = False) -> None:
        parts = urlsplit(address)
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        if not parts.hostname or options.keys() - {"update", "graphs"}:
            raise StoreError(f"{address}: the address is like sparql+http://host:7878/query?update=/update")
        self._query_url = parts._replace(query="", fragment="").geturl()
        self._update_url = urljoin(self._query_url, options.get("update", "update"))
        self._graphs_url = urljoin(self._query_url, options["graphs"]) if "graphs" in options else ""
        self._read_only = read_only
        self._client = sending.client()

    @property
    def where(self) -> str:
        return f"sparql+{self._query_url}"

    def replace(self, graph: str, quads: Iterable[Quad]) -> None:
        name, triples = update.name(graph), update.named(quads)
        if self._graphs_url:
            self._put_graph(name, _plain(triples))
        else:
            self._update(update.replace(name, triples))

    def put(self, graphs: Mapping[str, bytes]) -> None:
        given = {update.name(graph): content for graph, content in graphs.items()}
        if self._graphs_url:
            self._all(self._put_graph, [(name, lines.placed(name, content)[1]) for name, content in given.items()])
        else:
            for request in _requests(update.replace(name, lines.triples(content)) for name, content in given.items()):
                self._update(request)

    def load(self, pieces: Iterable[bytes]) -> int:
        statements = 0
        for piece in pieces:
            graphs: dict[ox.NamedNode, list[Quad]] = defaultdict(list)
            for quad in lines.quads(piece):
                graphs[quad.graph_name].append(quad)  # type: ignore[index]
            named = [(name, update.named(quads)) for name, quads in graphs.items()]
            if self._graphs_url:
                self._all(self._add_graph, [(name, _plain(triples)) for name, triples in named])
            else:
                for request in _requests(update.insert(name, triples) for name, triples in named):
                    self._update(request)
            statements += piece.count(lines.END)
        return statements

    def _all(self, write: Callable[[ox.NamedNode, bytes], None], graphs: Sequence[tuple[ox.NamedNode, bytes]]) -> None:
        """Writes the graphs, some at once; where one fails, those that have not begun are left."""
        with ThreadPoolExecutor(CONNECTIONS) as connections:
            done = [connections.submit(write, *each) for each in graphs]
            try:
                for each in done:
                    each.result()
            finally:
                connections.shutdown(cancel_futures=True)

    def _put_graph(self, name: ox.NamedNode, content: bytes) -> None:
        if content:
            self._send_graph("PUT", name, content)
        else:
            self.remove(name.value)

    def _add_graph(self, name: ox.NamedNode, content: bytes) -> None:
        self._send_graph("POST", name, content)

    def _send_graph(self, method: str, name: ox.NamedNode, content: bytes) -> None:
        headers = {"Content-Type": "application/n-triples"}
        self._write(method, self._graphs_url, params={"graph": name.value}, content=content, headers=headers)

    def remove(self, graph: str) -> bool:
        name = update.name(graph)
        if not self.query(f"ASK {{ GRAPH {name} {{ ?s ?p ?o }} }}").boolean:
            return False
        if self._graphs_url:
            self._write("DELETE", self._graphs_url, params={"graph": graph})
        else:
            self._update(update.remove(name))
        return True

    def graphs(self) -> list[str]:
        rows = self.query("SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } }").rows()
        return sorted(row["graph"].value for row in rows if isinstance(row["graph"], ox.NamedNode))

    def quads(self, graph: str) -> list[Quad]:
        name = update.name(graph)
        triples = self.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}").triples()
        return sorted((Quad(t.subject, t.predicate, t.object, name) for t in triples), key=str)

    def query(self, sparql: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> Results:
        response = sending.send(
            self._client,
            "POST",
            self._query_url,
            sparql=True,
            headers={"Accept": _ACCEPT},
            data={"query": sparql, "default-graph-uri": default_graphs, "named-graph-uri": named_graphs},
        )
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip()
        with evaluation():
            if media_type == "application/sparql-results+json":
                return Results(ox.parse_query_results(response.content, QueryResultsFormat.JSON))
            if media_type == "application/n-triples":
                copy = ox.Store()
                copy.load(response.content, RdfFormat.N_TRIPLES)
                return Results(copy.query(_COPY))
        raise StoreError(f"{self.where} answers a query with {media_type or 'nothing'}, which is no SPARQL result")

    def update(self, sparql: str, *, using: Sequence[str] = (), using_named: Sequence[str] = ()) -> None:
        """Has the server do an update. Raises QueryError where it says that the update is wrong, and StoreError."""
        graphs = {"using-graph-uri": list(using), "using-named-graph-uri": list(using_named)}
        self._check_writable()
        form = {"update": sparql} | {name: iris for name, iris in graphs.items() if iris}
        sending.send(self._client, "POST", self._update_url, sparql=True, data=form)

    @contextmanager
    def stream(self, form: Mapping[str, object], accept: str) -> Iterator[httpx.Response]:
        """The server's answer to a query, as it comes."""
        with self._client.stream("POST", self._query_url, data=dict(form), headers={"Accept": accept}) as response:
            yield response

    def dump(self) -> Iterator[bytes]:
        for graph in self.graphs():
            yield nquads(self.quads(graph))

    def flush(self) -> None:
        """Nothing to do: the server sees to it."""

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _update(self, sparql: str) -> None:
        headers = {"Content-Type": "application/sparql-update"}
        self._write("POST", self._update_url, content=sparql.encode(), headers=headers)

    def _write(self, method: str, url: str, **request: object) -> None:
        """Writes what may as well be written twice."""
        self._check_writable()
        sending.send_again(self._client, method, url, sparql=url == self._update_url, **request)

    def _check_writable(self) -> None:
        if self._read_only:
            raise StoreError(f"{self.where} was opened for reading only")


def _plain(triples: Iterable[ox.Triple]) -> bytes:
    return "".join(sorted(f"{triple} .\n" for triple in triples)).encode()


def _requests(updates: Iterable[str]) -> Iterator[str]:
    """The updates joined, to some of at most LARGEST characters each, if none is longer by itself."""
    joined: list[str] = []
    for one in updates:
        if joined and sum(map(len, joined)) + len(one) > LARGEST:
            yield " ;\n".join(joined)
            joined = []
        joined.append(one)
    if joined:
        yield " ;\n".join(joined)

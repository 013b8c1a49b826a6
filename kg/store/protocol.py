"""What every store can do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Protocol, Self

from pyoxigraph import Quad

from kg.store.results import Results


class Store(Protocol):
    """Named graphs, replaced as a whole and asked by SPARQL. Graphs are given by IRI.

    Writing is for one process, and within it for one thread at a time; the store sees to both.
    """

    @property
    def where(self) -> str:
        """The folder or address, as a person would write it."""

    def replace(self, graph: str, quads: Iterable[Quad]) -> None:
        """Leaves in `graph` these quads and no others, in one transaction. Their own graph names are not looked at.

        Raises StoreError for a blank node, since two readings of one article could not be told to be the same.
        """

    def put(self, graphs: Mapping[str, bytes]) -> None:
        """Leaves in each graph the statements of these lines and no others: `replace` for many graphs at once.

        The lines are N-Quads or N-Triples as `f"{quad} .\\n"` makes them, in any order; their own graph names are not
        looked at. No lines take a graph away. In a folder all graphs are done in one step, even if the process is
        killed. On a server each graph is, and so are those of one request; after an error some may be there already,
        and to put all again is right. Raises StoreError, also for a blank node.
        """

    def load(self, pieces: Iterable[bytes]) -> int:
        """How many statements were added to what is there: `kg.store.rdf_files` makes such pieces of any RDF file.

        A piece is some whole lines of N-Quads as `f"{quad} .\\n"` makes them, all with a graph, or empty. The pieces
        are taken one by one. In a folder they are added all or not at all, even if the process is killed, and blank
        nodes are new ones, the same label one node. On a server each piece is added by itself, and a blank node is a
        StoreError. Raises Malformed, and whatever the iterator raises.
        """

    def remove(self, graph: str) -> bool:
        """Whether the graph was there; it no longer is."""

    def graphs(self) -> list[str]:
        """The IRIs of all named graphs, sorted."""

    def quads(self, graph: str) -> list[Quad]:
        """The quads of a graph, sorted; empty where there is no such graph."""

    def query(self, sparql: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> Results:
        """The answer to a SELECT, ASK, CONSTRUCT or DESCRIBE query.

        Without `default_graphs`, FROM or FROM NAMED the default graph is the union of all named graphs, as a set. The
        two lists are those of the SPARQL Protocol and take precedence over FROM. Raises QueryError.
        """

    def dump(self) -> Iterator[bytes]:
        """All named graphs, sorted, as N-Quads, a piece a graph: the same content gives the same bytes."""

    def flush(self) -> None:
        """Makes sure that all written so far outlives a power cut."""

    def close(self) -> None:
        """Gives the store back; no method may be called after it."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

"""Graphs as sorted N-Quads in some files, for stores that load in bulk.

A folder has `part-00000.nq.gz` and so on: each graph is whole in one of them, by a hash of its name; graphs are in the
order of their names and lines in order within a graph. Beside them, `blocks/` has the same graphs in the order in which
they were made, each compressed by itself: so a build that was killed goes on where it was, and so the sorted files are
made by copying, as a gzip file may have many members (RFC 1952, section 2.2).
"""

from __future__ import annotations

import base64
import gzip
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any
from zlib import crc32

from kg import rdf
from kg.errors import StoreError
from kg.pipeline.sink import Known
from kg.pipeline.stages import Made

FORMAT = "conflictkg partitions 1"
LEVEL = 6  # of compression
HEADING = 65_536  # bytes that the line before a block may have


class Partitions:
    """A folder of partitions as the place where graphs go. See `kg.pipeline.sink.Sink`.

    `count` is into how many files the graphs are divided; a folder that is there keeps its own. Raises StoreError for a
    folder that holds something else, and where it can't be written.
    """

    def __init__(self, folder: Path, *, count: int) -> None:
        self.where = str(folder)
        self._folder, self._blocks = folder, folder / "blocks"
        self._count = self._prepared(count)
        self._open = ExitStack()
        self._known = Known()
        self._places: list[dict[str, tuple[int, int]]] = [{} for _ in range(self._count)]
        self._streams = [self._open.enter_context(self._stream(number)) for number in range(self._count)]
        self._put_ontology()

    def _prepared(self, count: int) -> int:
        mark = self._folder / "FORMAT"
        try:
            if mark.is_file():
                found, _, number = mark.read_text("utf8").strip().rpartition(", ")
                if found != FORMAT:
                    raise StoreError(f"{self.where} has partitions of another version: name another folder")
                return int(number)
            if self._folder.exists() and any(self._folder.iterdir()):
                raise StoreError(f"{self.where} holds other files: name an empty or a new folder")
            self._blocks.mkdir(parents=True, exist_ok=True)
            mark.write_text(f"{FORMAT}, {count}\n", "utf8")
        except OSError as error:
            raise StoreError(f"{self.where} can't be written: {error.strerror or error}") from error
        return count

    def _stream(self, number: int) -> IO[bytes]:
        """The blocks of a partition, opened behind the last whole one; what it holds is noted."""
        stream = (self._blocks / f"{number:05}").open("a+b")
        stream.seek(0)
        whole = 0
        for heading, start in _headings(stream):
            self._note(number, heading, start)
            whole = start + int(heading["size"])
        stream.truncate(whole)
        stream.seek(whole)
        return stream

    def _note(self, number: int, heading: dict[str, Any], start: int) -> None:
        self._places[number][heading["graph"]] = start, heading["size"]
        if "id" in heading:
            sketch = base64.b64decode(heading["sketch"])
            self._known.add(heading["id"], mark=heading["mark"], sketch=sketch, original=heading["original"])

    def _put_ontology(self) -> None:
        lines = rdf.nquads(rdf.ontology_quads())
        number = self._number(rdf.ONTOLOGY_GRAPH)
        there = rdf.ONTOLOGY_GRAPH in self._places[number]
        if not there or gzip.decompress(self._block(number, rdf.ONTOLOGY_GRAPH)) != lines:
            self._append({"graph": rdf.ONTOLOGY_GRAPH}, lines)

    def _number(self, graph: str) -> int:
        """Which partition a graph is in."""
        return crc32(graph.encode()) % self._count

    def _block(self, number: int, graph: str) -> bytes:
        """A graph as it was made last, compressed."""
        stream = self._streams[number]
        start, size = self._places[number][graph]
        stream.seek(start)
        block = stream.read(size)
        stream.seek(0, os.SEEK_END)
        return block

    def known(self) -> Known:
        return self._known

    def put(self, made: Sequence[Made]) -> None:
        for each in made:
            heading = {
                "graph": each.graph,
                "id": each.id,
                "mark": each.mark,
                "sketch": base64.b64encode(each.sketch).decode(),
                "original": each.original,
            }
            self._append(heading, each.lines)

    def _append(self, heading: dict[str, Any], lines: bytes) -> None:
        number = self._number(heading["graph"])
        block = gzip.compress(lines, LEVEL, mtime=0)
        line = json.dumps({**heading, "size": len(block)}).encode() + b"\n"
        stream = self._streams[number]
        start = stream.tell() + len(line)
        try:
            stream.write(line + block)
        except OSError as error:
            raise StoreError(f"{self.where} can't be written: {error.strerror or error}") from error
        self._places[number][heading["graph"]] = start, len(block)

    def flush(self) -> None:
        for stream in self._streams:
            stream.flush()
            os.fsync(stream.fileno())

    def finish(self) -> None:
        """Makes the sorted files of what is there. A graph that was made twice is in them as it was made last."""
        self.flush()
        for number in range(self._count):
            path = self._folder / f"part-{number:05}.nq.gz"
            partial = path.with_suffix(".partial")
            with partial.open("wb") as out:
                for graph in sorted(self._places[number]):
                    out.write(self._block(number, graph))
                if not self._places[number]:  # no member at all is no gzip file
                    out.write(gzip.compress(b"", mtime=0))
                out.flush()
                os.fsync(out.fileno())
            partial.replace(path)

    def close(self) -> None:
        """Closes the files; nothing may be put after that."""
        self._open.close()


def _headings(stream: IO[bytes]) -> Iterator[tuple[dict[str, Any], int]]:
    """The heading of each whole block, and where the block begins."""
    end = os.fstat(stream.fileno()).st_size
    while line := stream.readline(HEADING):
        try:
            heading = json.loads(line)
        except ValueError:
            return
        start = stream.tell()
        if not line.endswith(b"\n") or start + heading["size"] > end:
            return
        yield heading, start
        stream.seek(start + heading["size"])

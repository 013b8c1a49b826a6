"""How fast the pages for people answer on a made-up store of a million triples, and how much the first one weighs.

    python -m tests.benchmarks.page_speed [--triples N] [--times N] [--store FOLDER] [--write docs/benchmarks.md]

`kg serve` serves the store, once reading from memory and once from disk. Each page is asked for over one connection,
one request after the other, from a process beside it, until its last byte is there; where there are many of a sort, a
different one each time.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote

import click
from rich.console import Console

from kg.errors import KGError
from tests.benchmarks.serving import stored
from tests.benchmarks.serving.client import Answer, Client, request
from tests.benchmarks.serving.queries import JSON
from tests.benchmarks.serving.report import Table, markdown, show, write
from tests.benchmarks.serving.servers import SERVERS, Places, Running, running

SHOWN = ("ours-memory", "ours-disk")
HTML = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"
QUADS = 1.5  # of the made-up graph for each distinct triple
LOADED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
PREFIX = "PREFIX ckg: <https://w3id.org/conflictkg/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
# What the addresses of a row stand for, and how many of them are asked for in turn.
MANY = 40
PICKED = {
    "article": f"{PREFIX} SELECT ?x {{ ?x a ckg:Article }} ORDER BY STRAFTER(STR(?x), '-') LIMIT {MANY}",
    "entity": f"{PREFIX} SELECT DISTINCT ?x {{ [] ckg:place ?x }} ORDER BY MD5(STR(?x)) LIMIT {MANY}",
    "busiest": f"""{PREFIX} SELECT ?x (COUNT(*) AS ?n) {{ [] ckg:actor|ckg:target|ckg:place ?x }}
        GROUP BY ?x ORDER BY DESC(?n) LIMIT 1""",
    "event": f"{PREFIX} SELECT ?x {{ ?x a ckg:Event }} ORDER BY MD5(STR(?x)) LIMIT {MANY}",
    "disputed": f"{PREFIX} SELECT ?x (COUNT(*) AS ?n) {{ [] ckg:about ?x }} GROUP BY ?x ORDER BY DESC(?n) LIMIT 1",
}
NAMES = f"""{PREFIX} SELECT DISTINCT ?x {{ [] ckg:actor|ckg:place ?thing . ?thing rdfs:label ?x }}
    ORDER BY MD5(?x) LIMIT {MANY}"""
KINDS = (
    f"{PREFIX} SELECT DISTINCT ?x {{ [] ckg:eventType/<http://www.w3.org/2004/02/skos/core#prefLabel> ?x }} ORDER BY ?x"
)
BASE = "https://w3id.org/conflictkg/id/"

INTRODUCTION = """\
## Pages

    python -m tests.benchmarks.page_speed --write docs/benchmarks.md

The same made-up graph as above. Milliseconds from the request to the last byte, one request after the other: the
median, and what 95 of a hundred take at most. The pages are sent as gzip, as browsers have them. What the home page
shows is asked for once after each change of the store; the first after a start waits a little for what is counted.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A row: what is asked for, and the addresses that are asked for in turn."""

    name: str
    addresses: tuple[str, ...]


@dataclass(slots=True)
class Figures:
    """Milliseconds by row, in the order they were taken, and bytes on the wire of the first page by what it loads."""

    taken: dict[str, list[float]] = field(default_factory=dict)
    first: float = 0.0
    sizes: Mapping[str, int] = field(default_factory=dict)


@click.command(help=(__doc__ or "").split("\n")[0])
@click.option("--triples", default=1_000_000, show_default=True, help="How many distinct triples the graph has, about.")
@click.option("--times", default=60, show_default=True, help="How often each page is asked for.")
@click.option("--store", "folder", type=click.Path(path_type=Path), help="Keep the graph here; use it if it's there.")
@click.option("--write", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write the table here as well.")
def main(triples: int, times: int, folder: Path | None, page: Path | None) -> None:
    """Print the table, and write it where that is wished."""
    console = Console(width=None if sys.stdout.isatty() else 140)
    with tempfile.TemporaryDirectory(prefix="kg-page-speed-") as made:
        store = folder or Path(made) / "store"
        if not (store / "oxigraph").exists():
            console.print(f"making a graph of about {triples:,} triples")
            stored.build(store, int(triples * QUADS))
        stored.copied(store, Path(made) / "plain")
        graph = stored.size(Path(made) / "plain")
        about = f"{graph.triples:,} distinct triples, {graph.quads:,} quads in {graph.graphs:,} graphs"
        console.print(about)
        found = {}
        for name in SHOWN:
            with running(SERVERS[name], Places(store, store), Path(made) / f"{name}.log") as server:
                found[name] = measured(server, times)
            console.print(f"{name}: measured", style="dim", highlight=False)
    weight = found[SHOWN[0]].sizes
    told = [f"{about}. Each {times} times, {os.cpu_count()} processors.", *map(_first, found, found.values())]
    told.append(
        f"The first page is {sum(weight.values()):,} bytes on the wire with all that it loads: {_listed(weight)}."
    )
    table = _table(found)
    show(console, table)
    for line in told:
        console.print(line, highlight=False)
    if page:
        lines = [INTRODUCTION, told[0], "\n".join(f"- {line}" for line in told[1:]), markdown(table)]
        write(page, "pages", "\n\n".join(part.strip() for part in lines))


def measured(server: Running, times: int) -> Figures:
    """The figures of a server that has just begun."""
    figures = Figures()
    with Client(server.port) as client:
        figures.first = _page(client, "/").total * 1000
        rows = _rows(client, server)
        for row in rows:
            _page(client, row.addresses[0])  # a template is read once
            figures.taken[row.name] = [
                _page(client, address).total * 1000 for address in islice(cycle(row.addresses), times)
            ]
        figures.sizes = _sizes(client)
    return figures


def _rows(client: Client, server: Running) -> list[Asked]:
    """What is asked for, by what is in the store."""
    found = {name: tuple("/id/" + iri.removeprefix(BASE) for iri in _column(client, server, query))
             for name, query in PICKED.items()}  # fmt: skip
    names, kinds = _column(client, server, NAMES), _column(client, server, KINDS)
    shuffled = random.Random("pages").sample(kinds, len(kinds))
    pairs = [f"{kind} {name.split()[0]}" for kind, name in zip(cycle(shuffled), names, strict=False)]
    typed = [(f"{length} letter{'' if length == 1 else 's'}", [name[:length].lower() for name in names])
             for length in (1, 2, 3)]  # fmt: skip
    return [
        Asked("home", ("/",)),
        Asked("article", found["article"]),
        Asked("entity", found["entity"]),
        Asked("entity with the most events", found["busiest"]),
        Asked("event", found["event"]),
        Asked("event with the most claims", found["disputed"]),
        *(Asked(f"suggestions for {what}", _asking("/search.json?q=", words)) for what, words in typed),
        Asked("suggestions for a name", _asking("/search.json?q=", names)),
        Asked("suggestions for a kind of event and a name", _asking("/search.json?q=", pairs)),
        Asked("search for a name", _asking("/search?q=", names)),
        Asked("search for a kind of event and a name", _asking("/search?q=", pairs)),
        Asked("search for a kind of event", _asking("/search?q=", kinds)),
        Asked("sentences with a word that most have", _asking("/search?kind=sentence&q=", ["the"])),
    ]


def _asking(address: str, words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address + quote(each) for each in words))


def _column(client: Client, server: Running, query: str) -> list[str]:
    """The values of ?x that a query finds."""
    answer = client.ask(server.request(query, JSON))
    return [row["x"]["value"] for row in json.loads(answer.body)["results"]["bindings"]]


def _page(client: Client, address: str) -> Answer:
    """The answer to a browser's request. Raises KGError where it is none to look at."""
    answer = client.ask(request(address, HTML, Accept_Encoding="gzip"))
    if answer.status != 200:
        raise KGError(f"{address} answers {answer.status}")
    return answer


def _sizes(client: Client) -> dict[str, int]:
    """The bytes on the wire of the home page and of each file that it loads, by name."""
    home = _page(client, "/")
    html = gzip.decompress(home.body).decode()
    found = {"the page itself": home.size}
    for address in dict.fromkeys(LOADED.findall(html)):
        found[address.partition("?")[0].removeprefix("/static/")] = _page(client, address).size
    return found


def _table(found: Mapping[str, Figures]) -> Table:
    rows = [
        [name, *(figure(one.taken[name]) for one in found.values() for figure in (_median, _slow))]
        for name in next(iter(found.values())).taken
    ]
    columns = ("page", *(f"{name}{part}" for name in found for part in ("", ", 95%")))
    return Table("Pages: milliseconds", columns, rows)


def _median(taken: Sequence[float]) -> str:
    return f"{statistics.median(taken):.0f}"


def _slow(taken: Sequence[float]) -> str:
    """What 95 of a hundred take at most."""
    return f"{sorted(taken)[-(-len(taken) * 95 // 100) - 1]:.0f}"


def _first(name: str, one: Figures) -> str:
    return f"{name}: the first home page after the start took {one.first:.0f} ms."


def _listed(sizes: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {size:,}" for name, size in sizes.items())


if __name__ == "__main__":
    main()

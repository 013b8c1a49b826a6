"""Oxigraph's own server on a free port; one plays Wikidata, with a few statements in Wikidata's own form."""

import shutil
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

STATEMENTS = """
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX s: <http://www.wikidata.org/entity/statement/>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
  wd:Q900001 p:P102 s:party ; p:P39 s:mayor, s:deputy .
  wd:Q31919 p:P39 s:kyiv .
  wd:Q900100 rdfs:label "Harbour Party"@en, "Партія гавані"@uk .
  s:party ps:P102 wd:Q900100 .
  s:mayor ps:P39 wd:Q900101 ; pq:P580 "2014-06-04T00:00:00Z"^^xsd:dateTime .
  s:kyiv ps:P39 wd:Q900103 .
  s:deputy ps:P39 wd:Q900102 ; pq:P580 "2012-12-12T00:00:00Z"^^xsd:dateTime ;
    pq:P582 "2014-06-04T00:00:00Z"^^xsd:dateTime .
  wd:Q900101 rdfs:label "mayor of Odesa"@en .
  wd:Q900102 rdfs:label "member of parliament"@en .
  wd:Q900103 rdfs:label "mayor of Kyiv"@en .
  wd:Q1874 wdt:P1082 1010783 .
  wd:Q406 wdt:P1082 15000000, 15701602 .
  wd:Q159 wdt:P47 wd:Q212 .
  wd:Q212 wdt:P47 wd:Q159 .
}
"""


@contextmanager
def served() -> Iterator[int]:
    """The port of an empty server, which ends with the block."""
    program = shutil.which("oxigraph", path=f"{sysconfig.get_path('scripts')}:{Path(sys.executable).parent}")
    assert program, "the test extra has Oxigraph's server: pip install 'conflictkg[test]'"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield port
    finally:
        server.kill()
        server.wait()


@contextmanager
def wikidata() -> Iterator[str]:
    """The address of a query service that has the statements above."""
    with served() as port:
        httpx.post(f"http://127.0.0.1:{port}/update", data={"update": STATEMENTS}).raise_for_status()
        yield f"http://127.0.0.1:{port}/query"


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")

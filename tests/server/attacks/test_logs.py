"""The access log tells who asked, tells no secret, and can't be forged."""

import json
from pathlib import Path

from tests.server.serving import POINT, Served, ask, until, update


def test_access_log_tells_who_and_what_but_not_the_query(served: Served, log: Path) -> None:
    with served.client() as client:
        client.get("/sparql", params={"query": f"{POINT} # a-secret-of-somebody"})
        ask(client, f"{POINT} # a-secret-of-somebody")
        update(client, "INSERT DATA { } # a-secret-of-somebody")
    until(lambda: '"/update"' in log.read_text().splitlines()[-1], what="the line of the last request")
    line = json.loads(log.read_text().splitlines()[-1])
    told = {name: line[name] for name in ("client", "method", "path", "status")}
    assert told == {"client": "127.0.0.1", "method": "POST", "path": "/update", "status": 200}
    assert line.keys() - told.keys() == {"time", "bytes", "ms"}
    assert "a-secret-of-somebody" not in log.read_text()


def test_access_log_tells_the_query_where_that_is_wanted(reading: Served, store: Path) -> None:
    with reading.client() as client:
        client.get("/sparql", params={"query": f"{POINT} # a-word-to-look-for"})
    until(lambda: "a-word-to-look-for" in (store.parent / "reading.jsonl").read_text(), what="the line")


def test_line_of_the_access_log_can_not_be_forged(served: Served, log: Path) -> None:
    with served.client() as client:
        client.get("/x%0A%7B%22forged%22:1%7D", headers={"X-Forwarded-For": "9.9.9.9"})
    until(lambda: "forged" in log.read_text(), what="the line")
    last = json.loads(log.read_text().splitlines()[-1])
    assert last["client"] == "127.0.0.1"
    assert "forged" not in last

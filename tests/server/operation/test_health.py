"""Whether a server is well, and what it counts."""

import time
from pathlib import Path

import httpx
from prometheus_client.parser import text_string_to_metric_families

from tests.server.operation.life import insert
from tests.server.serving import POINT, ask, end, listens, sample, start, until


def test_it_listens_once_it_says_so(store: Path, tmp_path: Path) -> None:
    """Whoever reads its first line may ask at once."""
    process = start(store, run=tmp_path)
    try:
        assert process.stdout is not None
        assert listens(int(process.stdout.readline().split()[1].rstrip("/").rpartition(":")[2]))
    finally:
        process.kill()
        end(process, tmp_path)


def test_health(client: httpx.Client) -> None:
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").text == "ready\n"
    assert client.get("/readyz").headers["Cache-Control"] == "no-store"


def test_metrics_are_those_of_prometheus(client: httpx.Client) -> None:
    time.sleep(1)  # each process that takes requests notes now and then what it has counted
    posted = {"route": "sparql", "method": "POST", "status": "200"}
    asked, cached = sample(client, "kg_requests_total", **posted), sample(client, "kg_answers_cached_total")
    for _ in range(2):
        assert ask(client, f"{POINT} # to be counted").status_code == 200
    families = {family.name: family for family in text_string_to_metric_families(client.get("/metrics").text)}
    assert {
        "kg_requests", "kg_request_seconds", "kg_queries_running", "kg_queries_waiting", "kg_answers_broken",
        "kg_store_version", "kg_generation", "kg_replica_in_memory", "kg_evaluators_isolated",
    } <= families.keys()  # fmt: skip
    assert all(family.documentation for family in families.values())
    until(lambda: sample(client, "kg_requests_total", **posted) == asked + 2)
    until(lambda: sample(client, "kg_answers_cached_total") == cached + 1)
    before = sample(client, "kg_store_version")
    assert insert(client, "counted").status_code == 200
    assert sample(client, "kg_store_version") == before + 1


def test_routes_of_strangers_make_no_counters(client: httpx.Client) -> None:
    before = len(client.get("/metrics").text.splitlines())
    for number in range(50):
        client.get(f"/{number}/x")
        client.request(f"METHOD{number}", "/sparql")
    assert len(client.get("/metrics").text.splitlines()) < before + 20

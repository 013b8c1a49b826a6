"""Looking after a server: whether it is well, what it counts, how it ends, and what it survives."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreLocked
from kg.store import open_store
from server.run import STOP_SECONDS
from tests.oxigraph import served as oxigraph
from tests.server.serving import (
    ENDLESS,
    LABEL,
    POINT,
    ROOT,
    TURTLE,
    UPDATE,
    WRITER,
    Served,
    ask,
    connected,
    end,
    listening,
    listens,
    members,
    of_role,
    ready,
    sample,
    serving,
    small_store,
    start,
    until,
    update,
    values,
)

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return small_store(tmp_path / "store", 500)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that outlives what is done to its parts."""
    with serving(small_store(tmp_path_factory.mktemp("operated") / "store", 500), "--timeout", "5") as served:
        yield served


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    with served.client() as client:
        until(lambda: ready(client), seconds=20)
        yield client


def insert(client: httpx.Client, name: str) -> httpx.Response:
    return update(client, f'INSERT DATA {{ GRAPH <urn:g:{name}> {{ <urn:s:{name}> <urn:p> "{name}" }} }}')


def shows(client: httpx.Client, name: str) -> bool:
    return values(ask(client, f"SELECT ?o {{ <urn:s:{name}> <urn:p> ?o }}")) == [name]


def answers(client: httpx.Client) -> bool:
    """Whether a question that has not been asked before is answered."""
    try:
        return ask(client, f"{POINT} # {time.monotonic()}").status_code == 200
    except httpx.TransportError:
        return False


def writes(client: httpx.Client, name: str) -> bool:
    try:
        return insert(client, name).status_code == 200
    except httpx.TransportError:
        return False


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


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_it_during_a_query(store: Path, how: signal.Signals) -> None:
    with serving(store, "--timeout", "30") as served, closing(connected(served.port, ENDLESS)):
        with served.client() as client:
            until(lambda: sample(client, "kg_queries_running") == 1)
        began = time.monotonic()
        served.process.send_signal(how)
        assert served.process.wait(timeout=STOP_SECONDS * 2 + 5) == 0
        assert time.monotonic() - began < STOP_SECONDS + 3
        assert members(served.run) == {}
        assert list(served.run.glob("kg-*")) == []
        assert served.process.stderr is not None
        assert served.process.stderr.read() == ""
    open_store(store).close()


def test_signal_to_all_of_its_processes_ends_it(store: Path) -> None:
    """As Ctrl+C in a terminal and some process managers send it."""
    with serving(store) as served:
        for pid in members(served.run):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
        assert served.process.wait(timeout=STOP_SECONDS * 2) == 0
        until(lambda: not members(served.run))


def test_kill_leaves_no_process_behind(store: Path) -> None:
    with serving(store, "--timeout", "30") as served, closing(connected(served.port, ENDLESS)):
        with served.client() as client:
            until(lambda: sample(client, "kg_queries_running") == 1)
            assert insert(client, "acknowledged").status_code == 200
        served.process.kill()
        served.process.wait()
        until(lambda: not of_role(served.run, "evaluator") and not of_role(served.run, "keeper"), seconds=15)
        with open_store(store) as opened:
            assert "urn:g:acknowledged" in opened.graphs()
        until(
            lambda: set(members(served.run).values()) <= {"tracker"}, seconds=15, what=f"{members(served.run)} ending"
        )


def test_reload_takes_a_new_token_and_drops_no_request(store: Path) -> None:
    with serving(store, "--timeout", "10") as served, served.client() as client:
        statuses: list[int | str] = []
        ended = threading.Event()

        def keep_asking() -> None:
            while not ended.is_set():
                try:
                    with served.client() as each:  # a connection may be closed between two requests, as HTTP has it
                        statuses.append(ask(each, f"{POINT} # {len(statuses)}").status_code)
                except httpx.TransportError as error:
                    statuses.append(repr(error))

        slow = threading.Thread(target=lambda: statuses.append(slow_query(served)))
        asking = threading.Thread(target=keep_asking)
        slow.start()
        asking.start()
        time.sleep(0.3)
        before = of_role(served.run, "front")
        served.token_file.write_text("another-token-of-some-length\n")
        served.process.send_signal(signal.SIGHUP)
        try:
            until(lambda: renewed(served, before), seconds=30, what="the fronts' beginning anew")
            new = {"Authorization": "Bearer another-token-of-some-length"}
            until(lambda: update(client, "INSERT DATA { }", **new).status_code == 200, seconds=20)
            assert update(client, "INSERT DATA { }").status_code == 401
        finally:
            ended.set()
            asking.join()
            slow.join()
        assert set(statuses) == {200}
        assert len(statuses) > 10


def renewed(served: Served, before: list[int]) -> bool:
    """Whether as many others take requests as did."""
    now = of_role(served.run, "front")
    return len(now) == len(before) and not set(now) & set(before)


def slow_query(served: Served) -> int:
    """The status of an answer that takes a second or so."""
    with served.client() as client:
        query = (
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f && ?f < ?i && ?a = <urn:none>) }"
        )
        return ask(client, query + " LIMIT 1").status_code


def test_keeper_is_replaced(served: Served, client: httpx.Client) -> None:
    assert insert(client, "before").status_code == 200
    (keeper,) = of_role(served.run, "keeper")
    os.kill(keeper, signal.SIGKILL)
    took = until(lambda: writes(client, "after"), seconds=20)
    assert took < 15
    until(lambda: ready(client), seconds=20)
    assert shows(client, "before")
    assert shows(client, "after")
    assert of_role(served.run, "keeper") != [keeper]
    assert values(ask(client, POINT)) == ["14"]


def test_keeper_that_dies_again_and_again_is_replaced(served: Served, client: httpx.Client) -> None:
    for round in range(3):
        for keeper in of_role(served.run, "keeper"):
            os.kill(keeper, signal.SIGKILL)
        until(lambda: writes(client, f"round{round}"), seconds=30)  # noqa: B023
    assert all(shows(client, f"round{round}") for round in range(3))


def test_nurseries_are_replaced(served: Served, client: httpx.Client) -> None:
    for nursery in of_role(served.run, "nursery"):
        os.kill(nursery, signal.SIGKILL)
    assert until(lambda: answers(client), seconds=20) < 15
    assert until(lambda: writes(client, "after-the-nursery"), seconds=20) < 15
    until(lambda: ready(client), seconds=20)
    # What was started by a thread that has ended since must not have ended with it.
    time.sleep(1)
    assert answers(client)
    assert shows(client, "after-the-nursery")


def test_write_right_after_the_nurseries_have_died(served: Served, client: httpx.Client) -> None:
    """The write itself starts new ones, which must outlive the thread that it ran in."""
    before = set(of_role(served.run, "nursery"))
    for nursery in before:
        os.kill(nursery, signal.SIGKILL)
    writes(client, "at-once")
    until(lambda: answers(client), seconds=20)
    until(lambda: writes(client, "at-once"), seconds=20)
    first = set(of_role(served.run, "nursery")) - before
    time.sleep(1)
    assert first & set(of_role(served.run, "nursery")), "the one that was started lives on"
    assert shows(client, "at-once")


def test_evaluators_are_replaced(served: Served, client: httpx.Client) -> None:
    for _ in range(3):
        for evaluator in of_role(served.run, "evaluator"):
            with suppress(ProcessLookupError):
                os.kill(evaluator, signal.SIGKILL)
        until(lambda: answers(client), seconds=10)


@pytest.mark.usefixtures("client")
def test_front_is_replaced(served: Served) -> None:
    fronts = of_role(served.run, "front")
    for front in fronts:
        os.kill(front, signal.SIGKILL)
    with served.client() as another:
        until(lambda: answers(another), seconds=20, what="an answer")
        until(lambda: writes(another, "new-front"), seconds=10)
    until(lambda: renewed(served, fronts), seconds=20)


def test_what_is_written_is_shown_at_once(client: httpx.Client) -> None:
    """A write is answered when every query that follows sees it."""
    for number in range(20):
        assert insert(client, f"w{number}").status_code == 200
        assert shows(client, f"w{number}")
    assert update(client, "DROP GRAPH <urn:g:w7>").status_code == 200
    assert not shows(client, "w7")


def test_backup_while_it_is_written_to(store: Path) -> None:
    with serving(store) as served, served.client() as client:
        acknowledged: list[str] = []
        ended = threading.Event()

        def keep_writing() -> None:
            with served.client() as writer:
                while not ended.is_set():
                    name = f"b{len(acknowledged)}"
                    if insert(writer, name).status_code == 200:
                        acknowledged.append(name)

        thread = threading.Thread(target=keep_writing)
        thread.start()
        try:
            until(lambda: len(acknowledged) > 3)
            copies = []
            for number in range(3):
                written = list(acknowledged)
                answer = client.post("/admin/backup", data={"name": f"copy{number}"}, headers=WRITER)
                assert (answer.status_code, answer.text) == (201, f"copy{number}\n")
                copies.append((store.parent / f"copy{number}", written))
        finally:
            ended.set()
            thread.join()
        assert len(acknowledged) > 3
    for folder, written in copies:
        with open_store(folder) as copy:
            graphs = set(copy.graphs())
            assert {f"urn:g:{name}" for name in written} <= graphs
            (row,) = copy.query(COUNT).rows()
            assert int(row["n"].value) == 500 + len(graphs) - 10
            assert list(copy.query(f'SELECT ?s {{ ?s <{LABEL.value}> "label number7" }}').rows())
            copy.replace("urn:g:more", [Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal("more"))])


def test_reader_sees_what_another_process_writes(store: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITES, str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert writer.stdin is not None
    assert writer.stdout is not None
    with writer:
        assert writer.stdout.readline() == "open\n"
        with serving(store, token="") as served, served.client() as client:
            for name in ("one", "two", "three"):
                writer.stdin.write(f"{name}\n")
                writer.stdin.flush()
                assert writer.stdout.readline() == f"{name}\n"
                until(lambda: shows(client, name), seconds=8, what="the reader's seeing it")  # noqa: B023
            assert insert(client, "four").status_code == 403
            writer.stdin.close()
            assert writer.wait(timeout=30) == 0
            until(lambda: ready(client))
            assert all(shows(client, name) for name in ("one", "two", "three"))


WRITES = """
import sys
from pyoxigraph import Literal, NamedNode, Quad
from kg.store import open_store
with open_store(sys.argv[1]) as store:
    print("open", flush=True)
    for line in sys.stdin:
        name = line.strip()
        store.replace(f"urn:g:{name}", [Quad(NamedNode(f"urn:s:{name}"), NamedNode("urn:p"), Literal(name))])
        print(name, flush=True)
"""


def test_second_writer_is_told_who_writes(store: Path, tmp_path: Path) -> None:
    with serving(store) as served:
        (keeper,) = of_role(served.run, "keeper")
        with pytest.raises(StoreLocked, match=f"process {keeper} is writing to it. Wait for it to end"):
            open_store(store)
        article = tmp_path / "article.txt"
        article.write_text("Russia attacked Odesa with drones overnight.")
        command = [sys.executable, "-m", "kg.cli", "build", str(article), "--store", str(store)]
        built = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=120)
        assert built.returncode == StoreLocked.exit_code
        assert f"process {keeper} is writing to it" in built.stderr
        assert "Traceback" not in built.stderr
        second = start(store, "--token-file", str(served.token_file), run=tmp_path)
        out, err = second.communicate(timeout=60)
        assert (second.returncode, out) == (StoreLocked.exit_code, "")
        assert f"process {keeper} is writing to it" in err
        with served.client() as client:
            assert values(ask(client, POINT)) == ["14"]


def test_many_write_at_once_and_nothing_is_lost(served: Served, client: httpx.Client) -> None:
    statuses: list[int] = []

    def keep_writing(who: int) -> None:
        with served.client() as writer:
            for number in range(8):
                statuses.append(insert(writer, f"m{who}-{number}").status_code)

    threads = [threading.Thread(target=keep_writing, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 32
    assert all(shows(client, f"m{who}-{number}") for who in range(4) for number in range(8))


def test_long_queries_see_the_store_as_it_was_and_end(served: Served, client: httpx.Client) -> None:
    """Generations are retired while they answer; none of their evaluators stays."""
    rng = random.Random(3)
    socks = [connected(served.port, f"{ENDLESS} # {number}") for number in range(2)]
    for number in range(10):
        assert insert(client, f"l{number}").status_code == 200
        time.sleep(rng.uniform(0, 0.1))
    for sock in socks:
        sock.close()
    until(lambda: sample(client, "kg_queries_running") == 0)
    nurseries = len(of_role(served.run, "nursery"))
    wanted = max(4, 2 * (os.cpu_count() or 1)) + 2
    until(lambda: len(of_role(served.run, "evaluator")) <= nurseries * wanted, seconds=15)
    assert len(list(served.rundir.glob("*.sock"))) <= 3
    assert list(served.rundir.glob("change-*")) == []


@pytest.fixture(scope="module")
def guarded() -> Iterator[Served]:
    """A server over Oxigraph's own, which it guards."""
    with oxigraph() as port, serving(f"sparql+http://127.0.0.1:{port}/query", "--timeout", "5") as served:
        yield served


def test_another_server_s_store_is_asked_and_written(guarded: Served) -> None:
    with guarded.client() as client:
        assert client.get("/readyz").status_code == 200
        assert insert(client, "passed").status_code == 200
        until(lambda: values(ask(client, "SELECT ?o { GRAPH ?g { <urn:s:passed> <urn:p> ?o } }")) == ["passed"])
        assert update(client, "DROP GRAPH <urn:g:passed>").status_code == 200
        assert values(ask(client, "SELECT ?o { GRAPH ?g { <urn:s:passed> <urn:p> ?o } }")) == []


def test_another_server_s_graphs(guarded: Served) -> None:
    with guarded.client() as client:
        address = "/store?graph=urn:whole"
        assert client.get(address).status_code == 404
        assert client.put(address, content="<urn:s> <urn:p> 1, 2 .", headers=TURTLE).status_code == 201
        assert client.put(address, content="<urn:s> <urn:p> 3 .", headers=TURTLE).status_code == 204
        assert client.post(address, content="<urn:s> <urn:p> 4 .", headers=TURTLE).status_code == 200
        text = client.get(address, headers={"Accept": "application/n-triples"}).text
        assert sorted(line.split('"')[1] for line in text.splitlines()) == ["3", "4"]
        assert client.put(address, content="<urn:s> <urn:p> ", headers=TURTLE).status_code == 400
        assert client.delete(address, headers=WRITER).status_code == 200
        assert client.delete(address, headers=WRITER).status_code == 404
        assert client.get(address).status_code == 404


def test_another_server_is_guarded(guarded: Served) -> None:
    """What would reach further by it is refused before it gets there, and its limits are ours."""
    with guarded.client() as client, listening() as (port, calls):
        service = f"SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}"
        assert ask(client, f"SELECT * {{ {service} }}").status_code == 403
        answer = update(client, f"INSERT {{ <urn:s> <urn:p> ?o }} WHERE {{ {service} }}")
        assert answer.status_code in (400, 403), answer.text
        assert update(client, f"LOAD <http://127.0.0.1:{port}/>").status_code in (400, 403)
        assert update(client, f"LOAD SILENT <http://127.0.0.1:{port}/>").status_code in (400, 403)
        assert calls == []
        assert ask(client, "SELECT * " + "{" * 3200 + "}" * 3200).status_code == 400
        assert ask(client, "SELECT bad").status_code == 400
        assert (
            client.post("/update", content="CLEAR ALL", headers={"Content-Type": UPDATE["Content-Type"]}).status_code
            == 401
        )


def test_time_limit_holds_for_another_server(guarded: Served) -> None:
    pattern = " . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(6))
    with guarded.client() as client:
        body = "".join(f"<urn:s{n}> <urn:p> {n} .\n" for n in range(300))
        assert client.put("/store?graph=urn:many", content=body, headers=TURTLE).status_code == 201
        began = time.monotonic()
        answer = ask(client, f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ {pattern} }} }}")
        assert answer.status_code == 503, answer.text
        assert time.monotonic() - began < 9
        assert client.get("/readyz").status_code == 200

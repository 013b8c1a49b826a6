"""Answers are kept: the second time nothing is asked, in this process or another."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import KGError

from .conftest import Open
from .wikibase import Wiki

DAY = 86_400


def test_the_second_run_is_the_same_and_asks_nothing(api: str, connect: Open, wiki: Wiki) -> None:
    first = connect(api).candidates("Georgia", classes=())
    wiki.asked.clear()
    assert connect(api).candidates("Georgia", classes=()) == first
    assert wiki.asked == []


def test_that_nobody_bears_a_name_is_kept_too(api: str, connect: Open, wiki: Wiki) -> None:
    service = connect(api)
    assert service.candidates("Nobody", classes=()) == ()
    wiki.asked.clear()
    assert service.candidates("Nobody", classes=()) == ()
    assert wiki.asked == []


def test_a_thing_known_from_another_name_is_not_asked_for_again(api: str, connect: Open, wiki: Wiki) -> None:
    service = connect(api)
    service.candidates("Odesa", classes=())
    wiki.asked.clear()
    service.candidates("Odessa", classes=())
    assert "Q1874" not in "|".join(question.get("ids", "") for question in wiki.asked)


def test_an_answer_is_forgotten_after_thirty_days(api: str, connect: Open, wiki: Wiki) -> None:
    connect(api, clock=lambda: 0.0).candidates("Odesa", classes=())
    wiki.asked.clear()
    connect(api, clock=lambda: 29.0 * DAY).candidates("Odesa", classes=())
    assert wiki.asked == []
    connect(api, clock=lambda: 31.0 * DAY).candidates("Odesa", classes=())
    assert wiki.asked


def test_another_process_finds_the_answers(api: str, connect: Open, wiki: Wiki, tmp_path: Path) -> None:
    with connect(api) as service:
        first = service.candidates("Georgia", classes=("Place",))
    script = f"""
import json
from pathlib import Path
from kg.link.online import open_service
with open_service({api!r}, cache=Path({str(tmp_path / "cache")!r}), warn=print) as service:
    print(json.dumps([one.qid for one in service.candidates("Georgia", classes=("Place",))]))
"""
    wiki.asked.clear()
    shown = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout
    assert json.loads(shown) == [one.qid for one in first]
    assert wiki.asked == []


def test_the_cache_answers_when_the_service_is_gone(api: str, connect: Open, wiki: Wiki, told: list[str]) -> None:
    first = connect(api).candidates("Georgia", classes=())
    wiki.troubles += [(500, {}, "")] * 20
    service = connect(api)
    assert service.candidates("Odesa", classes=()) == ()
    assert service.candidates("Georgia", classes=()) == first
    assert len(told) == 1


def test_a_broken_cache_is_begun_anew(api: str, connect: Open, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "answers-1.sqlite").write_bytes(b"no database at all" * 100)
    assert connect(api).candidates("Georgia", classes=())


def test_a_folder_that_can_hold_no_cache_is_told(api: str, connect: Open, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KGError, match="no cache can be kept here.*name another folder"):
        connect(api, cache=tmp_path / "file")


def test_errors_are_not_kept(api: str, connect: Open, wiki: Wiki) -> None:
    service = connect(api)
    wiki.troubles += [(200, {}, '{"error": {"code": "internal_api_error_Exception", "info": "[x] Caught"}}')]
    assert service.candidates("Odesa", classes=()) == ()
    assert connect(api).candidates("Odesa", classes=())

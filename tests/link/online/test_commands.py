"""`--online` on the command line: a real build that asks a real server."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from .wikibase import Wiki, entity, link

TEXT = "Oksana Verbytska, the governor, said on Monday that rockets had killed four people in Kharkiv."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, "utf8")
    return path


def build(article: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """`kg build` of the article into a store beside it."""
    store = ["--store", str(article.with_name("store"))]
    arguments = ["build", str(article), "--id", "a", "--published", "2025-06-03", *store, *options]
    return subprocess.run([sys.executable, "-m", "kg.cli", *arguments], capture_output=True, text=True, check=False)


def links(article: Path) -> str:
    """What the entities of the store are linked to."""
    query = "SELECT ?item { ?entity skos:exactMatch ?item }"
    arguments = ["query", query, "--format", "csv", "--store", str(article.with_name("store"))]
    done = subprocess.run([sys.executable, "-m", "kg.cli", *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def test_build_links_whom_only_the_service_knows(
    article: Path, serve: Callable[[Flask], str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    wiki = Wiki(
        entity("Q212", "Ukraine", link("P31", "Q3624078"), pages=40),
        entity("Q900077", "Oksana Verbytska", link("P31", "Q5"), link("P27", "Q212"), pages=5),
    )
    done = build(article, "--online", f"{serve(wiki.app)}/w/api.php")
    assert done.returncode == 0, done.stderr
    assert "Q900077" in links(article)
    assert "Q42308" in links(article)  # and Kharkiv, which the index knows


def test_build_goes_on_offline_with_one_warning_where_nobody_answers(
    article: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    done = build(article, "--online", "http://127.0.0.1:9/w/api.php")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("linking goes on offline") == 1
    assert "Q42308" in links(article)


def test_nothing_is_asked_without_being_told_to(article: Path) -> None:
    assert build(article).returncode == 0
    assert "Q900077" not in links(article)

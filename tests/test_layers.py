"""A room may import only rooms below it; the server sees few rooms and never a language model."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = (
    "ontology", "kg", "kg.errors", "kg.packed", "kg.web", "kg.model", "kg.names", "kg.gazetteer", "kg.read",
    "kg.copies", "kg.extract", "kg.link", "kg.rdf", "kg.validate", "kg.sparql", "kg.store", "kg.queries", "kg.merge",
    "kg.export", "kg.relink", "kg.pipeline", "kg.demo", "kg.cli",
)  # fmt: skip
SERVER_SEES = {
    "ontology", "kg", "kg.errors", "kg.sparql", "kg.store", "kg.queries", "kg.export", "kg.merge", "server",
}  # fmt: skip
FILES = sorted(path for top in ("ontology", "kg", "server") for path in (ROOT / top).rglob("*.py"))


def room(module: str) -> str:
    """The room a module of ours stands in; '' for other people's modules."""
    parts = module.split(".")
    if parts[0] in ("ontology", "server"):
        return parts[0]
    if parts[0] != "kg":
        return ""
    return ".".join(parts[:2])


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, tree: ast.AST) -> Iterator[str]:
    """The modules that the nodes of a tree import, relative ones resolved."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = (
                ".".join((*package[: len(package) - node.level + 1], *filter(None, [node.module])))
                if node.level
                else node.module
            )
            assert base
            whole = base == "kg"
            yield from (f"kg.{alias.name}" if whole and f"kg.{alias.name}" in ROOMS else base for alias in node.names)


def test_there_is_something_to_check() -> None:
    assert {room(module_name(path)) for path in FILES} >= {"ontology", "kg.read", "kg.store", "kg.cli", "server"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_room_imports_only_rooms_below(path: Path) -> None:
    here = room(module_name(path))
    tree = ast.parse(path.read_text("utf-8"))
    for there in filter(None, map(room, imports(path, tree))):
        if here == "server":
            assert there in SERVER_SEES, f"{path} imports {there}"
        elif there == "server":
            assert here == "kg.cli", f"{path} imports the server"
        else:
            assert here in ROOMS, f"{here} is no room: add it to ROOMS where it belongs"
            assert ROOMS.index(there) <= ROOMS.index(here), f"{path} imports {there}, which is above it"


@pytest.mark.parametrize("path", sorted((ROOT / "kg" / "cli").glob("*.py")), ids=lambda path: path.name)
def test_commands_import_the_server_only_where_they_serve(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    top = ast.Module(
        body=[node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)], type_ignores=[]
    )
    assert "server" not in set(map(room, imports(path, top)))


def loaded(code: str) -> set[str]:
    """The modules in memory after a fresh interpreter has run `code`."""
    script = f"{code}\nimport sys\nprint(*sys.modules)"
    return set(
        subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout.split()
    )


def test_server_never_loads_a_language_model() -> None:
    assert not loaded("import server") & {"spacy", "thinc", "kg.extract", "kg.read", "kg.pipeline", "kg.cli"}


def test_help_loads_nothing_heavy() -> None:
    heavy = {"spacy", "rdflib", "pyshacl", "pyoxigraph", "trafilatura", "flask", "granian", "rich.table", "ontology"}
    assert not loaded("import kg.cli") & heavy

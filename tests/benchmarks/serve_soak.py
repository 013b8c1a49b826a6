"""Whether `kg serve` keeps its memory and goes on answering under full load for a long time.

    python -m tests.benchmarks.serve_soak --store FOLDER [--minutes M] [--token-file FILE] [--write docs/benchmarks.md]

Eight readers ask what is quick, what is heavy, what is wrong and what never ends, and hang up in the midst of large
answers; one writer puts and deletes small graphs. A store that is not there is made, with --quads quads. Memory is that
of all processes of the server, sampled every five seconds.
"""

from __future__ import annotations

import secrets
import sys
import tempfile
from pathlib import Path

import click
from rich.console import Console

from tests.benchmarks.serving import stored
from tests.benchmarks.serving.report import markdown, show, write
from tests.benchmarks.serving.servers import Kind, Places, knows, running, serve
from tests.benchmarks.serving.soak import Diary, soak, table, verdict

TIMEOUT = 5  # seconds that the server gives a query, where this version can be told

INTRODUCTION = """\
## Under full load for a while

    python -m tests.benchmarks.serve_soak --store FOLDER --write docs/benchmarks.md

Eight readers, who also ask what never ends, and hang up in the midst of answers; one writer. A status of 400 is the
right answer to a wrong query; what never ends may have any answer but 200.
"""


@click.command(help=(__doc__ or "").split("\n")[0])
@click.option("--store", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="The store.")
@click.option("--minutes", default=10.0, show_default=True, help="How long.")
@click.option("--quads", "wanted", default=200_000, show_default=True, help="The size of a store that must be made.")
@click.option("--replica", default="auto", show_default=True, help="As for `kg serve`.")
@click.option(
    "--token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The token for writing; one is made up without it.",
)
@click.option("--write", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write the table here as well.")
def main(folder: Path, minutes: float, wanted: int, replica: str, token_file: Path | None, page: Path | None) -> None:
    """Print the table and the verdict, and write them where that is wished."""
    if sys.platform != "linux":
        raise click.ClickException("memory is read from /proc, so this runs on Linux only")
    console = Console(width=None if sys.stdout.isatty() else 160)
    with tempfile.TemporaryDirectory(prefix="kg-serve-soak-") as made:
        scratch = Path(made)
        if not (folder / "oxigraph").exists():
            stored.build(folder, wanted)
        plain = scratch / "plain"
        stored.copied(folder, plain)
        if token_file is None:
            token_file = scratch / "token"
            token_file.write_text(secrets.token_hex(16) + "\n", "ascii")
            token_file.chmod(0o600)
        token = token_file.read_text("ascii").strip() if knows("token_file") else ""
        if not token:
            console.print("This version of `kg serve` has no `--token-file`, so nothing is written.")
        options = {"replica": replica, "token_file": token_file, "timeout": TIMEOUT}
        kind = Kind(lambda places, port: serve(places.store, port, **options), "/sparql", own_port=True)
        diary = Diary(minutes)
        with running(kind, Places(folder, plain), scratch / "server.log") as server:
            for diary in soak(server, stored.picked(plain), minutes, token):
                for at, held in diary.memory[-1:]:
                    console.print(f"{at:5.1f} minutes {held:7,.0f} MB", style="dim", highlight=False)
        last = (scratch / "server.log").read_text("utf8", "replace").strip().splitlines()[-20:]
    show(console, table(diary))
    if diary.ended is not None:
        console.print("\n".join(last), markup=False, highlight=False)
    console.print(verdict(diary), highlight=False)
    if page:
        write(page, "soak", f"{INTRODUCTION}\n{markdown(table(diary))}\n{verdict(diary)}\n")


if __name__ == "__main__":
    main()

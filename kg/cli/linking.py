"""What commands that link names share: which gazetteer, which judgements, and whether to ask a service."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.link import Linker
    from kg.link.online import Service
    from kg.names import Gazetteer

R = TypeVar("R")

WIKIDATA = "wikidata"


def gazetteer_option(function: Callable[..., R]) -> Callable[..., R]:
    """The command with `--gazetteer`, the folder of the gazetteer to link with."""
    return click.option(
        "--gazetteer",
        "gazetteer_path",
        envvar="KG_GAZETTEER",
        type=click.Path(path_type=Path),
        default=None,
        show_default="$KG_GAZETTEER, else the one that `kg gazetteer build` made, else the one that comes along",
        metavar="FOLDER",
        help="The gazetteer that names are looked up in; 'starter' is the one that comes along.",
    )(function)


def judgements_option(function: Callable[..., R]) -> Callable[..., R]:
    """The command with `--judgements`, the file of what people decided about names."""
    return click.option(
        "--judgements",
        "judgements_path",
        envvar="KG_JUDGEMENTS",
        type=click.Path(path_type=Path, dir_okay=False),
        default=None,
        show_default="$KG_JUDGEMENTS, else STORE.judgements.csv",
        metavar="FILE",
        help="What people decided about names (see `kg link`).",
    )(function)


def online_option(function: Callable[..., R]) -> Callable[..., R]:
    """The command with `--online`, the service to ask for names too."""
    return click.option(
        "--online",
        is_flag=False,
        flag_value=WIKIDATA,
        default=None,
        metavar="[URL]",
        help="Asks Wikidata, or the reconciliation service at URL, for names too. $KG_CONTACT tells it who asks.",
    )(function)


def linker_options(function: Callable[..., R]) -> Callable[..., R]:
    """The command with all options of a linker; it gets them as `linking`, a function from the store to a Linker."""

    @gazetteer_option
    @judgements_option
    @online_option
    @functools.wraps(function)
    def command(
        *args: Any, gazetteer_path: Path | None, judgements_path: Path | None, online: str | None, **kwargs: Any
    ) -> R:
        def linking(where: str) -> Linker:
            return linker(where, gazetteer_path, judgements_path, online)

        return function(*args, linking=linking, **kwargs)

    return command


def linker(where: str, gazetteer_path: Path | None, judgements_path: Path | None, online: str | None) -> Linker:
    """What links the names of the store `where`; of no store, what links names without anybody's judgements."""
    from kg.link import Judgements, Linker

    known = gazetteer(gazetteer_path)
    asked = where or judgements_path
    judged = Judgements.read(judgements_file(where, judgements_path)) if asked else Judgements()
    return Linker(known, judged, _service(online, known) if online else None)


def _service(address: str, known: Gazetteer) -> Service:
    """The service to ask for names, closed when the command ends; its first trouble is told on stderr at once."""
    from kg.link.online import open_service

    def state(qid: str) -> str | None:
        thing = known.by_qid(qid)
        return thing.label if thing is not None and "State" in thing.classes else None

    service = open_service(
        None if address == WIKIDATA else address,
        contact=os.environ.get("KG_CONTACT"),
        state=state,
        warn=lambda trouble: click.echo(f"warning: {trouble}", err=True),
    )
    click.get_current_context().call_on_close(service.close)
    return service


def gazetteer(path: Path | None) -> Gazetteer:
    """The gazetteer at `path`, else the user's own, else the one that comes along."""
    from kg.names import Gazetteer, shipped

    if path is None and (home() / "about.json").exists():
        path = home()
    return shipped() if path is None or str(path) == "starter" else Gazetteer(path)


def home() -> Path:
    """Where `kg gazetteer build` puts the user's own gazetteer."""
    from platformdirs import user_data_path

    return user_data_path("conflictkg") / "gazetteer"


def judgements_file(where: str, path: Path | None) -> Path:
    """The judgements' file of a store: beside its folder, so that it outlives the store."""
    if path is not None:
        return path
    if "://" in where:
        return Path("kg.judgements.csv")
    folder = Path(where)
    return folder.with_name(f"{folder.name}.judgements.csv")


def who() -> str:
    """The name of whoever decides: $KG_WHO, else the user's login."""
    import getpass

    try:
        return os.environ.get("KG_WHO") or getpass.getuser()
    except (OSError, KeyError) as error:
        raise UsageError("who decides this? Give --who, or set KG_WHO") from error

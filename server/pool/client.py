"""Asking an evaluator or the keeper from a thread: for pages, writes and checks. Queries go by `line`."""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import KGError
from server.pool.frames import ASK, DATA, END, FAIL, HEAD, PIECE, Splitter, content_of, message, receive
from server.pool.state import PRIVATE, State, listening

TRIES = 5
CONNECT_SECONDS = 0.05


class Failed(KGError):
    """What was asked can't be answered; `http_status` says whose fault that is."""

    def __init__(self, why: str, status: int) -> None:
        self.http_status = status
        super().__init__(why)


class Stopped(KGError):
    """The query was stopped at a limit, and its evaluator with it."""

    http_status = 503


class Unready(KGError):
    """No evaluator is there to answer: the server starts or ends."""

    http_status = 503


@dataclass(frozen=True, slots=True)
class Reply:
    """An evaluator's whole answer."""

    head: Mapping[str, Any]
    body: bytes


def ask(rundir: Path, state: State, terms: Mapping[str, Any], *, seconds: float, who: str = PRIVATE) -> Reply:
    """The answer to a job, of our own evaluators or of those who answer strangers.

    Raises Failed with the evaluator's words, Stopped, and Unready.
    """
    asked = message(ASK, {**terms, "seconds": seconds})
    began = time.monotonic()
    for attempt in range(TRIES):
        generation = state.generation
        try:
            return _asked(listening(rundir, generation, who), asked)
        except (FileNotFoundError, ConnectionRefusedError):
            time.sleep(CONNECT_SECONDS * attempt)
        except (EOFError, ConnectionError) as error:
            if state.generation == generation or time.monotonic() - began >= seconds:
                raise Stopped(why_stopped(time.monotonic() - began, seconds)) from error
    raise Unready("nobody is there to answer yet; try again in a moment")


def why_stopped(took: float, seconds: float) -> str:
    """What to tell whoever asked a query that was stopped after so long."""
    if took >= seconds * 0.99:
        return f"the query was stopped after {seconds:g} seconds, which is as long as one may take here"
    return "the query was stopped: it needs more memory than one may take here, or nests too deeply to be read"


def _asked(path: Path, asked: bytes) -> Reply:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        sock.connect(str(path))
        sock.sendall(asked)
        head: Mapping[str, Any] = {}
        body: list[bytes] = []
        splitter = Splitter()
        while data := sock.recv(PIECE):
            for kind, payload in splitter.feed(data):
                if kind == HEAD:
                    head = content_of(payload)
                elif kind == DATA:
                    body.append(payload)
                elif kind == FAIL:
                    failure = content_of(payload)
                    raise Failed(failure["why"], failure["status"])
                elif kind == END:
                    return Reply(head, b"".join(body))
        raise EOFError("the evaluator has gone")


def keeper(rundir: Path, terms: Mapping[str, Any], *, seconds: float) -> Mapping[str, Any]:
    """The keeper's answer. Raises Failed with its words, and Unready where it is not there."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
            sock.settimeout(seconds)
            sock.connect(str(rundir / "keeper.sock"))
            sock.sendall(message(ASK, terms))
            kind, payload = receive(sock)
    except (OSError, EOFError) as error:
        raise Unready("the store can't be written just now; try again in a moment") from error
    content: Mapping[str, Any] = content_of(payload)
    if kind == FAIL:
        raise Failed(content["why"], content["status"])
    return content

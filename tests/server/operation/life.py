"""Signs of life of a server: it answers, takes writes, shows what was written, and begins anew."""

import time

import httpx

from tests.server.processes import of_role
from tests.server.serving import POINT, Served, ask, update, values


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


def renewed(served: Served, before: list[int]) -> bool:
    """Whether as many others take requests as did."""
    now = of_role(served.run, "front")
    return len(now) == len(before) and not set(now) & set(before)

"""Turns come in order, are limited, and are never lost."""

import asyncio

import pytest

from server.limits import Turns
from server.protocol import Refused


def test_turns_are_taken_in_order_and_given_back() -> None:
    async def run() -> list[str]:
        turns, said = Turns(at_once=1, waiting=2, seconds=5), []

        async def query(name: str) -> None:
            await turns.take()
            said.append(name)
            await asyncio.sleep(0.01)
            turns.give()

        await asyncio.gather(query("a"), query("b"), query("c"))
        assert (turns.running, turns.waiting) == (0, 0)
        return said

    assert asyncio.run(run()) == ["a", "b", "c"]


def test_turns_turn_away_who_is_one_too_many() -> None:
    async def run() -> None:
        turns = Turns(at_once=1, waiting=1, seconds=5)
        await turns.take()
        waiter = asyncio.create_task(turns.take())
        await asyncio.sleep(0)
        with pytest.raises(Refused, match="1 queries wait already") as refusal:
            await turns.take()
        assert (refusal.value.http_status, refusal.value.headers) == (503, {"Retry-After": "5"})
        turns.give()
        await waiter
        assert (turns.running, turns.waiting) == (1, 0)

    asyncio.run(run())


def test_turns_end_a_wait_that_takes_too_long() -> None:
    async def run() -> None:
        turns = Turns(at_once=1, waiting=1, seconds=0.05)
        await turns.take()
        with pytest.raises(Refused, match=r"no turn came within 0.05 seconds"):
            await turns.take()
        assert (turns.running, turns.waiting) == (1, 0)
        turns.give()
        await turns.take()

    asyncio.run(run())


def test_turns_of_a_waiter_who_goes_away_are_not_lost() -> None:
    async def run() -> None:
        turns = Turns(at_once=1, waiting=1, seconds=5)
        await turns.take()
        waiter = asyncio.create_task(turns.take())
        await asyncio.sleep(0)
        waiter.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiter
        assert (turns.running, turns.waiting) == (1, 0)
        turns.give()
        await asyncio.wait_for(turns.take(), 1)

    asyncio.run(run())

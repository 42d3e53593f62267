"""Edits and deletions that cross the worker at another replica, on PostgreSQL: what the thread says of a message
is what became of it.

SQLite has one writer, and nothing of this can happen there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

import pytest

from bot.model import Claim, Kind, State, Verdict
from bot.pace import UNPACED
from storage.store import Store
from tests.storage.scene import Scene
from tests.storage.wrapped import Pausing

Change = Callable[[Scene], Coroutine[object, object, None]]


@pytest.fixture
def url(postgres_url: str) -> str:
    """Only PostgreSQL."""
    return postgres_url


async def _into_note(elsewhere: Scene) -> None:
    await elsewhere.edit(5, "// they lie", changed_at=6, verdict=Verdict.NOTE)


async def _deleted(elsewhere: Scene) -> None:
    await elsewhere.delete(5, changed_at=6)


async def _edited(elsewhere: Scene) -> None:
    await elsewhere.edit(5, "hello", changed_at=6)


async def _claimed_in_the_middle(scene: Scene, replica: Store, change: Change) -> list[Claim]:
    """What this worker gets while a replica stands in the middle of the change; by then the change has ended."""
    pausing = Pausing(replica.database, "set changed_at")
    elsewhere = Scene(Store(pausing, lambda _: UNPACED), scene.clock, scene.line)
    changing = asyncio.create_task(change(elsewhere))
    await pausing.reached.wait()
    claimed = await scene.claim()
    pausing.go_on.set()
    await changing
    return claimed


async def _crossed(scene: Scene, replica: Store, words: str, first: Change, second: Change) -> None:
    """A replica stands before its statement with these words; meanwhile `second` ends, or waits for a lock."""
    pausing = Pausing(replica.database, words)
    elsewhere = Scene(Store(pausing, lambda _: UNPACED), scene.clock, scene.line)
    one = asyncio.create_task(first(elsewhere))
    await pausing.reached.wait()
    other = asyncio.create_task(second(scene))
    while not other.done() and not await _somebody_waits(scene):  # noqa: ASYNC110 - the server rings no bell
        await asyncio.sleep(0)
    pausing.go_on.set()
    await asyncio.gather(one, other)


async def _somebody_waits(scene: Scene) -> bool:
    return bool(
        await scene.rows(
            "select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
        )
    )


@pytest.mark.parametrize(("change", "state", "kind"), [
    (_into_note, State.DONE, Kind.NOTE),
    (_deleted, State.DEAD, Kind.REPLY),
])  # fmt: skip
async def test_reply_that_is_being_taken_back_when_the_worker_comes_does_not_go_out(
    scene: Scene, replica: Store, change: Change, state: State, kind: Kind
) -> None:
    await scene.open_thread()
    await scene.reply("they lie", at=5)

    claimed = await _claimed_in_the_middle(scene, replica, change)

    reply = await scene.reply_at(5)
    assert (claimed, await scene.claim()) == ([], [])
    assert (reply.state, reply.kind) == (state, kind)


async def test_reply_that_is_being_edited_when_the_worker_comes_goes_out_with_the_newer_words(
    scene: Scene, replica: Store
) -> None:
    await scene.open_thread()
    await scene.reply("helo", at=5)

    claimed = await _claimed_in_the_middle(scene, replica, _edited)

    assert claimed == []
    assert (await scene.claim_one()).message.body == "hello"


@pytest.mark.parametrize(("change", "told"), [(_edited, "edited"), (_deleted, "deleted"), (_into_note, "deleted")])
async def test_change_that_crosses_the_outcome_is_told_of(
    scene: Scene, replica: Store, change: Change, told: str
) -> None:
    await scene.open_thread()
    await scene.reply("helo", at=5)
    claim = await scene.claim_one()

    async def answer(here: Scene) -> None:
        await here.send(claim)

    await _crossed(scene, replica, "set changed_at", change, answer)

    assert [notice.reason for notice in await scene.notices()] == [told]


async def test_deletion_that_crosses_the_placing_of_its_reply_cancels_it(scene: Scene, replica: Store) -> None:
    await scene.text("hi")
    root = await scene.claim_one()
    await scene.reply("oops", at=5)

    async def place(elsewhere: Scene) -> None:
        await elsewhere.post(root)

    await _crossed(scene, replica, "set conversation_id = :conversation", place, _deleted)

    assert [claim.message.kind for claim in await scene.claim()] == [Kind.TEXT]
    assert (await scene.reply_at(5)).state == State.DEAD

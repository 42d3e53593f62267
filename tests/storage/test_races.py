"""Two replicas at the same moment, on PostgreSQL: one stops in the middle of its transaction, the other goes on.

SQLite has one writer, and nothing of this can happen there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine

import pytest

from bot.model import Delivery, Kind, State
from bot.pace import UNPACED
from storage.store import Store
from tests.storage.scene import Scene, claims_of
from tests.storage.wrapped import Pausing


@pytest.fixture
def url(postgres_url: str) -> str:
    """Only PostgreSQL."""
    return postgres_url


def _other(scene: Scene, replica: Store, words: str = "commit") -> tuple[Scene, Pausing]:
    """A second scene on the replica, which stops before the statement with these words."""
    pausing = Pausing(replica.database, words)
    return Scene(Store(pausing, lambda _: UNPACED), scene.clock, scene.line), pausing


async def _meanwhile(scene: Scene, pausing: Pausing, first: Coroutine[object, object, object],
                     second: Coroutine[object, object, object]) -> None:  # fmt: skip
    """Start `first` on the replica; while it stands still run `second` until it is done or waits for a lock; then
    let both end."""
    one = asyncio.create_task(first)
    await pausing.reached.wait()
    other = asyncio.create_task(second)
    await _until_it_waits(scene, other)
    pausing.go_on.set()
    await asyncio.gather(one, other)


async def _until_it_waits(scene: Scene, task: asyncio.Task[object]) -> None:
    """Return when the task is done, or waits for a lock that another transaction has."""
    while not task.done() and not await _somebody_waits(scene):  # noqa: ASYNC110 - the server says nothing by itself
        await asyncio.sleep(0)


async def _somebody_waits(scene: Scene) -> bool:
    waiting = await scene.rows(
        """select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"""
    )
    return bool(waiting)


async def test_text_is_not_seen_before_one_that_came_first(scene: Scene, replica: Store) -> None:
    await scene.open_thread()
    other, pausing = _other(scene, replica)
    other.texts = 100

    await _meanwhile(scene, pausing, other.text("first"), scene.text("second"))

    assert [message.body for message in await scene.mirror_all()] == ["first", "second"]


async def test_text_that_is_not_committed_holds_back_the_one_behind_it(scene: Scene, replica: Store) -> None:
    await scene.open_thread()
    other, pausing = _other(scene, replica)
    other.texts = 100
    first = asyncio.create_task(other.text("first"))
    await pausing.reached.wait()
    second = asyncio.create_task(scene.text("second"))
    await _until_it_waits(scene, second)

    claimed = await scene.claim()

    pausing.go_on.set()
    await asyncio.gather(first, second)
    assert claimed == []


async def test_same_text_at_two_replicas_is_one_row(scene: Scene, replica: Store) -> None:
    other, pausing = _other(scene, replica)

    await _meanwhile(scene, pausing, other.text("hi", "in-1"), scene.text("hi", "in-1"))

    assert [message.kind for message in await scene.mirror_all()] == [Kind.ROOT, Kind.TEXT]


async def test_delivery_does_not_step_back_when_two_reports_cross(scene: Scene, replica: Store) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5, text_id="out-1")
    other, pausing = _other(scene, replica, "set delivery")

    await _meanwhile(
        scene, pausing, other.report(Delivery.SENT, "out-1"), scene.report(Delivery.DELIVERED, "out-1")
    )

    assert (await scene.reply_at(5)).delivery == Delivery.DELIVERED


async def test_failure_that_two_replicas_hear_of_is_told_once(scene: Scene, replica: Store) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5, text_id="out-1")
    other, pausing = _other(scene, replica, "set delivery")

    await _meanwhile(
        scene, pausing, other.report(Delivery.FAILED, "out-1"), scene.report(Delivery.FAILED, "out-1")
    )

    assert len(await scene.notices("failed")) == 1


@pytest.mark.parametrize("looks", [(2,), (0, 31), (2, 31)])
async def test_report_that_crosses_the_answer_is_applied_in_the_end(
    scene: Scene, replica: Store, looks: tuple[int, ...]
) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)
    claim = await scene.claim_one()
    other, pausing = _other(scene, replica)
    await _meanwhile(scene, pausing, other.send(claim, "out-1"), scene.report(Delivery.DELIVERED, "out-1"))

    for after_s in looks:
        await scene.settle_echoes(after_s)

    assert (await scene.reply_at(5)).delivery == Delivery.DELIVERED
    assert await scene.rows("select id from reports") == []


async def test_older_reply_that_is_being_accepted_is_not_overtaken(scene: Scene, replica: Store) -> None:
    await scene.open_thread()
    await scene.reply("newer", at=6)
    other, pausing = _other(scene, replica)
    accepting = asyncio.create_task(other.reply("older", at=5))
    await pausing.reached.wait()

    claimed = await scene.claim()

    pausing.go_on.set()
    await accepting
    older = await scene.reply_at(5)
    assert older.state == State.SCHEDULED or claimed == []


async def test_older_reply_that_comes_while_the_newer_is_being_claimed_is_offered(
    scene: Scene, replica: Store
) -> None:
    await scene.open_thread()
    await scene.reply("newer", at=6)
    other, pausing = _other(scene, replica)

    await _meanwhile(scene, pausing, claims_of(other.store, 8), scene.reply("older", at=5))

    assert (await scene.reply_at(6)).state == State.SENDING
    assert (await scene.reply_at(5)).state == State.SCHEDULED


async def test_edit_that_crosses_its_reply_is_obeyed(scene: Scene, replica: Store) -> None:
    await scene.open_thread()
    other, pausing = _other(scene, replica)

    await _meanwhile(scene, pausing, other.reply("helo", at=5), scene.edit(5, "hello", changed_at=6))

    assert (await scene.claim_one()).message.body == "hello"


async def test_deletion_that_crosses_its_reply_is_obeyed(scene: Scene, replica: Store) -> None:
    await scene.open_thread()
    other, pausing = _other(scene, replica)

    await _meanwhile(scene, pausing, other.delete(5, changed_at=6), scene.reply("oops", at=5))

    assert await scene.claim() == []


async def test_reply_that_crosses_the_root_of_its_thread_is_placed_by_the_next_look_up(
    scene: Scene, replica: Store
) -> None:
    await scene.text("hi")
    root = await scene.claim_one()
    other, pausing = _other(scene, replica)
    await _meanwhile(scene, pausing, other.reply("yes", at=5), scene.post(root))
    (look_up,) = [claim for claim in await scene.claim() if claim.conversation is None]

    await scene.store.threads.adopt(look_up, root.message.uid)

    (sent,) = [claim for claim in await scene.claim() if claim.message.kind == Kind.REPLY]
    assert sent.message.body == "yes"
    assert (await scene.conversation()).generation == 1


async def test_claims_of_two_replicas_never_meet_in_one_lane(scene: Scene, replica: Store) -> None:
    await scene.open_thread()
    await scene.text("one")
    await scene.text("two")
    other, pausing = _other(scene, replica)
    claiming = asyncio.create_task(claims_of(other.store, 8))
    await pausing.reached.wait()

    here = await scene.claim()

    pausing.go_on.set()
    there = await claiming
    assert here == []
    assert [claim.message.body for claim in there] == ["one"]

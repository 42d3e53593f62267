"""A contact's answer to a question for their location: one row in their thread, whichever try of it they have."""

from __future__ import annotations

import asyncio

import pytest

from bot.model import Claim, Direction, Kind, LocationShared, Message, ProviderName, Started, Status
from storage.store import Store
from tests.storage.scene import BOT, CHANNEL, CONTACT, DANA, OUR_NUMBER, PROVIDER, Scene


async def _asked(scene: Scene, *, asks_location: bool = True) -> Claim:
    """The claim of a question that is on its way."""
    await scene.open_thread()
    started = Started("command:1", scene.line.id, CONTACT, "Where?", DANA, asks_location=asks_location)
    await scene.store.started.accept(started)
    claims = {each.message.direction: each for each in await scene.claim()}
    await scene.post(claims[Direction.IN])
    return claims[Direction.OUT]


def _shared(claim: Claim, east: float = -85.3097, provider: ProviderName = PROVIDER) -> LocationShared:
    return LocationShared(provider, claim.message.token, 35.0456, east)


async def _shown(scene: Scene) -> list[Message]:
    rows = await scene.rows("select uid from messages where kind = 'location' order by id")
    return [await scene.message(row["uid"]) for row in rows]


async def test_answer_is_a_row_towards_slack(scene: Scene) -> None:
    claim = await _asked(scene)
    assert claim.message.asks_location

    taken = await scene.store.locations.accept(_shared(claim))

    (row,) = await _shown(scene)
    assert taken
    assert (row.kind, row.direction, row.body) == (Kind.LOCATION, Direction.IN, "35.04560,-85.30970")
    conversation = await scene.conversation()
    assert (conversation.status, conversation.last_in_at) == (Status.NEW, row.occurred_at)


async def test_answer_that_comes_twice_is_one_row(scene: Scene, replica: Store) -> None:
    claim = await _asked(scene)

    taken = await asyncio.gather(
        scene.store.locations.accept(_shared(claim)), replica.locations.accept(_shared(claim))
    )
    await scene.store.locations.accept(_shared(claim, east=-80.0))

    assert all(taken)
    assert len(await _shown(scene)) == 2


async def test_answer_to_an_earlier_try_counts(scene: Scene) -> None:
    first = await _asked(scene)
    await scene.store.outcomes.uncertain(first)
    scene.clock.advance(90)
    await scene.store.decisions.send((await scene.notice("uncertain")).uid, DANA, "sent_again")

    assert await scene.store.locations.accept(_shared(first))

    assert len(await _shown(scene)) == 1


@pytest.mark.parametrize("why", ["unknown", "other provider", "no question", "line gone"])
async def test_answer_to_nothing_of_ours_is_not_taken(scene: Scene, why: str) -> None:
    claim = await _asked(scene, asks_location=why != "no question")
    event = _shared(claim, provider=ProviderName("clicksend") if why == "other provider" else PROVIDER)
    if why == "unknown":
        event = LocationShared(PROVIDER, "nobody's", 35.0, -85.0)
    if why == "line gone":
        await scene.store.lines.remove(OUR_NUMBER, PROVIDER)

    assert not await scene.store.locations.accept(event)

    assert await _shown(scene) == []


async def test_answer_is_part_of_what_was_said(scene: Scene) -> None:
    claim = await _asked(scene)
    await scene.store.locations.accept(_shared(claim))
    await scene.mirror_all()
    conversation = await scene.conversation()

    said = await scene.store.contacts.history(conversation.id, bot=BOT, skip=0, limit=9)
    carried = await scene.store.threads.last_messages(conversation.id, 9)

    assert said[0].kind == carried[-1].kind == Kind.LOCATION
    assert carried[-1].channel == CHANNEL

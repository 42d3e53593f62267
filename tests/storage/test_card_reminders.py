"""Cards that are looked at when something should have happened, and news of them that reach a channel."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.model import ChannelId, Kind
from bot.model.cards import Card, News
from storage.database import instant
from storage.store import Store
from tests.storage.card_scene import claim_one, new_card, now, opened, seen, sent, to_look_at
from tests.storage.scene import CHANNEL, DANA, Scene

HOUR_S = 3_600
DUE = News("due", "Nobody called back.", broadcast=True)


async def looked_at_in_s(scene: Scene) -> float:
    """How long until the provider is asked."""
    (row,) = await scene.rows("select look_due_at from cards")
    return float(row["look_due_at"] - scene.clock.us) / 1_000_000


async def reminding(scene: Scene, in_s: float) -> Card:
    """A card that the provider has, and that is to be reminded of after so long."""
    at = instant(scene.clock.us + round(in_s * 1_000_000))
    card = await opened(scene, remind_at=at)
    await scene.store.deeds.done(await claim_one(scene.store), seen())
    assert (await now(scene.store, card)).remind_at == at
    return await now(scene.store, card)


async def in_a_channel(scene: Scene) -> Card:
    """A card in nobody's thread, which the provider has."""
    card = await opened(scene, line=None, contact=None, channel=ChannelId("C9"))
    await scene.store.deeds.done(await claim_one(scene.store), seen())
    return await now(scene.store, card)


async def test_card_is_looked_at_when_it_is_to_be_reminded_of_however_rarely_else(scene: Scene) -> None:
    card = await reminding(scene, 100 * HOUR_S)
    scene.clock.advance(99 * HOUR_S)

    await scene.store.looks.seen(card, seen())
    before = await looked_at_in_s(scene)
    scene.clock.advance(HOUR_S)
    (due,) = await to_look_at(scene.store)
    await scene.store.looks.seen(due, seen())

    assert before == HOUR_S
    assert await looked_at_in_s(scene) == 10 * HOUR_S


async def test_card_that_is_never_to_be_reminded_of_has_no_such_time(scene: Scene) -> None:
    card = await sent(scene)

    assert card.remind_at is None


async def test_reminder_goes_to_the_channel_as_well_and_once(scene: Scene) -> None:
    card = await reminding(scene, HOUR_S)
    await scene.mirror_all()

    for _ in range(3):
        await scene.store.looks.seen(await now(scene.store, card), replace(seen(), news=(DUE,)))

    (notice,) = await scene.notices("card")
    assert (notice.body, notice.author, notice.broadcast) == ("Nobody called back.", DANA, True)


async def test_reminder_of_two_replicas_at_once_is_told_once(scene: Scene, replica: Store) -> None:
    card = await reminding(scene, HOUR_S)
    told = replace(seen(), news=(DUE,))

    await asyncio.gather(*(store.looks.seen(card, told) for store in (scene.store, replica) * 5))

    assert len(await scene.notices("card")) == 1


async def test_news_of_a_card_in_nobodys_thread_are_told_in_its_channel_once(scene: Scene) -> None:
    card = await in_a_channel(scene)

    for _ in range(3):
        await scene.store.looks.seen(card, replace(seen(), news=(DUE,)))

    posted = await scene.mirror_all()
    alerts = [message for message in posted if message.kind == Kind.ALERT]
    assert [(alert.body, alert.author, alert.channel) for alert in alerts] == [("Nobody called back.", DANA, "C9")]


async def test_failure_of_a_card_in_nobodys_thread_is_told_in_its_channel(scene: Scene) -> None:
    await opened(scene, line=None, contact=None, channel=ChannelId("C9"))

    await scene.store.deeds.failed(await claim_one(scene.store), "No.")

    posted = await scene.mirror_all()
    assert [message.body for message in posted if message.kind == Kind.ALERT] == ["⚠️ $45.00 · Deposit: No."]


async def test_thing_that_another_card_holds_settles_a_card_without_it(scene: Scene) -> None:
    first = await sent(scene)
    second = await scene.store.cards.open(new_card(scene, "command:2"))

    done = await scene.store.deeds.done(
        await claim_one(scene.store), replace(seen("added", settled=True), provider_id=None)
    )

    after = await now(scene.store, second)
    assert done
    assert (after.provider_id, after.state, after.settled) == (None, "added", True)
    assert (await now(scene.store, first)).provider_id == "2510"
    (row,) = await scene.rows("select look_due_at from cards where key = 'command:2'")
    assert row["look_due_at"] is None


async def test_place_of_a_card_is_known_once_it_stands_there(scene: Scene) -> None:
    card = await opened(scene)

    before = await scene.store.cards.place(card)
    posted = await scene.mirror_all()

    (message,) = [each for each in posted if each.kind == Kind.CARD]
    (row,) = await scene.rows("select ts from messages where id = :id", id=message.id)
    assert before is None
    assert await scene.store.cards.place(card) == (CHANNEL, row["ts"])

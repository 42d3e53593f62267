"""Cards: one for each thing that was asked for, changed by what the provider has, drawn anew when they change."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.errors import UsageError
from bot.model import ChannelId, Kind
from bot.model.cards import CREATE, CardKind, DeedState
from storage.store import Store
from tests.storage.card_scene import (
    ELI,
    add,
    claim_one,
    claims,
    new_card,
    now,
    opened,
    seen,
    sent,
    state_of,
    to_look_at,
    uncertain,
)
from tests.storage.scene import CHANNEL, DANA, PROVIDER, Scene

DAY_S = 86_400


async def test_card_is_made_with_its_deed_and_its_message_in_the_contacts_thread(scene: Scene) -> None:
    card = await opened(scene)

    posted = await scene.mirror_all()
    rows = await scene.rows("select kind, thread_ts, channel from messages order by position, id")
    assert [message.kind for message in posted] == [Kind.ROOT, Kind.CARD]
    assert card.message_id == posted[1].id
    assert (await scene.conversation()).id == card.conversation_id
    assert [row["channel"] for row in rows] == [CHANNEL, CHANNEL]
    assert [(deed.what, deed.state) for deed in card.deeds] == [(CREATE, DeedState.QUEUED)]


async def test_what_was_asked_for_twice_is_one_card_and_one_deed(scene: Scene) -> None:
    first, second = await opened(scene), await opened(scene)

    assert first.uid == second.uid
    assert len(await claims(scene.store)) == 1


async def test_what_two_replicas_are_asked_for_at_once_is_one_card(scene: Scene, replica: Store) -> None:
    new = new_card(scene)

    cards = await asyncio.gather(*(store.cards.open(new) for store in (scene.store, replica) * 5))

    assert len({card.uid for card in cards}) == 1
    assert len(await scene.rows("select id from deeds")) == 1
    assert len(await scene.rows("select id from messages where kind = 'card'")) == 1


async def test_card_without_a_line_stands_in_a_channel(scene: Scene) -> None:
    await opened(scene, line=None, contact=None, channel=ChannelId("C9"))

    posted = await scene.mirror_all()

    assert [(message.kind, message.channel, message.conversation_id) for message in posted] == [
        (Kind.CARD, "C9", None)
    ]


async def test_card_on_a_line_that_is_not_connected_is_refused(scene: Scene) -> None:
    await scene.store.lines.remove(scene.line.number, scene.line.provider)

    with pytest.raises(UsageError, match="not connected"):
        await opened(scene)

    assert await scene.rows("select id from cards") == []


async def test_card_that_changes_before_it_is_posted_is_posted_as_it_is(scene: Scene) -> None:
    await sent(scene)

    await scene.mirror_all()

    assert await scene.signs() == []


async def test_card_that_changes_after_it_was_posted_is_drawn_again_once(scene: Scene) -> None:
    card = await opened(scene)
    await scene.mirror_all()

    await scene.store.deeds.done(await claim_one(scene.store), seen())
    stale = await scene.signs()

    assert [message.id for message in stale] == [card.message_id]
    await scene.store.signs.mark_shown(stale[0], stale[0].wanted)
    assert await scene.signs() == []


async def test_card_whose_post_was_looked_for_is_drawn_again(scene: Scene) -> None:
    """Nobody knows which of its forms stands there."""
    await opened(scene)
    await scene.post(await scene.claim_one())
    await scene.claim_one()
    await scene.store.deeds.done(await claim_one(scene.store), seen())
    scene.clock.advance(61)

    orphans = (await scene.store.claims.take(lambda _: 0, 60, looking=8)).orphans
    await scene.post(orphans[0])

    assert [message.kind for message in await scene.signs()] == [Kind.CARD]


# --- What the provider has ---------------------------------------------------------------------------------------


async def test_card_is_looked_at_soon_after_it_changed_and_then_less_and_less(scene: Scene) -> None:
    card = await sent(scene)
    waits: list[float] = []
    for _ in range(60):
        before = scene.clock.us
        row = (await scene.rows("select look_due_at from cards"))[0]
        scene.clock.us = row["look_due_at"]
        waits.append((scene.clock.us - before) / 1_000_000)
        (due,) = await to_look_at(scene.store)
        await scene.store.looks.seen(due, seen())

    assert due.uid == card.uid
    assert waits[:2] == [15, 15]
    assert waits == sorted(waits)
    assert waits[-1] <= DAY_S


async def test_change_outside_changes_the_card_and_has_it_looked_at_soon(scene: Scene) -> None:
    card = await sent(scene)
    scene.clock.advance(10 * DAY_S)

    assert await scene.store.looks.seen(card, seen("past due"))

    after = await now(scene.store, card)
    assert (after.state, after.version > card.version) == ("past due", True)
    scene.clock.advance(15)
    assert len(await to_look_at(scene.store)) == 1


async def test_what_has_not_changed_is_not_drawn_again(scene: Scene) -> None:
    card = await sent(scene)

    await scene.store.looks.seen(card, seen())

    assert (await now(scene.store, card)).version == card.version


async def test_what_is_settled_is_never_looked_at_again_and_stays_so(scene: Scene) -> None:
    card = await sent(scene)
    await scene.store.looks.seen(card, seen("paid", settled=True))
    scene.clock.advance(400 * DAY_S)

    assert await to_look_at(scene.store) == []
    await scene.store.looks.seen(await now(scene.store, card), seen("sent"))

    assert (await now(scene.store, card)).state == "paid"


async def test_answer_that_is_older_than_a_change_here_is_not_believed(scene: Scene) -> None:
    before = await sent(scene)
    await add(scene.store, before, "cancel", once="close")
    await scene.store.deeds.done(await claim_one(scene.store), seen("cancelled", settled=True))

    assert not await scene.store.looks.seen(before, seen("sent"))

    assert (await now(scene.store, before)).state == "cancelled"


async def test_news_are_told_once_with_a_mention_of_who_asked(scene: Scene) -> None:
    card = await sent(scene)
    await scene.mirror_all()
    for _ in range(3):
        await scene.store.looks.seen(await now(scene.store, card), seen("past due", late="It is past due."))

    (notice,) = await scene.notices("card")

    assert (notice.body, notice.author, notice.subject_id) == ("It is past due.", DANA, card.message_id)


async def test_report_of_the_provider_has_the_card_looked_at_now(scene: Scene) -> None:
    await sent(scene)
    await scene.store.looks.unseen(await now(scene.store, await opened(scene)))

    assert await scene.store.looks.hurry(CardKind.PAYMENT, PROVIDER, "2510")

    assert [card.provider_id for card in await to_look_at(scene.store)] == ["2510"]


async def test_report_of_something_unknown_has_those_looked_for_that_nobody_knows_of(scene: Scene) -> None:
    card = await uncertain(scene)

    assert await scene.store.looks.hurry(CardKind.PAYMENT, PROVIDER, "2510")

    assert [each.uid for each in await to_look_at(scene.store)] == [card.uid]


async def test_report_of_what_is_settled_or_nobodys_wakes_nobody(scene: Scene) -> None:
    card = await sent(scene)
    await scene.store.looks.seen(card, seen("paid", settled=True))

    assert not await scene.store.looks.hurry(CardKind.PAYMENT, PROVIDER, "2510")
    assert not await scene.store.looks.hurry(CardKind.PAYMENT, PROVIDER, "999")


async def test_two_cards_never_hold_the_same_thing(scene: Scene) -> None:
    await sent(scene)
    other = await opened(scene, "command:2")
    claim = await claim_one(scene.store)

    assert not await scene.store.deeds.done(claim, seen(provider_id="2510"))

    assert (await now(scene.store, other)).provider_id is None
    assert state_of(await now(scene.store, other)) == DeedState.SENDING


async def test_what_is_at_the_provider_already_gets_one_card_without_a_deed(scene: Scene) -> None:
    first = await scene.store.cards.adopt(new_card(scene), seen())
    second = await scene.store.cards.adopt(replace(new_card(scene, "command:2"), author=ELI), seen())

    assert first.uid == second.uid
    assert (first.provider_id, first.state, first.deeds) == ("2510", "sent", ())
    assert await claims(scene.store) == []
    held = await scene.store.cards.held(CardKind.PAYMENT, PROVIDER, "2510")
    assert held is not None
    assert held.uid == first.uid


async def test_open_cards_are_listed_newest_first_of_all_or_of_one_member(scene: Scene) -> None:
    first, second = await sent(scene), await opened(scene, "command:2", author=ELI)
    settled = await opened(scene, "command:3")
    await scene.store.card_decisions.forget(settled.uid, DANA)
    await scene.store.deeds.failed((await claims(scene.store))[0], "No.")

    listed = await scene.store.cards.open_ones(CardKind.PAYMENT, None, 10)
    danas = await scene.store.cards.open_ones(CardKind.PAYMENT, DANA, 10)

    assert [card.uid for card in listed][1:] == [second.uid, first.uid]
    assert [card.uid for card in danas][1:] == [first.uid]

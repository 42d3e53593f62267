"""What members see is brought in line with what is true, failures first."""

from __future__ import annotations

import asyncio

from bot.model import Delivery, Kind, MemberId
from storage.store import Store
from tests.storage.scene import CHANNEL, ROOT, Scene

EMIL = MemberId("U2")


async def _wanted(scene: Scene) -> list[str]:
    return [message.wanted for message in await scene.signs()]


async def test_sign_that_is_shown_is_out_of_date_no_more(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)
    scene.clock.advance(2)
    (message,) = await scene.signs()

    await scene.store.signs.mark_shown(message, message.wanted)

    scene.clock.advance(60)
    assert await _wanted(scene) == []
    assert await scene.store.signs.any_stale() is False


async def test_sign_that_changed_while_it_was_shown_is_out_of_date_again(scene: Scene) -> None:
    await scene.open_thread()
    claim = await scene.send_reply("yes", at=5, text_id="out-1")
    scene.clock.advance(2)
    (message,) = await scene.signs()
    await scene.report(Delivery.DELIVERED, "out-1")

    await scene.store.signs.mark_shown(message, message.wanted)

    (again,) = await scene.signs()
    assert (again.id, again.wanted, again.shown) == (claim.message.id, "delivered", "accepted")


async def test_failures_come_first_then_what_is_final_then_what_only_passes(scene: Scene) -> None:
    await scene.open_thread()
    for at, text_id in ((5, "out-1"), (6, "out-2"), (7, "out-3")):
        await scene.send_reply("words", at, text_id)
    await scene.report(Delivery.DELIVERED, "out-2")
    await scene.report(Delivery.FAILED, "out-3")
    scene.clock.advance(2)

    assert await _wanted(scene) == ["failed", "delivered", "accepted"]


async def test_sign_is_taken_by_one_bot_and_by_the_other_when_nothing_came_of_it(
    scene: Scene, replica: Store
) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5)
    scene.clock.advance(2)
    both = await asyncio.gather(scene.signs(), replica.signs.take(list(Kind), 20))

    scene.clock.advance(30)

    assert sorted(len(taken) for taken in both) == [0, 1]
    assert len(await replica.signs.take(list(Kind), 20)) == 1


async def test_sign_of_another_kind_is_not_taken(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5)
    scene.clock.advance(2)

    notices = await scene.store.signs.take([Kind.NOTICE], 20)

    assert list(notices) == []
    assert await scene.store.signs.any_stale() is True
    assert len(await scene.store.signs.take([Kind.REPLY, Kind.NOTE], 20)) == 1


async def test_sign_that_slack_does_not_take_now_is_due_later(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5)
    scene.clock.advance(2)
    await scene.store.signs.postpone(await scene.signs(), 7)
    scene.clock.advance(6.999)
    too_soon = await _wanted(scene)

    scene.clock.advance(0.001)

    assert too_soon == []
    assert await _wanted(scene) == ["accepted"]


async def test_receipt_within_a_second_spares_a_change_of_the_sign(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5, text_id="out-1")

    await scene.report(Delivery.DELIVERED, "out-1")

    assert await _wanted(scene) == ["delivered"]


async def test_notice_that_was_answered_is_to_be_redrawn(scene: Scene) -> None:
    await scene.open_thread()
    await scene.uncertain_reply("yes", at=5)
    notice = await scene.notice("uncertain")

    await scene.store.decisions.arrived(notice.uid, EMIL)

    assert [message.uid for message in await scene.store.signs.take([Kind.NOTICE], 20)] == [notice.uid]


async def test_next_sign_says_when_it_is_due(scene: Scene) -> None:
    await scene.store.signs.refresh_card(await scene.open_thread())
    await scene.store.signs.mark_card(await scene.conversation())
    nothing = await scene.store.signs.next_due_in_s()

    await scene.reply("yes", at=5)

    assert nothing is None
    assert await scene.store.signs.next_due_in_s() == 2.0


# --- The root card


async def test_card_that_was_just_posted_is_in_line(scene: Scene) -> None:
    await scene.open_thread()

    assert list(await scene.store.signs.take_cards(10)) == []
    assert await scene.store.signs.any_stale_card() is False


async def test_card_that_changed_while_it_was_being_posted_is_out_of_date(scene: Scene) -> None:
    await scene.text(contact_name="Maria")
    root = await scene.claim_one()
    await scene.text(contact_name="Maria Lopez")

    await scene.post(root)

    (card,) = await scene.store.signs.take_cards(10)
    assert card.contact_name == "Maria Lopez"


async def test_card_changes_at_most_once_in_five_seconds(scene: Scene) -> None:
    await scene.open_thread()
    await scene.store.signs.refresh_card(await scene.conversation())
    await scene.store.signs.mark_card((await scene.store.signs.take_cards(10))[0])
    await scene.store.signs.refresh_card(await scene.conversation())
    scene.clock.advance(4.999)
    too_soon = await scene.store.signs.take_cards(10)
    wait_s = await scene.store.signs.next_due_in_s()

    scene.clock.advance(0.001)

    assert list(too_soon) == []
    assert wait_s == 0.001
    assert await scene.store.signs.any_stale_card() is True
    assert len(await scene.store.signs.take_cards(10)) == 1


async def test_card_that_changed_while_it_was_drawn_is_out_of_date_again(scene: Scene) -> None:
    await scene.open_thread()
    await scene.store.signs.refresh_card(await scene.conversation())
    (drawn,) = await scene.store.signs.take_cards(10)
    await scene.store.signs.refresh_card(drawn)

    await scene.store.signs.mark_card(drawn)

    scene.clock.advance(5)
    assert len(await scene.store.signs.take_cards(10)) == 1


async def test_card_is_taken_by_one_bot_and_by_the_other_when_nothing_came_of_it(
    scene: Scene, replica: Store
) -> None:
    await scene.open_thread()
    await scene.store.signs.refresh_card(await scene.conversation())
    both = await asyncio.gather(scene.store.signs.take_cards(10), replica.signs.take_cards(10))

    scene.clock.advance(30)

    assert sorted(len(taken) for taken in both) == [0, 1]
    assert len(await replica.signs.take_cards(10)) == 1


async def test_card_that_slack_does_not_take_now_is_due_later(scene: Scene) -> None:
    await scene.open_thread()
    await scene.store.signs.refresh_card(await scene.conversation())
    await scene.store.signs.postpone_cards(await scene.store.signs.take_cards(10), 7)
    scene.clock.advance(6.999)
    too_soon = await scene.store.signs.take_cards(10)

    scene.clock.advance(0.001)

    assert list(too_soon) == []
    assert len(await scene.store.signs.take_cards(10)) == 1


async def test_card_that_is_gone_is_not_out_of_date(scene: Scene) -> None:
    await scene.open_thread()
    await scene.store.signs.refresh_card(await scene.conversation())

    await scene.store.signs.forget_root(CHANNEL, ROOT)

    assert list(await scene.store.signs.take_cards(10)) == []
    assert await scene.store.signs.next_due_in_s() is None

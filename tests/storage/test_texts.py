"""Promise 1: a text is on disk once, its root card comes first, and the lane keeps the order of arrival."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.model import Accepted, Attachment, Kind, MemberId, Number, ProviderName, Status, TextReceived, Wish
from storage.database import instant
from tests.storage.scene import CONTACT, LINE, OUR_NUMBER, PROVIDER, Scene

CLICKSEND = ProviderName("clicksend")
FOUR_HOURS = 4 * 3600


async def test_text_that_comes_twice_is_one_row(scene: Scene) -> None:
    first = await scene.text("hi", "in-1")

    second = await scene.text("hi", "in-1")

    assert (first, second) == (Accepted.NEW, Accepted.KNOWN)
    assert len(await scene.rows("select id from messages where kind = 'text'")) == 1


async def test_text_that_comes_twice_at_once_is_one_row(scene: Scene) -> None:
    answers = await asyncio.gather(*(scene.text("hi", "in-1") for _ in range(5)))

    assert sorted(answers) == [Accepted.KNOWN] * 4 + [Accepted.NEW]
    assert len(await scene.rows("select id from messages where kind = 'text'")) == 1


async def test_text_that_comes_again_after_it_was_mirrored_stays_done(scene: Scene) -> None:
    await scene.text("hi", "in-1")
    await scene.mirror_all()

    await scene.text("hi", "in-1")

    assert await scene.claim() == []


async def test_same_text_id_at_another_provider_is_another_text(scene: Scene) -> None:
    await scene.store.lines.add(replace(LINE, provider=CLICKSEND))
    await scene.text("hi", "17")

    other = await scene.store.texts.accept(
        TextReceived(CLICKSEND, "7", OUR_NUMBER, CONTACT, "17", "hi", instant(scene.clock())), Wish.NONE
    )

    assert other == Accepted.NEW


async def test_texts_that_arrive_together_are_posted_in_that_order(scene: Scene) -> None:
    words = [f"words {n}" for n in range(20)]

    await asyncio.gather(*(scene.text(each) for each in words))

    assert [message.body for message in await scene.mirror_all() if message.kind == Kind.TEXT] == words


async def test_texts_of_two_contacts_open_two_conversations(scene: Scene) -> None:
    await scene.text("one")
    await scene.text("two", contact=Number("+14155550199"))

    claims = await scene.claim()

    assert [claim.message.kind for claim in claims] == [Kind.ROOT, Kind.ROOT]
    assert {claim.conversation.contact for claim in claims if claim.conversation} == {CONTACT, "+14155550199"}


async def test_text_is_kept_as_it_came(scene: Scene) -> None:
    picture = Attachment("https://example.com/1.png", "image/png")
    event = TextReceived(
        PROVIDER, "7", OUR_NUMBER, CONTACT, "in-9", "naïve ’ 🙂", instant(scene.clock()), attachments=(picture,)
    )

    await scene.store.texts.accept(event, Wish.NONE)

    text = (await scene.mirror_all())[1]
    assert (text.body, text.attachments) == ("naïve ’ 🙂", (picture,))
    assert text.occurred_at == event.sent_at


async def test_text_with_a_nul_in_it_is_on_disk_all_the_same(scene: Scene) -> None:
    answer = await scene.text("before\x00after")

    assert answer == Accepted.NEW
    assert (await scene.mirror_all())[1].body.startswith("before")


async def test_account_that_the_provider_does_not_say_finds_the_line(scene: Scene) -> None:
    assert await scene.text(account="") == Accepted.NEW


async def test_name_that_changes_is_kept_and_redraws_the_card(scene: Scene) -> None:
    await scene.text(contact_name="Maria")
    before = await scene.conversation()

    await scene.text(contact_name="Maria Lopez")

    after = await scene.conversation()
    assert (before.contact_name, after.contact_name) == ("Maria", "Maria Lopez")
    assert after.card > before.card


async def test_text_without_a_name_keeps_the_name_known(scene: Scene) -> None:
    await scene.text(contact_name="Maria")

    await scene.text()

    assert (await scene.conversation()).contact_name == "Maria"


async def test_conversation_is_new_until_a_member_answers_then_waits_then_opens(scene: Scene) -> None:
    await scene.open_thread()
    unanswered = await scene.conversation()
    scene.clock.advance(10)

    await scene.send_reply("yes", at=5)
    answered = await scene.conversation()
    await scene.text("thanks")
    again = await scene.conversation()

    assert [unanswered.status, answered.status, again.status] == [Status.NEW, Status.WAITING, Status.OPEN]
    assert (unanswered.replied, answered.replied) == (False, True)
    assert answered.last_out_at == instant(scene.clock())
    assert again.first_text_at == unanswered.first_text_at


async def _broadcasts(scene: Scene) -> list[bool]:
    rows = await scene.rows("select broadcast from messages where kind = 'text' order by id")
    return [bool(row["broadcast"]) for row in rows]


async def test_first_text_stands_on_the_card_and_later_ones_are_broadcast_until_somebody_answers(
    scene: Scene,
) -> None:
    await scene.open_thread()
    await scene.text("anybody there?")
    await scene.mirror_all()
    await scene.send_reply("yes", at=5)

    await scene.text("good")

    assert await _broadcasts(scene) == [False, True, False]


@pytest.mark.parametrize(("silence_s", "seen"), [(FOUR_HOURS, False), (FOUR_HOURS + 1, True)])
async def test_text_after_four_hours_of_silence_is_broadcast(scene: Scene, silence_s: int, seen: bool) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5)
    scene.clock.advance(silence_s)

    await scene.text("hello again")

    assert await _broadcasts(scene) == [False, seen]


async def test_line_that_does_not_broadcast_never_does(scene: Scene) -> None:
    await scene.store.lines.add(replace(LINE, broadcasts=False))
    await scene.open_thread()

    await scene.text("anybody there?")

    assert await _broadcasts(scene) == [False, False]


async def test_member_who_owns_the_conversation_attends_to_it(scene: Scene) -> None:
    await scene.open_thread()

    async def own(owner: MemberId) -> None:
        async def unit(tx: object) -> None:
            await tx.run("update conversations set owner = :owner", owner=owner)  # type: ignore[attr-defined]  # a Tx

        await scene.database.write(unit)

    await own(MemberId("U1"))

    await scene.text("anybody there?")

    assert await _broadcasts(scene) == [False, False]

"""Whose turn it is goes by when things were said, not by when they were learnt."""

from __future__ import annotations

from bot.model import Delivery, Number, ProviderName, Status, TextReceived, Wish
from storage.database import instant
from tests.storage.scene import CONTACT, OUR_NUMBER, Scene

DAYS_S = 86_400


async def _missed(scene: Scene, text_id: str, age_s: float) -> None:
    """A text that was sent so long ago, and is learnt of now."""
    await scene.store.texts.accept(
        TextReceived(
            provider=ProviderName("textrequest"),
            account="7",
            line_number=OUR_NUMBER,
            contact=CONTACT,
            text_id=text_id,
            body="missed",
            sent_at=instant(scene.clock() - round(age_s * 1_000_000)),
        ),
        Wish.NONE,
    )


async def test_echo_that_is_settled_after_the_contacts_answer_leaves_the_turn_with_us(scene: Scene) -> None:
    await scene.open_thread()
    scene.clock.advance(10)
    await scene.echo("are you coming?", "out-9")
    scene.clock.advance(10)
    await scene.text("yes!")

    await scene.settle_echoes()

    assert (await scene.conversation()).status == Status.OPEN


async def test_echo_after_the_contacts_text_leaves_the_turn_with_the_contact(scene: Scene) -> None:
    await scene.open_thread()
    scene.clock.advance(10)
    await scene.echo("are you coming?", "out-9")

    await scene.settle_echoes()

    assert (await scene.conversation()).status == Status.WAITING


async def test_missed_text_of_before_our_answer_leaves_the_turn_with_the_contact(scene: Scene) -> None:
    await scene.open_thread()
    scene.clock.advance(60)
    await scene.send_reply("yes", at=65)
    before = await scene.conversation()

    await _missed(scene, "in-late", age_s=30)

    after = await scene.conversation()
    assert (before.status, after.status) == (Status.WAITING, Status.WAITING)


async def test_text_that_did_not_arrive_leaves_the_turn_with_us_until_one_goes_out(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5, text_id="out-1")
    card = (await scene.conversation()).card

    await scene.report(Delivery.FAILED, "out-1")
    failed = await scene.conversation()
    assert (failed.status, failed.card) == (Status.OPEN, card + 1)

    await scene.mirror_all()
    scene.clock.advance(10)
    await scene.send_reply("yes!", at=6, text_id="out-2")
    assert (await scene.conversation()).status == Status.WAITING


async def test_text_that_did_not_arrive_changes_nothing_where_another_went_out(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5, text_id="out-1")
    await scene.send_reply("at 3", at=6, text_id="out-2")

    await scene.report(Delivery.FAILED, "out-1")

    assert (await scene.conversation()).status == Status.WAITING


async def test_missed_text_does_not_turn_back_when_they_wrote_last(scene: Scene) -> None:
    await scene.open_thread()
    scene.clock.advance(60)
    await scene.text("newer")
    newest = (await scene.conversation()).last_in_at

    await _missed(scene, "in-late", age_s=30)

    assert (await scene.conversation()).last_in_at == newest


async def test_first_answer_to_a_text_sent_elsewhere_is_also_sent_to_the_channel(scene: Scene) -> None:
    await scene.echo("Our summer offer", "out-9")
    await scene.settle_echoes()
    await scene.mirror_all()
    scene.clock.advance(2 * DAYS_S)

    await scene.text("I want it")

    assert await _sent_to_the_channel(scene) == [1]


async def test_text_that_opens_a_conversation_stands_on_the_card_alone(scene: Scene) -> None:
    await scene.text("Hello", contact=Number("+14155550155"))

    assert await _sent_to_the_channel(scene) == [0]


async def _sent_to_the_channel(scene: Scene) -> list[int]:
    return [row["broadcast"] for row in await scene.rows("select broadcast from messages where kind = 'text'")]

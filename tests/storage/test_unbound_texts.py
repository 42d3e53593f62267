"""A text for a number that no line binds is kept until its line is added."""

from __future__ import annotations

from dataclasses import replace

from bot.model import Accepted, Kind, Number, Wish
from tests.storage.scene import LINE, OUR_NUMBER, PROVIDER, Scene

UNBOUND = Number("+14235550199")


async def test_text_for_an_unbound_number_is_kept(scene: Scene) -> None:
    answer = await scene.text("hi", line_number=UNBOUND)

    assert answer == Accepted.UNBOUND
    assert (await scene.store.health.queue()).unbound == 1
    assert await scene.claim() == []


async def test_unbound_text_that_comes_twice_is_kept_once(scene: Scene) -> None:
    await scene.text("hi", "in-1", line_number=UNBOUND)

    again = await scene.text("hi", "in-1", line_number=UNBOUND)

    assert again == Accepted.KNOWN
    assert (await scene.store.health.queue()).unbound == 1


async def test_unbound_text_waits_while_no_line_binds_its_number(scene: Scene) -> None:
    await scene.text("hi", line_number=UNBOUND)

    assert await scene.store.texts.unbound(10) == []


async def test_unbound_texts_are_mirrored_in_order_when_their_line_is_added(scene: Scene) -> None:
    for words in ("one", "two"):
        await scene.text(words, line_number=UNBOUND)
    await scene.store.lines.add(replace(LINE, number=UNBOUND))

    for event in await scene.store.texts.unbound(10):
        await scene.store.texts.accept(event, Wish.NONE)

    bodies = [message.body for message in await scene.mirror_all() if message.kind == Kind.TEXT]
    assert bodies == ["one", "two"]
    assert (await scene.store.health.queue()).unbound == 0


async def test_text_for_a_removed_line_is_kept_until_it_is_bound_again(scene: Scene) -> None:
    await scene.store.lines.remove(OUR_NUMBER, PROVIDER)

    kept = await scene.text("hi")
    await scene.store.lines.add(LINE)

    assert kept == Accepted.UNBOUND
    assert [event.body for event in await scene.store.texts.unbound(10)] == ["hi"]


async def test_unbound_text_that_was_read_before_is_forgotten(scene: Scene) -> None:
    await scene.text("hi", "in-1", line_number=UNBOUND)
    await scene.store.lines.add(replace(LINE, number=UNBOUND))
    (event,) = await scene.store.texts.unbound(10)
    await scene.store.texts.accept(event, Wish.NONE)

    again = await scene.store.texts.accept(event, Wish.NONE)

    assert again == Accepted.KNOWN
    assert await scene.store.texts.unbound(10) == []

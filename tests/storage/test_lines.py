"""Lines: bound, moved, removed, and read up to when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import UsageError
from bot.model import Delivery, LineId, Number, ProviderName
from storage.database import instant
from tests.storage.scene import LINE, OUR_NUMBER, PROVIDER, Scene, line_in

CLICKSEND = ProviderName("clicksend")


async def test_line_is_kept_as_it_was_added(scene: Scene) -> None:
    added = await scene.store.lines.add(replace(LINE, number=Number("+14235550199"), broadcasts=False))

    assert added == replace(LINE, id=added.id, number=Number("+14235550199"), broadcasts=False)
    assert added in await scene.store.lines.all()


async def test_lines_come_by_name(scene: Scene) -> None:
    for n, name in enumerate(("Zoo", "Aid")):
        await scene.store.lines.add(replace(LINE, number=Number(f"+1423555019{n}"), name=name))

    assert [line.name for line in await scene.store.lines.all()] == ["Aid", "Sales line", "Zoo"]


async def test_line_that_is_added_again_moves_and_keeps_its_conversations(scene: Scene) -> None:
    before = await scene.open_thread()

    moved = await scene.store.lines.add(replace(line_in("C2"), name="Support"))

    after = await scene.conversation()
    assert (moved.id, moved.channel, moved.name) == (scene.line.id, "C2", "Support")
    assert (after.id, after.line) == (before.id, moved)


async def test_line_that_was_changed_keeps_what_it_was_changed_to(scene: Scene) -> None:
    wanted = replace(scene.line, name="Support", broadcasts=False)

    await scene.store.lines.change(wanted)

    assert list(await scene.store.lines.all()) == [wanted]


async def test_line_that_was_removed_is_not_listed_and_stays_with_its_conversations(scene: Scene) -> None:
    await scene.open_thread()

    removed = await scene.store.lines.remove(OUR_NUMBER, None)

    assert removed.id == scene.line.id
    assert await scene.store.lines.all() == []
    assert (await scene.conversation()).line.removed is True


async def test_line_that_was_removed_can_be_bound_again(scene: Scene) -> None:
    await scene.store.lines.remove(OUR_NUMBER, PROVIDER)

    again = await scene.store.lines.add(LINE)

    assert (again.id, again.removed) == (scene.line.id, False)


async def test_number_that_no_line_has_cannot_be_removed(scene: Scene) -> None:
    with pytest.raises(UsageError, match="No line has that number"):
        await scene.store.lines.remove(Number("+14235550199"), None)


async def test_number_at_two_providers_is_removed_only_from_the_one_that_is_named(scene: Scene) -> None:
    await scene.store.lines.add(replace(LINE, provider=CLICKSEND, account=""))
    with pytest.raises(UsageError, match="Two providers have that number"):
        await scene.store.lines.remove(OUR_NUMBER, None)

    await scene.store.lines.remove(OUR_NUMBER, CLICKSEND)

    assert [line.provider for line in await scene.store.lines.all()] == [PROVIDER]


async def test_new_line_is_read_from_now_on(scene: Scene) -> None:
    assert await scene.store.lines.seen_until(scene.line.id) == instant(scene.clock())


async def test_what_was_read_never_steps_back(scene: Scene) -> None:
    start = await scene.store.lines.seen_until(scene.line.id)
    scene.clock.advance(600)
    await scene.store.lines.mark_seen(scene.line.id, start + timedelta(minutes=5))

    await scene.store.lines.mark_seen(scene.line.id, start + timedelta(minutes=3))

    assert await scene.store.lines.seen_until(scene.line.id) == start + timedelta(minutes=5)


async def test_line_that_is_not_there_is_read_from_now_on(scene: Scene) -> None:
    assert await scene.store.lines.seen_until(LineId(999)) == instant(scene.clock())


async def test_oldest_text_under_way_is_found_until_it_arrived(scene: Scene) -> None:
    await scene.open_thread()
    start = instant(scene.clock())
    scene.clock.advance(10)
    await scene.send_reply("one", at=5, text_id="out-1")
    scene.clock.advance(10)
    await scene.send_reply("two", at=6, text_id="out-2")
    before = await scene.store.lines.oldest_undelivered(scene.line, start)
    await scene.report(Delivery.DELIVERED, "out-1")

    after = await scene.store.lines.oldest_undelivered(scene.line, start)
    await scene.report(Delivery.FAILED, "out-2")

    assert (before, after) == (start + timedelta(seconds=10), start + timedelta(seconds=20))
    assert await scene.store.lines.oldest_undelivered(scene.line, start) is None

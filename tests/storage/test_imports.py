"""An import is kept whole, goes on from where it was, and leaves nothing behind."""

from __future__ import annotations

from datetime import timedelta

from bot.model import (
    ChannelId,
    ContactChange,
    FieldId,
    FieldValue,
    GroupId,
    LineId,
    MemberId,
    NewDeed,
    Number,
    Ts,
)
from bot.model.imports import FailedRow, Import, ImportId, ImportRow, NewImport
from storage.imports import WAITS_FOR
from tests.storage.scene import CONTACT, DANA, Scene

CHANGE = ContactChange(
    first_name="Ana",
    groups=(GroupId("12"),),
    tags=(),
    fields=(FieldValue(FieldId("f1"), "Bath"),),
    blocked=False,
)
ROWS = tuple(ImportRow(place, (f"{place}", "é"), Number(f"+1415555{place:04}"), CHANGE) for place in (2, 3, 4))
FAILED = FailedRow(5, ("x", ""), "Too short.")


def new(scene: Scene, line: LineId | None = None) -> NewImport:
    return NewImport(DANA, line or scene.line.id, "a.csv", ("Number", "Name"), ROWS, (FAILED,))


async def started(scene: Scene) -> Import:
    made = await scene.store.imports.keep(new(scene))
    assert await scene.store.imports.start(made, DANA)
    found = await scene.store.imports.next()
    assert found is not None
    return found


async def test_what_is_kept_comes_back_as_it_was(scene: Scene) -> None:
    one = await started(scene)

    assert one.of == new(scene)
    assert (one.done, one.tries, one.stopped, one.question, one.channel, one.ts) == (0, 0, False, "", None, None)


async def test_nothing_goes_on_before_its_member_says_so(scene: Scene) -> None:
    made = await scene.store.imports.keep(new(scene))

    assert not await scene.store.imports.start(made, MemberId("U2"))
    assert await scene.store.imports.next() is None
    assert await scene.store.imports.start(made, DANA)
    assert not await scene.store.imports.start(made, DANA)
    assert not await scene.store.imports.start(ImportId(99), DANA)


async def test_it_goes_on_from_where_it_was(scene: Scene) -> None:
    one = await started(scene)
    await scene.store.imports.tried(one.id)
    await scene.store.imports.shown(one.id, "q1", ChannelId("D1"), Ts("1.1"))

    after = await scene.store.imports.advance(one, 2, [FailedRow(3, ("3", "é"), "No.")])
    found = await scene.store.imports.next()

    assert found is not None
    assert (found.done, found.tries) == (after.done, after.tries) == (2, 0)
    assert found.of.failed == after.of.failed == (FAILED, FailedRow(3, ("3", "é"), "No."))
    assert (found.question, found.channel, found.ts) == ("q1", "D1", "1.1")


async def test_its_member_stops_it(scene: Scene) -> None:
    one = await started(scene)

    assert not await scene.store.imports.stop(one.id, MemberId("U2"))
    assert await scene.store.imports.stop(one.id, DANA)

    assert (await scene.store.imports.advance(one, 1, [])).stopped
    found = await scene.store.imports.next()
    assert found is not None
    assert (found.stopped, found.done) == (True, 1)


async def test_end_leaves_nothing_but_who_did_it(scene: Scene) -> None:
    one = await started(scene)

    for _ in range(2):
        await scene.store.imports.end(one.id, NewDeed(DANA, "contacts_imported", about="a.csv"))

    assert await scene.rows("select id from imports") == []
    assert len(await scene.rows("select id from audit where what = 'contacts_imported'")) == 1
    assert (await scene.store.imports.advance(one, 1, [])).stopped


async def test_what_nobody_said_anything_about_is_dropped(scene: Scene) -> None:
    await scene.store.imports.keep(new(scene))
    running = await started(scene)
    scene.clock.advance((WAITS_FOR + timedelta(seconds=1)).total_seconds())

    await scene.store.imports.forget_old()

    assert [row["id"] for row in await scene.rows("select id from imports")] == [running.id]


async def test_contacts_are_called_anew_where_they_have_a_conversation(scene: Scene) -> None:
    await scene.text("hi", contact_name="Maria Lopez")
    before = (await scene.rows("select card_wanted from conversations"))[0]["card_wanted"]

    for _ in range(2):
        await scene.store.contacts.rename(scene.line.id, {CONTACT: "Maria S.", Number("+14155559999"): "Zoe"})
    await scene.store.contacts.rename(scene.line.id, {CONTACT: ""})

    (row,) = await scene.rows("select contact_name, card_wanted from conversations")
    assert (row["contact_name"], row["card_wanted"]) == ("Maria S.", before + 1)

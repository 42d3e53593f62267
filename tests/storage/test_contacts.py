"""Contacts are found by number and by name, and what was said with them is read newest first."""

from __future__ import annotations

import pytest

from bot.model import Kind, LineId, Number
from tests.storage.scene import BOT, CONTACT, Scene

OMAR = Number("+14155550177")


async def _named(scene: Scene, **names: str) -> None:
    for number, name in names.items():
        await scene.text("hi", contact=Number(number.replace("n", "+")), contact_name=name)


async def _called(scene: Scene, name: str) -> list[str | None]:
    return [each.contact_name for each in await scene.store.contacts.called(scene.line.id, name, 10)]


@pytest.mark.parametrize("typed", ["maria", "MARIA", "lopez", "ria Lo"])
async def test_contact_is_found_by_a_part_of_the_name_in_any_case(scene: Scene, typed: str) -> None:
    await _named(scene, n14155550134="Maria Lopez", n14155550177="Omar Aziz")

    assert await _called(scene, typed) == ["Maria Lopez"]


async def test_contact_called_just_so_comes_first(scene: Scene) -> None:
    await _named(scene, n14155550134="maria", n14155550177="Maria Lopez")

    assert await _called(scene, "Maria") == ["maria", "Maria Lopez"]


@pytest.mark.parametrize("typed", ["%", "_", "!", "100%", "a_b"])
async def test_signs_of_patterns_stand_for_themselves(scene: Scene, typed: str) -> None:
    await _named(scene, n14155550134="Maria Lopez", n14155550177=f"Omar {typed}")

    assert await _called(scene, typed) == [f"Omar {typed}"]


async def test_contact_of_another_line_is_not_found(scene: Scene) -> None:
    await _named(scene, n14155550134="Maria Lopez")

    assert list(await scene.store.contacts.called(LineId(99), "Maria", 10)) == []
    assert await scene.store.contacts.with_number(LineId(99), CONTACT) is None


async def test_conversation_is_found_by_number(scene: Scene) -> None:
    await _named(scene, n14155550134="Maria Lopez")

    found = await scene.store.contacts.with_number(scene.line.id, CONTACT)

    assert found is not None
    assert found.contact_name == "Maria Lopez"
    assert await scene.store.contacts.with_number(scene.line.id, OMAR) is None


async def test_history_is_what_was_said_and_nothing_else(scene: Scene) -> None:
    conversation = await scene.open_thread()
    await scene.refused_reply("one", at=1)
    scene.clock.advance(2)
    await scene.text("two")
    await scene.mirror_all()

    said = await scene.store.contacts.history(conversation.id, bot=BOT, skip=0, limit=2)
    rest = await scene.store.contacts.history(conversation.id, bot=BOT, skip=2, limit=9)

    assert [(each.kind, each.body) for each in said] == [(Kind.TEXT, "two"), (Kind.REPLY, "one")]
    assert [each.body for each in rest] == ["hello"]


async def test_history_has_what_was_found_late_in_its_place(scene: Scene) -> None:
    conversation = await scene.open_thread()
    scene.clock.advance(40)
    await scene.text("later")

    await scene.echo("in between", "e-1", age_s=20)
    await scene.settle_echoes()

    said = await scene.store.contacts.history(conversation.id, bot=BOT, skip=0, limit=9)
    assert [message.body for message in said] == ["later", "in between", "hello"]

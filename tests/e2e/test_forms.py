"""The form for a new text, from end to end."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.sandbox.slack.feed import Ack
from bot.sandbox.slack.model import Member
from tests.e2e.office import MARIA, OMAR, Office


async def _opened(team: Office, member: Member | None = None) -> str:
    """The id of the form that somebody, or else Dana, has open."""
    stacks, whose = team.workspace.views.stacks, (member or team.dana).id
    return str((await team.see(lambda: stacks.get(whose), "a form"))[-1])


async def _sent(team: Office, view_id: str, **values: str) -> Ack:
    fields: dict[str, Any] = {name: {"value": {"value": value}} for name, value in values.items()}
    return await team.workspace.submit(view_id, team.dana, fields)


@pytest.mark.verb("text", "open")
async def test_form_opens_for_the_command_and_for_the_shortcut(team: Office) -> None:
    await team.workspace.slash(team.sales, team.dana, "/text")
    by_command = await _opened(team)
    await team.workspace.close_view(by_command, team.dana)

    await team.workspace.shortcut(team.dana, "new_text")

    assert await _opened(team) != by_command


async def test_form_texts_a_number_and_becomes_the_answer(team: Office) -> None:
    await team.workspace.slash(team.sales, team.dana, "/text")
    view_id = await _opened(team)

    await _sent(team, view_id, to="(415) 555-0134", words="Your order is ready")

    await team.gets("Your order is ready")
    assert "On its way to +1 415 555 0134." in str(team.workspace.views.by_id[view_id]["blocks"])


async def test_whole_name_in_any_case_is_enough(team: Office) -> None:
    await team.open(number=MARIA, name="Maria Lopez")
    await team.workspace.slash(team.sales, team.dana, "/text")

    await _sent(team, await _opened(team), to="maria  lopez", words="Your order is ready")

    await team.gets("Your order is ready")


async def test_form_sent_twice_is_one_text(team: Office) -> None:
    await team.workspace.slash(team.sales, team.dana, "/text")
    view_id = await _opened(team)

    acks = await asyncio.gather(*(_sent(team, view_id, to=MARIA, words="Your order is ready") for _ in range(2)))

    assert all(ack.acked for ack in acks)
    await team.gets("Your order is ready")


@pytest.mark.parametrize(
    ("to", "words", "field", "sentence"),
    [
        ("nobody", "Hello", "to", "Nobody on “Sales” is called “nobody”."),
        ("123", "Hello", "to", "Use their number, like +1 415 555 0134."),
        (" ", "Hello", "to", "Say whom"),
        ("Maria", "Hello", "to", "Several are called so"),
        ("Santos", "Hello", "to", "Is it Maria Santos · +1 415 555 0177? Write the whole name, or the number."),
        (MARIA, "x" * 2_000, "words", "1,600 is the most"),
        (MARIA, " \u200b", "words", "there are no words in it"),
    ],
)
async def test_errors_stand_beside_their_fields(
    team: Office, to: str, words: str, field: str, sentence: str
) -> None:
    await team.open(number=MARIA, name="Maria Lopez")
    await team.open(number=OMAR, name="Maria Santos")
    await team.workspace.slash(team.sales, team.dana, "/text")

    ack = await _sent(team, await _opened(team), to=to, words=words)

    assert ack.payload is not None
    assert ack.payload["response_action"] == "errors"
    assert sentence in ack.payload["errors"][field]
    assert team.phone() == []


async def test_guest_is_told_in_the_form(team: Office) -> None:
    guest = team.workspace.add_member("Gil", kind="guest")
    await team.workspace.shortcut(guest, "new_text")
    view_id = await _opened(team, guest)
    fields: dict[str, Any] = {"to": {"value": {"value": MARIA}}, "words": {"value": {"value": "Hello"}}}
    await team.workspace.submit(view_id, guest, fields)

    assert "Only full members" in str(team.workspace.views.by_id[view_id]["blocks"])
    assert team.phone() == []

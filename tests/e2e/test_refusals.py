"""What cannot be sent, or not by this person: refused before it leaves, and its author is told why."""

from __future__ import annotations

import pytest

from bot.sandbox.slack.files import MemberFile
from tests.e2e.office import Office

REFUSED, TICK = "no_entry_sign", "white_check_mark"


async def test_file_is_refused_and_its_author_told(team: Office) -> None:
    root = await team.open()

    ts = await team.say(root, "The roof", files=[MemberFile("roof.jpg", b"\xff\xd8\xff")])

    await team.reacts(ts, REFUSED)
    await team.notice(root, "@Dana 🚫 Not sent: files cannot be texted yet.")
    assert team.phone() == []


async def test_reply_without_words_is_refused(team: Office) -> None:
    root = await team.open()

    ts = await team.say(root, "\u200b ")

    await team.reacts(ts, REFUSED)
    await team.notice(root, "@Dana 🚫 Not sent: there are no words in it.")


async def test_too_long_reply_is_refused_with_its_length_before_it_leaves(team: Office) -> None:
    root = await team.open()

    ts = await team.say(root, "x" * 5_000)

    await team.reacts(ts, REFUSED)
    await team.notice(root, "@Dana 🚫 Not sent: it has 5,000 characters")
    assert team.textrequest.accepted() == []


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("guest", "guests cannot text contacts"),
        ("lone_guest", "guests cannot text contacts"),
        ("stranger", "people of other workspaces cannot text contacts"),
    ],
)
async def test_outsider_cannot_text_a_contact(team: Office, kind: str, why: str) -> None:
    gil = team.workspace.add_member("Gil", kind=kind)
    await team.workspace.join(team.sales, gil)
    root = await team.open()

    ts = await team.say(root, "Hello from me", gil)

    await team.reacts(ts, REFUSED)
    await team.notice(root, f"@Gil 🚫 Not sent: {why}")
    assert team.textrequest.accepted() == []


async def test_deactivated_member_cannot_text_a_contact(team: Office) -> None:
    team.eli.deleted = True
    root = await team.open()

    ts = await team.say(root, "Hello", team.eli)

    await team.reacts(ts, REFUSED)
    await team.notice(root, "this account is deactivated")
    assert team.textrequest.accepted() == []


async def test_reply_waits_until_slack_says_who_wrote_it(team: Office) -> None:
    root = await team.open()
    team.fault("users.info", "status", status=503)

    ts = await team.say(root, "Yes")

    await team.reacts(ts, TICK)
    assert team.phone() == ["Yes"]
    assert team.workspace.core.calls["users.info"] == 2


async def test_member_who_became_a_guest_is_noticed(team: Office) -> None:
    root = await team.open()
    await team.say(root, "one")
    await team.gets("one")
    await team.settled()
    team.dana.kind = type(team.dana.kind).GUEST
    await team.let_pass(600)

    ts = await team.say(root, "two")

    await team.reacts(ts, REFUSED)
    assert team.phone() == ["one"]

"""A note that goes out after all: by the menu of its message, once, and only when it may."""

from __future__ import annotations

import asyncio

import pytest

from bot.sandbox.slack.model import Member
from tests.e2e.office import MARIA, Office
from tests.e2e.windows import reads, window

MENU = "send_as_text"


async def _noted(team: Office, words: str, member: Member | None = None) -> str:
    """The ts of a note in Maria's thread."""
    root = await team.open()
    ts = await team.say(root, words, member)
    await team.reacts(ts, "mute")
    return ts


async def _window(team: Office, ts: str, words: str, member: Member | None = None) -> str:
    """What the menu of the message opens, once it has these words; its id."""
    who = member or team.dana
    await team.workspace.message_shortcut(team.sales, ts, MENU, who)
    await team.see(lambda: words in reads(window(team, who)), f"a window with “{words}”")
    view = window(team, who)
    assert view is not None
    return str(view["id"])


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("// We are closed on Friday", "We are closed on Friday"),
        ("note: closed // on Friday", "closed // on Friday"),
        ("@Eli it is your turn", "@Eli it is your turn"),
        ("Ticket : it works again", "it works again"),
        ("note: ticket: 12 is closed", "ticket: 12 is closed"),
    ],
)
async def test_note_goes_out_without_what_made_it_one(team: Office, note: str, words: str) -> None:
    ts = await _noted(team, note)

    view = await _window(team, ts, words)
    await team.workspace.submit(view, team.dana, {})

    await team.gets(words)
    await team.reacts(ts, "white_check_mark")


async def test_window_says_to_whom_it_goes(team: Office) -> None:
    await _window(team, await _noted(team, "// hello"), "+1 415 555 0134")

    said = reads(window(team))
    assert "Maria Lopez" in said
    assert "Sales" in said
    assert team.phone() == []


async def test_note_that_was_edited_goes_out_as_it_stands(team: Office) -> None:
    ts = await _noted(team, "// We are closed on Fridy")
    await team.workspace.edit(team.sales, ts, "// We are closed on Friday")
    await team.found("select id from messages where body = '// We are closed on Friday'")

    await team.workspace.submit(await _window(team, ts, "on Friday"), team.dana, {})

    await team.gets("We are closed on Friday")


async def test_two_members_at_once_send_it_once(team: Office) -> None:
    ts = await _noted(team, "// hello")
    windows = [(await _window(team, ts, "hello", who), who) for who in (team.dana, team.eli)]

    await asyncio.gather(*(team.workspace.submit(view, who, {}) for view, who in windows))

    await team.gets("hello")
    await team.reacts(ts, "white_check_mark")
    assert sum("only once" in reads(window(team, who)) for _, who in windows) == 1


async def test_who_had_it_sent_is_in_the_log_and_told_when_it_fails(team: Office) -> None:
    ts = await _noted(team, "// hello")
    team.textrequest.refuse(MARIA)

    await team.workspace.submit(await _window(team, ts, "hello", team.eli), team.eli, {})

    await team.found("select id from audit where what = 'note_sent' and who = :who", who=team.eli.id)
    await team.reacts(ts, "warning")


async def test_note_to_who_opted_out_does_not_go(team: Office) -> None:
    ts = await _noted(team, "// hello")
    await team.text("STOP")
    await team.found("select id from conversations where opted_out <> ''")

    await _window(team, ts, "opted out")

    assert team.phone() == []


@pytest.mark.parametrize("what", ["their text", "a reply", "the card"])
async def test_anything_but_a_note_is_refused(team: Office, what: str) -> None:
    root = await team.open()
    ts = {"the card": root}.get(what) or (await team.say(root, "Hello") if what == "a reply" else "")
    if what == "a reply":
        await team.reacts(ts, "white_check_mark")
    if not ts:
        ts = str((await team.see(lambda: team.mirrored(MARIA), "their text"))[-1]["ts"])

    await _window(team, ts, "Only a note")


async def test_note_of_another_bot_is_refused(team: Office) -> None:
    zap = team.workspace.add_member("Zap", kind="bot")
    await team.workspace.join(team.sales, zap)
    ts = await _noted(team, "A deal was closed", zap)

    await _window(team, ts, "Only a note")

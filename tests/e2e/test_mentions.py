"""What is said to the bot in a contact's thread is done for that contact, and never texted."""

from __future__ import annotations

import pytest

from tests.e2e.office import MARIA, Office

MUTE, TICK = "mute", "white_check_mark"


async def _told(team: Office, root: str, words: str) -> str:
    """Say something to the bot, as Dana; the message's ts."""
    return await team.say(root, f"<@{team.workspace.bot.id}> {words}")


async def test_history_is_shown_to_who_asked_in_the_thread(team: Office) -> None:
    root = await team.open("Hi there")

    ts = await _told(team, root, "history")

    await team.told(team.dana, "Maria Lopez · +1 415 555 0134 on Sales")
    (shown,) = team.workspace.ephemerals(team.dana)
    assert shown["message"]["thread_ts"] == root
    await team.reacts(ts, MUTE)
    assert team.phone() == []


async def test_verb_in_any_case_is_understood(team: Office) -> None:
    root = await team.open("Hi there")

    await _told(team, root, "History page=2")

    await team.told(team.dana, "There is no page 2.")


async def test_answer_does_not_lead_to_the_thread_that_it_stands_in(team: Office) -> None:
    root = await team.open("Hi there")

    await _told(team, root, "history")
    await team.told(team.dana, "Maria Lopez · +1 415 555 0134 on Sales")

    assert not any("Open the thread" in told for told in team.whispers(team.dana))


async def test_help_tells_what_can_be_said(team: Office) -> None:
    root = await team.open()

    await _told(team, root, "Help")

    await team.told(team.dana, "@Threadline pay <amount> <description> [ref= message=]")
    assert not any("I do not know" in told for told in team.whispers(team.dana))


async def test_what_is_not_whole_is_answered_as_it_is_said_there(team: Office) -> None:
    root = await team.open()

    await _told(team, root, "pay\n45")

    usage = "@Threadline pay <amount> <description> [ref= message=]"
    await team.told(team.dana, f"@Threadline pay needs <description>. Usage: {usage}")


@pytest.mark.parametrize("words", ["", "histroy", "42", "<!channel> &amp;", "x" * 3_000])
async def test_what_is_not_understood_is_answered_and_not_texted(team: Office, words: str) -> None:
    root = await team.open()

    ts = await _told(team, root, words)

    await team.told(team.dana, "What is said to me is never texted.")
    await team.reacts(ts, MUTE)
    assert team.phone() == []


async def test_note_is_kept_and_not_answered(team: Office) -> None:
    root = await team.open()

    ts = await _told(team, root, "note: she likes the balcony")
    await team.reacts(ts, MUTE)
    await team.settled()

    assert team.whispers(team.dana) == []
    assert team.phone() == []


async def test_event_that_comes_twice_is_answered_once(team: Office) -> None:
    root = await team.open("Hi there")
    ts = await _told(team, root, "history")
    await team.told(team.dana, "Hi there")

    team.workspace.send_again(ts)
    await team.settled()

    assert len(team.whispers(team.dana)) == 1


async def test_bot_that_stops_answers_what_was_said_before(team: Office) -> None:
    root = await team.open("Hi there")
    await team.settled()

    await _told(team, root, "history")
    await team.found("select id from messages where kind = 'note'")
    await team.stop()

    assert team.whispers(team.dana) != []
    assert team.phone(MARIA) == []

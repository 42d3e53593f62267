"""The clock of the bot's machine is an hour off from the database's: nothing changes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.bridge import Bridge
from tests.e2e.office import Office

TICK, WARNING = "white_check_mark", "warning"


@pytest.fixture(params=[-1, 1], ids=["behind", "ahead"])
async def team(closed: Office, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office whose bot goes by a clock that is an hour off."""
    off = timedelta(hours=request.param)
    right = Bridge.now

    def now(bridge: Bridge) -> datetime:
        return right(bridge) + off

    monkeypatch.setattr(Bridge, "now", now)
    closed.textrequest.rules.sign_hooks = False  # the age of a signature is told by that clock alone
    await closed.start()
    return closed


async def test_reply_reaches_the_phone(team: Office) -> None:
    root = await team.open()

    ts = await team.say(root, "Yes")

    await team.gets("Yes")
    await team.reacts(ts, TICK)


async def test_reply_that_could_not_be_sent_at_once_is_not_given_up(team: Office) -> None:
    root = await team.open()
    team.fault("users.info", "status", status=500)
    ts = await team.say(root, "Yes")
    await team.struck("users.info")
    await team.found("select id from messages where kind = 'reply' and state = 'queued' and attempts = 1")

    await team.let_pass(2)

    await team.gets("Yes")
    await team.reacts(ts, TICK)


async def test_text_whose_answer_is_lost_is_found_and_not_posted_again(team: Office) -> None:
    root = await team.open("one")
    team.fault("chat.postMessage", "drop_after")

    await team.text("two")
    await team.text("three")

    await team.reads(root, "one", "two", "three")


async def test_text_that_slack_did_not_post_is_posted_again(team: Office) -> None:
    root = await team.open("one")
    team.fault("chat.postMessage", "drop")

    await team.text("two")

    await team.reads(root, "one", "two")


async def test_reply_whose_answer_is_lost_is_found_and_not_sent_again(team: Office) -> None:
    root = await team.open()
    team.fault("textrequest.send", "drop_after")

    ts = await team.say(root, "Yes")

    await team.reacts(ts, TICK)
    assert team.phone() == ["Yes"]


async def test_text_put_off_by_a_clock_that_was_hours_ahead_is_shown_after_a_start(closed: Office) -> None:
    await closed.start()
    root = await closed.open("one")
    await closed.settled()
    closed.fault("chat.postMessage", "error", error="message_limit_exceeded")
    await closed.text("two")
    await closed.found("select id from messages where body = 'two' and state = 'queued' and attempts = 1")
    await closed.change("update messages set due_at = :now + :ahead where body = 'two'", ahead=3 * 3_600_000_000)
    await closed.stop()

    await closed.start()

    await closed.reads(root, "one", "two")

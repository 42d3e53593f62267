"""Somebody whom Slack does not show to the bot, as a person of another organisation: nobody waits for them."""

from __future__ import annotations

import pytest

from tests.e2e.office import Office

REFUSED, TICK = "no_entry_sign", "white_check_mark"


@pytest.fixture
async def root(team: Office) -> str:
    """A thread in which Dana is known; Slack shows nobody else from now on."""
    root = await team.open()
    await team.say(root, "one")
    await team.gets("one")
    return root


@pytest.mark.parametrize("code", ["user_not_found", "user_not_visible"])
async def test_their_reply_is_refused_at_once_and_holds_nobody_back(team: Office, root: str, code: str) -> None:
    team.fault("users.info", "error", error=code, times=0)

    ts = await team.say(root, "let me in", team.eli)
    await team.say(root, "two")

    await team.gets("one", "two")
    await team.reacts(ts, REFUSED)
    assert len(await team.rows("select id from messages where kind = 'reply' and attempts > 1")) == 0


async def test_reply_that_mentions_them_goes_out_without_their_name(team: Office, root: str) -> None:
    team.fault("users.info", "error", error="user_not_visible", times=0)

    ts = await team.say(root, "ask @Eli tomorrow")

    await team.gets("one", "ask @someone tomorrow")
    await team.reacts(ts, TICK)

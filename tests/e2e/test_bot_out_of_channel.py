"""The bot is out of a line's channel for a while: what was said meanwhile is read, and no thread is given up."""

from __future__ import annotations

import pytest

from tests.e2e.cards import use
from tests.e2e.office import MARIA, Office

TICK = "white_check_mark"
AWAY = ("not_in_channel", "channel_not_found", "is_archived")


async def out(team: Office) -> str:
    """A thread, and a bot that was removed from its channel; the root."""
    root = await team.open("one")
    await team.settled()
    await team.workspace.remove_bot(team.sales)
    await team.found("select name from facts where name like 'away:%'")
    return root


async def test_reply_written_meanwhile_is_sent_when_the_bot_is_back(team: Office) -> None:
    root = await out(team)
    ts = await team.say(root, "I take this one")
    await team.see(lambda: team.workspace.feed.idle, "nobody to tell")

    await team.workspace.join(team.sales, team.workspace.bot)
    await team.found("select name from facts where name like 'back:%'")
    await team.let_pass(4)  # less than a gap: what is read is read because the channel is back

    await team.gets("I take this one")
    await team.reacts(ts, TICK)


async def test_colleague_who_joins_makes_nothing_due(team: Office) -> None:
    await team.open("one")
    await team.settled()
    team.fault("chat.postMessage", "error", error="message_limit_exceeded", times=0)
    await team.text("two")
    await team.found("select id from messages where body = 'two' and state = 'queued' and attempts > 0")
    await team.change("update messages set due_at = :never where body = 'two'", never=2**60)

    await team.workspace.join(team.sales, team.workspace.add_member("Pat"))
    await team.see(lambda: team.workspace.feed.idle, "the event taken")

    assert [row["due_at"] for row in await team.rows("select due_at from messages where body = 'two'")] == [2**60]


@pytest.mark.parametrize(("who", "said"), [("Dana", "Maria Lopez"), ("Fay", "in a line's channel may do that")])
async def test_click_is_answered_by_a_direct_message(team: Office, who: str, said: str) -> None:
    root = await out(team)
    team.workspace.add_member("Fay")

    await use(team, root, "Contact details", team.workspace.member(who))

    inbox = team.workspace.direct_messages(who)
    await team.see(lambda: said in " ".join(map(team.workspace.words, team.workspace.messages(inbox))), said)


async def test_who_is_in_the_channel_counts_as_soon_as_the_bot_is_back(team: Office) -> None:
    team.sales.is_private = True
    root = await out(team)
    await use(team, root, "Take")
    inbox = team.workspace.direct_messages(team.dana)
    await team.see(
        lambda: "nobody in" in str(list(map(team.workspace.words, team.workspace.messages(inbox)))), "no"
    )

    await team.workspace.join(team.sales, team.workspace.bot)
    await team.found("select 1 as done where not exists (select name from facts where name like 'away:%')")
    await use(team, root, "Take")

    await team.found("select id from conversations where owner = :dana", dana=team.dana.id)


@pytest.mark.parametrize("code", AWAY)
async def test_text_whose_answer_was_lost_is_found_when_the_channel_is_back(team: Office, code: str) -> None:
    root = await team.open("one")
    team.fault("chat.postMessage", "drop_after")
    team.fault("conversations.replies", "error", error=code)
    await team.text("two")
    await away(team)

    await team.let_pass(300)
    await team.text("three")

    await team.reads(root, "one", "two", "three")
    assert len(team.roots()) == 1


@pytest.mark.parametrize("code", AWAY)
async def test_root_whose_answer_was_lost_is_found_when_the_channel_is_back(team: Office, code: str) -> None:
    team.fault("chat.postMessage", "drop_after")
    team.fault("conversations.history", "error", error=code)
    await team.text("one")
    await away(team)

    await team.let_pass(300)

    await team.see(lambda: team.mirrored(MARIA), "the text")
    assert len(team.roots()) == 1


async def away(team: Office) -> None:
    """Wait until the look-up was put off, as one in a channel that is away."""
    await team.struck("conversations.")
    await team.found("select id from messages where state = 'sending' and looks = 1 and lease_until > :now")

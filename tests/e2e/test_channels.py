"""What happens to a line's channel: archived, left, moved. Texts wait, an admin is told, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.flows import channels, line_states
from bot.model import ChannelId, Number
from tests.e2e.cards import use
from tests.e2e.office import MARIA, Office

TICK = "white_check_mark"


def alerts(team: Office) -> list[str]:
    """What Dana, the admin, reads in her direct messages with the bot."""
    return [team.workspace.words(one) for one in team.workspace.messages(team.workspace.direct_messages("Dana"))]


@pytest.fixture
async def attended(closed: Office) -> Office:
    """An office whose bot runs and knows an admin."""
    await closed.start(threadline_admins=closed.dana.id)
    return closed


async def test_archived_channel_is_told_to_the_admin_once(attended: Office) -> None:
    await attended.workspace.archive(attended.sales, attended.dana)

    told = await attended.see(lambda: alerts(attended), "an alert")
    await attended.workspace.unarchive(attended.sales, attended.dana)
    await attended.workspace.archive(attended.sales, attended.dana)
    await attended.settled()

    assert told[0].startswith("“Sales” lost its channel #sales: it was archived.")
    assert len(alerts(attended)) == 1


async def test_texts_wait_while_the_channel_is_archived_and_are_shown_in_order_after(attended: Office) -> None:
    root = await attended.open("one")
    await attended.workspace.archive(attended.sales, attended.dana)
    await attended.see(lambda: alerts(attended), "the alert that the channel was archived")
    await attended.text("two")
    await attended.text("three")
    await attended.see(lambda: len(alerts(attended)) == 2, "the alerts")

    await attended.workspace.unarchive(attended.sales, attended.dana)

    await attended.reads(root, "one", "two", "three")
    assert "The texts of “Sales” cannot be shown: Slack says is_archived" in alerts(attended)[1]


async def test_texts_wait_while_the_bot_is_out_of_the_channel_and_are_shown_after(attended: Office) -> None:
    root = await attended.open("one")
    await attended.workspace.remove_bot(attended.sales)
    await attended.see(lambda: alerts(attended), "the alert that the bot was removed")
    await attended.text("two")
    await attended.see(lambda: len(alerts(attended)) == 2, "the alerts")

    await attended.workspace.join(attended.sales, attended.workspace.bot)

    await attended.reads(root, "one", "two")
    assert "Threadline was removed from it" in alerts(attended)[0]


async def test_channel_that_is_no_more_keeps_no_other_from_being_found_again(attended: Office) -> None:
    assert attended.running is not None
    bridge = attended.running.bridge
    (sales,) = await bridge.store.lines.all()
    deleted = replace(sales, number=Number("+14235550188"), channel=ChannelId("C0DELETED"))
    other = replace(sales, number=Number("+14235550199"))
    lines = [await bridge.store.lines.add(deleted), await bridge.store.lines.add(other)]
    for line in lines:
        await line_states.note_unshown(bridge, line, "it was deleted")

    await channels.look_again(bridge)

    known = await line_states.all_noted(bridge)
    noted = [line_states.noted(known, line, line_states.CHANNEL) for line in lines]
    assert (bool(noted[0]), noted[1]) == (True, "")


async def test_reply_sent_before_the_channel_was_archived_still_goes_out(attended: Office) -> None:
    root = await attended.open("one")
    attended.fault("textrequest.send", "hold")
    await attended.say(root, "Yes")
    await attended.see(lambda: attended.trouble.held, "a send under way")

    await attended.workspace.archive(attended.sales, attended.dana)
    attended.trouble.release()

    await attended.gets("Yes")


async def test_line_that_moves_continues_in_the_new_channel(team: Office) -> None:
    old = await team.open("one")
    support = team.workspace.add_channel("support", "Dana")
    await team.bind(support)

    await team.text("two")

    new = (await team.see(lambda: team.roots(MARIA, support), "a root there"))[0]["ts"]
    await team.see(lambda: team.thread(new, support) == ["two"], "the text there")
    assert "This continues an earlier thread\nThey: one" in team.workspace.words(
        team.workspace.message(support, new)
    )
    assert team.thread(old) == ["one"]


async def test_reply_in_the_channel_that_a_line_left_is_still_sent(team: Office) -> None:
    old = await team.open("one")
    await team.bind(team.workspace.add_channel("support", "Dana"))

    ts = await team.say(old, "Yes")

    await team.gets("Yes")
    await team.reacts(ts, TICK)


async def test_line_that_moves_out_of_an_archived_channel_takes_its_texts_along(attended: Office) -> None:
    await attended.open("one")
    support = attended.workspace.add_channel("support", "Dana")
    await attended.workspace.archive(attended.sales, attended.dana)
    await attended.text("two")
    await attended.see(lambda: len(alerts(attended)) == 2, "the alerts")

    await attended.bind(support)
    await attended.let_pass(60)

    new = (await attended.see(lambda: attended.roots(MARIA, support), "a root there"))[0]["ts"]
    await attended.see(lambda: attended.thread(new, support) == ["two"], "the text there")


async def test_unknown_alert_channel_holds_nothing_else_back(closed: Office) -> None:
    await closed.start(threadline_alert_channel="C0NOWHERE1")
    root = await closed.open("one")
    closed.fault("chat.postMessage", "error", error="message_limit_exceeded")
    await closed.text("two")

    await closed.reads(root, "one", "two")

    await closed.found("select id from messages where kind = 'alert' and state <> 'done' and attempts > 0")


async def test_reply_and_click_under_a_removed_line_are_refused(team: Office) -> None:
    root = await team.open("one")
    assert team.running is not None
    line = (await team.running.bridge.store.lines.all())[0]
    await team.running.bridge.store.lines.remove(line.number, None)

    ts = await team.say(root, "Yes")

    await team.reacts(ts, "no_entry_sign")
    await team.notice(root, "this line is no longer connected")
    await use(team, root, "Take")
    await team.told(team.dana, "This line is no longer connected.")
    await team.say(root, f"<@{team.workspace.bot.id}> resolve", team.eli)
    await team.told(team.eli, "This line is no longer connected.")

"""Slack in trouble: a post is looked for until Slack answers and never posted twice, and nothing is lost."""

from __future__ import annotations

import pytest

from tests.e2e.office import MARIA, Office

TICK = "white_check_mark"


@pytest.mark.parametrize("kind", ["drop_after", "garbage", "html"])
async def test_root_whose_answer_is_lost_is_found_and_not_posted_again(team: Office, kind: str) -> None:
    team.fault("chat.postMessage", kind)

    root = await team.open("one")

    assert len(team.roots()) == 1
    assert team.thread(root) == ["one"]


@pytest.mark.parametrize("kind", ["drop_after", "garbage", "html"])
async def test_text_whose_answer_is_lost_is_found_and_not_posted_again(team: Office, kind: str) -> None:
    root = await team.open("one")
    team.fault("chat.postMessage", kind)

    await team.text("two")
    await team.text("three")

    await team.reads(root, "one", "two", "three")


# An `error` is `internal_error`: Slack may have done it all the same.
@pytest.mark.parametrize("kind", ["drop", "error", "status"])
async def test_text_that_slack_did_not_post_is_posted_again(team: Office, kind: str) -> None:
    root = await team.open("one")
    team.fault("chat.postMessage", kind)

    await team.text("two")
    await team.text("three")

    await team.reads(root, "one", "two", "three")


async def test_look_up_that_slack_does_not_answer_is_asked_again(team: Office) -> None:
    root = await team.open("one")
    team.fault("chat.postMessage", "drop_after")
    team.fault("conversations.replies", "status", times=3, status=500)

    await team.text("two")
    await team.text("three")

    await team.reads(root, "one", "two", "three")


async def test_throttled_text_waits_as_long_as_asked_and_keeps_its_place(team: Office) -> None:
    root = await team.open("one")
    team.fault("chat.postMessage", "status", status=429, retry_after_s=1)

    await team.text("two")
    await team.text("three")

    await team.reads(root, "one", "two", "three")
    posted = [float(message["ts"]) for message in team.workspace.thread(team.sales, root)]
    assert posted[2] - posted[1] > 1


async def test_throttled_channel_holds_back_every_conversation_of_it(team: Office) -> None:
    maria = await team.open("one")
    team.fault("chat.postMessage", "status", status=429, retry_after_s=1)
    await team.text("two")
    await team.struck("chat.postMessage")

    await team.text("Hello", "+14155550177", "Omar Haddad")

    await team.reads(maria, "one", "two")
    omar = (await team.see(lambda: team.mirrored("+14155550177"), "the other thread"))[0]
    assert float(omar["ts"]) - float(team.workspace.thread(team.sales, maria)[1]["ts"]) > 1


async def test_slack_that_is_down_holds_nothing_back_from_the_provider(team: Office) -> None:
    root = await team.open("one")
    team.fault("chat.*", "drop", times=0)
    team.fault("reactions.*", "drop", times=0)

    ts = await team.say(root, "Yes")
    await team.gets("Yes")
    team.trouble.clear()
    await team.let_pass(30)

    await team.reacts(ts, TICK)


async def test_reaction_that_slack_refuses_for_a_while_is_shown_later(team: Office) -> None:
    root = await team.open("one")
    team.fault("reactions.add", "status", status=429, retry_after_s=1)

    ts = await team.say(root, "Yes")
    await team.struck("reactions.add")
    await team.settled()
    await team.let_pass(1)

    await team.reacts(ts, TICK)


async def test_card_that_slack_refuses_for_a_while_is_shown_later(team: Office) -> None:
    team.fault("chat.update", "status", status=429, retry_after_s=1)
    root = await team.open("one")

    await team.say(root, "Yes")

    await team.see(lambda: "⏳ Waiting for contact" in team.card(root), "the status")


async def test_post_that_slack_refuses_for_good_is_kept_and_told_to_the_alert_channel(closed: Office) -> None:
    ops = closed.workspace.add_channel("ops", "Dana")
    await closed.start(threadline_alert_channel=ops.id)
    root = await closed.open("one")
    closed.fault("chat.postMessage", "error", error="message_limit_exceeded")

    await closed.text("two")

    alert = (await closed.see(lambda: closed.workspace.messages(ops), "an alert"))[0]
    assert closed.workspace.words(alert) == (
        "A message of “Sales” cannot be shown in Slack: Slack says message_limit_exceeded. "
        "It is kept and tried again."
    )
    await closed.reads(root, "one", "two")


async def test_text_whose_blocks_slack_refuses_is_posted_without_them(team: Office) -> None:
    root = await team.open("one")
    team.fault("chat.postMessage", "error", error="invalid_blocks")

    await team.text("<!channel> two")

    await team.reads(root, "one", "<!channel> two")
    text = team.workspace.thread(team.sales, root)[2]
    assert (text["text"], "blocks" in text) == ("&lt;!channel&gt; two", False)


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_too_long", "no_text", "invalid_arguments"])
async def test_text_that_slack_takes_in_no_form_is_told_of_in_its_place(closed: Office, code: str) -> None:
    ops = closed.workspace.add_channel("ops", "Dana")
    await closed.start(threadline_alert_channel=ops.id)
    root = await closed.open("one")
    closed.fault("chat.postMessage", "error", error=code, times=2)

    await closed.text("two")
    await closed.text("three")

    alert = (await closed.see(lambda: closed.workspace.messages(ops), "an alert"))[0]
    (row,) = await closed.rows("select id from messages where body = 'two'")
    await closed.reads(
        root,
        "one",
        "A text of +1 415 555 0134 cannot be shown here: Slack does not take it. It is kept in Threadline’s "
        f"database (message {row['id']}), and the conversation can be read in Text Request.",
        "three",
    )
    assert closed.workspace.words(alert) == (
        f"A message of “Sales” in #sales could not be shown: Slack says {code}. A sentence stands in its place; "
        f"the message is kept in the database (table messages, id {row['id']})."
    )


async def test_card_that_slack_takes_in_no_form_holds_no_text_back(team: Office) -> None:
    team.fault("chat.postMessage", "error", error="invalid_blocks", times=2)

    await team.text("one")

    root = (await team.see(lambda: team.workspace.messages(team.sales), "a root"))[0]
    await team.reads(root["ts"], "one")
    assert team.card(root["ts"]).startswith("This is the conversation with +1 415 555 0134.")


async def test_sentence_that_slack_does_not_take_either_waits_and_is_told(closed: Office) -> None:
    ops = closed.workspace.add_channel("ops", "Dana")
    await closed.start(threadline_alert_channel=ops.id)
    root = await closed.open("one")
    closed.fault("chat.postMessage", "error", error="invalid_arguments", times=3)

    await closed.text("two")

    alert = (await closed.see(lambda: closed.workspace.messages(ops), "an alert"))[0]
    assert "It is kept and tried again" in closed.workspace.words(alert)
    await closed.let_pass(60)
    await closed.reads(root, "one", "two")


# --- Roots that are gone ------------------------------------------------------------------------------------


async def test_text_after_its_root_was_deleted_opens_a_new_thread_that_continues_it(team: Office) -> None:
    old = await team.open("one")
    await team.say(old, "Ask for @Eli")
    await team.gets("Ask for @Eli")
    await team.settled()
    await team.workspace.delete(team.sales, old)
    await team.see(lambda: team.workspace.feed.idle, "the event taken")

    await team.text("two")

    new = (await team.see(lambda: team.mirrored(MARIA), "a new thread"))[0]["ts"]
    assert team.thread(new) == ["two"]
    assert "This continues an earlier thread\nThey: one\nWe: Ask for @Eli\nReply in" in team.card(new)
    link = next(
        leaf["url"]
        for part in team.workspace.message(team.sales, new)["blocks"][0]["elements"]
        for leaf in part["elements"]
        if leaf["type"] == "link"
    )
    assert link.endswith(f"/archives/{team.sales.id}/p{old.replace('.', '')}")


async def test_root_that_was_deleted_is_told_to_the_alert_channel_once(closed: Office) -> None:
    ops = closed.workspace.add_channel("ops", "Dana")
    await closed.start(threadline_alert_channel=ops.id)
    old = await closed.open("one")
    await closed.settled()
    closed.fault("event.message", "twice")

    await closed.workspace.delete(closed.sales, old)

    alert = (await closed.see(lambda: closed.workspace.messages(ops), "an alert"))[0]
    assert closed.workspace.words(alert) == (
        "The thread of +1 415 555 0134 on “Sales” in #sales is no longer used: its root card was deleted. "
        "What comes next opens a new one, which links to it and shows the last messages."
    )
    await closed.text("two")
    await closed.see(lambda: closed.mirrored(MARIA), "a new thread")
    await closed.settled()
    assert len(closed.workspace.messages(ops)) == 1


@pytest.mark.parametrize(
    ("code", "why"),
    [("thread_not_found", "its root card was deleted"), ("restricted_action_thread_locked", "it is locked")],
)
async def test_root_that_was_deleted_unnoticed_is_replaced_and_told(closed: Office, code: str, why: str) -> None:
    ops = closed.workspace.add_channel("ops", "Dana")
    await closed.start(threadline_alert_channel=ops.id)
    old = await closed.open("one")
    closed.fault("event.message", "lose", times=4)
    closed.fault("chat.postMessage", "error", error=code)
    await closed.workspace.delete(closed.sales, old)

    await closed.text("two")

    new = (await closed.see(lambda: closed.mirrored(MARIA), "a new thread"))[0]["ts"]
    assert new != old
    assert closed.thread(new) == ["two"]
    alert = (await closed.see(lambda: closed.workspace.messages(ops), "an alert"))[0]
    assert f"is no longer used: {why}." in closed.workspace.words(alert)


async def test_card_that_was_deleted_unnoticed_is_told_when_it_is_drawn_again(closed: Office) -> None:
    ops = closed.workspace.add_channel("ops", "Dana")
    await closed.start(threadline_alert_channel=ops.id)
    old = await closed.open("one")
    await closed.settled()
    closed.fault("event.message", "lose", times=4)
    await closed.workspace.delete(closed.sales, old)

    await closed.say(old, "Yes")

    alert = (await closed.see(lambda: closed.workspace.messages(ops), "an alert"))[0]
    assert "is no longer used: its root card was deleted." in closed.workspace.words(alert)


async def test_reply_in_the_thread_of_a_deleted_root_is_still_sent(team: Office) -> None:
    old = await team.open("one")
    await team.workspace.delete(team.sales, old)
    await team.see(lambda: team.workspace.feed.idle, "the event taken")

    ts = await team.say(old, "Yes")

    await team.gets("Yes")
    await team.reacts(ts, TICK)


async def test_reply_below_a_root_that_was_posted_but_not_noted_is_sent(team: Office) -> None:
    root = await team.open("one")
    await team.settled()
    await team.change(
        "update conversations set root_channel = null, root_ts = null, generation = 0",
        "delete from threads",
        "update messages set state = 'sending', ts = null, lease_until = :never where kind = 'root'",
        never=2**60,
    )

    ts = await team.say(root, "Yes")

    await team.gets("Yes")
    await team.reacts(ts, TICK)
    await team.text("two")
    await team.reads(root, "one", "Yes", "two")


async def test_reply_waits_while_slack_does_not_say_whose_thread_it_is(team: Office) -> None:
    root = await team.open("one")
    await team.settled()
    await team.change("delete from threads")
    team.fault("conversations.replies", "status", status=500)

    await team.say(root, "Yes")

    await team.gets("Yes")


async def test_card_of_a_new_thread_goes_on_telling_of_the_old_one(team: Office) -> None:
    old = await team.open("one")
    await team.workspace.delete(team.sales, old)
    await team.see(lambda: team.workspace.feed.idle, "the event taken")
    await team.text("two")
    new = (await team.see(lambda: team.mirrored(MARIA), "a new thread"))[0]["ts"]

    await team.say(new, "Yes")
    await team.see(lambda: "⏳ Waiting for contact" in team.card(new), "the status")

    assert "This continues an earlier thread\nThey: one\nReply in" in team.card(new)

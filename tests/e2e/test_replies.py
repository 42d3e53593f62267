"""A member's reply in a thread becomes a text: once, in order, in words that a phone shows."""

from __future__ import annotations

import pytest

from tests.e2e.office import MARIA, OMAR, Office

TICK, WAITING = "white_check_mark", "hourglass_flowing_sand"
REFUSED, INTERNAL = "no_entry_sign", "mute"


async def test_reply_reaches_the_phone_and_is_ticked(team: Office) -> None:
    root = await team.open()

    ts = await team.say(root, "Yes, come by at 3")

    await team.gets("Yes, come by at 3")
    await team.reacts(ts, TICK)
    assert team.textrequest.accepted()[0].author == "Dana"


async def test_reply_that_is_only_accepted_carries_an_envelope(team: Office) -> None:
    team.textrequest.rules.statuses = ()
    root = await team.open()

    ts = await team.say(root, "Yes")

    await team.is_accepted(ts)


async def test_hourglass_is_shown_while_the_provider_takes_its_time(team: Office) -> None:
    root = await team.open()
    team.fault("textrequest.send", "hold")

    ts = await team.say(root, "Yes")
    await team.see(lambda: team.trouble.held, "a send under way")
    await team.let_pass(2)
    await team.reacts(ts, WAITING)
    team.trouble.release()

    await team.reacts(ts, TICK)


async def test_hourglass_is_not_shown_when_the_answer_comes_soon(team: Office) -> None:
    root = await team.open()
    seen: list[str] = []
    team.sandbox.bell.watchers.append(lambda news: seen.append(f"{news.what} {news.detail}"))

    ts = await team.say(root, "Yes")
    await team.reacts(ts, TICK)

    assert [each for each in seen if "reacted" in each] == [f"reacted {TICK}"]


async def test_card_waits_for_the_contact_after_a_reply(team: Office) -> None:
    root = await team.open()

    await team.say(root, "Yes")

    await team.see(lambda: "⏳ Waiting for contact" in team.card(root), "the status")


async def test_two_quick_replies_arrive_in_their_order(team: Office) -> None:
    root = await team.open()
    team.fault("textrequest.send", "slow", seconds=0.1)

    await team.say(root, "one")
    await team.say(root, "two", team.eli)

    await team.gets("one", "two")


async def test_conversations_do_not_wait_for_each_other(team: Office) -> None:
    maria, omar = await team.open(), await team.open(number=OMAR, name="Omar Haddad")
    team.fault("textrequest.send", "hold")
    await team.say(maria, "slow")
    await team.see(lambda: team.trouble.held, "a send under way")

    await team.say(omar, "quick")

    await team.gets("quick", number=OMAR)
    assert team.phone(MARIA) == []


async def test_event_that_slack_sends_again_is_one_text(team: Office) -> None:
    root = await team.open()
    ts = await team.say(root, "one")
    await team.gets("one")

    team.workspace.send_again(ts)
    await team.say(root, "two")

    await team.gets("one", "two")


async def test_event_whose_answer_was_lost_is_one_text(team: Office) -> None:
    root = await team.open()
    team.workspace.rules.ack_timeout_s = 0.1
    team.fault("event.message", "lose_answer")

    await team.say(root, "one")
    await team.see(lambda: team.workspace.feed.redelivered, "a second delivery")
    await team.say(root, "two")

    await team.gets("one", "two")


# --- Words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Great :tada:", "Great 🎉"),
        ("See you 👍", "See you 👍"),
        ("Ask @Eli about it", "Ask @Eli about it"),
        ("Look at https://example.com/a?b=1&c=2", "Look at https://example.com/a?b=1&c=2"),
        ("a < b & c > d", "a < b & c > d"),
        ("two\nlines", "two\nlines"),
        ("  spaces around  ", "spaces around"),
        ("We are @here for you", "We are @here for you"),
        ("http://example.com // not a note", "http://example.com // not a note"),
        (":partyparrot:", ":partyparrot:"),
    ],
)
async def test_words_are_texted_as_a_phone_shows_them(team: Office, words: str, text: str) -> None:
    root = await team.open()

    await team.say(root, words)

    await team.gets(text)


async def test_list_is_texted_line_by_line(team: Office) -> None:
    root = await team.open()
    items = [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": each}]} for each in ("ID", "form")
    ]
    block = {"type": "rich_text", "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "Bring:\n"}]},
        {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": items},
    ]}  # fmt: skip

    ts = team.workspace.core.stamps.next()
    message = {
        "type": "message",
        "user": team.dana.id,
        "ts": ts,
        "thread_ts": root,
        "text": "…",
        "blocks": [block],
    }
    team.workspace.core.post(team.sales, message)

    await team.gets("Bring:\n- ID\n- form")


async def test_reply_that_is_also_sent_to_the_channel_is_texted(team: Office) -> None:
    root = await team.open()

    await team.say(root, "Yes", broadcast=True)

    await team.gets("Yes")


async def test_reply_behind_me_is_texted(team: Office) -> None:
    root = await team.open()

    await team.say(root, "waves", me=True)

    await team.gets("waves")

"""A provider in trouble: what surely did not happen is tried again, what may have happened is found out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.bridge import Tuning
from tests.e2e.office import QUICK, Office
from tests.ports import free_port

TICK, SENT, FAILED = "white_check_mark", "incoming_envelope", "warning"
UNKNOWN, REFUSED = "grey_question", "no_entry_sign"
NOT_KNOWN = "❔ It is not known whether this text reached Maria Lopez"


def lose_every_trace(team: Office) -> None:
    """No hook, no receipt and no look-up tells of texts until `trouble.clear()`."""
    team.fault("textrequest.contact_messages", "drop", times=0)
    for where in ("textrequest.hook.*", "textrequest.status_callback"):
        team.fault(where, "lose", times=0)


async def uncertain(team: Office, *, arrived: bool, words: str = "Yes") -> tuple[str, str]:
    """A reply of which nobody knows whether it went out: its root and its ts."""
    root = await team.open()
    if arrived:
        lose_every_trace(team)
    team.fault("textrequest.send", "drop_after" if arrived else "drop")
    ts = await team.say(root, words)
    await team.reacts(ts, UNKNOWN)
    return root, ts


# --- It surely did not happen -------------------------------------------------------------------------------


async def test_refusal_is_shown_with_a_retry_that_works(team: Office) -> None:
    root = await team.open()
    team.fault("textrequest.send", "status", status=400, error="20012")
    ts = await team.say(root, "Yes")
    await team.reacts(ts, FAILED)
    notice = await team.notice(root, "@Dana ⚠️ This text did not reach Maria Lopez.")
    assert "(error 20012)" in team.workspace.words(notice)

    await team.click(notice, "retry")

    await team.gets("Yes")
    await team.reacts(ts, TICK)
    await team.notice(root, "Sent again by @Dana.")


async def test_refused_key_is_shown_as_a_failure(team: Office) -> None:
    root = await team.open()
    team.fault("textrequest.send", "status", status=401)

    ts = await team.say(root, "Yes")

    await team.reacts(ts, FAILED)
    await team.notice(root, "⚠️ This text did not reach Maria Lopez.")


async def test_failure_holds_nobody_back(team: Office) -> None:
    root = await team.open()
    team.fault("textrequest.send", "status", status=400)

    await team.say(root, "one")
    await team.say(root, "two")

    await team.gets("two")


async def test_throttled_reply_waits_as_long_as_asked_and_keeps_its_place(team: Office) -> None:
    root = await team.open()
    team.fault("textrequest.send", "status", status=429, retry_after_s=1)

    await team.say(root, "one")
    await team.struck("textrequest.send")
    await team.say(root, "two")

    await team.gets("one", "two")
    first = team.textrequest.accepted()[0]
    assert (first.at - team.textrequest.log.all[0].at).total_seconds() > 1


async def cut_off(closed: Office, tuning: Tuning = QUICK) -> str:
    """A contact wrote, and since then the provider cannot be reached; the root."""
    await closed.start()
    root = await closed.open()
    await closed.stop()
    await closed.start(tuning, textrequest_api_url=f"http://127.0.0.1:{free_port()}/api/v3")
    return root


async def test_unreachable_provider_is_tried_again(closed: Office) -> None:
    root = await cut_off(closed)
    ts = await closed.say(root, "Yes")
    await closed.found("select id from messages where kind = 'reply' and attempts = 2 and state = 'queued'")
    await closed.stop()

    await closed.start()
    await closed.let_pass(10)

    await closed.gets("Yes")
    await closed.reacts(ts, TICK)


async def test_unreachable_provider_is_given_up_and_shown_as_a_failure(closed: Office) -> None:
    root = await cut_off(closed, replace(QUICK, give_up_s=0.5))

    ts = await closed.say(root, "Yes")

    await closed.reacts(ts, FAILED)
    notice = await closed.notice(root, "It was tried for ten minutes and has surely not gone out.")
    assert closed.workspace.words(notice).endswith("[ Retry ]")


# --- It may have happened -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["drop_after", "garbage", "html"])
async def test_text_whose_answer_is_lost_is_found_and_not_sent_again(team: Office, kind: str) -> None:
    team.textrequest.rules.statuses = ()
    team.fault("textrequest.hook.msg_sent", "lose")
    root = await team.open()
    team.fault("textrequest.send", kind)

    ts = await team.say(root, "Yes")

    await team.is_accepted(ts)
    assert team.phone() == ["Yes"]


async def test_receipt_proves_a_text_whose_answer_was_lost(team: Office) -> None:
    team.fault("textrequest.contact_messages", "drop", times=0)
    root = await team.open()
    team.fault("textrequest.send", "drop_after")

    ts = await team.say(root, "Yes")

    await team.reacts(ts, TICK)
    assert team.phone() == ["Yes"]


async def test_text_that_cannot_be_found_is_shown_as_unknown_and_never_sent_again(team: Office) -> None:
    root, _ = await uncertain(team, arrived=False)

    notice = await team.notice(root, f"@Dana {NOT_KNOWN}")
    await team.settled()

    assert team.workspace.words(notice).endswith("[ Check ]  [ Send again ]  [ It arrived ]")
    assert team.textrequest.accepted() == []


async def test_unknown_text_holds_nobody_back(team: Office) -> None:
    root, _ = await uncertain(team, arrived=False)

    await team.say(root, "next")

    await team.gets("next")


async def test_check_finds_a_text_that_did_go_out(team: Office) -> None:
    root, ts = await uncertain(team, arrived=True)
    notice = await team.notice(root, NOT_KNOWN)
    team.trouble.clear()

    await team.click(notice, "check")

    await team.notice(root, "The provider has it: it was sent.")
    await team.reacts(ts, TICK)
    assert team.phone() == ["Yes"]


async def test_check_that_finds_nothing_says_so(team: Office) -> None:
    root, ts = await uncertain(team, arrived=False)

    await team.click(await team.notice(root, NOT_KNOWN), "check")

    await team.told(team.dana, "ask again in a minute, or decide with “Send again” or “It arrived”.")
    await team.reacts(ts, UNKNOWN)


async def test_check_says_when_the_provider_cannot_be_asked(team: Office) -> None:
    root, ts = await uncertain(team, arrived=True)

    await team.click(await team.notice(root, NOT_KNOWN), "check")

    await team.told(team.dana, "Text Request gave no usable answer. Try again in a few minutes.")
    await team.reacts(ts, UNKNOWN)


async def test_send_again_sends_it_once_more(team: Office) -> None:
    root, ts = await uncertain(team, arrived=False)

    await team.click(await team.notice(root, NOT_KNOWN), "send_again")

    await team.gets("Yes")
    await team.reacts(ts, TICK)
    await team.notice(root, "Sent again by @Dana.")


async def test_it_arrived_settles_it_without_sending(team: Office) -> None:
    root, ts = await uncertain(team, arrived=False)

    await team.click(await team.notice(root, NOT_KNOWN), "arrived")

    await team.reacts(ts, SENT)
    await team.notice(root, "It arrived, says @Dana.")
    assert team.textrequest.accepted() == []


async def test_receipt_that_comes_later_settles_an_unknown_text(team: Office) -> None:
    team.textrequest.rules.statuses = ()
    root, ts = await uncertain(team, arrived=True)
    team.trouble.clear()

    team.textrequest.report(team.textrequest.accepted()[0], "delivered")

    await team.reacts(ts, TICK)
    await team.notice(root, "The provider reported it: it was sent.")


async def test_echo_that_comes_later_settles_an_unknown_text(closed: Office) -> None:
    closed.textrequest.rules.statuses = ()
    await closed.start(replace(QUICK, backstop_s=0.1))  # the list tells what no webhook does
    root, ts = await uncertain(closed, arrived=True)
    closed.trouble.clear()
    await closed.found("select id from reports")

    await closed.let_pass(31)

    await closed.reacts(ts, SENT)
    await closed.notice(root, "The provider has it: it was sent.")
    assert closed.thread(root)[1:2] == ["Yes"]


async def test_two_texts_that_could_be_it_are_left_to_a_person(team: Office) -> None:
    root = await team.open()
    lose_every_trace(team)
    team.fault("textrequest.send", "drop_after", times=2)
    replies = [await team.say(root, "Yes") for _ in range(2)]
    notices = await team.see(lambda: team.notices(root, NOT_KNOWN)[1:], "two notices")
    team.trouble.clear()

    await team.click(notices[0], "check")

    await team.told(team.dana, "The provider has no trace of it yet.")
    for ts in replies:
        await team.reacts(ts, UNKNOWN)

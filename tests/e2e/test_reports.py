"""What a provider tells of texts that went out: receipts in any order, and texts that somebody else sent."""

from __future__ import annotations

from tests.e2e.office import MARIA, SALES, Office

TICK, SENT, FAILED = "white_check_mark", "incoming_envelope", "warning"
ECHO_WAIT_S = 31


async def replied(team: Office) -> tuple[str, str]:
    """A reply that the provider took and has not reported on: its root and its ts."""
    team.textrequest.rules.statuses = ()
    root = await team.open()
    ts = await team.say(root, "Yes")
    await team.see(team.textrequest.accepted, "a text")
    return root, ts


# --- Receipts -----------------------------------------------------------------------------------------------


async def test_failed_receipt_is_shown_with_a_retry_that_works(team: Office) -> None:
    team.textrequest.fail(MARIA, "2001")
    root = await team.open()
    ts = await team.say(root, "Yes")
    await team.reacts(ts, FAILED)
    notice = await team.notice(root, "@Dana ⚠️ This text did not reach Maria Lopez.")
    team.textrequest.fail(MARIA, "")

    await team.click(notice, "retry")

    await team.reacts(ts, TICK)
    await team.notice(root, "Sent again by @Dana.")
    assert team.phone() == ["Yes"]


async def test_retry_that_fails_too_offers_another(team: Office) -> None:
    team.textrequest.fail(MARIA)
    root = await team.open()
    ts = await team.say(root, "Yes")
    await team.click(await team.notice(root, "did not reach"), "retry")

    await team.see(lambda: len(team.notices(root, "[ Retry ]")) == 1 and len(team.notices(root, "⚠️")) == 2, "two")

    await team.reacts(ts, FAILED)
    assert len(team.textrequest.accepted()) == 2


async def test_receipt_that_overtakes_the_answer_counts(team: Office) -> None:
    root = await team.open()
    team.fault("textrequest.send", "hold_after")
    ts = await team.say(root, "Yes")
    await team.see(lambda: team.sandbox.pusher.answers["textrequest.status_callback 200"] == 2, "both receipts")

    team.trouble.release()

    await team.reacts(ts, TICK)


async def test_receipt_that_comes_late_does_not_step_back(team: Office) -> None:
    root, ts = await replied(team)
    text = team.textrequest.accepted()[0]
    team.textrequest.report(text, "delivered")
    await team.reacts(ts, TICK)

    team.textrequest.report(text, "sent")
    team.textrequest.report(text, "error", "2001")
    await team.settled()

    await team.say(root, "next")
    await team.gets("next")  # the sandbox's phone no longer shows a text that is reported as failed
    await team.reacts(ts, TICK)
    assert team.notices(root, "did not reach") == []


async def test_receipt_that_comes_twice_counts_once(team: Office) -> None:
    root, ts = await replied(team)
    team.fault("textrequest.status_callback", "twice")
    team.fault("textrequest.hook.msg_status_updated", "twice")

    team.textrequest.report(team.textrequest.accepted()[0], "error", "2001")

    await team.reacts(ts, FAILED)
    await team.settled()
    assert len(team.notices(root, "did not reach")) == 1


async def test_receipt_whose_callback_is_lost_comes_by_the_hook(team: Office) -> None:
    _, ts = await replied(team)
    team.fault("textrequest.status_callback", "lose")

    team.textrequest.report(team.textrequest.accepted()[0], "delivered")

    await team.reacts(ts, TICK)


# --- Echoes -------------------------------------------------------------------------------------------------


async def test_text_that_staff_sent_elsewhere_is_mirrored_once(team: Office) -> None:
    root = await team.open()
    team.fault("textrequest.hook.msg_sent", "twice")
    await team.textrequest.staff_texts(MARIA, "Called her", author="Pat", to=SALES)
    await team.found("select id from reports where text_id <> ''")
    await team.settled()

    await team.let_pass(ECHO_WAIT_S)
    await team.see(lambda: len(team.thread(root)) == 2, "the echo")
    await team.let_pass(ECHO_WAIT_S)
    await team.say(root, "next")

    await team.gets("Called her", "next")
    assert team.thread(root) == ["Hi there", "Called her", "next"]


async def test_text_that_staff_sent_to_a_new_contact_opens_a_thread(team: Office) -> None:
    await team.textrequest.staff_texts(MARIA, "Your order is ready", to=SALES)
    await team.found("select id from reports where text_id <> ''")

    await team.let_pass(ECHO_WAIT_S)

    thread = await team.see(lambda: team.mirrored(MARIA), "a thread")
    assert team.workspace.words(thread[1]) == "Your order is ready"
    assert thread[1]["username"] == "Sent by Text Request · to …0134"


async def test_own_text_is_never_mirrored_as_an_echo(team: Office) -> None:
    root, _ = await replied(team)
    await team.settled()

    await team.let_pass(ECHO_WAIT_S)
    await team.found("select name from duties where name = 'echoes' and due_at > :now")
    await team.text("Thanks")

    await team.reads(root, "Hi there", "Yes", "Thanks")


async def test_echo_that_overtakes_the_answer_is_no_echo(team: Office) -> None:
    root = await team.open()
    team.fault("textrequest.send", "hold_after")
    ts = await team.say(root, "Yes")
    await team.see(lambda: team.sandbox.pusher.answers["textrequest.hook.msg_sent 200"], "the echo")

    await team.let_pass(ECHO_WAIT_S)
    await team.found("select name from duties where name = 'echoes' and due_at > :now")
    team.trouble.release()

    await team.reacts(ts, TICK)
    await team.let_pass(ECHO_WAIT_S)
    await team.found("select name from duties where name = 'echoes' and due_at > :now")
    assert team.thread(root) == ["Hi there", "Yes"]

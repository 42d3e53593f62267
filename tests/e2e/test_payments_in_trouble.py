"""Payments while a provider refuses, is away or loses its answers: asked for once, or a person decides."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tests.e2e.asking import answered, press, type_
from tests.e2e.office import MARIA, QUICK, Office
from tests.e2e.till import ASKED, PAY, REMINDER, asked_for, card, cards, click, deed, labels, payments, texts


async def test_refusal_stands_on_the_card_and_can_be_tried_again(till: Office) -> None:
    till.fault("textrequest.request_payment", "error", error="30001", status=400)
    root = await asked_for(till)
    shown = await card(till, root, "⚠️ Nobody was asked.")
    await till.notice(root, "⚠️ $45.00 · Deposit: ")

    assert labels(shown) == ["Try again", "Forget it"]
    await click(till, root, "retry")

    await card(till, root, "· Sent")
    assert texts(till) == [ASKED]


async def test_contact_who_opted_out_meanwhile_is_not_asked(till: Office) -> None:
    root = await till.open()
    await type_(till, f'"{MARIA}" 45 Deposit', PAY)
    await answered(till, "Ask Maria Lopez")
    await till.text("STOP")
    await till.see(lambda: "Opted out" in till.card(root), "the opt-out")

    await press(till, "Request")

    await answered(till, "Maria Lopez · +1 415 555 0134 opted out of texts from this line.")
    assert payments(till) == []


async def test_provider_that_cannot_be_reached_is_tried_again(till: Office) -> None:
    till.fault("textrequest.request_payment", "status", status=429, retry_after_s=60)
    root = await asked_for(till)
    await card(till, root, "⏳ The contact is being asked … It could not be done yet, and is tried again")
    assert texts(till) == []

    await till.let_pass(61)

    await card(till, root, "· Sent")

    assert texts(till) == [ASKED]


async def test_payment_that_cannot_be_asked_for_in_ten_minutes_is_told(closed: Office) -> None:
    await closed.start(replace(QUICK, give_up_s=0.0), threadline_rights="pay=everyone")
    closed.fault("textrequest.request_payment", "status", status=429, retry_after_s=1)

    root = await asked_for(closed)

    shown = await card(closed, root, "It was tried for ten minutes, and surely did not happen.")
    assert (labels(shown), payments(closed)) == (["Try again", "Forget it"], [])


@pytest.mark.parametrize("fault", ["drop_after", "garbage", "html"])
async def test_payment_whose_answer_is_lost_is_found_and_not_asked_for_again(till: Office, fault: str) -> None:
    till.fault("textrequest.request_payment", fault)
    root = await asked_for(till)

    await card(till, root, "· Sent")

    assert (len(payments(till)), texts(till)) == (1, [ASKED])


async def test_payment_of_which_nobody_knows_asks_a_person_and_is_never_repeated_by_itself(till: Office) -> None:
    till.fault("textrequest.request_payment", "drop")
    root = await asked_for(till)
    shown = await card(till, root, "❔ It is not known whether the contact was asked.")
    await till.notice(root, "it is not known whether it was done")

    assert labels(shown) == ["Check", "Do it again", "It did happen", "Forget it"]
    await click(till, root, "check")
    await till.told(till.dana, "The provider has no trace of it yet.")
    assert payments(till) == []
    await click(till, root, "again")

    await card(till, root, "· Sent")
    assert texts(till) == [ASKED]


async def test_check_says_when_the_provider_cannot_be_asked(till: Office) -> None:
    till.fault("textrequest.payments", "status", status=500, times=0)
    till.fault("textrequest.request_payment", "drop_after")
    root = await asked_for(till)
    await card(till, root, "❔")

    await click(till, root, "check")

    await till.told(till.dana, "Text Request gave no usable answer. Try again in a few minutes.")
    assert "has no trace of it" not in " ".join(till.whispers(till.dana))


async def test_payment_that_appears_later_answers_the_question(till: Office) -> None:
    root = await _in_doubt_and_there(till)

    await asyncio.gather(*(click(till, root, "check", who) for who in (till.dana, till.eli)))

    await card(till, root, "· Sent")
    await till.settled()
    assert len(payments(till)) == 1
    assert "no trace" not in " ".join(till.whispers(till.dana) + till.whispers(till.eli))


async def _in_doubt_and_there(team: Office) -> str:
    """A payment that the provider has, and of which nobody here knows; the root of its thread."""
    team.fault("textrequest.payments", "status", status=500, times=0)
    team.fault("textrequest.request_payment", "drop_after")
    root = await asked_for(team)
    await card(team, root, "❔")
    team.trouble.clear()
    return root


async def test_payment_that_is_there_by_now_is_not_asked_for_again_by_a_click(till: Office) -> None:
    root = await _in_doubt_and_there(till)

    await click(till, root, "again")

    await card(till, root, "· Sent")
    assert (len(payments(till)), texts(till)) == (1, [ASKED])


@pytest.mark.verb("pay", "paid")
async def test_command_about_a_payment_in_doubt_answers_the_question_of_its_card(till: Office) -> None:
    root = await _in_doubt_and_there(till)

    await type_(till, "paid 2510", PAY)
    await answered(till, "Mark #2510 · $45.00 · Deposit as paid?")
    await press(till, "Mark paid")

    await card(till, root, "✅ Marked as paid")
    assert len(cards(till, root)) == 1


async def test_report_on_a_payment_of_which_nobody_knew_answers_the_question(till: Office) -> None:
    till.fault("textrequest.payments", "status", status=500, times=0)
    till.fault("textrequest.request_payment", "drop_after")
    root = await asked_for(till)
    await card(till, root, "❔")
    till.trouble.clear()

    till.textrequest.payments.open_link(payments(till)[0].token)

    await card(till, root, "✅ Paid")


async def test_report_that_comes_before_the_answer_is_believed_more_than_it(till: Office) -> None:
    till.fault("textrequest.request_payment", "hold_after")
    root = await asked_for(till)
    await till.see(lambda: "textrequest.request_payment" in till.trouble.held, "a call under way")

    till.textrequest.payments.open_link(payments(till)[0].token)
    await card(till, root, "✅ Paid")
    till.trouble.release()

    await deed(till, "create", "done")
    await till.settled()
    await card(till, root, "✅ Paid")
    assert (len(payments(till)), texts(till)) == (1, [ASKED])


async def test_payment_that_a_person_knows_of_is_followed_when_it_is_found(till: Office) -> None:
    till.fault("textrequest.payments", "status", status=500, times=0)
    till.fault("textrequest.request_payment", "drop_after")
    root = await asked_for(till)
    await card(till, root, "❔")
    await click(till, root, "happened", till.eli)
    shown = await card(till, root, "Asked for, as somebody said; the provider does not show it yet")
    assert labels(shown) == ["Refresh", "Forget it"]
    till.trouble.clear()

    await till.let_pass(20)

    await card(till, root, "· Sent")


@pytest.mark.parametrize("fault", ["drop", "drop_after"])
async def test_cancelling_whose_answer_is_lost_is_done_once(till: Office, fault: str) -> None:
    root = await asked_for(till)
    await card(till, root, "· Sent")
    till.fault("textrequest.cancel_payment", fault)

    await click(till, root, "cancel")

    await card(till, root, "🚫 Cancelled")
    assert texts(till) == [ASKED, "Your payment of $45.00 is cancelled."]


async def test_reminder_whose_answer_is_lost_is_known_by_the_payment(till: Office) -> None:
    root = await asked_for(till)
    await card(till, root, "· Sent")
    till.fault("textrequest.remind_payment", "drop_after")

    await click(till, root, "remind")

    await deed(till, "remind", "done")
    assert texts(till) == [ASKED, REMINDER]


async def test_reminder_that_may_have_been_lost_asks_a_person(till: Office) -> None:
    root = await asked_for(till)
    await card(till, root, "· Sent")
    till.fault("textrequest.remind_payment", "drop")

    await click(till, root, "remind")

    shown = await card(till, root, "❔ It is not known whether the contact was reminded.")
    assert {"Check", "Do it again", "Cancel"} <= set(labels(shown))
    await click(till, root, "again")
    await deed(till, "remind", "done")
    assert texts(till) == [ASKED, REMINDER]


async def test_bot_that_stops_waits_for_no_look_and_looks_again_when_it_comes_back(till: Office) -> None:
    root = await asked_for(till)
    await card(till, root, "· Sent")
    till.fault("textrequest.payment", "hold")
    till.textrequest.payments.open_link(payments(till)[0].token)
    await till.see(lambda: "textrequest.payment" in till.trouble.held, "a look under way")

    await till.stop()

    assert "textrequest.payment" in till.trouble.held
    assert till.on_disk("select looking_until from cards") == [(0,)]
    await till.start(QUICK, threadline_rights="pay=everyone")
    await card(till, root, "✅ Paid")


async def test_report_that_a_dead_process_looked_into_is_not_forgotten(till: Office) -> None:
    root = await asked_for(till)
    await card(till, root, "· Sent")
    till.fault("textrequest.hook.payment_status_updated", "lose")
    till.textrequest.payments.open_link(payments(till)[0].token)
    await till.change("update cards set look_due_at = :now, looking_until = :now + 240000000")

    await till.stop()
    await till.start(QUICK, threadline_rights="pay=everyone")

    await card(till, root, "✅ Paid")


async def test_payment_whose_state_nobody_tells_keeps_no_other_waiting(till: Office) -> None:
    root = await asked_for(till)
    await asked_for(till, "30 Key")
    await till.see(lambda: all("· Sent" in till.workspace.words(one) for one in cards(till, root)), "both")
    deposit, key = payments(till)
    till.fault("textrequest.payment", "hold")
    till.textrequest.payments.open_link(deposit.token)
    await till.see(lambda: "textrequest.payment" in till.trouble.held, "a payment that is asked of")

    till.textrequest.payments.open_link(key.token)

    await card(till, root, "✅ Paid")
    assert "textrequest.payment" in till.trouble.held


async def test_card_whose_message_was_deleted_troubles_nobody(till: Office) -> None:
    root = await asked_for(till)
    shown = await card(till, root, "· Sent")
    await till.workspace.delete(till.sales, shown["ts"])

    till.textrequest.payments.open_link(payments(till)[0].token)

    await till.notice(root, "✅ $45.00 · Deposit: paid.")


async def test_card_that_cannot_be_read_keeps_no_other_waiting_and_is_told_to_an_admin(till: Office) -> None:
    root = await asked_for(till, "30 Key")
    await asked_for(till, "45 Deposit")
    await till.see(lambda: all("· Sent" in till.workspace.words(one) for one in cards(till, root)), "both")
    till.fault("textrequest.hook.*", "lose", times=0)
    await till.change(
        """update cards set says = replace(says, 'past_due', 'overdue')
        where id = (select min(id) from cards)"""
    )

    till.textrequest.payments.mark_paid(payments(till)[1])
    await till.let_pass(600)

    await card(till, root, "✅ Marked as paid")
    told = till.workspace.direct_messages(till.dana)
    await till.see(
        lambda: any("cannot be read" in till.workspace.words(one) for one in till.workspace.messages(told)),
        "an alert",
    )
    ack = await till.workspace.click(till.sales, cards(till, root)[0]["ts"], "card:refresh", till.eli)
    assert ack.acked
    await till.told(till.eli, "How this stands cannot be read:")

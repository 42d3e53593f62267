"""Payments from end to end: asked for, reminded of, approved, paid, cancelled; each with one card."""

from __future__ import annotations

import pytest

from tests.e2e.asking import answered, press, type_
from tests.e2e.office import MARIA, OMAR, QUICK, Office
from tests.e2e.till import ASKED, PAY, REMINDER, asked_for, card, cards, click, deed, labels, payments, texts


@pytest.mark.verb("pay", "request")
async def test_contact_is_asked_once_it_was_agreed_to_and_the_card_says_so(till: Office) -> None:
    root = await asked_for(till)

    shown = await card(till, root, "· Sent")

    assert texts(till) == [ASKED]
    (payment,) = payments(till)
    assert (payment.cents, payment.description) == (4500, "Deposit")
    assert payment.reference.startswith("tl-")
    assert labels(shown) == ["Remind", "Mark paid", "Cancel", "Refresh"]
    assert len(cards(till, root)) == 1


@pytest.mark.verb("pay", "request")
async def test_nothing_is_asked_for_before_it_was_agreed_to(till: Office) -> None:
    await till.open()

    await type_(till, f'"{MARIA}" 1,250.50 Deposit ref=INV-7 message="Hi, please pay:"', PAY)
    await answered(till, "Ask Maria Lopez · +1 415 555 0134 for $1,250.50 (Deposit)? They get a text with a link")
    assert payments(till) == []
    await press(till, "Request")

    await till.see(lambda: payments(till), "the payment")
    assert (payments(till)[0].reference, texts(till)) == ("INV-7", ["Hi, please pay:"])


@pytest.mark.verb("pay", "request")
@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "An amount is more than zero."),
        ("12.345", "An amount in USD has two decimals at the most."),
        ("1e9", "is no amount"),
        ("€45", "Amounts here are in USD."),
        ("99999999999", "too large for one payment"),
    ],
)
async def test_amount_that_is_none_is_answered_with_what_to_write(till: Office, amount: str, said: str) -> None:
    await type_(till, f'"{MARIA}" {amount} Deposit', PAY)

    await answered(till, said)
    assert payments(till) == []


async def test_payment_in_a_thread_is_for_its_contact(till: Office) -> None:
    root = await till.open()

    await till.say(root, f"<@{till.workspace.bot.id}> pay 45 Deposit")
    await answered(till, "Ask Maria Lopez · +1 415 555 0134 for $45.00 (Deposit)?")
    await press(till, "Request")

    await card(till, root, "· Sent")
    assert texts(till) == [ASKED]


async def test_payment_of_somebody_new_opens_their_thread(till: Office) -> None:
    await type_(till, f'"{OMAR}" 45 Deposit', PAY)
    await answered(till, "Ask +1 415 555 0177 for $45.00 (Deposit)?")

    await press(till, "Request")

    root = (await till.see(lambda: till.roots(OMAR), "a thread"))[0]["ts"]
    await card(till, root, "· Sent")
    assert len(till.phone(OMAR)) == 1


async def test_contact_who_pays_changes_the_card_and_who_asked_is_told(till: Office) -> None:
    root = await asked_for(till)
    await card(till, root, "· Sent")

    till.textrequest.payments.open_link(payments(till)[0].token)

    shown = await card(till, root, "✅ Paid")
    assert labels(shown) == []
    await till.notice(root, "✅ $45.00 · Deposit: paid.")
    assert len(cards(till, root)) == 1


async def test_payment_that_fails_is_told(till: Office) -> None:
    root = await asked_for(till)
    await card(till, root, "· Sent")

    till.textrequest.payments.open_link(payments(till)[0].token, declined=True)

    assert labels(await card(till, root, "⚠️ The payment failed")) == ["Refresh"]
    await till.notice(root, "the payment failed. Ask the contact")


async def test_payment_that_succeeds_after_it_failed_is_told(till: Office) -> None:
    root = await asked_for(till)
    await card(till, root, "· Sent")
    till.textrequest.payments.open_link(payments(till)[0].token, declined=True)
    await card(till, root, "⚠️ The payment failed")

    payments(till)[0].status = "Sent"
    till.textrequest.payments.open_link(payments(till)[0].token)

    assert labels(await card(till, root, "✅ Paid")) == []
    await till.notice(root, "✅ $45.00 · Deposit: paid.")


async def test_past_due_is_shown_and_told_once(till: Office) -> None:
    root = await asked_for(till)
    await card(till, root, "· Sent")
    payment = payments(till)[0]

    for _ in range(2):
        till.textrequest.payments.pass_due(payment)
        await till.settled_webhooks()
    await card(till, root, "⌛ Past due")
    await click(till, root, "refresh")
    await till.told(till.dana, "Nothing has changed since.")

    assert len(till.notices(root, "past due, and not paid yet")) == 1


async def test_payment_that_is_gone_at_the_provider_is_said_and_followed_for_a_day(
    till: Office,
) -> None:
    root = await asked_for(till)
    await card(till, root, "Sent")
    till.textrequest.payments.by_id.clear()

    await click(till, root, "refresh")

    assert labels(await card(till, root, "No longer at the provider")) == ["Refresh"]
    await till.notice(root, "the provider does not have it any more.")
    await till.let_pass(90_000)
    await till.see(lambda: labels(cards(till, root)[-1]) == [], "a card that is over")


async def test_change_outside_is_seen_without_a_webhook(till: Office) -> None:
    root = await asked_for(till)
    await card(till, root, "· Sent")
    till.fault("textrequest.hook.*", "lose", times=0)
    till.textrequest.payments.mark_paid(payments(till)[0])

    await till.let_pass(20)

    await card(till, root, "✅ Marked as paid")


# --- Buttons -----------------------------------------------------------------------------------------------------


async def test_reminder_goes_out_once_however_often_it_is_clicked(till: Office) -> None:
    root = await asked_for(till)
    await card(till, root, "· Sent")
    till.fault("textrequest.remind_payment", "hold")

    await click(till, root, "remind")
    await till.see(lambda: till.trouble.held, "a reminder under way")
    await click(till, root, "remind", till.eli)
    await till.told(till.eli, "@Dana was first, and is doing this already.")
    till.trouble.release()

    await deed(till, "remind", "done")
    await till.see(lambda: "Remind" not in labels(cards(till, root)[-1]), "no button for another one")
    assert texts(till) == [ASKED, REMINDER]


async def test_cancelling_tells_the_contact_and_closes_the_card(till: Office) -> None:
    root = await asked_for(till)
    await card(till, root, "· Sent")

    await click(till, root, "cancel")

    assert labels(await card(till, root, "🚫 Cancelled")) == []
    assert texts(till)[-1] == "Your payment of $45.00 is cancelled."


async def test_payment_is_marked_as_paid_or_cancelled_and_not_both(till: Office) -> None:
    root = await asked_for(till)
    await card(till, root, "· Sent")
    till.fault("textrequest.mark_payment_paid", "hold")

    await click(till, root, "mark_paid")
    await till.see(lambda: till.trouble.held, "a call under way")
    assert await till.see(lambda: labels(cards(till, root)[-1]) == ["Refresh"], "nothing else to press")
    till.trouble.release()

    await card(till, root, "✅ Marked as paid")
    assert texts(till) == [ASKED]


async def test_button_of_an_older_form_of_the_card_is_answered(till: Office) -> None:
    root = await asked_for(till)
    await card(till, root, "· Sent")
    till.fault("chat.update", "hold", times=0)
    await click(till, root, "cancel")
    await deed(till, "cancel", "done")

    await click(till, root, "remind", till.eli)

    await till.told(till.eli, "Nothing was done: this card says something else by now.")
    assert payments(till)[0].reminded is False


async def test_who_may_not_is_told_who_may(closed: Office) -> None:
    await closed.start(QUICK, threadline_admins=closed.dana.id)
    root = await asked_for(closed)
    await card(closed, root, "· Sent")

    await click(closed, root, "cancel", closed.eli)

    await closed.told(closed.eli, "Only admins may do that")
    assert payments(closed)[0].status == "Sent"


async def test_guest_decides_about_nothing(till: Office) -> None:
    guest = till.workspace.add_member("Gus", kind="guest")
    till.sales.members.add(guest.id)
    root = await asked_for(till)
    await card(till, root, "· Sent")

    await click(till, root, "cancel", guest)

    await till.told(guest, "Only full members of this workspace may use this.")
    assert payments(till)[0].status == "Sent"


# --- Approval ----------------------------------------------------------------------------------------------------


@pytest.fixture
async def careful(closed: Office) -> Office:
    """An office in which a second person agrees to more than forty dollars."""
    await closed.start(QUICK, threadline_rights="pay=everyone", threadline_payment_approval="40")
    return closed


@pytest.mark.verb("pay", "request")
async def test_large_payment_waits_for_somebody_else(careful: Office) -> None:
    root = await careful.open()
    await type_(careful, f'"{MARIA}" 45 Deposit', PAY)
    await answered(careful, "It is more than one person may ask for alone")
    await press(careful, "Request")
    await card(careful, root, "Waits for approval by somebody other than @Dana")

    await click(careful, root, "approve")
    await careful.told(careful.dana, "Somebody else has to approve what you asked for.")
    assert payments(careful) == []
    await click(careful, root, "approve", careful.eli)

    await card(careful, root, "· Sent")
    assert texts(careful) == [ASKED]


async def test_payment_that_nobody_approves_can_be_forgotten(careful: Office) -> None:
    root = await asked_for(careful)
    await card(careful, root, "Waits for approval")

    await click(careful, root, "forget")

    assert labels(await card(careful, root, "Forgotten")) == []
    assert payments(careful) == []


async def test_small_payment_waits_for_nobody(careful: Office) -> None:
    root = await asked_for(careful, "40 Deposit")

    await card(careful, root, "· Sent")

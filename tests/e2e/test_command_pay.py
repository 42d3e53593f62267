"""`/pay` for payments that are there: listed, shown, reminded of, cancelled, marked as paid."""

from __future__ import annotations

import pytest

from tests.e2e.asking import answered, press, type_
from tests.e2e.office import MARIA, Office
from tests.e2e.till import ASKED, PAY, REMINDER, asked_for, card, cards, click, deed, texts


@pytest.mark.verb("pay", "list")
async def test_payments_are_listed_with_what_can_be_done_to_them(till: Office) -> None:
    root = await asked_for(till)
    await card(till, root, "· Sent")

    await type_(till, "list", PAY)

    shown = await answered(till, "Payments on Sales")
    assert "#2510 · $45.00 · Deposit · sent" in shown
    assert "Maria Lopez · +1 415 555 0134 · asked for" in shown


@pytest.mark.verb("pay", "list")
async def test_list_is_of_one_contact_one_reference_and_in_the_order_that_was_asked_for(till: Office) -> None:
    for words in ("30 Second ref=B", "20 First ref=A", "40 Third ref=C"):
        root = await asked_for(till, words)
        await card(till, root, "· Sent")

    await type_(till, "list sort=amount asc", PAY)
    ordered = await answered(till, "Payments on Sales")
    await type_(till, "list ref=B", PAY)
    one = await till.see(lambda: _last(till, "Second"), "the one of the reference")
    await type_(till, f"list to={MARIA} ref=nowhere", PAY)

    await answered(till, "Payments on Sales: none.")
    places = [ordered.index(word) for word in ("First", "Second", "Third")]
    assert places == sorted(places)
    assert "First" not in one


def _last(team: Office, words: str) -> str:
    said = team.whispers(team.dana)[-1]
    return said if words in said and "Third" not in said else ""


@pytest.mark.verb("pay", "show")
@pytest.mark.verb("pay", "remind")
async def test_payment_is_shown_and_reminded_of_from_there(till: Office) -> None:
    root = await asked_for(till)
    await card(till, root, "· Sent")
    await type_(till, "2510", PAY)
    await answered(till, "Reference tl-")

    await press(till, "Remind")
    await answered(till, "Remind of #2510 · $45.00 · Deposit?")
    await press(till, "Remind")
    await answered(till, "On its way: #2510")

    await deed(till, "remind", "done")
    await type_(till, "remind 2510", PAY)
    await answered(till, "the reminder was sent, and a payment has one.")
    assert texts(till) == [ASKED, REMINDER]


@pytest.mark.verb("pay", "cancel")
async def test_payment_is_cancelled_by_its_number(till: Office) -> None:
    root = await asked_for(till)
    await card(till, root, "· Sent")
    await type_(till, "cancel 2510", PAY)
    await answered(till, "Cancel #2510 · $45.00 · Deposit? Text Request tells the contact by text.")

    await press(till, "Cancel payment")

    await card(till, root, "🚫 Cancelled by @Dana ")
    await type_(till, "cancel 2510", PAY)
    await answered(till, "is cancelled: nothing can be done to it any more.")


@pytest.mark.verb("pay", "paid")
async def test_payment_that_was_asked_for_elsewhere_gets_a_card_when_something_is_done_to_it(till: Office) -> None:
    root = await till.open()
    contact = till.textrequest.contact(till.dashboard, MARIA)
    body = {"amount_requested": 12.5, "description": "Keys", "message": "Pay", "reference_number": "R"}
    till.textrequest.payments.request(till.dashboard, contact, body)

    await type_(till, "paid 2510", PAY)
    await answered(till, "Mark #2510 · $12.50 · Keys as paid?")
    await press(till, "Mark paid")

    await card(till, root, "✅ Marked as paid by @Dana ")
    assert len(cards(till, root)) == 1


@pytest.mark.verb("pay", "show")
async def test_payment_that_is_not_there_is_said(till: Office) -> None:
    await type_(till, "#999", PAY)

    await answered(till, "Text Request does not know this id or name.")


@pytest.mark.verb("pay", "help")
async def test_command_alone_says_what_it_does(till: Office) -> None:
    await type_(till, "", PAY)

    await answered(till, "/pay: Asks a contact for a payment, and follows it.")


async def test_what_was_done_stands_in_the_log(till: Office) -> None:
    root = await asked_for(till)
    await card(till, root, "· Sent")
    await click(till, root, "cancel", till.eli)
    await card(till, root, "🚫 Cancelled")

    await type_(till, "audit", "/threadline")

    shown = await answered(till, "cancelled a payment")
    assert "Eli cancelled a payment · $45.00 · Deposit · Maria Lopez" in shown
    assert "Dana asked for a payment · $45.00 · Deposit · Maria Lopez" in shown

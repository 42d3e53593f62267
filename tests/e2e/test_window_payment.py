"""*Request payment*: the window, from a message's menu and from the root card."""

from __future__ import annotations

import asyncio

import pytest

from tests.e2e.office import MARIA, QUICK, Office
from tests.e2e.till import ASKED, card, payments, texts
from tests.e2e.windows import opened, reads, send

REQUEST = "request_payment"
FILLED = {"to": MARIA, "amount": "45", "description": "Deposit"}


async def opened_on(team: Office, ts: str) -> None:
    """Dana chooses *Request payment* in a message's menu."""
    ack = await team.workspace.message_shortcut(team.sales, ts, REQUEST, team.dana)
    assert ack.acked
    await opened(team, "Request a payment")


async def test_shortcut_on_any_message_of_a_thread_is_for_its_contact(till: Office) -> None:
    root = await till.open()
    reply = await till.say(root, "// ask her for the deposit")

    await opened_on(till, reply)
    await send(till, {"amount": "$45.00", "description": "Deposit"})

    await opened(till, "Asking Maria Lopez · +1 415 555 0134 for $45.00.")
    await card(till, root, "· Sent")
    assert texts(till) == [ASKED]


async def test_button_of_the_root_card_is_for_its_contact(till: Office) -> None:
    root = await till.open()
    await till.see(lambda: "Request payment" in till.card(root), "the button")

    await till.workspace.click(till.sales, root, "root:request_payment", till.dana)
    await opened(till, "Request a payment")
    await send(till, {"amount": "45", "description": "Deposit"})

    await card(till, root, "· Sent")
    assert texts(till) == [ASKED]


async def test_words_and_reference_of_the_form_are_those_that_go_out(till: Office) -> None:
    root = await till.open()
    await opened_on(till, root)

    await send(
        till, {"amount": "12,50", "description": "Keys", "message": "Hi, for the keys:", "reference": "K-7"}
    )

    await till.see(lambda: payments(till), "the payment")
    (payment,) = payments(till)
    assert (payment.cents, payment.description, payment.reference) == (1250, "Keys", "K-7")
    assert texts(till) == ["Hi, for the keys:"]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("amount", "1e9", "That is not an amount. Write it in plain digits, like $12.50."),
        ("amount", "-3", "An amount is more than zero."),
        ("amount", "0", "An amount is more than zero."),
        ("amount", "12.345", "An amount in USD has two decimals at the most."),
        ("description", " ", "Say what it is for"),
        ("to", "nobody", "Nobody on “Sales” is called “nobody”."),
    ],
)
async def test_mistake_stands_beside_its_field(till: Office, field: str, typed: str, sentence: str) -> None:
    root = await till.open()
    await opened_on(till, root)

    ack = await send(till, {**FILLED, field: typed})

    assert sentence in (ack.payload or {})["errors"][field]
    assert payments(till) == []


async def test_form_sent_twice_is_one_payment(till: Office) -> None:
    root = await till.open()
    await opened_on(till, root)

    acks = await asyncio.gather(*(send(till, FILLED) for _ in range(2)))

    assert all(ack.acked for ack in acks)
    await card(till, root, "· Sent")
    assert len(payments(till)) == 1


async def test_contact_who_opted_out_is_not_asked(till: Office) -> None:
    root = await till.open()
    await till.text("STOP")
    await till.see(lambda: "Opted out" in till.card(root), "the opt-out")
    await opened_on(till, root)

    ack = await send(till, FILLED)

    assert "opted out of texts from this line" in (ack.payload or {})["errors"]["to"]


async def test_shortcut_outside_a_contacts_thread_says_where_it_is_for(till: Office) -> None:
    ts = await till.workspace.say(till.sales, till.dana, "Lunch?")

    await till.workspace.message_shortcut(till.sales, ts, REQUEST, till.dana)

    assert "This works in the thread of a contact." in reads(await opened(till))


async def test_shortcut_is_for_those_who_may(closed: Office) -> None:
    await closed.start(QUICK, threadline_admins=closed.eli.id)
    root = await closed.open()

    await closed.workspace.message_shortcut(closed.sales, root, REQUEST, closed.dana)

    assert "Only admins may do that" in reads(await opened(closed, "Only admins"))


async def test_large_amount_says_that_it_waits_for_approval(closed: Office) -> None:
    await closed.start(QUICK, threadline_rights="pay=everyone", threadline_payment_approval="$40")
    root = await closed.open()
    await opened_on(closed, root)

    await send(closed, FILLED)

    await opened(closed, "its card waits for somebody else's approval")
    await card(closed, root, "Waits for approval")

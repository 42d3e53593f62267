"""The Text Request stand-in: payments, and the portal where opening the link pays."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.sandbox.server import Sandbox
from bot.sandbox.textrequest.account import Account
from bot.sandbox.textrequest.payments import Payment
from tests.sandbox.conftest import MARIA, Caller, Ear, quiet

PATH = "dashboards/121/payments"
BODY: dict[str, Any] = {
    "description": "Invoice 1009",
    "customer_phone": "14155550134",
    "amount_requested": 220.5,
    "message": "Please pay here:",
    "reference_number": "tt-1",
}


async def asked(caller: Caller, account: Account, **more: Any) -> Payment:
    """A payment that was asked for."""
    _, made = await caller.call("POST", PATH, {**BODY, **more})
    return account.payments.by_id[made["payment_id"]]


@pytest.fixture
async def paid_ear(caller: Caller, ear: Ear) -> Ear:
    """An ear that hears of payments."""
    hook = {"target_url": ear.url, "event": "payment_status_updated", "httpVerb": "POST"}
    await caller.call("POST", "dashboards/121/hooks", hook)
    return ear


async def test_payment_is_asked_for_with_a_link_and_read_back(account: Account, caller: Caller) -> None:
    status, made = await caller.call("POST", PATH, BODY)
    _, read = await caller.call("GET", f"{PATH}/{made['payment_id']}")

    assert (status, read) == (200, made)
    assert (made["amount_requested"], made["textrequest_payment_status"]) == (220.5, "Sent")
    assert re.fullmatch(r"Please pay here: http://127\S+/pay/\S+", account.texts_to(MARIA)[0].words)


async def test_opened_link_pays_once_and_tells(
    sandbox: Sandbox, account: Account, caller: Caller, paid_ear: Ear
) -> None:
    payment = await asked(caller, account)
    link = account.texts_to(MARIA)[0].words.split()[-1]

    for _ in range(2):
        async with caller.session.get(link) as answer:
            shown = await answer.text()
    await quiet(sandbox)

    assert "$220.50, Paid" in shown
    assert (payment.status, payment.transaction) == ("Paid", "Approved")
    assert [one.json["textrequest_payment_status"] for one in paid_ear.heard] == ["Paid"]


async def test_link_of_nothing_and_other_methods_are_refused(account: Account, caller: Caller) -> None:
    payment = await asked(caller, account)

    async with caller.session.get(f"{account.base_url}/pay/nothing") as answer:
        assert answer.status == 404
    async with caller.session.post(account.payments.link(payment)) as answer:
        assert answer.status == 405
    assert payment.is_open


async def test_card_can_be_declined_and_a_day_pass(
    sandbox: Sandbox, account: Account, caller: Caller, paid_ear: Ear
) -> None:
    first, second = await asked(caller, account), await asked(caller, account)

    account.payments.open_link(first.token, declined=True)
    account.payments.pass_due(second)
    account.payments.open_link(second.token)
    await quiet(sandbox)

    told = [(one.json["payment_id"], one.json["textrequest_payment_status"]) for one in paid_ear.heard]
    assert sorted(told) == sorted([(first.id, "Failed"), (second.id, "PastDue"), (second.id, "Paid")])
    assert (first.transaction, second.past_due) == ("Declined", True)


async def test_reminder_goes_once_and_cancelling_texts_the_contact(account: Account, caller: Caller) -> None:
    payment = await asked(caller, account)
    path = f"{PATH}/{payment.id}"

    reminders = [(await caller.call("POST", f"{path}/resend"))[0] for _ in range(2)]
    _, cancelled = await caller.call("POST", f"{path}/cancel")

    assert reminders == [200, 400]
    assert (cancelled["reminder_was_sent"], cancelled["textrequest_payment_status"]) == (True, "Cancelled")
    assert [text.words.split()[0] for text in account.texts_to(MARIA)] == ["Please", "Reminder:", "Your"]


async def test_settled_payment_stays_as_it_is(account: Account, caller: Caller) -> None:
    payment = await asked(caller, account)
    path = f"{PATH}/{payment.id}"

    _, paid = await caller.call("POST", f"{path}/mark_as_paid")
    statuses = [(await caller.call("POST", f"{path}/{step}"))[0] for step in ("resend", "cancel", "mark_as_paid")]
    account.payments.open_link(payment.token)

    assert paid["textrequest_payment_status"] == payment.status == "MarkedAsPaid"
    assert statuses == [400, 400, 400]


async def test_payments_are_filtered_and_sorted(account: Account, caller: Caller) -> None:
    await asked(caller, account, amount_requested=3, reference_number="c")
    await asked(caller, account, amount_requested=1, reference_number="a", customer_phone="4155550135")
    await asked(caller, account, amount_requested=2, reference_number="b")

    async def references(**query: str) -> str:
        _, page = await caller.call("GET", PATH, **query)
        return "".join(each["reference_number"] for each in page["items"])

    assert await references(sort_type="amount", sort_direction="asc") == "abc"
    assert await references(sort_type="amount") == "cba"
    assert await references(reference_number="b") == "b"
    assert await references(phone_number="+14155550135") == "a"
    assert await references(sort_type="date", sort_direction="asc", page="1", page_size="2") == "b"
    assert (await caller.call("GET", PATH, sort_type="size"))[0] == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount_requested": 0},
        {"amount_requested": "220.50"},
        {"amount_requested": True},
        {"amount_requested": None},
        {"message": ""},
        {"description": " "},
        {"reference_number": None},
        {"customer_phone": "+442079460000"},
    ],
)
async def test_payment_that_makes_no_sense_is_refused(
    account: Account, caller: Caller, wrong: dict[str, object]
) -> None:
    status, body = await caller.call("POST", PATH, {**BODY, **wrong})

    assert (status, sorted(body)) == (400, ["errorCode", "message", "status"])
    assert account.payments.by_id == {}
    assert account.accepted() == []


async def test_contact_who_opted_out_is_not_asked(account: Account, caller: Caller) -> None:
    account.set_opt_out(MARIA, opted_out=True)

    status, body = await caller.call("POST", PATH, BODY)

    assert (status, body["errorCode"]) == (400, "30050")


async def test_payment_of_another_dashboard_is_not_found(account: Account, caller: Caller) -> None:
    payment = await asked(caller, account)
    account.add_dashboard("Sales", "+14155550101")

    path = f"dashboards/{max(account.dashboards)}/payments/{payment.id}"

    assert (await caller.call("GET", path))[0] == 204
    assert (await caller.call("POST", f"{path}/cancel"))[0] == 400

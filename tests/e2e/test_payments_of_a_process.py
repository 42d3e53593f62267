"""A process that is killed while it asks for a payment: the contact is asked once, and the card stands once."""

from __future__ import annotations

import pytest

from tests.e2e.asking import answered, press, type_
from tests.e2e.office import MARIA, QUICK, Office
from tests.e2e.test_process import running
from tests.e2e.till import ASKED, PAY, card, cards, click, deed, labels, payments, texts

EVERYBODY = "pay=everyone"


async def _agree(team: Office) -> None:
    """Dana asks Maria for a payment, and agrees to it."""
    await type_(team, f'"{MARIA}" 45 Deposit', PAY)
    await answered(team, "Ask Maria Lopez")
    await press(team, "Request")
    await answered(team, "Asking Maria Lopez")


async def _killed_at(team: Office, where: str, kind: str, state: str) -> str:
    """A process is killed while that call is under way and the request for a payment stands so; the root's ts."""
    async with running(team, threadline_rights=EVERYBODY) as process:
        root = await team.open()
        team.fault(where, kind)
        await _agree(team)
        await team.see(lambda: where in team.trouble.held, "a call under way")
        await team.become(lambda: team.on_disk("select state from deeds") == [(state,)])
        process.kill()
        await process.wait()
    return root


async def _start(team: Office) -> None:
    await team.start(QUICK, threadline_rights=EVERYBODY)


async def test_payment_that_was_asked_for_when_the_process_was_killed_is_found(closed: Office) -> None:
    root = await _killed_at(closed, "textrequest.request_payment", "hold_after", "sending")
    assert len(payments(closed)) == 1

    await _start(closed)

    await card(closed, root, "· Sent")
    assert (len(payments(closed)), texts(closed), len(cards(closed, root))) == (1, [ASKED], 1)


async def _lost(team: Office) -> str:
    """A process was killed before the provider had what it asked for, and another one does not know that."""
    root = await _killed_at(team, "textrequest.request_payment", "hold", "sending")
    team.trouble.release()
    await _start(team)
    shown = await card(team, root, "❔ It is not known whether the contact was asked.")
    assert (labels(shown)[0], payments(team)) == ("Check", [])
    return root


async def test_payment_that_never_reached_the_provider_is_asked_for_when_a_person_says_so(closed: Office) -> None:
    root = await _lost(closed)

    await click(closed, root, "again")

    await card(closed, root, "· Sent")
    assert (len(payments(closed)), texts(closed)) == (1, [ASKED])


async def test_payment_that_reaches_the_provider_late_is_found_and_not_asked_for_again(closed: Office) -> None:
    root = await _lost(closed)
    contact = closed.textrequest.contact(closed.dashboard, MARIA)
    reference = (await closed.rows("select reference from cards"))[0]["reference"]
    late = {"amount_requested": 45, "description": "Deposit", "message": ASKED, "reference_number": reference}
    closed.textrequest.payments.request(closed.dashboard, contact, late)

    await closed.let_pass(20)

    await card(closed, root, "· Sent")
    assert (len(payments(closed)), texts(closed)) == (1, [ASKED])


@pytest.mark.parametrize("kind", ["hold", "hold_after"])
async def test_card_that_was_being_posted_when_the_process_was_killed_stands_there_once(
    closed: Office, kind: str
) -> None:
    root = await _killed_at(closed, "chat.postMessage", kind, "done")
    closed.trouble.release()

    await _start(closed)

    await card(closed, root, "· Sent")
    assert (len(cards(closed, root)), texts(closed)) == (1, [ASKED])


async def test_reminder_that_went_out_when_the_process_was_killed_is_known_by_the_payment(closed: Office) -> None:
    async with running(closed, threadline_rights=EVERYBODY) as process:
        root = await closed.open()
        await _agree(closed)
        await card(closed, root, "· Sent")
        closed.fault("textrequest.remind_payment", "hold_after")
        await click(closed, root, "remind")
        await closed.see(lambda: "textrequest.remind_payment" in closed.trouble.held, "a reminder under way")
        process.kill()
        await process.wait()

    await _start(closed)

    await deed(closed, "remind", "done")
    assert len(texts(closed)) == 2


async def test_process_that_is_stopped_finishes_what_it_asked_for(closed: Office) -> None:
    async with running(closed, threadline_rights=EVERYBODY) as process:
        root = await closed.open()
        closed.fault("textrequest.request_payment", "hold_after")
        await _agree(closed)
        await closed.see(lambda: closed.trouble.held, "a call under way")

        process.terminate()
        await closed.see(lambda: closed.workspace.sockets.count == 2, "the bot that still works")
        closed.trouble.release()
        _, log = await process.communicate()

    await _start(closed)
    await card(closed, root, "· Sent")
    assert await closed.rows("select id from deeds where state = 'done' and looks = 0")
    hidden = ["Deposit", "45.00", "Maria", "4155550134", payments(closed)[0].reference, payments(closed)[0].token]
    assert [each for each in hidden if each in log.decode()] == []

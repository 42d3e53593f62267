"""Orders while things go wrong: sent once or not at all, looked for, never repeated by themselves, and told of."""

from __future__ import annotations

import asyncio

import pytest

from bot.loops import CANCEL_AGAIN_S
from bot.sandbox.slack.model import Channel
from bot.sandbox.trouble import Fault
from tests.e2e.asking import answered, press, type_
from tests.e2e.office import MARIA, OMAR, Office, office
from tests.e2e.ordering import (
    ADDRESS,
    CALL,
    SEND,
    agree,
    at_clicksend,
    direct,
    file_of,
    fill_in,
    open_shop,
    order,
    press_on,
    sent,
    told,
    with_clicksend,
)
from tests.e2e.test_process import running

FAX = f"fax {MARIA} https://b.example/x.pdf"


@pytest.fixture
async def shop(closed: Office) -> Office:
    """A team that can order at ClickSend; Dana is its admin."""
    await open_shop(closed)
    return closed


async def uncertain(team: Office) -> None:
    """Wait until nobody knows what became of the only order."""
    await team.found("select id from orders where state = 'uncertain'")


def states(team: Office) -> list[str]:
    """How the orders on disk stand, without a bot."""
    return [state for (state,) in team.on_disk("select state from orders order by id")]


# --- The answer does not come -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["drop_after", "garbage", "html"])
@pytest.mark.parametrize(("typed", "of"), [(CALL, "voice"), (FAX, "fax")])
async def test_order_without_an_answer_is_found_and_not_sent_again(
    shop: Office, kind: str, typed: str, of: str
) -> None:
    shop.sandbox.clicksend.rules.statuses = ()  # no receipt tells
    shop.fault(f"clicksend.{of}_send", kind)

    await order(shop, typed)

    await told(shop, "ClickSend has it.")
    assert len(sent(shop, of)) == 1


async def test_letter_without_an_answer_is_found_by_its_address(shop: Office) -> None:
    shop.fault("clicksend.letters_send", "drop_after")
    await fill_in(shop, "letter", "Return address", {**ADDRESS, "file": file_of(shop)})

    await agree(shop)

    await told(shop, "ClickSend has")
    assert len(sent(shop, "letters")) == 1


@pytest.mark.verb("send", "check")
async def test_order_that_nobody_finds_is_said_to_be_in_doubt_and_found_by_a_check(shop: Office) -> None:
    shop.sandbox.clicksend.rules.statuses = ()
    shop.fault("clicksend.voice_send", "drop_after")
    shop.fault("clicksend.voice_history", "status", status=503, times=0)
    await order(shop)
    card = await told(shop, "❔ It is not known whether this went out")
    await type_(shop, "check 1", SEND)
    await answered(shop, "ClickSend")
    shop.trouble.clear()

    await press_on(shop, card, "Check")

    await told(shop, "ClickSend has it.")
    assert len(sent(shop, "voice")) == 1
    assert len(direct(shop)) == 1


async def test_order_that_did_not_arrive_stays_in_doubt_and_is_never_sent_again(shop: Office) -> None:
    shop.fault("clicksend.fax_send", "drop")
    await order(shop, FAX)
    card = await told(shop, "❔ It is not known whether this went out")

    await press_on(shop, card, "Check")
    await shop.told(shop.dana, "ClickSend has no trace of it yet. That does not prove that it was not sent.")
    await shop.let_pass(100_000)
    await type_(shop, "orders", SEND)

    assert "❔" in await answered(shop, "What was ordered")
    assert sent(shop, "fax") == []


async def test_receipt_proves_a_call_whose_answer_was_lost(shop: Office) -> None:
    shop.fault("clicksend.voice_send", "drop_after")
    shop.fault("clicksend.voice_history", "status", status=503, times=0)

    await order(shop)

    await told(shop, "It was answered.")
    assert len(sent(shop, "voice")) == 1


async def test_of_two_letters_in_doubt_to_one_address_none_is_said_to_have_arrived(shop: Office) -> None:
    shop.fault("clicksend.letters_send", "drop")
    await fill_in(shop, "letter", "Return address", {**ADDRESS, "file": file_of(shop)})
    await agree(shop)
    await uncertain(shop)
    shop.fault("clicksend.letters_send", "drop_after")
    await fill_in(shop, "letter", "Return address", {**ADDRESS, "file": file_of(shop)})

    await agree(shop)

    await shop.found("select 1 as both where (select count(*) from orders where state = 'uncertain') = 2")
    assert len(sent(shop, "letters")) == 1


# --- It surely did not happen -----------------------------------------------------------------------------


async def test_order_that_is_throttled_goes_out_later(shop: Office) -> None:
    shop.fault("clicksend.voice_send", "status", status=429, times=2)

    await order(shop)
    for tries in (1, 2):
        await shop.found("select id from orders where state = 'queued' and attempts = :tries", tries=tries)
        await shop.let_pass(10)

    await told(shop, "It was answered.")
    assert len(sent(shop, "voice")) == 1


async def test_file_that_slack_does_not_give_now_is_asked_for_again(shop: Office) -> None:
    await fill_in(shop, "letter", "Return address", {**ADDRESS, "file": file_of(shop)})
    shop.fault("files.info", "status", status=429, retry_after_s=3)

    await agree(shop)
    await shop.found("select id from orders where state = 'queued' and attempts = 1")
    await shop.let_pass(10)

    await told(shop, "ClickSend has")
    assert len(sent(shop, "letters")) == 1


async def test_order_that_is_throttled_for_long_is_given_up_and_said(shop: Office) -> None:
    shop.fault("clicksend.voice_send", "status", status=429, times=0)
    await order(shop)
    await shop.found("select id from orders where state = 'queued' and attempts = 1")

    await shop.let_pass(700)

    await told(shop, "⚠️ It was not sent: ")
    assert sent(shop, "voice") == []


async def test_slow_order_keeps_no_other_one_waiting(shop: Office) -> None:
    shop.fault("clicksend.voice_send", "hold")
    await order(shop, f"voice {MARIA} Hello", "Call to +1 415 555 0134")
    await shop.struck("clicksend.voice_send")
    await type_(shop, "order 1", SEND)
    await answered(shop, "⏳ It is being sent.")

    shop.trouble.release()
    await order(shop, f"voice {OMAR} Hello", "Call to +1 415 555 0177")

    await told(shop, "#2")
    assert {each.to for each in sent(shop, "voice")} == {MARIA, OMAR}


async def test_calls_are_made_where_receipts_cannot_be_asked_for(shop: Office) -> None:
    shop.fault("clicksend.add_rule", "status", status=403, times=0)

    await order(shop)

    await told(shop, "ClickSend has")
    await shop.see(lambda: [each.status_code for each in sent(shop, "voice")] == ["201"], "the call's end")
    await shop.let_pass(11)
    await told(shop, "It was answered.")


# --- The bot ends -----------------------------------------------------------------------------------------


async def test_order_under_way_when_the_process_was_killed_is_found_and_not_sent_again(closed: Office) -> None:
    closed.sandbox.clicksend.rules.statuses = ()
    async with running(closed, **with_clicksend(closed)) as process:
        await type_(closed, CALL, SEND)
        await answered(closed, "by ClickSend?")
        closed.fault("clicksend.voice_send", "hold_after")
        await press(closed, "Send")
        await closed.see(lambda: closed.trouble.held, "a call under way")
        process.kill()
        await process.wait()
    assert states(closed) == ["sending"]

    await open_shop(closed)

    await told(closed, "ClickSend has it.")
    assert len(sent(closed, "voice")) == 1


async def test_order_that_had_not_left_when_the_process_was_killed_goes_out_once(closed: Office) -> None:
    async with running(closed, **with_clicksend(closed)) as process:
        await type_(closed, CALL, SEND)
        await answered(closed, "by ClickSend?")
        closed.fault("clicksend.rules", "hold")  # the last thing before the call itself
        await press(closed, "Send")
        await closed.see(lambda: closed.trouble.held, "an order under way")
        process.kill()
        await process.wait()
    assert states(closed) == ["sending"]

    await open_shop(closed)

    await told(closed, "It was answered.")
    assert len(sent(closed, "voice")) == 1


async def test_order_under_way_is_finished_before_the_bot_stops(shop: Office) -> None:
    shop.sandbox.clicksend.rules.statuses = ()
    shop.fault("clicksend.voice_send", "hold")
    await order(shop)
    await shop.struck("clicksend.voice_send")
    stopping = asyncio.create_task(shop.stop())
    await asyncio.wait([stopping], timeout=CANCEL_AGAIN_S + 0.1)  # it is cancelled more than once

    assert not stopping.done()
    shop.trouble.release()
    await stopping

    assert states(shop) == ["done"]
    assert len(sent(shop, "voice")) == 1


async def test_two_bots_send_an_order_once(postgres_url: str) -> None:
    async with office(postgres_url) as first:
        await first.bind()
        await open_shop(first)
        second = first.twin()
        await open_shop(second)

        for number in range(4):
            to = f"+1415555{200 + number:04}"
            await order(first, f"voice {to} Hello", f"Call to +1 415 555 {200 + number:04}")

        await first.see(lambda: len(sent(first, "voice")) >= 4, "every call")
        await first.found("select 1 as done where not exists (select id from orders where state <> 'done')")
        await second.stop()
        assert len(sent(first, "voice")) == 4


# --- Slack does not take it -------------------------------------------------------------------------------


async def test_card_that_was_deleted_is_posted_again(shop: Office) -> None:
    await order(shop, FAX)
    card = await told(shop, "ClickSend has it.")
    place: Channel = shop.workspace.direct_messages(shop.dana)
    await shop.workspace.delete(place, card["ts"])
    await shop.see(lambda: [each.status_code for each in sent(shop, "fax")] == ["201"], "the fax arrived")

    await shop.let_pass(11)

    await told(shop, "It arrived.")


async def test_who_cannot_be_told_holds_nobody_up(shop: Office) -> None:
    shop.fault("conversations.open", "error", error="user_disabled", times=0)
    await order(shop)
    await shop.found("select id from orders where told = news and state = 'done' and ts is null")
    shop.trouble.clear()

    await order(shop, f"voice {OMAR} Hello", "Call to +1 415 555 0177")

    await told(shop, "#2")


@pytest.mark.parametrize("error", ["internal_error", "invalid_auth"])
async def test_what_slack_does_not_take_now_is_told_later(shop: Office, error: str) -> None:
    refusal = Fault(where="conversations.open", kind="error", error=error)
    shop.trouble.add(refusal)
    await order(shop, FAX)
    await shop.see(lambda: not shop.trouble.armed(refusal), "a refusal")
    await shop.found("select name from duties where name = 'orders' and lease_until = 0 and due_at > 1")

    await shop.let_pass(6)

    await told(shop, "Fax to")


async def test_order_at_which_slack_fails_holds_nobody_up(shop: Office) -> None:
    shop.fault("conversations.open", "error", error="internal_error", times=0)
    await order(shop)
    root = await shop.open()

    await order(shop, FAX)

    await shop.see(lambda: shop.notices(root, "Fax to"), "the other order in its thread")


async def test_who_cannot_read_the_thread_is_told_directly(shop: Office) -> None:
    root = await shop.open()
    shop.sales.members.discard(shop.dana.id)

    await order(shop)

    await told(shop, "It was answered.")
    assert shop.notices(root, "Call to") == []


async def test_thread_that_is_gone_is_replaced_by_a_direct_message(shop: Office) -> None:
    root = await shop.open()
    shop.fault("chat.postMessage", "error", error="thread_not_found")

    await order(shop)

    await told(shop, "It was answered.")
    assert at_clicksend(shop).of("voice")
    assert shop.notices(root, "Call to") == []

"""`/send` from end to end, in one line: asked about with its price, sent once, told of, listed and followed."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from bot.sandbox.slack.fields import Gesture
from tests.e2e.asking import answered, gesture, press, type_
from tests.e2e.office import MARIA, OMAR, Office
from tests.e2e.ordering import CALL, SEND, at_clicksend, direct, ended, open_shop, order, sent, told


@pytest.fixture
async def shop(closed: Office) -> Office:
    """A team that can order at ClickSend; Dana is its admin."""
    await open_shop(closed)
    return closed


@pytest.mark.verb("send", "voice")
@pytest.mark.verb("send", "start")
async def test_call_is_asked_about_with_its_price_made_and_told_of(shop: Office) -> None:
    at_clicksend(shop).presses(MARIA, "1")

    question = await order(
        shop,
        f"voice {MARIA} require-input Press 1 to confirm lang=de-de voice=male machine-detection",
    )

    assert "📞 Call to +1 415 555 0134, by ClickSend?" in question
    assert "“Press 1 to confirm”\nde-de, male voice · asks for a key · speaks to machines" in question
    assert "It costs $0.07." in question
    card = shop.workspace.words(await told(shop, "It was answered."))
    assert "📞 Call to +1 415 555 0134 · #1" in card
    assert "They pressed 1." in card
    assert "$0.07" in card
    (call,) = sent(shop, "voice")
    assert (call.to, call.row["body"], call.row["lang"], call.row["voice"]) == (
        MARIA, "Press 1 to confirm", "de-de", "male"
    )  # fmt: skip
    assert (call.row["require_input"], call.row["machine_detection"]) == (1, 1)
    assert len(direct(shop)) == 1


@pytest.mark.verb("send", "voice")
async def test_call_to_who_has_a_thread_is_told_of_there(shop: Office) -> None:
    root = await shop.open()

    question = await order(shop, "voice maria Your order is ready")

    assert "Call to Maria Lopez · +1 415 555 0134" in question
    card = await shop.notice(root, "It was answered.")
    assert shop.workspace.words(card).endswith("Ordered by @Dana")
    assert direct(shop) == []


@pytest.mark.verb("send", "fax")
async def test_fax_is_asked_about_without_a_price_sent_and_told_of_once_it_arrives(shop: Office) -> None:
    question = await order(shop, f"fax {MARIA} https://b.example/x.pdf")

    assert "📠 Fax to +1 415 555 0134, by ClickSend?\nhttps://b.example/x.pdf" in question
    assert "ClickSend names no price for this before." in question
    card = shop.workspace.words(await told(shop, "ClickSend has it."))
    assert "$0.22" in card
    fax = await ended(shop, "fax")
    await shop.let_pass(11)
    await told(shop, "It arrived.")
    assert (fax.to, fax.row["_file_url"]) == (MARIA, "https://b.example/x.pdf")


@pytest.mark.verb("send", "fax")
async def test_fax_that_fails_later_is_said_below_its_message(shop: Office) -> None:
    shop.sandbox.clicksend.fail(MARIA)
    await order(shop, f"fax {MARIA} https://b.example/x.pdf")
    card = await told(shop, "ClickSend has it.")
    await ended(shop, "fax", "301")

    await shop.let_pass(11)

    bad = await told(shop, "@Dana 📠 Fax to +1 415 555 0134 · #1: ⚠️ It did not get through.")
    assert bad["thread_ts"] == card["ts"]
    assert "did not get through" in shop.workspace.words(direct(shop)[0])


@pytest.mark.verb("send", "voice")
async def test_question_that_is_cancelled_orders_nothing(shop: Office) -> None:
    await type_(shop, CALL, SEND)
    await answered(shop, "by ClickSend?")

    await press(shop, "Cancel")

    await answered(shop, "Cancelled: nothing was done.")
    await type_(shop, "start 1", SEND, shop.eli)
    await answered(shop, "This order is not yours", shop.eli)
    assert sent(shop, "voice") == []
    assert await shop.rows("select id from orders where state <> 'waiting'") == []


@pytest.mark.verb("send", "start")
async def test_second_click_and_second_word_order_nothing_more(shop: Office) -> None:
    await type_(shop, CALL, SEND)
    await answered(shop, "by ClickSend?")
    shown = shop.workspace.ephemerals(shop.dana)[-1]["message"]
    button = gesture(shown, "Send")

    click = partial(shop.workspace.click, shop.sales, shown["ts"], Gesture(button.action_id), shop.dana)
    await asyncio.gather(click(), click())
    await type_(shop, "start 1", SEND)

    await answered(shop, "This was decided already.")
    await answered(shop, "This order is not yours, was sent before, or is too old.")
    await told(shop, "It was answered.")
    assert len(sent(shop, "voice")) == 1


@pytest.mark.verb("send", "voice")
async def test_without_a_price_it_is_said_and_asked_all_the_same(shop: Office) -> None:
    shop.fault("clicksend.voice_price", "status", status=403)

    question = await order(shop)

    assert "What it costs is not known: ClickSend does not let this account do that." in question
    await told(shop, "It was answered.")


@pytest.mark.verb("send", "voice")
async def test_number_that_is_refused_is_said_once_and_not_tried_again(shop: Office) -> None:
    shop.sandbox.clicksend.refuse(MARIA)

    question = await order(shop)

    assert "What it costs is not known: ClickSend cannot reach this number or address." in question
    card = shop.workspace.words(await told(shop, "⚠️ It was not sent: ClickSend cannot reach this number"))
    assert "#1" in card
    assert sent(shop, "voice") == []
    assert [row["attempts"] for row in await shop.rows("select attempts from orders")] == [1]


@pytest.mark.verb("send", "voice")
async def test_who_opted_out_of_texts_is_named_before_they_are_called(shop: Office) -> None:
    root = await shop.open()
    await shop.text("STOP")
    await shop.see(lambda: "Opted out" in shop.card(root), "the card")

    question = await order(shop)

    assert "They opted out of texts from Sales." in question


@pytest.mark.verb("send", "voice")
async def test_two_of_a_name_are_told_apart_first(shop: Office) -> None:
    await shop.open(number=MARIA, name="Maria Lopez")
    await shop.open(number=OMAR, name="Maria Santos")

    await type_(shop, "voice Maria Hello there", SEND)
    await answered(shop, "Which “Maria”?")
    await press(shop, "Maria Santos · +1 415 555 0177")

    assert "Call to Maria Santos" in await answered(shop, "by ClickSend?")


@pytest.mark.verb("send", "orders")
@pytest.mark.verb("send", "order")
async def test_orders_are_listed_in_pages_and_shown(shop: Office) -> None:
    for number in range(11):
        to = f"+1415555{200 + number:04}"
        await order(shop, f"voice {to} Hello", f"Call to +1 415 555 {200 + number:04}")
    await shop.see(lambda: len(sent(shop, "voice")) == 11, "every call")

    await type_(shop, "orders", SEND, shop.eli)
    first = await answered(shop, "What was ordered, newest first", shop.eli)
    assert "#11" in first
    assert "#1\n" not in first
    await type_(shop, "orders page=2", SEND)
    assert "#1\n" in await answered(shop, "What was ordered, newest first")
    await type_(shop, "order 3", SEND)

    shown = await answered(shop, "$0.07 · ordered ")
    assert "Call to +1 415 555 0202 · #3" in shown
    assert "“Hello”\nen-us, female voice" in shown


@pytest.mark.verb("send", "check")
async def test_check_of_an_order_asks_how_far_it_got(shop: Office) -> None:
    await order(shop, f"fax {MARIA} https://b.example/x.pdf")
    await told(shop, "ClickSend has it.")
    await ended(shop, "fax")

    await type_(shop, "check 1", SEND)

    await answered(shop, "It arrived.")
    await told(shop, "It arrived.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("order 9", "There is no order #9. /send orders lists them."),
        ("check 9", "There is no order #9."),
        ("orders", "What was ordered, newest first: none."),
        ("orders page=3", "There is no page 3."),
        ("voice Zoe Hello", "Nobody on a line is called “Zoe”."),
        (f"voice {MARIA} Hello lang=tlh", "No voice speaks “tlh”. Use lang= with one of en-us, "),
        (f"voice {MARIA} Hello lang=sv-se voice=male", "“Swedish, Sweden” is spoken by the female voice alone."),
        (f"voice {MARIA} {'x' * 1_201}", "ClickSend speaks up to 1,200 characters"),
        (f"fax {MARIA} nowhere", "no web address"),
    ],
)
async def test_what_cannot_be_is_said(shop: Office, typed: str, said: str) -> None:
    await type_(shop, typed, SEND)

    await answered(shop, said)
    assert await shop.rows("select id from orders") == []


@pytest.mark.verb("send", "help")
async def test_help_tells_what_can_be_ordered(shop: Office) -> None:
    await type_(shop, "", SEND)

    assert "/send postcard" in await answered(shop, "/send voice [to] [words]")


@pytest.mark.parametrize("verb", ["voice", "fax", "letter", "postcard"])
async def test_only_admins_spend_unless_the_rights_name_others(shop: Office, verb: str) -> None:
    await type_(shop, verb, SEND, shop.eli)

    await answered(shop, "Only admins may do that", shop.eli)


@pytest.mark.verb("send", "start")
async def test_right_that_was_taken_away_meanwhile_counts(closed: Office) -> None:
    await open_shop(closed, threadline_rights=f"send.voice={closed.eli.id}")
    await type_(closed, CALL, SEND, closed.eli)
    await answered(closed, "by ClickSend?", closed.eli)
    await closed.stop()
    await open_shop(closed)

    await type_(closed, "start 1", SEND, closed.eli)

    await answered(closed, "Only admins may do that", closed.eli)
    assert await closed.rows("select id from orders where state <> 'waiting'") == []


@pytest.mark.parametrize("verb", [f"voice {MARIA} Hello", "fax", "letter", "postcard"])
async def test_orders_need_clicksend(closed: Office, verb: str) -> None:
    await closed.start(threadline_admins=closed.dana.id)

    await type_(closed, verb, SEND)

    await answered(closed, "This needs ClickSend, which is not set up here.")

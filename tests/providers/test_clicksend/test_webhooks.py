"""ClickSend's webhooks: what is their own, beside the contract."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pytest

from bot.errors import WebhookUnreadable
from bot.model import Delivery, DeliveryReported, Nothing, Number, OrderId, OrderReported, TextReceived
from bot.providers.clicksend import ClickSend
from tests.providers.case import NOW, NOWHERE, Sample
from tests.providers.cases.clicksend import CLICK_SEND, click_send
from tests.providers.cases.common import CONTACT, OUR_NUMBER, TOKEN, WORDS

INBOUND, RECEIPT, CALL = (
    next(each for each in CLICK_SEND.samples if each.event == event) for event in ("inbound", "receipts", "voice")
)


def form(sample: Sample, **fields: str) -> Sample:
    """The sample as a form of these fields."""
    return replace(sample, body=urlencode(fields).encode())


CARRIER = "The carrier could not bring it to their phone."


@pytest.mark.parametrize(
    ("code", "kind", "delivery", "says"),
    [
        ("200", "sms", Delivery.SENT, ""),
        ("201", "", Delivery.DELIVERED, ""),
        ("300", "SMS", Delivery.SENT, ""),
        ("301", "sms", Delivery.FAILED, "301"),
        ("999", "sms", None, ""),
        ("201", "mms", Delivery.DELIVERED, ""),
        ("201", "voice", None, ""),
    ],
)
def test_when_a_receipt_comes_then_its_code_says_how_far(
    code: str, kind: str, delivery: Delivery | None, says: str
) -> None:
    sample = form(RECEIPT, message_type=kind, messageid="m1", status_code=code, customstring=TOKEN)

    (event,) = click_send(NOWHERE).read_webhook(sample.request()).events

    why = CARRIER if delivery == Delivery.FAILED else ""
    report = delivery and DeliveryReported(ClickSend.name, "m1", TOKEN, delivery, says, why)
    assert event == (report or Nothing(ClickSend.name, "receipts"))


@pytest.mark.parametrize(("error_code", "says"), [("77", "77"), ("CARRIER_LOST", "CARRIER_LOST"), (WORDS, "301")])
def test_when_a_receipt_tells_of_a_failure_then_their_code_is_kept_if_it_is_one(
    error_code: str, says: str
) -> None:
    sample = form(RECEIPT, messageid="m1", status_code="301", error_code=error_code, custom_string="not a token!")

    (event,) = click_send(NOWHERE).read_webhook(sample.request()).events

    assert event == DeliveryReported(ClickSend.name, "m1", None, Delivery.FAILED, says, CARRIER)


@pytest.mark.parametrize(
    "fields",
    [
        {"from": "nobody, really nobody"},
        {"from": ""},
        {"messageid": ""},
        {"originalsenderid": ""},
        {"timestamp": "1772463791000"},
        {"timestamp": "99999999999"},
        {"timestamp": "yesterday"},
        {"timestamp": "0"},
    ],
)
def test_when_an_inbound_text_cannot_be_placed_then_it_is_unreadable(fields: dict[str, str]) -> None:
    good = {"originalsenderid": OUR_NUMBER, "from": CONTACT, "messageid": "m1", "message": WORDS, "timestamp": ""}

    with pytest.raises(WebhookUnreadable) as caught:
        click_send(NOWHERE).read_webhook(form(INBOUND, **{**good, **fields}).request())

    assert not [word for word in ("nobody", WORDS, "423555") if word in str(caught.value)]


def test_when_an_inbound_text_has_no_time_then_it_came_now() -> None:
    sample = form(INBOUND, to=OUR_NUMBER, messageid="m1", message="Zoë & 100% + 1", **{"from": CONTACT})

    (event,) = click_send(NOWHERE).read_webhook(sample.request()).events

    assert isinstance(event, TextReceived)
    assert (event.sent_at, event.body) == (NOW, "Zoë & 100% + 1")


def test_when_a_short_code_texts_then_it_stays_one() -> None:
    sample = form(INBOUND, to=OUR_NUMBER, messageid="m1", message="Code", **{"from": "72345"})

    (event,) = click_send(NOWHERE).read_webhook(sample.request()).events

    assert isinstance(event, TextReceived)
    assert event.contact == Number("72345")


@pytest.mark.parametrize("odd", [b"%ff", b"\xff", b"%ed%a0%bd"])
def test_when_a_form_holds_what_is_no_character_then_the_rest_is_read(odd: bytes) -> None:
    fixed = urlencode({"to": OUR_NUMBER, "from": CONTACT, "messageid": "m1", "message": "Bye "}).encode()

    (event,) = click_send(NOWHERE).read_webhook(replace(INBOUND, body=fixed + odd).request()).events

    assert isinstance(event, TextReceived)
    assert event.body.rstrip("\ufffd") == "Bye "
    assert event.body.endswith("\ufffd")


@pytest.mark.parametrize(
    ("code", "word", "delivery", "says"),
    [
        ("200", "", Delivery.SENT, ""),
        ("201", "Undelivered", Delivery.DELIVERED, ""),
        ("301", "", Delivery.FAILED, "301"),
        ("Sent", "Delivered", Delivery.DELIVERED, ""),
        ("302", "Undelivered", Delivery.FAILED, "302"),
        ("", "undelivered ", Delivery.FAILED, ""),
        ("999", "Ringing", None, ""),
    ],
)
def test_when_a_call_is_reported_then_its_code_or_else_its_word_says_how_it_went(
    code: str, word: str, delivery: Delivery | None, says: str
) -> None:
    sample = form(CALL, message_id="c1", status_code=code, status=word, custom_string=TOKEN, digits="*1#")

    (event,) = click_send(NOWHERE).read_webhook(sample.request()).events

    why = "The call did not get through, or nobody answered." if delivery == Delivery.FAILED else ""
    report = delivery and OrderReported(ClickSend.name, OrderId("c1"), TOKEN, delivery, "*1#", says, why)
    assert event == (report or Nothing(ClickSend.name, "voice"))


@pytest.mark.parametrize(("digits", "keys"), [("", ""), ("42", "42"), ("call me back", ""), ("1" * 41, "")])
def test_when_keys_were_pressed_then_they_are_keys(digits: str, keys: str) -> None:
    sample = form(CALL, message_id="c1", status_code="201", digits=digits)

    (event,) = click_send(NOWHERE).read_webhook(sample.request()).events

    assert event == OrderReported(ClickSend.name, OrderId("c1"), None, Delivery.DELIVERED, keys)


@pytest.mark.parametrize("fields", [{"message_id": ""}, {"status_code": ""}])
def test_when_a_call_is_not_named_or_has_no_status_then_it_is_unreadable(fields: dict[str, str]) -> None:
    good = {"message_id": "c1", "status_code": "201", "custom_string": "not a token!"}

    with pytest.raises(WebhookUnreadable):
        click_send(NOWHERE).read_webhook(form(CALL, **{**good, **fields}).request())

"""Text Request's webhooks: what is their own, beside the contract."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.errors import WebhookUnreadable
from bot.model import (
    Delivery,
    DeliveryReported,
    LocationShared,
    Nothing,
    OptOutReported,
    PaymentId,
    PaymentReported,
    StandingReported,
    TextReceived,
)
from bot.providers.textrequest import TextRequest
from bot.providers.textrequest.webhooks import sign
from tests.providers.case import NOWHERE, Sample
from tests.providers.cases.common import CONTACT, TOKEN
from tests.providers.cases.textrequest import TEXT_REQUEST, text_request

SAMPLES = {sample.event: sample for sample in TEXT_REQUEST.samples}


def test_when_a_webhook_is_signed_then_it_is_by_their_recipe() -> None:
    # Their README's input: https://github.com/textrequest/webhook-validation-example
    # printf '1619448468.{ "message": "hello" }' | openssl dgst -sha256 -hmac 'their key' -binary | base64
    signed = sign("their key", "1619448468", b'{ "message": "hello" }')

    assert signed == "J9h2k9cf6f4nRqAZHs6+kngSYPb3mAbjqXiNo4p9Byo="


def changed(event: str, **conversation: object) -> Sample:
    """A text's webhook with another conversation."""
    whole = json.loads(SAMPLES[event].body)
    whole["conversation"] |= conversation
    return replace(SAMPLES[event], body=json.dumps(whole).encode())


@pytest.mark.parametrize(
    ("event", "direction", "received"),
    [
        ("msg_received", None, True),
        ("msg_received", "S", False),
        ("msg_sent", "R", True),
        ("msg_sent", "?", False),
    ],
)
def test_when_direction_and_event_differ_then_the_direction_counts(
    event: str, direction: str | None, received: bool
) -> None:
    request = changed(event, messageDirection=direction).request()

    (text,) = text_request(NOWHERE).read_webhook(request).events

    assert isinstance(text, TextReceived) is received


@pytest.mark.parametrize(
    "conversation",
    [
        {"date": "0001-01-01T00:00:00"},
        {"date": "9999-12-31T23:59:59.9999999-14:00"},
        {"date": "2026-03-04T15:05:00"},
        {"date": None},
        {"date": "yesterday"},
        {"date": 1772463791},
        {"consumerPhoneNumber": None},
        {"consumerPhoneNumber": "nobody, really nobody"},
        {"consumerPhoneNumber": {"number": 1}},
        {"mmsAttachments": "photo.jpg"},
    ],
)
def test_when_a_text_cannot_be_placed_then_it_is_unreadable(conversation: dict[str, object]) -> None:
    request = changed("msg_received", **conversation).request()

    with pytest.raises(WebhookUnreadable) as caught:
        text_request(NOWHERE).read_webhook(request)

    assert not [word for word in ("nobody", "photo", "9999", "Ana") if word in str(caught.value)]


def test_when_its_id_is_longer_than_any_then_the_text_is_kept_for_a_person() -> None:
    whole = json.loads(SAMPLES["msg_received"].body) | {"messageUniqueIdentifier": "x" * 9_000}
    sample = replace(SAMPLES["msg_received"], body=json.dumps(whole).encode())

    with pytest.raises(WebhookUnreadable, match="the text has no id"):
        text_request(NOWHERE).read_webhook(sample.request())


def test_when_a_text_is_only_a_picture_then_it_has_no_words() -> None:
    request = changed("msg_received", message=None, mmsAttachments=[{"url": "https://a.example/1"}, {}]).request()

    (text,) = text_request(NOWHERE).read_webhook(request).events

    assert isinstance(text, TextReceived)
    assert (text.body, len(text.attachments)) == ("", 1)


@pytest.mark.parametrize(
    ("status", "delivery"),
    [
        ("accepted", Delivery.ACCEPTED),
        ("queued", Delivery.ACCEPTED),
        ("sending", Delivery.ACCEPTED),
        ("send", Delivery.ACCEPTED),
        ("sent", Delivery.SENT),
        ("Delivered ", Delivery.DELIVERED),
        ("error", Delivery.FAILED),
        ("failed", Delivery.FAILED),
        ("undelivered", Delivery.FAILED),
        ("unclaimed", None),
        ("on a pigeon", None),
    ],
)
def test_when_a_status_is_reported_then_only_a_known_word_says_something(
    status: str, delivery: Delivery | None
) -> None:
    body = json.dumps({"message_id": "m1", "status": status, "errorCode": "14235550142"}).encode()
    request = replace(SAMPLES["status"], body=body).request()

    (event,) = text_request(NOWHERE).read_webhook(request).events

    expected = Nothing(TextRequest.name, "status")
    assert event == (DeliveryReported(TextRequest.name, "m1", TOKEN, delivery) if delivery else expected)


@pytest.mark.parametrize(
    ("contact", "dashboard", "says"),
    [
        ({"opted_out_utc": None}, "121", (False, "121")),
        ({"opted_out_utc": "2026-03-02T15:02:00"}, "", (True, "")),
        ({"opted_out_utc": "2026-03-02T15:02:00"}, "../etc", (True, "")),
        ({}, "121", None),
    ],
)
def test_when_a_contact_changed_then_opting_out_and_in_are_told(
    contact: dict[str, object], dashboard: str, says: tuple[bool, str] | None
) -> None:
    body = json.dumps({"phone_number": "4235550142", **contact}).encode()
    request = replace(SAMPLES["contact_updated"], body=body, query={"d": dashboard}).request()

    (event,) = text_request(NOWHERE).read_webhook(request).events

    if says is None:
        assert event == Nothing(TextRequest.name, "contact_updated")
    else:
        assert event == OptOutReported(TextRequest.name, says[1], None, CONTACT, says[0], None)


@pytest.mark.parametrize(
    ("contact", "says"),
    [
        ({"is_resolved": True}, {"resolved": True}),
        ({"is_resolved": False, "is_archived": True}, {"resolved": False, "archived": True}),
        ({"is_blocked": True, "is_archived": ""}, {"blocked": True}),
    ],
)
def test_when_a_contact_changed_then_how_it_is_kept_is_told(
    contact: dict[str, object], says: dict[str, bool]
) -> None:
    body = json.dumps({"phone_number": "4235550142", **contact}).encode()
    request = replace(SAMPLES["contact_updated"], body=body, query={"d": "121"}).request()

    (event,) = text_request(NOWHERE).read_webhook(request).events

    assert event == StandingReported(TextRequest.name, "121", CONTACT, **says)


@pytest.mark.parametrize(
    ("payment", "dashboard", "says"),
    [
        ({"payment_id": "2510"}, "121", ("2510", "121")),
        ({"paymentId": 2510}, "", ("2510", "")),
        ({"PaymentId": 2510, "Status": "Paid"}, "../121", ("2510", "")),
        ({"payment_id": "../2510"}, "121", None),
        ({"payment_id": None}, "121", None),
        ({"payment_id": ""}, "121", None),
        ({"reference_number": "tt-1"}, "121", None),
    ],
)
def test_when_a_payment_is_reported_then_only_which_one_is_believed(
    payment: dict[str, object], dashboard: str, says: tuple[str, str] | None
) -> None:
    sample = replace(SAMPLES["payment_status_updated"], body=json.dumps(payment).encode(), query={"d": dashboard})
    provider = text_request(NOWHERE)

    if says is None:
        with pytest.raises(WebhookUnreadable, match="names no payment"):
            provider.read_webhook(sample.request())
    else:
        (event,) = provider.read_webhook(sample.request()).events
        assert event == PaymentReported(TextRequest.name, says[1], PaymentId(says[0]))


@pytest.mark.parametrize(
    ("location", "token", "place"),
    [
        ({"latitude": "35.5", "longitude": "-85"}, TOKEN, (35.5, -85.0)),
        ({"Latitude": 0, "Longitude": 0}, TOKEN, (0.0, 0.0)),
        ({"lat": 90, "lng": 180}, TOKEN, (90.0, 180.0)),
        ({"location": {"lat": -90, "lon": -180}, "contact": "Ana"}, TOKEN, (-90.0, -180.0)),
        ({"location": "at home", "lat": 1, "lng": 2}, TOKEN, (1.0, 2.0)),
        ({"latitude": 90.1, "longitude": 1}, TOKEN, None),
        ({"latitude": 1, "longitude": -180.1}, TOKEN, None),
        ({"latitude": "NaN", "longitude": 1}, TOKEN, None),
        ({"latitude": 1}, TOKEN, None),
        ({"location": "at home"}, TOKEN, None),
        ({"latitude": 1, "longitude": 2}, "", None),
        ({"latitude": 1, "longitude": 2}, "../tok", None),
    ],
)
def test_when_a_location_is_shared_then_it_needs_a_place_on_earth_and_our_token(
    location: dict[str, object], token: str, place: tuple[float, float] | None
) -> None:
    sample = replace(SAMPLES["location"], body=json.dumps(location).encode(), query={"t": token})
    provider = text_request(NOWHERE)

    if place is None:
        with pytest.raises(WebhookUnreadable):
            provider.read_webhook(sample.request())
    else:
        assert provider.read_webhook(sample.request()).events == (LocationShared(TextRequest.name, token, *place),)

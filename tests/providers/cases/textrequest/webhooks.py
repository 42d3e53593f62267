"""Text Request's webhooks, described for the contract."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.model import (
    Attachment,
    Delivery,
    DeliveryReported,
    LocationShared,
    OptOutReported,
    PaymentId,
    PaymentReported,
    ProviderName,
    StandingReported,
    TextReceived,
    TextSent,
)
from bot.providers.textrequest.webhooks import SIGNATURE_HEADER, TIMESTAMP_HEADER, sign
from tests.providers.case import Sample
from tests.providers.cases.common import CONTACT, KEY, OUR_NUMBER, TOKEN, WORDS, fixture


def tr_sign(body: bytes, at: datetime) -> dict[str, str]:
    """The headers by which Text Request signs."""
    timestamp = str(int(at.timestamp()))
    return {TIMESTAMP_HEADER: timestamp, SIGNATURE_HEADER: sign(KEY, timestamp, body)}


SAMPLES = (
    Sample(
        "msg_received",
        fixture("textrequest", "msg_received.json"),
        TextReceived(
            provider=ProviderName("textrequest"),
            account="121",
            line_number=OUR_NUMBER,
            contact=CONTACT,
            text_id="3b0c0b5e-4f0c-4f6a-9f7e-2f3a5d1f7a10",
            body="Is my order ready?",
            sent_at=datetime(2026, 3, 2, 15, 3, 11, 500_000, tzinfo=UTC),
            contact_name="Ana Ruiz",
            attachments=(Attachment("https://media.example.com/photo.jpg", "image/jpeg"),),
        ),
    ),
    Sample(
        "msg_sent",
        fixture("textrequest", "msg_sent.json"),
        TextSent(
            provider=ProviderName("textrequest"),
            account="121",
            line_number=OUR_NUMBER,
            contact=CONTACT,
            text_id="0f4c5a1e-3c1b-4c52-9a0e-6a4f6f2f8f11",
            body=WORDS,
            sent_at=datetime(2026, 3, 2, 15, 4, 5, 120_000, tzinfo=UTC),
            delivery=Delivery.SENT,
        ),
    ),
    Sample(
        "msg_status_updated",
        fixture("textrequest", "msg_status_updated.json"),
        DeliveryReported(
            ProviderName("textrequest"),
            "0f4c5a1e-3c1b-4c52-9a0e-6a4f6f2f8f11",
            None,
            Delivery.DELIVERED,
        ),
    ),
    Sample(
        "status",
        b'{"message_id": null, "status": "undelivered", "errorCode": 2100}',
        DeliveryReported(
            ProviderName("textrequest"),
            None,
            TOKEN,
            Delivery.FAILED,
            "2100",
            "They opted out of texts from this line.",
            opted_out=True,
        ),
        {"t": TOKEN},
    ),
    Sample(
        "contact_updated",
        fixture("textrequest", "contact_updated.json"),
        OptOutReported(ProviderName("textrequest"), "121", None, CONTACT, opted_out=True, contact_name="Ana Ruiz"),
        {"d": "121"},
        (StandingReported(ProviderName("textrequest"), "121", CONTACT, blocked=False),),
    ),
    Sample(
        "payment_status_updated",
        b'{"payment_id": 2510, "textrequest_payment_status": "Paid", "amount_requested": 220.5}',
        PaymentReported(ProviderName("textrequest"), "121", PaymentId("2510")),
        {"d": "121"},
    ),
    Sample(
        "location",
        b'{"latitude": 35.0456, "longitude": -85.3097}',
        LocationShared(ProviderName("textrequest"), TOKEN, 35.0456, -85.3097),
        {"t": TOKEN},
    ),
)

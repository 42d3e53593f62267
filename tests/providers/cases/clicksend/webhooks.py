"""ClickSend's webhooks, described for the contract."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.model import Delivery, DeliveryReported, OrderId, OrderReported, ProviderName, TextReceived
from tests.providers.case import Sample
from tests.providers.cases.common import CONTACT, OUR_NUMBER, TOKEN, fixture

SAMPLES = (
    *(
        Sample(
            "inbound",
            body,
            TextReceived(
                provider=ProviderName("clicksend"),
                account="",
                line_number=OUR_NUMBER,
                contact=CONTACT,
                text_id="1F12D781-99C1-6D94-96FE-F5A311C8997E",
                body="Yes please",
                sent_at=datetime(2026, 3, 2, 15, 3, 11, tzinfo=UTC),
            ),
        )
        for body in (fixture("clicksend", "inbound.json"), fixture("clicksend", "inbound.form"))
    ),
    *(
        Sample(
            "receipts",
            body,
            DeliveryReported(
                ProviderName("clicksend"), "1F12D781-99C1-6D94-96FE-F5A311C8997D", TOKEN, Delivery.DELIVERED
            ),
        )
        for body in (
            fixture("clicksend", "receipt.form"),
            b'{"message_id": "1F12D781-99C1-6D94-96FE-F5A311C8997D",'
            b' "customstring": "tok-8f3c", "status_code": 201}',
        )
    ),
    *(
        Sample(
            "voice",
            body,
            OrderReported(
                provider=ProviderName("clicksend"),
                order_id=OrderId("9A7C31B0-0D52-4C8E-9C4B-0F6A2D1E7711"),
                token=TOKEN,
                delivery=Delivery.DELIVERED,
                keys="1",
            ),
        )
        for body in (
            fixture("clicksend", "voice_receipt.form"),
            b'{"message_id": "9A7C31B0-0D52-4C8E-9C4B-0F6A2D1E7711", "custom_string": "tok-8f3c",'
            b' "status_code": "201", "digits": 1, "message_type": "voice"}',
        )
    ),
)

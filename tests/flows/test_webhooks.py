"""What a webhook said that nobody here asked for."""

from __future__ import annotations

import pytest

from bot.errors import WebhookUnreadable
from bot.flows import webhooks
from bot.model import (
    Delivery,
    LocationShared,
    OrderId,
    OrderReported,
    PaymentId,
    PaymentReported,
    ProviderEvent,
    ProviderName,
)
from tests.flows.conftest import Made

NAME = ProviderName("textrequest")


@pytest.mark.parametrize(
    "event",
    [
        LocationShared(NAME, "tok-8f3c", 35.05, -85.31),
    ],
    ids=lambda event: type(event).__name__,
)
async def test_when_nobody_waits_for_an_event_then_it_is_for_a_person(made: Made, event: ProviderEvent) -> None:
    with pytest.raises(WebhookUnreadable) as caught:
        await webhooks.take(made(), event)

    assert "35" not in str(caught.value)


async def test_payment_that_was_asked_for_elsewhere_wakes_nobody(made: Made) -> None:
    bridge = made()

    await webhooks.take(bridge, PaymentReported(NAME, "121", PaymentId("2510")))

    assert await bridge.store.looks.next_due_in_s() is None


async def test_when_a_report_is_about_the_call_of_somebody_else_then_nothing_is_kept_of_it(made: Made) -> None:
    bridge = made()

    await webhooks.take(bridge, OrderReported(NAME, OrderId("c1"), None, Delivery.DELIVERED, keys="35"))

    assert await bridge.store.orders.page(None, skip=0, limit=1) == []
    assert await bridge.store.unread.count() == 0

"""Orders as people read of them: every state, and words of others that must do nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import product
from typing import Any, cast

import pytest

from bot.model import (
    Address,
    AddressId,
    Delivery,
    FaxOrder,
    LetterOrder,
    MemberId,
    Money,
    Number,
    PostcardOrder,
    PriceQuote,
    ProviderName,
    Voice,
    VoiceOrder,
)
from bot.model.kept_orders import NewOrder, Order, OrderNumber, OrderState
from bot.views import orders
from bot.views.answers import answer
from tests.views.check_blocks import check_post

DANA = MemberId("U0DANA")
NASTY = "<!channel> <@U1> *bold* :tada: https://evil.example & " + "x" * 5_000
PRICE = PriceQuote(Money(7, "USD"), Decimal("0.0650"), 1)
ANA = Address("Ana Ruiz", "1 Main St", "Chattanooga", "TN", "37402", "US")
NUMBER = Number("+14155550134")
WANTED = (
    VoiceOrder(NUMBER, NASTY, "en-us", Voice.FEMALE, "t", asks_key=True, finds_machine=True),
    FaxOrder(NUMBER, "https://b.example/" + "x" * 2_000, "t"),
    LetterOrder(replace(ANA, name=NASTY), AddressId("7"), "", "t", True, True, True, True),
    PostcardOrder(replace(ANA, line_2=NASTY), AddressId("7"), (), "t"),
)
CALL = Order(
    OrderNumber(12),
    NewOrder(DANA, ProviderName("clicksend"), WANTED[0], "Maria Lopez · +1 415 555 0134", price=PRICE),
    OrderState.DONE,
    datetime(2026, 3, 4, 15, 0, tzinfo=UTC),
)


@pytest.mark.parametrize("what", WANTED, ids=lambda what: type(what).__name__)
def test_every_order_is_a_post_that_slack_takes(what: VoiceOrder) -> None:
    new = replace(CALL.of, what=what, whom=NASTY)
    for state, delivery in product(OrderState, (None, *Delivery)):
        order = replace(CALL, of=new, state=state, delivery=delivery, why=NASTY, keys="12#")

        check_post(orders.order_card(orders.order_answer(order, "ClickSend"), DANA))
        check_post(orders.bad_news(order, "ClickSend"))
        check_post(answer(orders.order_details(order, "ClickSend", UTC), "uid"))
    heading, wanted = orders.question_words(new, "ClickSend", [NASTY, "a.pdf"])
    assert heading
    assert len(wanted) < 7_000


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"state": OrderState.QUEUED}, "⏳ It waits to be sent."),
        ({"state": OrderState.QUEUED, "why": "Too fast."}, "⏳ Not sent yet: Too fast. It is tried again."),
        ({"state": OrderState.SENDING}, "⏳ It is being sent."),
        ({"state": OrderState.SENDING, "looks": 1}, "⏳ ClickSend did not answer."),
        ({"state": OrderState.FAILED, "why": "No credit."}, "⚠️ It was not sent: No credit."),
        ({"state": OrderState.UNCERTAIN}, "❔ It is not known whether this went out"),
        ({}, "📨 ClickSend has it."),
        ({"delivery": Delivery.SENT}, "📨 ClickSend has sent it."),
        ({"delivery": Delivery.DELIVERED, "keys": "1#"}, "✅ It was answered.\nThey pressed 1#."),
        ({"delivery": Delivery.FAILED, "why": "Nobody answered."}, "⚠️ It did not get through. Nobody answered."),
    ],
)
def test_how_far_it_got_is_said(changed: dict[str, object], said: str) -> None:
    assert orders.order_stands(replace(CALL, **changed), "ClickSend").startswith(said)  # type: ignore[arg-type]  # by name


def test_only_what_is_in_doubt_can_be_checked_and_decided() -> None:
    labels = {
        state: [
            button["text"]["text"]
            for row in orders.order_answer(replace(CALL, state=state), "ClickSend").rows
            if row["type"] == "actions"
            for button in cast(list[Any], row["elements"])
        ]
        for state in OrderState
    }

    assert labels.pop(OrderState.UNCERTAIN) == ["Check", "It went out", "Order again"]
    assert set(map(tuple, labels.values())) == {()}


def test_price_that_was_charged_stands_before_the_one_that_was_said() -> None:
    charged = replace(CALL, paid=PriceQuote(Money(9, "USD"), Decimal("0.09")))

    assert orders.order_answer(CALL, "ClickSend").below == "about $0.07"
    assert orders.order_answer(charged, "ClickSend").below == "$0.09"

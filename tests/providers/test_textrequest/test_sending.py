"""Sending over Text Request: what is its own, beside the contract."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.errors import Rejected
from bot.model import Delivery, Number
from bot.providers.textrequest import TextRequest
from tests.providers.cases.common import WORDS
from tests.providers.cases.textrequest import STATUS_CALLBACK, TR_LINE, TR_TEXT, tr
from tests.providers.far_end import Answer, FarEnd
from tests.providers.test_textrequest.conftest import asked


async def test_when_a_text_is_sent_then_path_and_body_are_theirs(provider: TextRequest, far_end: FarEnd) -> None:
    far_end.will_answer(tr("sent.json"), tr("sent.json"))

    await provider.send_text(TR_TEXT)
    await provider.send_text(replace(TR_TEXT, status_callback=None))

    assert asked(far_end) == ["POST /dashboards/121/contacts/14235550142/messages"] * 2
    assert [json.loads(heard.body) for heard in far_end.heard] == [
        {"body": WORDS, "sender_name": "Dana (Slack)", "status_callback": STATUS_CALLBACK},
        {"body": WORDS, "sender_name": "Dana (Slack)"},
    ]


@pytest.mark.parametrize("number", ["+442079460000", "72345", "+1423555014", "My Shop", "+1423555014٢"])
async def test_when_a_number_is_not_theirs_then_it_is_refused_before_the_call(
    provider: TextRequest, far_end: FarEnd, number: str
) -> None:
    with pytest.raises(Rejected) as caught:
        await provider.send_text(replace(TR_TEXT, to=Number(number)))

    assert (caught.value.code, caught.value.certain) == ("abroad", True)
    assert "US and Canada" in str(caught.value)
    assert far_end.heard == []


@pytest.mark.parametrize("account", ["", "front/desk", "../contacts", "12 1", "²"])
async def test_when_a_line_has_no_dashboard_then_it_is_refused_before_the_call(
    provider: TextRequest, far_end: FarEnd, account: str
) -> None:
    with pytest.raises(Rejected) as caught:
        await provider.send_text(replace(TR_TEXT, line=replace(TR_LINE, account=account)))

    assert caught.value.code == "no_dashboard"
    assert far_end.heard == []


@pytest.mark.parametrize(
    ("answer", "text_id", "delivery"),
    [
        ({"message_id": None, "delivery_status": "sending"}, "", Delivery.ACCEPTED),
        ({"message_id": "m1", "delivery_status": None}, "m1", Delivery.ACCEPTED),
        ({"message_id": "m1", "delivery_status": "on a pigeon"}, "m1", Delivery.ACCEPTED),
        ({"message_id": "m1", "delivery_status": "Sent", "new": {"field": 1}}, "m1", Delivery.SENT),
        ({"message_id": 17, "delivery_status": "delivered", "mms_media": None}, "17", Delivery.DELIVERED),
    ],
)
async def test_when_the_answer_is_odd_but_accepts_then_it_is_accepted(
    provider: TextRequest, far_end: FarEnd, answer: dict[str, object], text_id: str, delivery: Delivery
) -> None:
    far_end.will_answer(Answer(202, json.dumps(answer).encode()))

    sent = await provider.send_text(TR_TEXT)

    assert (sent.text_id, sent.delivery) == (text_id, delivery)

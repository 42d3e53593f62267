"""Sending over ClickSend: what is its own, beside the contract."""

from __future__ import annotations

import json

import pytest

from bot.errors import ProviderError
from bot.providers.clicksend import ClickSend
from tests.providers.cases.clicksend import CS_TEXT, cs, recipient
from tests.providers.cases.common import CONTACT, OUR_NUMBER, TOKEN, WORDS, fixture
from tests.providers.far_end import Answer, FarEnd
from tests.providers.test_clicksend.conftest import asked


async def test_when_a_text_is_sent_then_it_carries_line_token_and_source(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(cs("sent.json"))

    await provider.send_text(CS_TEXT)

    message = {"to": CONTACT, "from": OUR_NUMBER, "body": WORDS, "source": "threadline", "custom_string": TOKEN}
    assert json.loads(far_end.heard[0].body) == {"messages": [message]}
    assert asked(far_end) == ["POST /sms/send"]


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("INSUFFICIENT_CREDIT", "credit"),
        ("INVALID_RECIPIENT", "number"),
        ("EMPTY_MESSAGE", "empty"),
        ("INVALID_SENDER_ID", "line"),
        ("COUNTRY_NOT_ENABLED", "country"),
        ("ACCOUNT_NOT_ACTIVATED", "activated"),
        ("OPTOUT", "opted out"),
        ("OPT_OUT", "opted out"),
        ("THROTTLED", "same words"),
        ("TOO_MANY_RECIPIENTS", "refused"),
    ],
)
async def test_when_a_recipient_is_refused_then_the_sentence_says_what_to_do(
    provider: ClickSend, far_end: FarEnd, status: str, word: str
) -> None:
    far_end.will_answer(recipient(status, custom_string=TOKEN))

    with pytest.raises(ProviderError) as caught:
        await provider.send_text(CS_TEXT)

    assert word in str(caught.value)


async def test_when_the_status_says_success_then_the_code_around_it_does_not_matter(
    provider: ClickSend, far_end: FarEnd
) -> None:
    whole = json.loads(fixture("clicksend", "sent.json"))
    far_end.will_answer(Answer(200, json.dumps({**whole, "http_code": 500}).encode()))

    sent = await provider.send_text(CS_TEXT)

    assert sent.text_id == "1F12D781-99C1-6D94-96FE-F5A311C8997D"


async def test_when_the_answer_names_several_then_ours_decides(provider: ClickSend, far_end: FarEnd) -> None:
    messages = [
        {"status": "INVALID_RECIPIENT", "custom_string": "another"},
        {"status": "success", "custom_string": TOKEN, "message_id": "m1"},
    ]
    far_end.will_answer(Answer(200, json.dumps({"http_code": 200, "data": {"messages": messages}}).encode()))

    assert (await provider.send_text(CS_TEXT)).text_id == "m1"

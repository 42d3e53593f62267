"""Voice calls over ClickSend: what is their own, beside the contract."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.errors import FieldRefused, ProviderError, UsageError
from bot.model import Language, Money, PriceQuote, Voice
from bot.providers.clicksend import ClickSend
from tests.providers.cases.clicksend.common import cs, recipient
from tests.providers.cases.clicksend.voice import CALL
from tests.providers.far_end import Answer, FarEnd
from tests.providers.test_clicksend.conftest import changed


async def test_when_nothing_else_is_wanted_then_the_flags_are_numbers(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(cs("voice_sent.json"))

    await provider.send_voice(
        replace(CALL, language=" EN-us", voice=Voice.MALE, asks_key=False, finds_machine=False)
    )

    message = json.loads(far_end.heard[0].body)["messages"][0]
    assert [message[name] for name in ("lang", "voice", "require_input", "machine_detection")] == [
        "en-us",
        "male",
        0,
        0,
    ]


@pytest.mark.parametrize(("words", "taken"), [("a" * 1200, True), ("€" * 601, False), ("ж" * 600, True)])
async def test_when_words_are_as_long_as_they_may_be_then_they_are_spoken_whole(
    provider: ClickSend, far_end: FarEnd, words: str, taken: bool
) -> None:
    far_end.will_answer(cs("voice_sent.json"))

    if taken:
        await provider.send_voice(replace(CALL, words=words))
        assert json.loads(far_end.heard[0].body)["messages"][0]["body"] == words
    else:
        with pytest.raises(UsageError, match="1,200"):
            await provider.send_voice(replace(CALL, words=words))


@pytest.mark.parametrize(
    ("cost", "price"),
    [
        ({"message_price": "0.0700"}, PriceQuote(Money(7, "USD"), Decimal("0.0700"), 1)),
        ({"message_price": "0.0701"}, PriceQuote(Money(8, "USD"), Decimal("0.0701"), 1)),
        ({"message_price": 0.1, "message_parts": "2.00"}, PriceQuote(Money(10, "USD"), Decimal("0.1"), 2)),
        ({"message_price": None, "message_parts": ""}, PriceQuote(Money(8, "USD"), Decimal("0.0705"), None)),
        ({"message_price": "free"}, PriceQuote(Money(8, "USD"), Decimal("0.0705"), None)),
    ],
)
async def test_when_they_name_a_price_then_it_is_exact_and_never_rounded_down(
    provider: ClickSend, far_end: FarEnd, cost: dict[str, object], price: PriceQuote
) -> None:
    far_end.will_answer(changed("voice_sent.json", ("data", "messages", 0), **cost))

    assert (await provider.send_voice(CALL)).price == price


@pytest.mark.parametrize("currency", [None, {}, {"currency_name_short": "dollars"}, "USD"])
async def test_when_they_name_no_currency_then_there_is_no_price(
    provider: ClickSend, far_end: FarEnd, currency: object
) -> None:
    far_end.will_answer(changed("voice_sent.json", ("data",), _currency=currency))

    assert (await provider.send_voice(CALL)).price is None


async def test_when_they_take_it_without_an_id_then_it_is_taken_all_the_same(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(recipient("SUCCESS"))

    sent = await provider.send_voice(CALL)

    assert (sent.id, sent.status_word, sent.price) == ("", "SUCCESS", None)


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (recipient("INVALID_LANG"), "language"),
        (recipient("INVALID_VOICE"), "other one"),
        (recipient("COUNTRY_NOT_ENABLED"), "country"),
        (recipient("MISSING_REQUIRED_FIELDS"), "empty"),
        (Answer(403, b'{"http_code": 403, "response_code": "FORBIDDEN"}'), "this service"),
        (Answer(401, b'{"http_code": 401, "response_code": "UNAUTHORIZED"}'), "our key"),
    ],
)
async def test_when_a_call_is_refused_then_the_sentence_says_what_to_do(
    provider: ClickSend, far_end: FarEnd, answer: Answer, word: str
) -> None:
    far_end.will_answer(answer)

    with pytest.raises(ProviderError, match=word):
        await provider.send_voice(CALL)


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"to": "Not a number."}, "to", "does not take the number."),
        ({"address_line_1": ["Too long."], "to": "x"}, "address_line_1", "does not take the address line."),
    ],
)
async def test_when_a_field_is_refused_then_it_is_named_without_their_words(
    provider: ClickSend, far_end: FarEnd, data: dict[str, object], field: str, sentence: str
) -> None:
    body = {"http_code": 400, "response_code": "BAD_REQUEST", "data": data}
    far_end.will_answer(Answer(400, json.dumps(body).encode()))

    with pytest.raises(FieldRefused, match=sentence) as caught:
        await provider.send_voice(CALL)

    assert caught.value.field == field


@pytest.mark.parametrize("data", [None, [], {}, {"messages": [{}], "count": 1}, {"A whole sentence.": "x"}])
async def test_when_a_refusal_names_no_field_then_it_is_a_plain_one(
    provider: ClickSend, far_end: FarEnd, data: object
) -> None:
    body = {"http_code": 400, "response_code": "BAD_REQUEST", "data": data}
    far_end.will_answer(Answer(400, json.dumps(body).encode()))

    with pytest.raises(ProviderError) as caught:
        await provider.send_voice(CALL)

    assert not isinstance(caught.value, FieldRefused)
    assert caught.value.code == "BAD_REQUEST"


async def test_when_a_language_is_odd_then_the_others_come(provider: ClickSend, far_end: FarEnd) -> None:
    rows = [
        {"code": "xx", "gender": ["robot"]},
        {"code": ""},
        {"code": {}},
        "odd",
        {"code": "en-in", "gender": None},
    ]
    far_end.will_answer(Answer(200, json.dumps({"http_code": 200, "data": rows}).encode()))

    assert await provider.list_languages() == [
        Language("xx", "xx", frozenset()),
        Language("en-in", "en-in", frozenset()),
    ]

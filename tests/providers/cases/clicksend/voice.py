"""ClickSend's voice calls, described for the contract."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.capabilities import SendsVoice
from bot.errors import OutcomeUnknown, Rejected, UsageError
from bot.model import Language, Money, Number, OrderId, PriceQuote, SentOrder, Voice, VoiceOrder
from bot.providers.clicksend import ClickSend
from tests.providers.case import Exchange, Impossible, Operation, Refusal
from tests.providers.cases.clicksend.common import NO_RECIPIENT, ORDER_REFUSALS, cs, recipient
from tests.providers.cases.common import CONTACT, TOKEN, WORDS

CALL = VoiceOrder(CONTACT, WORDS, "en-us", Voice.FEMALE, TOKEN, asks_key=True, finds_machine=True)
CALL_BODY = {
    "messages": [
        {
            "to": CONTACT,
            "body": WORDS,
            "lang": "en-us",
            "voice": "female",
            "require_input": 1,
            "machine_detection": 1,
            "source": "threadline",
            "custom_string": TOKEN,
        }
    ]
}
CALL_PRICE = PriceQuote(Money(8, "USD"), Decimal("0.0705"), 1)
WRONG_CALLS = (
    replace(CALL, words=" \n"),
    replace(CALL, words="a" * 1201),
    replace(CALL, words="ж" * 601),
    replace(CALL, language=" "),
    replace(CALL, to=Number("72345")),
    replace(CALL, to=Number("My Shop")),
)


def _unasked(order: VoiceOrder) -> Impossible[ClickSend]:
    return Impossible(lambda provider: provider.send_voice(order), UsageError)


VOICE: tuple[Operation[ClickSend], ...] = (
    Operation(
        SendsVoice.send_voice,
        lambda provider: provider.send_voice(CALL),
        (Exchange("POST /voice/send", cs("voice_sent.json"), body=CALL_BODY, effect=True, wrong=NO_RECIPIENT),),
        SentOrder(OrderId("9A7C31B0-0D52-4C8E-9C4B-0F6A2D1E7711"), "SUCCESS", CALL_PRICE),
        refusals=(
            *ORDER_REFUSALS,
            Refusal(recipient("INVALID_LANG"), Rejected, "INVALID_LANG"),
            Refusal(recipient("INVALID_VOICE"), Rejected, "INVALID_VOICE"),
            Refusal(recipient("THROTTLED"), OutcomeUnknown, "THROTTLED"),
        ),
        impossible=tuple(map(_unasked, WRONG_CALLS)),
    ),
    Operation(
        SendsVoice.list_languages,
        lambda provider: provider.list_languages(),
        (Exchange("GET /voice/lang", cs("languages.json"), wrong=({"http_code": 200, "data": {}},)),),
        [
            Language("en-us", "English, US", frozenset(Voice)),
            Language("en-in", "English, India", frozenset({Voice.FEMALE})),
            Language("pt-pt", "Portuguese, Portugal", frozenset({Voice.MALE})),
        ],
    ),
)

"""ClickSend's prices, described for the contract."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.capabilities import QuotesPrices
from bot.errors import CredentialsRefused, Rejected, Unreachable, UsageError
from bot.model import LetterOrder, MediaOrder, Money, PriceQuote, VoiceOrder
from bot.providers.clicksend import ClickSend
from tests.providers.case import Exchange, Impossible, Operation, Refusal
from tests.providers.cases.clicksend.common import NO_RECIPIENT, cs, recipient
from tests.providers.cases.clicksend.media import MEDIA_BODY, ORDER, WRONG_MEDIA
from tests.providers.cases.clicksend.post import LETTER, LETTER_BODY, WRONG_LETTERS
from tests.providers.cases.clicksend.texts import CS_TEXT, TEXT_BODY
from tests.providers.cases.clicksend.voice import CALL, CALL_BODY, CALL_PRICE, WRONG_CALLS
from tests.providers.far_end import Answer

_NO_PRICE: tuple[object, ...] = (
    *NO_RECIPIENT,
    {"http_code": 200, "data": {"messages": [{"status": "SUCCESS"}], "total_price": None}},
)
_NO_CURRENCY: tuple[object, ...] = (
    {},
    {"http_code": 200, "data": {}},
    {"http_code": 200, "data": {"_currency": {"currency_name_short": "$"}}},
)
_REFUSALS = (
    Refusal(recipient("INVALID_RECIPIENT"), Rejected, "INVALID_RECIPIENT", at=0),
    Refusal(recipient("THROTTLED"), Rejected, "THROTTLED", at=0),
    Refusal(recipient("INVALID_CREDENTIALS"), CredentialsRefused, "INVALID_CREDENTIALS", at=0),
    Refusal(recipient("SOMETHING_IS_WRONG"), Unreachable, "SOMETHING_IS_WRONG", at=0),
    Refusal(Answer(200, b'{"http_code": 400, "response_code": "BAD_REQUEST"}'), Rejected, "BAD_REQUEST", at=0),
)
_ACCOUNT = Exchange("GET /account", cs("account.json"), wrong=_NO_CURRENCY)


def _price(path: str, fixture: str, body: object) -> Exchange:
    return Exchange(f"POST {path}/price", cs(fixture), body=body, wrong=_NO_PRICE)


def _too_long(words: str) -> Impossible[ClickSend]:
    return Impossible(lambda provider: provider.quote_text(replace(CS_TEXT, body=words)), UsageError)


def _quote_media(order: MediaOrder) -> Impossible[ClickSend]:
    return Impossible(lambda provider: provider.quote_media(order), UsageError)


def _quote_voice(order: VoiceOrder) -> Impossible[ClickSend]:
    return Impossible(lambda provider: provider.quote_voice(order), UsageError)


def _quote_letter(order: LetterOrder) -> Impossible[ClickSend]:
    return Impossible(lambda provider: provider.quote_letter(order), UsageError)


PRICES: tuple[Operation[ClickSend], ...] = (
    Operation(
        QuotesPrices.quote_text,
        lambda provider: provider.quote_text(CS_TEXT),
        (_price("/sms", "sms_price.json", TEXT_BODY),),
        PriceQuote(Money(8, "USD"), Decimal("0.0792"), 1),
        refusals=_REFUSALS,
        impossible=(_too_long("a" * 1225), _too_long("ж" * 537)),
    ),
    Operation(
        QuotesPrices.quote_media,
        lambda provider: provider.quote_media(ORDER),
        (_price("/mms", "mms_price.json", MEDIA_BODY), _ACCOUNT),
        PriceQuote(Money(29, "USD"), Decimal("0.2900"), 1),
        refusals=_REFUSALS,
        impossible=tuple(map(_quote_media, WRONG_MEDIA)),
    ),
    Operation(
        QuotesPrices.quote_voice,
        lambda provider: provider.quote_voice(CALL),
        (_price("/voice", "voice_price.json", CALL_BODY),),
        CALL_PRICE,
        refusals=_REFUSALS,
        impossible=tuple(map(_quote_voice, WRONG_CALLS)),
    ),
    Operation(
        QuotesPrices.quote_letter,
        lambda provider: provider.quote_letter(LETTER),
        (_price("/post/letters", "letter_price.json", LETTER_BODY), _ACCOUNT),
        PriceQuote(Money(188, "USD"), Decimal("1.8701"), 3),
        refusals=_REFUSALS,
        impossible=tuple(map(_quote_letter, WRONG_LETTERS)),
    ),
)

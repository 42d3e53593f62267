"""Prices at ClickSend: the same body as a send, asked of a door that sends nothing.

What is answered looks like a send: each recipient has a status, and a message id that belongs to nothing. Pictures
and letters are priced without a currency; then it is the account's.
Source: https://developers.clicksend.com/docs/messaging/sms
Source: https://developers.clicksend.com/docs/post/letters
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.capabilities import QuotesPrices
from bot.errors import UsageError
from bot.http import Http, Response, no_answer
from bot.model import LetterOrder, MediaOrder, OutgoingText, PriceQuote, VoiceOrder
from bot.providers.clicksend.asking import read_as, read_data
from bot.providers.clicksend.media import media_body
from bot.providers.clicksend.post import letter_body
from bot.providers.clicksend.recipients import (
    Cost,
    accepted,
    our_recipient,
    quoted,
    read_cost,
    read_currency,
)
from bot.providers.clicksend.texts import LIMIT, send_body
from bot.providers.clicksend.voice import voice_body
from bot.providers.clicksend.wire import AccountWire
from bot.segments import fits

_TOO_LONG = (
    "ClickSend texts up to 1,224 characters, and 536 once there is an emoji or a letter of another alphabet. "
    "Write less, or send it in parts."
)


class Prices(QuotesPrices):
    """ClickSend's prices."""

    _http: Http

    async def quote_text(self, text: OutgoingText) -> PriceQuote:
        """Of one text."""
        if not fits(text.body, LIMIT):
            raise UsageError(_TOO_LONG)
        return await self._quote("/sms/price", send_body(text), text.token)

    async def quote_media(self, order: MediaOrder) -> PriceQuote:
        """Of one picture."""
        return await self._quote("/mms/price", media_body(order), order.text.token)

    async def quote_voice(self, order: VoiceOrder) -> PriceQuote:
        """Of one call."""
        return await self._quote("/voice/price", voice_body(order), order.token)

    async def quote_letter(self, order: LetterOrder) -> PriceQuote:
        """Of one letter."""
        return await self._quote("/post/letters/price", letter_body(order), order.token)

    async def _quote(self, path: str, body: Mapping[str, object], token: str) -> PriceQuote:
        """One call, and one for the account's currency where the answer has none."""
        cost = read_quoted(await self._http.search(path, body), token)
        currency = cost.currency or read_account_currency(await self._http.read("/account"))
        return quoted(cost, currency)


def read_quoted(response: Response, token: str) -> Cost:
    """What our recipient would cost. Raises for one that they would refuse."""
    data = read_data(response)
    ours = our_recipient(data, token)
    if ours is None:
        raise no_answer(response.call, "unreadable")
    accepted(response, ours.wire)
    cost = read_cost(data, ours.row)
    if cost is None:
        raise no_answer(response.call, "unreadable")
    return cost


def read_account_currency(response: Response) -> str:
    """What the account pays in. Raises when it does not say."""
    currency = read_currency(read_as(AccountWire, response).currency)
    if not currency:
        raise no_answer(response.call, "unreadable")
    return currency

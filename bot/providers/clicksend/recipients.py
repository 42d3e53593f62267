"""What became of one recipient of a send, and what it costs. Pure.

HTTP 200 says only that the request was read; each recipient's own status decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from bot.errors import ContactOptedOut, CredentialsRefused, OutcomeUnknown, ProviderError, Rejected
from bot.http import Response, no_answer
from bot.model import OrderId, PriceQuote, SentOrder
from bot.money import price_of
from bot.providers.clicksend.asking import read_data
from bot.providers.clicksend.wire import (
    NAME,
    CostWire,
    CurrencyWire,
    PricedWire,
    RecipientsWire,
    RecipientWire,
)
from bot.providers.reading import first_of, read_code, read_row

# Source for every status: https://developers.clicksend.com/docs/#application-status-codes
# Source for those of post: https://help.clicksend.com/article/cb98hv79pw-post-application-status-codes
_REFUSALS: Mapping[str, str] = {
    "INSUFFICIENT_CREDIT": "ClickSend has no credit left. Ask an admin to top it up, then send this again.",
    "INVALID_RECIPIENT": "ClickSend cannot reach this number or address. Check it.",
    "EMPTY_MESSAGE": "ClickSend does not send an empty message. Write some words.",
    "INVALID_SENDER_ID": "ClickSend does not let this line send this. Ask an admin to check its number there.",
    "COUNTRY_NOT_ENABLED": "ClickSend does not send to this country yet. Ask an admin to turn it on there.",
    "ACCOUNT_NOT_ACTIVATED": "The ClickSend account is not activated. Ask an admin to do that.",
    "MISSING_REQUIRED_FIELDS": "ClickSend misses something here. Fill in what is empty, then send it again.",
    "INVALID_LANG": "ClickSend does not speak this language. Choose another one.",
    "INVALID_VOICE": "ClickSend does not speak this language with this voice. Choose the other one.",
    "SUBJECT_REQUIRED": "ClickSend sends no picture without a subject. Write one.",
    "INVALID_MEDIA_FILE": "ClickSend cannot read this file. Send it in another form, or a smaller one.",
    "INVALID_RETURN_ADDRESS": "ClickSend does not know this return address. Choose another one.",
}
_REFUSED = "ClickSend refused this. Check where it goes and what it says, then send it again."
_CREDENTIALS = "ClickSend refused our key. Ask an admin to check it."
_OPTED_OUT = "This contact opted out of texts from this number. Call them, or ask them to opt in again."
_REPEATED = (
    "ClickSend held this back, because the same words went to the same number a moment ago: it may be this very "
    "text. Check before you send it again."
)

_BAD_CREDENTIALS = frozenset({"MISSING_CREDENTIALS", "INVALID_CREDENTIALS"})
# Their own faults: nothing says how far the text got by then.
_UNCLEAR = frozenset({"INTERNAL_ERROR", "SOMETHING_IS_WRONG"})
# Which status an opted-out contact gets is not documented, so the word decides; OPTION is another word.
_OPT = re.compile(r"(^|_)OPT(ED)?_?(OUT)?(_|$)")
_CURRENCY = re.compile(r"[A-Z]{3}")


class Recipient(NamedTuple):
    """One recipient's part of an answer, and the row that it was read from."""

    wire: RecipientWire
    row: object


def our_recipient(data: object, token: str) -> Recipient | None:
    """The one of an answer's recipients that is ours, by its token, or because it is alone and has none."""
    found = read_row(RecipientsWire, data) or RecipientsWire()
    rows = found.messages or found.recipients or ()
    readable = [Recipient(wire, row) for row in rows if (wire := read_row(RecipientWire, row)) is not None]
    echoed = [each for each in readable if each.wire.custom_string == token]
    nameless = [each for each in readable if not each.wire.custom_string]
    return next(iter(echoed), nameless[0] if len(rows) == 1 and nameless else None)


def read_order(response: Response, token: str) -> SentOrder:
    """The order that they accepted; its id is empty when they gave none. Raises for one that they refused."""
    data = read_data(response)
    ours = our_recipient(data, token)
    if ours is None:
        raise no_answer(response.call, "unreadable")
    order_id = OrderId(accepted(response, ours.wire))
    cost = read_cost(data, ours.row)
    price = quoted(cost, cost.currency) if cost is not None and cost.currency else None
    return SentOrder(order_id, first_of(ours.wire.status), price)


def accepted(response: Response, recipient: RecipientWire) -> str:
    """The id of what they accepted; empty when they gave none. Raises for any other status than SUCCESS."""
    status = first_of(recipient.status).upper()
    if not status:
        raise no_answer(response.call, "unreadable")
    if status != "SUCCESS":
        raise refusal(response, status)
    return first_of(recipient.message_id)


def refusal(response: Response, status: str) -> ProviderError:
    """What a recipient's status other than SUCCESS means."""
    code = read_code(status)
    if status == "THROTTLED" and response.call.effect:
        # The same words went to the same number: that may have been this text, whose answer was lost.
        return OutcomeUnknown(_REPEATED, provider=NAME, code=code)
    if status in _UNCLEAR:
        return no_answer(response.call, code)
    if _OPT.search(status):
        return ContactOptedOut(_OPTED_OUT, provider=NAME, code=code)
    if status in _BAD_CREDENTIALS:
        return CredentialsRefused(_CREDENTIALS, provider=NAME, code=code)
    return Rejected(_REFUSALS.get(status, _REFUSED), provider=NAME, code=code)


# --- What it costs ----------------------------------------------------------------------------------------


class Cost(NamedTuple):
    """A price as they name it; without a currency that is empty."""

    exact: Decimal
    units: int | None
    currency: str


def read_cost(data: object, row: object) -> Cost | None:
    """What one recipient costs; None where no price stands."""
    priced = read_row(PricedWire, data) or PricedWire()
    cost = read_row(CostWire, row) or CostWire()
    exact = _first_amount(cost.message_price, cost.post_price, priced.total_price)
    if exact is None:
        return None
    units = _first_amount(cost.message_parts, cost.message_pages, cost.post_pages)
    return Cost(exact, None if units is None else int(units), read_currency(priced.currency))


def quoted(cost: Cost, currency: str) -> PriceQuote:
    """The price in the words of every provider."""
    return PriceQuote(price_of(cost.exact, currency), cost.exact, cost.units)


def read_currency(wire: CurrencyWire | None) -> str:
    """Their currency by ISO 4217; empty when they name none."""
    code = first_of(wire.currency_name_short if wire else None)
    return code if _CURRENCY.fullmatch(code) else ""


def _first_amount(*amounts: Decimal | None) -> Decimal | None:
    return next((amount for amount in amounts if amount is not None), None)

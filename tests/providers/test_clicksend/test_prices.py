"""Prices at ClickSend: what is their own, beside the contract."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.errors import Rejected, Unreachable
from bot.model import Money
from bot.providers.clicksend import ClickSend
from tests.providers.cases.clicksend.common import cs, recipient
from tests.providers.cases.clicksend.media import ORDER
from tests.providers.cases.clicksend.post import LETTER
from tests.providers.cases.clicksend.texts import CS_TEXT
from tests.providers.far_end import FarEnd
from tests.providers.test_clicksend.conftest import asked, changed

YEN = {"currency_name_short": "JPY"}


async def test_when_a_price_is_asked_for_then_nothing_is_sent(provider: ClickSend, far_end: FarEnd) -> None:
    far_end.will_answer(cs("sms_price.json"))

    await provider.quote_text(CS_TEXT)

    assert asked(far_end) == ["POST /sms/price"]


async def test_when_they_name_the_currency_then_the_account_is_not_asked(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(changed("mms_price.json", ("data",), _currency=YEN))

    quote = await provider.quote_media(ORDER)

    assert (quote.total, quote.exact) == (Money(1, "JPY"), Decimal("0.2900"))
    assert asked(far_end) == ["POST /mms/price"]


async def test_when_they_name_none_then_it_is_the_accounts(provider: ClickSend, far_end: FarEnd) -> None:
    far_end.will_answer(cs("letter_price.json"), changed("account.json", ("data",), _currency=YEN))

    quote = await provider.quote_letter(LETTER)

    assert (quote.total, quote.units) == (Money(2, "JPY"), 3)


async def test_when_the_account_names_none_either_then_there_is_no_price(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(cs("letter_price.json"), changed("account.json", ("data",), _currency=None))

    with pytest.raises(Unreachable):
        await provider.quote_letter(LETTER)


async def test_when_it_would_be_refused_then_there_is_no_price_but_the_reason(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(recipient("COUNTRY_NOT_ENABLED", message_price="0.0000"))

    with pytest.raises(Rejected, match="country"):
        await provider.quote_text(CS_TEXT)


async def test_when_only_the_sum_is_named_then_it_is_the_price(provider: ClickSend, far_end: FarEnd) -> None:
    far_end.will_answer(changed("sms_price.json", ("data", "messages", 0), message_price=None, message_parts=None))

    quote = await provider.quote_text(CS_TEXT)

    assert (quote.exact, quote.units) == (Decimal("0.0792"), None)

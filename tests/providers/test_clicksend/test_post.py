"""Letters and postcards at ClickSend: what is their own, beside the contract."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.model import AddressId
from bot.providers.clicksend import ClickSend
from tests.providers.cases.clicksend.common import cs
from tests.providers.cases.clicksend.post import ADDRESS, FRONT_DESK, LETTER, POSTCARD, SIDES
from tests.providers.cases.common import fixture
from tests.providers.far_end import Answer, FarEnd
from tests.providers.test_clicksend.conftest import changed


async def test_when_an_address_is_typed_loosely_then_it_is_sent_tidily(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(cs("letter_sent.json"))

    typed = replace(ADDRESS, name=" Ana Ruiz ", line_2=" Flat 4", country=" us")
    await provider.send_letter(
        replace(LETTER, to=typed, address_page_in_file=True, priority=True, two_sided=False)
    )

    body = json.loads(far_end.heard[0].body)
    (sent,) = body["recipients"]
    assert (sent["address_name"], sent["address_line_2"], sent["address_country"]) == ("Ana Ruiz", "Flat 4", "US")
    assert (body["template_used"], body["priority_post"], body["duplex"]) == (1, 1, 0)


async def test_when_a_postcard_has_a_front_only_then_that_is_enough(provider: ClickSend, far_end: FarEnd) -> None:
    far_end.will_answer(cs("postcard_sent.json"))

    await provider.send_postcard(replace(POSTCARD, file_urls=SIDES[:1]))

    assert json.loads(far_end.heard[0].body)["file_urls"] == [SIDES[0]]


@pytest.mark.parametrize("price", ["1.71", 1.71])
async def test_when_a_price_is_a_number_or_its_text_then_it_is_the_same(
    provider: ClickSend, far_end: FarEnd, price: object
) -> None:
    far_end.will_answer(changed("postcard_sent.json", ("data", "recipients", 0), post_price=price))

    quote = (await provider.send_postcard(POSTCARD)).price

    assert quote is not None
    assert quote.exact == Decimal("1.71")


async def test_when_return_addresses_come_whole_and_some_are_odd_then_the_others_are_listed(
    provider: ClickSend, far_end: FarEnd
) -> None:
    good = json.loads(fixture("clicksend", "return_addresses.json"))["data"]["data"][0]
    rows = [{**good, "return_address_id": odd} for odd in (None, "", -1, "front")] + ["odd", good]
    far_end.will_answer(Answer(200, json.dumps({"http_code": 200, "data": rows}).encode()))

    assert await provider.list_return_addresses() == [FRONT_DESK]


async def test_when_there_are_many_return_addresses_then_every_page_is_read(
    provider: ClickSend, far_end: FarEnd
) -> None:
    first = changed("return_addresses.json", ("data",), last_page=2)
    last = changed("return_addresses.json", ("data",), current_page=2, last_page=2)
    second = json.loads(last.body)
    second["data"]["data"] = [{**second["data"]["data"][0], "return_address_id": "79"}]
    far_end.will_answer(first, replace(last, body=json.dumps(second).encode()))

    found = await provider.list_return_addresses()

    assert [each.id for each in found] == [AddressId("77"), AddressId("78"), AddressId("79")]
    assert [heard.query["page"] for heard in far_end.heard] == ["1", "2"]

"""ClickSend's letters and postcards, described for the contract."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.capabilities import SendsLetters, SendsPostcards
from bot.errors import Rejected, UsageError
from bot.model import (
    Address,
    AddressId,
    LetterOrder,
    Money,
    OrderId,
    PostcardOrder,
    PriceQuote,
    ReturnAddress,
    SentOrder,
)
from bot.providers.clicksend import ClickSend
from tests.providers.case import Exchange, Impossible, Operation, Refusal
from tests.providers.cases.clicksend.common import CS_PAGE, NO_LIST, NO_RECIPIENT, ORDER_REFUSALS, cs, recipient
from tests.providers.cases.common import TOKEN

ADDRESS = Address("Ana Ruiz", "1 Main St", "Chattanooga", "TN", "37402", "US")
LETTER = LetterOrder(
    to=ADDRESS,
    return_to=AddressId("77"),
    file_url="https://files.example.com/letter.pdf",
    token=TOKEN,
    in_colour=True,
    two_sided=True,
)
SIDES = ("https://files.example.com/front.pdf", "https://files.example.com/back.pdf")
POSTCARD = PostcardOrder(ADDRESS, AddressId("77"), SIDES, TOKEN)
RECIPIENT = {
    "address_name": "Ana Ruiz",
    "address_line_1": "1 Main St",
    "address_line_2": "",
    "address_city": "Chattanooga",
    "address_state": "TN",
    "address_postal_code": "37402",
    "address_country": "US",
    "return_address_id": 77,
}
LETTER_BODY = {
    "file_url": "https://files.example.com/letter.pdf",
    "template_used": 0,
    "colour": 1,
    "duplex": 1,
    "priority_post": 0,
    "recipients": [RECIPIENT],
    "source": "threadline",
}
FRONT_DESK = ReturnAddress(
    AddressId("77"),
    Address("Front desk", "9 Market St", "Chattanooga", "TN", "37403", "US", line_2="Floor 2"),
)
WRONG_ADDRESSES = (
    replace(ADDRESS, name=" "),
    replace(ADDRESS, line_1=""),
    replace(ADDRESS, city=""),
    replace(ADDRESS, state=""),
    replace(ADDRESS, postal_code=""),
    replace(ADDRESS, country=""),
    replace(ADDRESS, country="USA"),
    replace(ADDRESS, country="1!"),
)
WRONG_LETTERS = (
    *(replace(LETTER, to=address) for address in WRONG_ADDRESSES),
    replace(LETTER, return_to=AddressId("")),
    replace(LETTER, return_to=AddressId("front desk")),
    replace(LETTER, file_url="letter.pdf"),
)

_REFUSALS = (
    *ORDER_REFUSALS,
    Refusal(recipient("INVALID_RETURN_ADDRESS"), Rejected, "INVALID_RETURN_ADDRESS"),
)


def _unsent(order: LetterOrder) -> Impossible[ClickSend]:
    return Impossible(lambda provider: provider.send_letter(order), UsageError)


def _unposted(order: PostcardOrder) -> Impossible[ClickSend]:
    return Impossible(lambda provider: provider.send_postcard(order), UsageError)


POST: tuple[Operation[ClickSend], ...] = (
    Operation(
        SendsLetters.send_letter,
        lambda provider: provider.send_letter(LETTER),
        (
            Exchange(
                "POST /post/letters/send",
                cs("letter_sent.json"),
                body=LETTER_BODY,
                effect=True,
                wrong=NO_RECIPIENT,
            ),
        ),
        SentOrder(
            OrderId("A00A1066-BBAE-432B-9B2D-E88969B12C46"),
            "SUCCESS",
            PriceQuote(Money(343, "USD"), Decimal("3.4210"), 7),
        ),
        refusals=_REFUSALS,
        impossible=tuple(map(_unsent, WRONG_LETTERS)),
    ),
    Operation(
        SendsLetters.list_return_addresses,
        lambda provider: provider.list_return_addresses(),
        (Exchange("GET /post/return-addresses", cs("return_addresses.json"), CS_PAGE, wrong=NO_LIST),),
        [
            FRONT_DESK,
            ReturnAddress(AddressId("78"), replace(FRONT_DESK.address, name="Back office", line_2="")),
        ],
    ),
    Operation(
        SendsPostcards.send_postcard,
        lambda provider: provider.send_postcard(POSTCARD),
        (
            Exchange(
                "POST /post/postcards/send",
                cs("postcard_sent.json"),
                body={"file_urls": list(SIDES), "recipients": [RECIPIENT]},
                effect=True,
                wrong=NO_RECIPIENT,
            ),
        ),
        SentOrder(
            OrderId("C8CAA97A-905A-4A31-99CB-A92C7BA05A97"),
            "SUCCESS",
            PriceQuote(Money(171, "USD"), Decimal("1.71"), None),
        ),
        refusals=_REFUSALS,
        impossible=(
            *(_unposted(replace(POSTCARD, to=address)) for address in WRONG_ADDRESSES),
            _unposted(replace(POSTCARD, file_urls=())),
            _unposted(replace(POSTCARD, file_urls=(*SIDES, SIDES[0]))),
            _unposted(replace(POSTCARD, file_urls=("front.pdf",))),
            _unposted(replace(POSTCARD, return_to=AddressId("-1"))),
        ),
    ),
)

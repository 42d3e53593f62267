"""Letters and postcards at ClickSend: a PDF that they fetch, print and post.

Post is not sold to new customers any more; an account that does not have it is refused. It takes no reference of
ours, so after an unknown outcome only the address tells which letter it was.
Source: https://developers.clicksend.com/docs/post/letters
Source: https://developers.clicksend.com/docs/post/postcards
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.capabilities import SendsLetters, SendsPostcards
from bot.errors import UsageError
from bot.http import Count, Http, Wire, Words
from bot.model import Address, AddressId, LetterOrder, PostcardOrder, ReturnAddress, SentOrder
from bot.providers.clicksend.asking import SOURCE, list_rows, web_address
from bot.providers.clicksend.recipients import read_order
from bot.providers.reading import first_of, is_number

_COUNTRY = re.compile(r"[A-Z]{2}")

_NOT_WHOLE = "Post needs a name, a street, a city, a state, a postal code and a country. Fill in what is empty."
_NO_COUNTRY = "A country is written in two letters here, like US. Write it so."
_NO_RETURN = "Post needs a return address. Choose one of the list."
_SIDES = "A postcard has a front, and a back if you like: one or two files."


class Post(SendsLetters, SendsPostcards):
    """ClickSend's letters and postcards."""

    _http: Http

    async def send_letter(self, order: LetterOrder) -> SentOrder:
        """Print one letter, and post it."""
        response = await self._http.act("POST", "/post/letters/send", letter_body(order))
        return read_order(response, order.token)

    async def send_postcard(self, order: PostcardOrder) -> SentOrder:
        """Print one postcard, and post it."""
        response = await self._http.act("POST", "/post/postcards/send", postcard_body(order))
        return read_order(response, order.token)

    async def list_return_addresses(self) -> Sequence[ReturnAddress]:
        """Those of the account; they are made in its dashboard."""
        found = [wire.address() async for wire in list_rows(self._http, "/post/return-addresses", {}, AddressWire)]
        return [address for address in found if address is not None]


# --- What is asked ----------------------------------------------------------------------------------------


def letter_body(order: LetterOrder) -> Mapping[str, object]:
    """The body of a letter to one address. Raises `UsageError` for what they would refuse."""
    return {
        "file_url": web_address(order.file_url),
        "template_used": int(order.address_page_in_file),
        "colour": int(order.in_colour),
        "duplex": int(order.two_sided),
        "priority_post": int(order.priority),
        "recipients": [_recipient(order.to, order.return_to)],
        "source": SOURCE,
    }


def postcard_body(order: PostcardOrder) -> Mapping[str, object]:
    """The body of a postcard to one address. Raises `UsageError` for what they would refuse."""
    if len(order.file_urls) not in {1, 2}:
        raise UsageError(_SIDES)
    return {
        "file_urls": [web_address(url) for url in order.file_urls],
        "recipients": [_recipient(order.to, order.return_to)],
    }


def _recipient(to: Address, return_to: AddressId) -> Mapping[str, object]:
    needed = {
        "address_name": to.name.strip(),
        "address_line_1": to.line_1.strip(),
        "address_city": to.city.strip(),
        "address_state": to.state.strip(),
        "address_postal_code": to.postal_code.strip(),
        "address_country": to.country.strip().upper(),
    }
    if not all(needed.values()):
        raise UsageError(_NOT_WHOLE)
    if not _COUNTRY.fullmatch(needed["address_country"]):
        raise UsageError(_NO_COUNTRY)
    if not is_number(return_to):
        raise UsageError(_NO_RETURN)
    return {**needed, "address_line_2": to.line_2.strip(), "return_address_id": int(return_to)}


# --- What the answers mean --------------------------------------------------------------------------------


class AddressWire(Wire):
    """A return address."""

    return_address_id: Count = None
    address_name: Words | None = None
    address_line_1: Words | None = None
    address_line_2: Words | None = None
    address_city: Words | None = None
    address_state: Words | None = None
    address_postal_code: Words | None = None
    address_country: Words | None = None

    def address(self) -> ReturnAddress | None:
        """The same in the words of every provider; None without an id."""
        if self.return_address_id is None or self.return_address_id < 0:
            return None
        return ReturnAddress(AddressId(str(self.return_address_id)), read_address(self))


def read_address(wire: AddressWire) -> Address:
    """Where post goes. What they do not say stays empty."""
    return Address(
        name=first_of(wire.address_name),
        line_1=first_of(wire.address_line_1),
        line_2=first_of(wire.address_line_2),
        city=first_of(wire.address_city),
        state=first_of(wire.address_state),
        postal_code=first_of(wire.address_postal_code),
        country=first_of(wire.address_country),
    )

"""What is sent beside texts over the ClickSend stand-in: calls, pictures, faxes, letters, postcards, and prices.

Each recipient is accepted or refused on its own, as with texts. What is too long is cut in silence. A call is
answered at once by whoever it reaches; the keys that they press are set before (`keys`).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from aiohttp import web

from bot.sandbox.clicksend.account import FAILED_CODE, Account
from bot.sandbox.clicksend.answers import Refusal, batch, good, page_of
from bot.sandbox.clicksend.order_shapes import (
    ADDRESS,
    LANGUAGES,
    Order,
    answered,
    call_receipt,
    cost,
    history_row,
    languages,
    sent,
)
from bot.sandbox.routes import Asked, Route
from bot.sandbox.texts import Text, international
from bot.sandbox.wire import Json

CALL, PICTURE, FAX_PAGE, PAGE, COLOUR, POSTCARD = 0.07, 0.29, 0.22, 0.95, 0.31, 1.71
RETURN_ADDRESS: Json = {
    "return_address_id": 77,
    "user_id": 304497,
    "address_name": "Front desk",
    "address_line_1": "9 Market St",
    "address_line_2": "",
    "address_city": "Chattanooga",
    "address_state": "TN",
    "address_postal_code": "37403",
    "address_country": "US",
}

Made = tuple[Order, str]  # and why it is refused, or nothing


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to reach people: where it lives, and what its answers look like."""

    name: str
    path: str
    recipients: str  # their name in the body and in the answer
    make: Callable[[Json, Json], Made]
    priced: bool = True
    currency: bool = True  # whether the answer to a send names it
    quoted: bool = False  # whether the answer with a price does


class Orders:
    """Everything that was ordered."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self.all: list[Order] = []
        self.keys: dict[str, str] = {}  # number → what is pressed when a call asks for it
        self.return_addresses = [RETURN_ADDRESS]
        self._kinds = (
            Kind("voice", "voice", "messages", self._call, quoted=True),
            Kind("mms", "mms", "messages", self._picture, currency=False),
            Kind("fax", "fax", "messages", self._fax, priced=False),
            Kind("letters", "post/letters", "recipients", self._letter),
            Kind("postcards", "post/postcards", "recipients", self._postcard, priced=False),
        )

    def routes(self) -> list[Route]:
        """What the API offers."""
        routes = [
            Route("voice_languages", "GET", "voice/lang", lambda _: good(languages())),
            Route("return_addresses", "GET", "post/return-addresses", partial(page_of, self.return_addresses)),
        ]
        for kind in self._kinds:
            name, path = kind.name, kind.path
            routes.append(Route(f"{name}_send", "POST", f"{path}/send", partial(self._send, kind)))
            routes.append(Route(f"{name}_history", "GET", f"{path}/history", partial(self._show, kind)))
            if kind.priced:
                routes.append(Route(f"{name}_price", "POST", f"{path}/price", partial(self._quote, kind)))
        return routes

    # --- For tests and stories ------------------------------------------------------------------------

    def of(self, kind: str, to: str = "") -> list[Order]:
        """The orders of a kind, oldest first (empty `to`: to anybody)."""
        return [order for order in self.all if order.kind == kind and to in {"", order.to}]

    def presses(self, number: str, keys: str) -> None:
        """Whoever has this number presses these keys when a call asks for some."""
        self.keys[international(number)] = keys

    def report(self, order: Order, status_code: str) -> None:
        """An order's status code changes; of calls the rules for receipts are told."""
        order.status_code = status_code
        if order.kind == "voice":
            answers = status_code == "201" and order.row["require_input"]
            order.keys = self.keys.get(order.to, "") if answers else ""
            self._account.push_receipts("voice", call_receipt(order, int(time.time())), order.id)
        self._account.bell.ring()

    # --- The API --------------------------------------------------------------------------------------

    def _send(self, kind: Kind, asked: Asked) -> web.Response:
        rows = []
        for order, status in self._made(kind, asked):
            if not status:
                self._accept(order)
            rows.append(answered(order, status or "SUCCESS"))
        return good(sent(rows, named=kind.recipients, currency=kind.currency), "Queued for delivery.")

    def _quote(self, kind: Kind, asked: Asked) -> web.Response:
        rows = [answered(order, status or "SUCCESS") for order, status in self._made(kind, asked)]
        return good(sent(rows, named=kind.recipients, currency=kind.quoted))

    def _show(self, kind: Kind, asked: Asked) -> web.Response:
        """Newest first, unless the order says otherwise."""
        start, end = asked.number("date_from", 0), asked.number("date_to", 10**11)
        rows = [history_row(order) for order in self.of(kind.name) if start <= order.second <= end]
        return page_of(rows if asked.query.get("order_by") == "date_added:asc" else rows[::-1], asked)

    def _made(self, kind: Kind, asked: Asked) -> list[Made]:
        made = [kind.make(asked.body, row) for row in batch(asked, kind.recipients)]
        return [(order, status or self._account.refused.get(order.to, "")) for order, status in made]

    def _accept(self, order: Order) -> None:
        self.all.append(order)
        failing = order.to in self._account.failing
        if order.kind == "mms":
            self._arrive(order, FAILED_CODE if failing else "201")
        rules = self._account.rules
        for number, code in enumerate((FAILED_CODE,) if failing else rules.statuses, 1):
            self._account.chores.later(number * rules.status_delay_s, partial(self.report, order, code))

    def _arrive(self, order: Order, status: str) -> None:
        """A picture is a text on the contact's phone."""
        row = order.row
        media = (str(row["_media_file_url"]),)
        text = Text(id=order.id, line=row["from"], contact=order.to, words=row["body"], outbound=True, media=media)
        text.token, text.status = order.token, status
        self._account.keep(text)

    # --- Each kind ------------------------------------------------------------------------------------

    def _call(self, _: Json, message: Json) -> Made:
        words = str(message.get("body") or "")
        room = 300 if words.isascii() else 150
        spoken = words[: 4 * room]
        flags = {name: int(bool(message.get(name))) for name in ("require_input", "machine_detection")}
        said = {name: str(message.get(name) or "") for name in ("lang", "voice", "custom_string")}
        to = international(str(message.get("to") or ""))
        row: Json = {"to": to, "to_type": "mobile", "from": None, "body": spoken, "carrier": "Sandbox Mobile"}
        row |= {"country": "US", **said, **flags, **cost(CALL, max(1, math.ceil(len(spoken) / room)))}
        order = Order(kind="voice", to=to, row=row, token=said["custom_string"])
        voices = LANGUAGES.get(said["lang"], ("", ()))[1]
        return order, _first(
            ("INVALID_RECIPIENT", not to),
            ("EMPTY_MESSAGE", not spoken),
            ("INVALID_LANG", not voices),
            ("INVALID_VOICE", said["voice"] not in voices),
        )

    def _picture(self, body: Json, message: Json) -> Made:
        url = str(body.get("media_file") or "")
        words = str(message.get("body") or "")
        to, line = (international(str(message.get(name) or "")) for name in ("to", "from"))
        token = str(message.get("custom_string") or "")
        subject = str(message.get("subject") or "")
        row: Json = {"to": to, "from": line, "subject": subject, "body": words[: 1500 if words.isascii() else 500]}
        row |= {"country": "US", "custom_string": token, "_media_file_url": url, **cost(PICTURE, 1)}
        order = Order(kind="mms", to=to, row=row, token=token)
        return order, _first(
            ("INVALID_RECIPIENT", not to),
            ("INVALID_SENDER_ID", line not in self._account.numbers),
            ("SUBJECT_REQUIRED", not subject),
            ("INVALID_MEDIA_FILE", not self._account.uploads.reaches(url)),
        )

    def _fax(self, body: Json, message: Json) -> Made:
        url = self._file(body.get("file_url"), "file_url")
        to, sender = (international(str(message.get(name) or "")) for name in ("to", "from"))
        token = str(message.get("custom_string") or "")
        row: Json = {"to": to, "from": sender, "country": "US", "custom_string": token, "_file_url": url}
        row |= {"message_pages": 1, "message_price": f"{FAX_PAGE:.4f}"}
        return Order(kind="fax", to=to, row=row, token=token), _first(("INVALID_RECIPIENT", not to))

    def _letter(self, body: Json, recipient: Json) -> Made:
        url = self._file(body.get("file_url"), "file_url")
        flags = {name: int(bool(body.get(name))) for name in ("colour", "duplex", "priority_post")}
        price = PAGE + COLOUR * flags["colour"]
        more: Json = {**flags, "source": body.get("source"), "post_pages": 1, "post_price": f"{price:.4f}"}
        return self._posted("letters", recipient, {**more, "_file_url": url})

    def _postcard(self, body: Json, recipient: Json) -> Made:
        urls = body.get("file_urls")
        if not isinstance(urls, list) or not 1 <= len(urls) <= 2:
            raise Refusal(400, "The files are not valid.", {"file_urls": "One or two files are needed."})
        sides = [self._file(url, "file_urls") for url in urls]
        return self._posted("postcards", recipient, {"post_price": f"{POSTCARD:.4f}", "_file_url": sides[0]})

    def _posted(self, kind: str, recipient: Json, more: Json) -> Made:
        address = {name: str(recipient.get(name) or "") for name in ADDRESS}
        wanted = recipient.get("return_address_id")
        back = [each for each in self.return_addresses if each["return_address_id"] == wanted]
        row: Json = {**address, "return_address_id": wanted, **more}
        row |= {"_return_address": back[0] if back else None, "_api_username": self._account.username}
        order = Order(kind=kind, to=address["address_name"], row=row)
        empty = [name for name, value in address.items() if not value and name != "address_line_2"]
        return order, _first(("MISSING_REQUIRED_FIELDS", bool(empty)), ("INVALID_RETURN_ADDRESS", not back))

    def _file(self, url: object, field: str) -> str:
        if not isinstance(url, str) or not self._account.uploads.reaches(url):
            raise Refusal(400, "The file is not valid.", {field: "The file cannot be fetched."})
        return url


def _first(*checks: tuple[str, bool]) -> str:
    """The first status whose condition holds; empty when all is well."""
    return next((status for status, holds in checks if holds), "")

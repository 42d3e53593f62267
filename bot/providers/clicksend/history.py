"""What was ordered at ClickSend, looked up after an unknown outcome.

Pictures, calls and faxes carry our token there. Post carries none, so an address decides. At most three hundred
rows are read, the newest.
Source: https://developers.clicksend.com/docs/messaging/mms
Source: https://developers.clicksend.com/docs/messaging/voice-messaging
Source: https://developers.clicksend.com/docs/messaging/fax
Source: https://developers.clicksend.com/docs/post/letters
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.capabilities import FindsOrders
from bot.http import Http, Id, Query, Words
from bot.markup import same_words
from bot.model import (
    Address,
    Delivery,
    FaxOrder,
    LetterOrder,
    MediaOrder,
    OrderId,
    PostcardOrder,
    SentOrder,
    TextSent,
    VoiceOrder,
)
from bot.phone import read_number
from bot.providers.clicksend.asking import some_pages
from bot.providers.clicksend.post import AddressWire, read_address
from bot.providers.clicksend.texts import read_rows, same_text
from bot.providers.clicksend.wire import HISTORY_STATES, KEYS, OVERLAP_S, RECEIPT_STATES, PageWire
from bot.providers.reading import first_of, read_row, read_unix, read_word

MOST_LOOKUP_PAGES = 3


class History(FindsOrders):
    """ClickSend's histories beside that of its texts."""

    _http: Http
    _clock: Callable[[], datetime]

    async def find_media(self, order: MediaOrder, since: datetime) -> Sequence[TextSent]:
        """Pictures have a history of their own."""
        start = since.replace(microsecond=0)
        rows, _ = read_rows(await self._newest("/mms/history", start))
        return same_text(order.text, rows, start, self._clock())

    async def find_voice(self, order: VoiceOrder, since: datetime) -> Sequence[SentOrder]:
        """Calls with our token, else without any."""

        def alike(wire: OrderWire) -> bool:
            return read_number(wire.to) == order.to and same_words(wire.body or "", order.words)

        return await self._tokened("/voice/history", since, order.token, alike)

    async def find_fax(self, order: FaxOrder, since: datetime) -> Sequence[SentOrder]:
        """Faxes with our token, else without any."""
        return await self._tokened(
            "/fax/history", since, order.token, lambda wire: read_number(wire.to) == order.to
        )

    async def find_letter(self, order: LetterOrder, since: datetime) -> Sequence[SentOrder]:
        """Letters to this address."""
        return await self._addressed("/post/letters/history", since, order.to)

    async def find_postcard(self, order: PostcardOrder, since: datetime) -> Sequence[SentOrder]:
        """Postcards to this address."""
        return await self._addressed("/post/postcards/history", since, order.to)

    async def _tokened(
        self, path: str, since: datetime, token: str, alike: Callable[[OrderWire], bool]
    ) -> Sequence[SentOrder]:
        rows = await self._orders(path, since)
        ours = [row for row in rows if row.custom_string == token]
        nameless = [row for row in rows if not row.custom_string and alike(row)]
        return [row.order() for row in ours or nameless]

    async def _addressed(self, path: str, since: datetime, to: Address) -> Sequence[SentOrder]:
        rows = await self._orders(path, since)
        return [row.order() for row in rows if _spoken(read_address(row)) == _spoken(to)]

    async def _orders(self, path: str, since: datetime) -> list[OrderWire]:
        start = since.replace(microsecond=0)
        return read_orders(await self._newest(path, start), start, self._clock())

    async def _newest(self, path: str, start: datetime) -> list[PageWire]:
        date_from = int(start.timestamp()) - OVERLAP_S
        asked: Query = {"order_by": "date_added:desc", "date_from": date_from}
        return await some_pages(self._http, path, asked, MOST_LOOKUP_PAGES)


class OrderWire(AddressWire):
    """A call, fax, letter or postcard of a history."""

    message_id: Id | None = None
    to: Words | None = None
    body: Words | None = None
    status: Words | None = None
    status_code: Words | None = None
    digits: Words | None = None
    custom_string: Id | None = None
    date_added: Words | None = None

    def order(self) -> SentOrder:
        """The same in the words of every provider. A history names no currency, so there is no price."""
        keys = first_of(self.digits)
        return SentOrder(
            OrderId(first_of(self.message_id)),
            first_of(self.status),
            price=None,
            delivery=self.delivery(),
            keys=keys if KEYS.fullmatch(keys) else "",
        )

    def delivery(self) -> Delivery | None:
        """How far it got: by its code, else by the first of its words, which may be like `Queued:Stamped`."""
        told = RECEIPT_STATES.get(first_of(self.status_code))
        return told or read_word(HISTORY_STATES, first_of(self.status).partition(":")[0], None)


def read_orders(pages: Sequence[PageWire], start: datetime, now: datetime) -> list[OrderWire]:
    """The orders of a history at or after `start`; one without an id or a time is left out."""
    rows = [read_row(OrderWire, item) for page in pages for item in page.data or ()]
    return [row for row in rows if row is not None and _is_since(row, start, now)]


def _is_since(row: OrderWire, start: datetime, now: datetime) -> bool:
    added_at = read_unix(row.date_added, now)
    return bool(first_of(row.message_id)) and added_at is not None and added_at >= start


def _spoken(address: Address) -> tuple[str, ...]:
    """An address as it is compared: they write some of it in capitals."""
    parts = (address.name, address.line_1, address.line_2, address.city, address.state)
    return tuple(" ".join(part.split()).casefold() for part in (*parts, address.postal_code, address.country))

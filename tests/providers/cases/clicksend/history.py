"""ClickSend's histories of orders, described for the contract."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.capabilities import FindsOrders
from bot.errors import NotFound, Rejected
from bot.model import Delivery, OrderId, ProviderName, SentOrder, TextSent
from bot.providers.clicksend import ClickSend
from tests.providers.case import SINCE, Exchange, Operation, Refusal
from tests.providers.cases.clicksend.common import CS_PAGE, NO_LIST, cs
from tests.providers.cases.clicksend.faxes import FAX
from tests.providers.cases.clicksend.media import ORDER
from tests.providers.cases.clicksend.post import LETTER, POSTCARD
from tests.providers.cases.clicksend.voice import CALL
from tests.providers.cases.common import CONTACT, OUR_NUMBER, TOKEN, WORDS
from tests.providers.far_end import Answer

NEWEST = {**CS_PAGE, "order_by": "date_added:desc", "date_from": str(int(SINCE.timestamp()) - 60)}
_REFUSALS = (
    Refusal(Answer(400, b'{"http_code": 400, "response_code": "BAD_REQUEST"}'), Rejected, "BAD_REQUEST"),
    Refusal(Answer(404), NotFound, "http_404"),
)


def _asked(path: str, fixture: str) -> tuple[Exchange, ...]:
    return (Exchange(f"GET {path}/history", cs(fixture), NEWEST, wrong=NO_LIST),)


def _found(order_id: str, status: str, delivery: Delivery = Delivery.SENT, keys: str = "") -> list[SentOrder]:
    return [SentOrder(OrderId(order_id), status, None, delivery, keys)]


HISTORY: tuple[Operation[ClickSend], ...] = (
    Operation(
        FindsOrders.find_media,
        lambda provider: provider.find_media(ORDER, SINCE),
        _asked("/mms", "mms_history.json"),
        [
            TextSent(
                provider=ProviderName("clicksend"),
                account="",
                line_number=OUR_NUMBER,
                contact=CONTACT,
                text_id="D7A79BF1-4806-43F8-8339-6B9F8385D9A4",
                body=WORDS,
                sent_at=datetime(2026, 3, 2, 15, 4, 5, tzinfo=UTC),
                token=TOKEN,
                delivery=Delivery.ACCEPTED,
            )
        ],
        refusals=_REFUSALS,
        picks=True,
    ),
    Operation(
        FindsOrders.find_voice,
        lambda provider: provider.find_voice(CALL, SINCE),
        _asked("/voice", "voice_history.json"),
        _found("9A7C31B0-0D52-4C8E-9C4B-0F6A2D1E7711", "Sent", Delivery.DELIVERED, keys="1"),
        refusals=_REFUSALS,
        picks=True,
    ),
    Operation(
        FindsOrders.find_fax,
        lambda provider: provider.find_fax(FAX, SINCE),
        _asked("/fax", "fax_history.json"),
        _found("2FDA7622-FC6E-4D21-B335-32FF860D7E19", "Sent", Delivery.DELIVERED),
        refusals=_REFUSALS,
        picks=True,
    ),
    Operation(
        FindsOrders.find_letter,
        lambda provider: provider.find_letter(LETTER, SINCE),
        _asked("/post/letters", "letter_history.json"),
        _found("A00A1066-BBAE-432B-9B2D-E88969B12C46", "Queued:Stamped", Delivery.ACCEPTED),
        refusals=_REFUSALS,
        picks=True,
    ),
    Operation(
        FindsOrders.find_postcard,
        lambda provider: provider.find_postcard(POSTCARD, SINCE),
        _asked("/post/postcards", "postcard_history.json"),
        _found("C8CAA97A-905A-4A31-99CB-A92C7BA05A97", "Sent"),
        refusals=_REFUSALS,
        picks=True,
    ),
)

"""ClickSend's faxes, described for the contract."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.capabilities import SendsFaxes
from bot.errors import UsageError
from bot.model import FaxOrder, Money, Number, OrderId, PriceQuote, SentOrder
from bot.providers.clicksend import ClickSend
from tests.providers.case import Exchange, Impossible, Operation
from tests.providers.cases.clicksend.common import NO_RECIPIENT, ORDER_REFUSALS, cs
from tests.providers.cases.common import CONTACT, OUR_NUMBER, TOKEN

FAX = FaxOrder(CONTACT, "https://files.example.com/contract.pdf", TOKEN, sender=OUR_NUMBER)
WRONG_FAXES = (
    replace(FAX, to=Number("72345")),
    replace(FAX, sender=Number("My Shop")),
    replace(FAX, file_url=""),
    replace(FAX, file_url="contract.pdf"),
    replace(FAX, file_url="https://"),
    replace(FAX, file_url="https://files.example.com/our contract.pdf"),
)


def _unasked(order: FaxOrder) -> Impossible[ClickSend]:
    return Impossible(lambda provider: provider.send_fax(order), UsageError)


FAXES: tuple[Operation[ClickSend], ...] = (
    Operation(
        SendsFaxes.send_fax,
        lambda provider: provider.send_fax(FAX),
        (
            Exchange(
                "POST /fax/send",
                cs("fax_sent.json"),
                body={
                    "file_url": "https://files.example.com/contract.pdf",
                    "messages": [
                        {"to": CONTACT, "from": OUR_NUMBER, "source": "threadline", "custom_string": TOKEN}
                    ],
                },
                effect=True,
                wrong=NO_RECIPIENT,
            ),
        ),
        SentOrder(
            OrderId("2FDA7622-FC6E-4D21-B335-32FF860D7E19"),
            "SUCCESS",
            PriceQuote(Money(132, "USD"), Decimal("1.3200"), 6),
        ),
        refusals=ORDER_REFUSALS,
        impossible=tuple(map(_unasked, WRONG_FAXES)),
    ),
    Operation(
        SendsFaxes.send_fax,
        lambda provider: provider.send_fax(replace(FAX, sender=None)),
        (
            Exchange(
                "POST /fax/send",
                cs("fax_sent.json"),
                body={
                    "file_url": "https://files.example.com/contract.pdf",
                    "messages": [{"to": CONTACT, "source": "threadline", "custom_string": TOKEN}],
                },
                effect=True,
            ),
        ),
        SentOrder(
            OrderId("2FDA7622-FC6E-4D21-B335-32FF860D7E19"),
            "SUCCESS",
            PriceQuote(Money(132, "USD"), Decimal("1.3200"), 6),
        ),
        note="from their number",
    ),
)

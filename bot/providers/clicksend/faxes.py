"""Faxes at ClickSend: a PDF that they fetch and dial.

Fax is not sold to new customers any more; an account that does not have it is refused.
Source: https://developers.clicksend.com/docs/messaging/fax
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.capabilities import SendsFaxes
from bot.http import Http
from bot.model import FaxOrder, SentOrder
from bot.providers.clicksend.asking import SOURCE, phone_number, web_address
from bot.providers.clicksend.recipients import read_order
from bot.providers.reading import filled


class Faxes(SendsFaxes):
    """ClickSend's faxes."""

    _http: Http

    async def send_fax(self, order: FaxOrder) -> SentOrder:
        """Fax one file to one number."""
        return read_order(await self._http.act("POST", "/fax/send", fax_body(order)), order.token)


def fax_body(order: FaxOrder) -> Mapping[str, object]:
    """The body of a fax to one number. Raises `UsageError` for a number or a file that they cannot reach."""
    message = {
        "to": phone_number(order.to),
        "from": order.sender and phone_number(order.sender),
        "source": SOURCE,
        "custom_string": order.token,
    }
    return {"file_url": web_address(order.file_url), "messages": [filled(message)]}

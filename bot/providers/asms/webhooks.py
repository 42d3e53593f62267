"""What Aranda posts to us: a business rule's "Invoke Webhook", as an administrator wrote it. Pure.

Promise: nothing in it is believed but which ticket to read again. Nothing is signed: the secret in the address is
all there is, and `Signature.UNSUPPORTED` says so.

The address ends in `/ticket`, and the body names the ticket, first of all: {"idByProject": "RF-200", …}. Values
are put into it without regard for JSON, so the code is looked for, not parsed. The first one counts: the words of
a subject may hold another.
Source: https://learn.microsoft.com/en-us/connectors/arandaservicemanagem/ (questions and answers)
"""

from __future__ import annotations

import re

from bot.errors import WebhookUnreadable
from bot.model import Nothing, ProviderEvent, TicketCode, TicketReported, WebhookRequest
from bot.providers.asms.asking import is_code
from bot.providers.asms.wire import NAME

EVENT = "ticket"

_EVENT = re.compile(r"[a-z_]{1,40}")
_TICKET = re.compile(rb'"idByProject"\s*:\s*"([^"\\]{1,200})"')


def parse(request: WebhookRequest) -> ProviderEvent:
    """Which ticket to read; an unknown event is `Nothing`. Raises `WebhookUnreadable`."""
    if request.event != EVENT:
        return Nothing(NAME, request.event if _EVENT.fullmatch(request.event) else "unknown")
    found = _TICKET.search(request.body)
    code = found[1].decode("utf-8", "replace").strip() if found else ""
    if not is_code(code):
        raise WebhookUnreadable("Aranda's ticket webhook cannot be read: it names no ticket.")
    return TicketReported(NAME, TicketCode(code))

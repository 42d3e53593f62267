"""Provider events as text, to be kept until a row claims them. Pure."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime

from bot.model import (
    Attachment,
    Delivery,
    DeliveryReported,
    Number,
    ProviderName,
    TextReceived,
    TextSent,
)
from storage.database import instant, micros

Kept = TextReceived | TextSent | DeliveryReported
_KINDS: dict[str, type[Kept]] = {kind.__name__: kind for kind in (TextReceived, TextSent, DeliveryReported)}


def text_of(event: Kept) -> str:
    """The event as JSON."""
    return json.dumps({"kind": type(event).__name__} | asdict(event), default=_plain)


def event_of(text: str) -> Kept:
    """The event that `text_of` wrote."""
    fields = json.loads(text)
    kind = _KINDS[fields.pop("kind")]
    if "sent_at" in fields:
        fields["sent_at"] = instant(fields["sent_at"])
        fields["contact"] = Number(fields["contact"])
        fields["attachments"] = tuple(Attachment(**item) for item in fields["attachments"])
    if fields.get("delivery"):
        fields["delivery"] = Delivery(fields["delivery"])
    fields["provider"] = ProviderName(fields["provider"])
    return kind(**fields)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return micros(value)
    raise TypeError(type(value).__name__)

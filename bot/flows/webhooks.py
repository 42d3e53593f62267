"""A provider's webhook, from raw request to rows on disk.

Promise 1: this returns only after what the request said is on disk; the door answers 200 then and not before.
What came with the right secret and cannot be read is kept for a person.
"""

from __future__ import annotations

import hmac
import logging
from dataclasses import replace

from bot.bridge import Bridge
from bot.capabilities import Provider, ReadsWebhooks
from bot.errors import WebhookRefused, WebhookUnreadable
from bot.flows import alerts, reports, texts
from bot.flows.cards import looking
from bot.flows.orders import run as orders
from bot.model import (
    Delivery,
    DeliveryReported,
    LocationShared,
    Nothing,
    OptOutReported,
    OrderReported,
    PaymentReported,
    ProviderEvent,
    ProviderName,
    Signature,
    StandingReported,
    TextReceived,
    TextSent,
    TicketReported,
    WebhookReading,
    WebhookRequest,
)
from bot.model.cards import CardKind
from bot.settings import Signatures

log = logging.getLogger(__name__)

_UNREAD = (
    "{title} sent something that could not be read; it may be a customer's text. It is kept in the table "
    "unread_webhooks for 30 days: look at it, and at the conversation in {title}."
)
_UNAWAITED = "Nobody here waits for it."


async def admit(bridge: Bridge, provider_name: str, secret: str) -> Provider:
    """The provider that posts to this address. Raises `WebhookRefused` for one that is nobody's."""
    provider = bridge.providers.get(ProviderName(provider_name))
    if not isinstance(provider, ReadsWebhooks) or not await _knows(bridge, provider_name, secret):
        raise WebhookRefused("Unknown address.", status=404)
    return provider


async def receive(bridge: Bridge, provider: Provider, request: WebhookRequest) -> None:
    """Read one webhook and put what it says on disk.

    Raises `WebhookRefused` for a wrong signature, `WebhookUnreadable` for what is to be kept for a person,
    `StorageUnavailable` when nothing could be kept.
    """
    assert isinstance(provider, ReadsWebhooks)
    reading = provider.read_webhook(request)
    if _proves_itself(request, reading):
        events = tuple(_by_token(event) for event in reading.events)
    else:
        await _judge_signature(bridge, provider, reading)
        events = reading.events
    for event in events:
        await take(bridge, event)


async def keep(bridge: Bridge, provider: Provider, request: WebhookRequest, reason: str) -> None:
    """Keep what nobody could read for a person, and tell an admin."""
    await bridge.store.unread.keep(provider.name, request.event, reason, request.body)
    await alerts.tell(bridge, f"unread:{provider.name}", _UNREAD, title=provider.title)


async def _knows(bridge: Bridge, provider: str, secret: str) -> bool:
    """The configured secret, the provider's own, or one that was rotated away less than a day ago."""
    configured = bridge.settings.threadline_webhook_secret
    fits = configured is not None and hmac.compare_digest(
        configured.get_secret_value().encode(), secret.encode("utf-8", "surrogatepass")
    )
    return await bridge.store.secrets.accepts(provider, secret) or fits


async def take(bridge: Bridge, event: ProviderEvent) -> None:
    """Put one event on disk. A webhook, a poll and catching up all end here.

    Raises `WebhookUnreadable` for what nobody asked for: a person finds it among what was kept.
    """
    match event:
        case TextReceived():
            await texts.receive_text(bridge, event)
        case TextSent() | DeliveryReported():
            await reports.receive_report(bridge, event)
        case OptOutReported() | StandingReported():
            await _take_contact(bridge, event)
        case LocationShared():
            await _take_location(bridge, event)
        case PaymentReported() | TicketReported():
            await _look_at_card(bridge, event)
        case OrderReported():
            await orders.receive_report(bridge, event)
        case Nothing():
            log.info("webhook: nothing to do (%s %s)", event.provider, event.what)


async def _look_at_card(bridge: Bridge, event: PaymentReported | TicketReported) -> None:
    """Nothing is lost where no card is: the thing itself is where it was."""
    kind, id_there = (
        (CardKind.PAYMENT, event.payment)
        if isinstance(event, PaymentReported)
        else (CardKind.TICKET, event.ticket)
    )
    followed = await looking.reported(bridge, kind, event.provider, id_there)
    if not followed:
        log.info("webhook: something changed that nobody follows (%s)", event.provider)


async def _take_contact(bridge: Bridge, event: OptOutReported | StandingReported) -> None:
    if isinstance(event, OptOutReported):
        await bridge.store.opt_outs.report(event)
    else:
        await bridge.store.standings.report(event)


async def _take_location(bridge: Bridge, event: LocationShared) -> None:
    if not await bridge.store.locations.accept(event):
        raise WebhookUnreadable(_UNAWAITED)
    # Who answers a question has it: whatever was in doubt about it is settled.
    arrived = DeliveryReported(event.provider, None, event.token, Delivery.DELIVERED)
    await reports.receive_report(bridge, arrived)


# --- Signatures -----------------------------------------------------------------------------------------


def signed_fact(provider: str) -> str:
    """The name of the fact that a valid signature was seen. Pure."""
    return f"signed:{provider}"


def _proves_itself(request: WebhookRequest, reading: WebhookReading) -> bool:
    """An unsigned report on one text, or an answer to it, may prove itself with that text's random token. Pure."""
    by_token = DeliveryReported | LocationShared
    tokens = [isinstance(event, by_token) and event.token is not None for event in reading.events]
    return request.event in ("status", "location") and reading.signature == Signature.ABSENT and all(tokens)


def _by_token(event: ProviderEvent) -> ProviderEvent:
    """The report as far as its token proves it: about no other text than the token's. Pure."""
    return replace(event, text_id=None) if isinstance(event, DeliveryReported) else event


async def _judge_signature(bridge: Bridge, provider: Provider, reading: WebhookReading) -> None:
    """A wrong signature never gets here; an absent one passes until the first valid one was seen."""
    if reading.signature == Signature.UNSUPPORTED:
        return
    mode = bridge.settings.textrequest_signatures
    seen = await bridge.store.facts.find_lately(signed_fact(provider.name)) is not None
    if reading.signature == Signature.VALID:
        if not seen:
            await bridge.store.facts.note(signed_fact(provider.name), "seen")
    elif mode == Signatures.REQUIRED or (mode == Signatures.AUTO and seen):
        raise WebhookRefused("The signature is missing.", status=403)

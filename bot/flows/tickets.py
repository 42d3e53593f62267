"""Opening tickets: what the command, the form, the shortcut and the button have in common.

The card and its first deed are on disk when `open_ticket` returns; nothing was asked of the service desk by then.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from bot.bridge import Bridge
from bot.capabilities import KeepsTickets, ReadsWebhooks
from bot.errors import UsageError
from bot.flows import texts
from bot.flows.cards.kind import new_reference
from bot.flows.contacts import Whom, thread_link
from bot.model import ChannelId, Conversation, Line, Member, ProviderName, TicketTerms
from bot.model.cards import UNDER_WAY, Card, CardKind, NewCard
from bot.views.answers import Answer
from bot.views.card_parts import already
from bot.views.history import said_line
from bot.views.ticket_card import ticket_name, ticket_title
from bot.views.ticket_form import LONGEST_DESCRIPTION

LAST_SAID = 5  # messages of the thread that a description begins with
_LOOK_S = 0.05

_OPENED = "Opened {name}."
_OPENING = "Opening “{title}”."
_BELOW = "Its card says how it goes."
_ABOUT = "{who}, on {line}"
_THREAD = "The whole thread: {link}"


@dataclass(frozen=True, slots=True)
class TicketDraft:
    """A ticket that a member wants to open: for a contact, or for nobody: then its card stands in `channel`."""

    provider: ProviderName
    terms: TicketTerms
    author: Member
    line: Line | None = None
    whom: Whom | None = None
    channel: ChannelId | None = None


async def open_ticket(bridge: Bridge, draft: TicketDraft, key: str) -> Card:
    """Put it on disk. `key` makes it one ticket however often it comes."""
    new = NewCard(
        key=key,
        kind=CardKind.TICKET,
        provider=draft.provider,
        author=draft.author.id,
        reference=new_reference(),
        title=ticket_title(draft.terms.subject),
        says=draft.terms.says(),
        line=draft.line.id if draft.line and draft.whom else None,
        contact=draft.whom.number if draft.whom else None,
        channel=draft.channel,
    )
    return await bridge.store.cards.open(new)


async def revise(bridge: Bridge, card: Card, terms: TicketTerms, who: Member) -> Card:
    """Have what the service desk refused opened as it should be instead. Raises `UsageError` when somebody was
    first."""
    title = ticket_title(terms.subject)
    asked = await bridge.store.card_decisions.revise(card.uid, who.id, title, terms.says())
    if not asked.done:
        raise UsageError(already(asked))
    return await bridge.store.cards.find(card.uid) or card


async def outcome(bridge: Bridge, card: Card) -> Card:
    """The card once it is known whether the ticket was opened, or as it stands after a while."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(bridge.tuning.outcome_s):
            while card.created is not None and card.created.state in UNDER_WAY:
                await asyncio.sleep(_LOOK_S)
                card = await bridge.store.cards.find(card.uid) or card
    return card


async def told(bridge: Bridge, card: Card) -> Answer:
    """How far it is, and where its card stands."""
    conversation = await bridge.store.threads.conversation(card.conversation_id)
    subject = TicketTerms.read(card.says).subject
    if card.provider_id is None:
        return Answer(_OPENING.format(title=card.title), below=_BELOW, link=thread_link(bridge, conversation))
    name = ticket_name(card.provider_id, subject)
    return Answer(_OPENED.format(name=name), below=_BELOW, link=thread_link(bridge, conversation))


async def prepare(bridge: Bridge) -> None:
    """Have a secret for the address to which a service desk's own rule posts: nobody registers it for them."""
    if bridge.settings.threadline_public_url is None or bridge.settings.threadline_webhook_secret is not None:
        return
    for provider in bridge.providers.values():
        if isinstance(provider, KeepsTickets) and isinstance(provider, ReadsWebhooks):
            await bridge.store.secrets.present(provider.name)


# --- What a description begins with -----------------------------------------------------------------------------


async def description_of(bridge: Bridge, conversation: Conversation, zone: tzinfo) -> str:
    """Who the contact is, and what was said last; as much of it as a field holds."""
    said = await bridge.store.threads.last_messages(conversation.id, LAST_SAID)
    lines = [said_line(await texts.readable(bridge, message), zone) for message in said]
    while lines and len(_description(bridge, conversation, lines)) > LONGEST_DESCRIPTION:
        lines = lines[1:]  # the oldest first
    return _description(bridge, conversation, lines)[:LONGEST_DESCRIPTION]


def contact_of(bridge: Bridge, conversation: Conversation) -> str:
    """Who the contact is, and where their thread is: what goes to the service desk without anybody having seen
    it."""
    return _description(bridge, conversation, [])


def _description(bridge: Bridge, conversation: Conversation, lines: Sequence[str]) -> str:
    who = _ABOUT.format(who=Whom(conversation.contact, conversation).label, line=conversation.line.name)
    link = thread_link(bridge, conversation)
    return "\n\n".join(filter(None, (who, *lines, _THREAD.format(link=link[0]) if link else "")))

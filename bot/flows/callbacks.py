"""Having a contact called back: what the command, the form, the shortcut and the button have in common.

Nothing is asked of the contact centre here: the card and its first deed are on disk when `queue` returns.
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.bridge import Bridge
from bot.capabilities import QueuesCallbacks
from bot.errors import SlackError, UsageError
from bot.flows.cards.callback import PATIENCE, request_of
from bot.flows.cards.kind import new_reference
from bot.flows.commands.provided import name_of
from bot.flows.contacts import Whom, thread_link
from bot.model import CallbackTerms, ChannelId, Line, Member
from bot.model.cards import CardKind, NewCard
from bot.views.answers import Answer
from bot.views.callback_card import callback_title, for_them
from bot.views.phrases import moment

LONGEST_SUBJECT, LONGEST_BODY, LONGEST_DATA = 200, 2_000, 64
# Source: https://docs.slack.dev/reference/block-kit/block-elements/button-element (url)
LONGEST_LINK = 3_000

_TOO_LONG = "The {what} has {count:,} characters, {most:,} is the most. Make it shorter."
_NOWHERE = (
    "No line is connected, so there is no thread for its card. Do this in a channel that Threadline is in: its "
    "card goes there."
)
_QUEUEING = "Queueing a callback to {who}, {when}, at group {group}{agent}."
_BELOW = "Its card says how far it is{where}."


@dataclass(frozen=True, slots=True)
class CallbackDraft:
    """A callback that a member wants. Its card goes into the contact's thread on the line, without one into the
    channel. An empty `data` becomes a key of ours."""

    provider: QueuesCallbacks
    whom: Whom
    line: Line | None
    channel: ChannelId
    terms: CallbackTerms
    data: str
    author: Member


async def refuse(bridge: Bridge, draft: CallbackDraft) -> None:
    """What cannot be queued, or shown, is told at once, and not only on the card. Raises `UsageError`, and
    `SlackError` when Slack does not say whether the channel can be used."""
    terms = draft.terms
    for what, words, most in (
        ("subject", terms.subject, LONGEST_SUBJECT),
        ("words for the agent", terms.body, LONGEST_BODY),
        ("link", terms.link, LONGEST_LINK),
        ("data", draft.data, LONGEST_DATA),
    ):
        if len(words) > most:
            raise UsageError(_TOO_LONG.format(what=what, count=len(words), most=most))
    draft.provider.check_callback(request_of(terms, draft.data.strip() or new_reference()))
    if draft.line is None:
        await _refuse_channel(bridge, draft.channel)


async def _refuse_channel(bridge: Bridge, channel: ChannelId) -> None:
    """A card is never posted where nobody would see it."""
    if not channel:
        raise UsageError(_NOWHERE)
    try:
        found = await bridge.slack.channel(channel)
    except SlackError as error:
        if not error.certain:
            raise
        raise UsageError(_NOWHERE) from error
    if found.is_archived or not found.is_member:
        raise UsageError(_NOWHERE)


async def queue(bridge: Bridge, draft: CallbackDraft, key: str, zone: ZoneInfo) -> Answer:
    """Put it on disk, and say where its card is. `key` makes it one callback however often it comes; `zone` is the
    member's."""
    card = await bridge.store.cards.open(_new(bridge, draft, key))
    conversation = await bridge.store.threads.conversation(card.conversation_id)
    where = " in the thread" if card.conversation_id is not None else " in the channel"
    said = _QUEUEING.format(who=draft.whom.label, **about(draft.terms, zone))
    return Answer(said, below=_BELOW.format(where=where), link=thread_link(bridge, conversation))


def about(terms: CallbackTerms, zone: ZoneInfo) -> dict[str, str]:
    """When, on the member's clock and the contact's, and at whom, for a sentence. Pure."""
    when = "as soon as possible"
    if terms.due_at is not None:
        when = f"{moment(terms.due_at, zone)}{for_them(terms.contact, terms.due_at)}"
    agent = "" if terms.agent is None else f", for agent {terms.agent_name or f'#{terms.agent}'}"
    return {"when": when, "group": terms.group_name, "agent": agent}


def _new(bridge: Bridge, draft: CallbackDraft, key: str) -> NewCard:
    has_line = draft.line is not None
    return NewCard(
        key=key,
        kind=CardKind.CALLBACK,
        provider=name_of(draft.provider),
        author=draft.author.id,
        reference=draft.data.strip() or new_reference(),
        title=callback_title(draft.terms.subject),
        says=draft.terms.says(),
        line=draft.line.id if draft.line is not None else None,
        contact=draft.whom.number if has_line else None,
        channel=None if has_line else draft.channel,
        remind_at=(draft.terms.due_at or bridge.now()) + PATIENCE,
    )

"""Contacts as members speak of them, and starting a text to one outside a thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.bridge import Bridge
from bot.capabilities import SendsTexts
from bot.errors import UnknownName, UsageError
from bot.flows import texts
from bot.flows.configured import not_configured
from bot.markup import inert
from bot.model import Contact, Conversation, Line, Member, Number, Started
from bot.phone import display_number
from bot.views import notices
from bot.views.answers import Answer
from bot.views.thread import contact_label

CANDIDATES = 20
FEWEST_DIGITS = 3  # that a part of a number has
NOBODY = "Nobody on “{line}” is called “{name}”. Use their number, like +1 415 555 0134."


@dataclass(frozen=True, slots=True)
class Whom:
    """A contact of a line. `conversation` is None when nothing was ever said."""

    number: Number
    conversation: Conversation | None

    @property
    def label(self) -> str:
        """The name and the number, or the number alone."""
        shown = display_number(self.number)
        name = contact_label(self.conversation) if self.conversation else shown
        return shown if name == shown else f"{name} · {shown}"


async def with_number(bridge: Bridge, line: Line, number: Number) -> Whom:
    """The contact with that number, known or not."""
    return Whom(number, await bridge.store.contacts.with_number(line.id, number))


async def called(bridge: Bridge, line: Line, name: str) -> Sequence[Whom]:
    """Contacts of that name, one at least. Raises `UsageError` when nobody is called so."""
    found = await bridge.store.contacts.called(line.id, name, CANDIDATES)
    if not found:
        raise UnknownName(NOBODY.format(line=inert(line.name), name=name))
    return [Whom(each.contact, each) for each in found]


def is_about(contact: Contact, words: str) -> bool:
    """Whether the words occur in the contact's names, number or note. Pure."""
    wanted = words.strip().casefold()
    digits = "".join(filter(str.isdigit, wanted))
    told = (contact.display_name, f"{contact.first_name} {contact.last_name}", contact.note)
    in_number = len(digits) >= FEWEST_DIGITS and not any(map(str.isalpha, wanted)) and digits in contact.number
    return in_number or any(wanted in each.casefold() for each in told)


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that a member wants to send: from which line, to whom, what."""

    line: Line
    whom: Whom
    words: str
    author: Member
    asks_location: bool = False


def refuse(bridge: Bridge, draft: Draft) -> None:
    """What must not leave is told at once, and not only in the thread. Raises `UsageError`."""
    provider = bridge.providers.get(draft.line.provider)
    if not isinstance(provider, SendsTexts):
        raise UsageError(not_configured(draft.line.provider))
    limit = texts.limit_of(provider, asks_location=draft.asks_location)
    refused = texts.refusal(draft.whom.conversation, draft.author, draft.words, limit)
    if refused is not None:
        raise UsageError(notices.refused(refused.reason, who=draft.whom.label, words=refused.words))


async def start(bridge: Bridge, draft: Draft, key: str) -> Answer:
    """Put the text on disk, and say where its thread is. `key` makes it one text however often it comes."""
    started = Started(
        key, draft.line.id, draft.whom.number, draft.words, draft.author.id, asks_location=draft.asks_location
    )
    conversation = await bridge.store.threads.conversation(await bridge.store.started.accept(started))
    below = "The thread shows how far it got, and tells you if it fails."
    return Answer(f"On its way to {draft.whom.label}.", below=below, link=thread_link(bridge, conversation))


def thread_link(bridge: Bridge, conversation: Conversation | None) -> tuple[str, str] | None:
    """The conversation's thread as a link; None while there is none."""
    if conversation is None or conversation.root_channel is None or conversation.root_ts is None:
        return None
    return bridge.ours.permalink(conversation.root_channel, conversation.root_ts), "Open the thread"

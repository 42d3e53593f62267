"""What a kind of card is made of."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TypeVar

from bot.bridge import Bridge
from bot.errors import UsageError
from bot.flows.commands.provided import off
from bot.flows.configured import configured
from bot.flows.connected import connected
from bot.flows.rights import lines_for
from bot.grammar import verb_of
from bot.model import Ask, Conversation, Line, Member
from bot.model.cards import CREATE, GONE, Card, CardDeed, CardKind, News, Seen
from bot.views.card_buttons import CardAction

C = TypeVar("C")
GONE_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Case:
    """A card, and where it belongs. Without a line there is no conversation."""

    bridge: Bridge
    card: Card
    conversation: Conversation | None
    line: Line | None

    def provider(self, capability: type[C]) -> C:
        """Whom to ask. Raises `UsageError` when they are not configured, or in a way that cannot do it."""
        provider = configured(self.bridge, self.card.provider)
        if not isinstance(provider, capability):
            raise UsageError(off(self.bridge.providers, capability))
        return provider

    def the_line(self) -> Line:
        """The line that it is on. Raises `UsageError` when it has none, or that is not connected any more."""
        return connected(self.line)

    async def admit(self, who: Member, rights: tuple[str, str]) -> None:
        """Raises `NotAllowed` when they may not use the command's verb on the card's line, `SlackError` when Slack
        does not say."""
        lines = [self.line] if self.line is not None else await self.bridge.store.lines.all()
        await lines_for(self.bridge, who, verb_of(*rights), lines)

    async def free(self, provider_id: str) -> bool:
        """Whether no other card holds that thing of the provider's."""
        held = await self.bridge.store.cards.held(self.card.kind, self.card.provider, provider_id)
        return held is None or held.id == self.card.id


async def as_of_now(case: Case) -> Case:
    """The same after a call, during which somebody may have looked at the card."""
    card = await case.bridge.store.cards.find(case.card.uid)
    return replace(case, card=card or case.card)


Read = Callable[[Case], Awaitable[Seen]]
Happened = Callable[[Case, CardDeed], Awaitable[Seen | None]]
Elsewhere = Callable[[Case, Seen], Awaitable[Seen | None]]


def nothing_typed(_: CardDeed) -> str:
    """For a deed that carries no words of a window."""
    return ""


@dataclass(frozen=True, slots=True)
class Do:
    """A deed of one kind of card: see `bot/flows/cards/__init__.py`. What it raises says whether it happened."""

    call: Callable[[Case, CardDeed], Awaitable[Seen]]
    happened: Happened
    rights: tuple[str, str]
    once: str = ""
    harmless: bool = False
    typed: Callable[[CardDeed], str] = nothing_typed


@dataclass(frozen=True, slots=True)
class CardFlow:
    """One kind of card. `shows` are a command and a verb: who may use that may look. `elsewhere` is what the card
    says when another one holds what its provider gave; None when none does."""

    kind: CardKind
    read: Read
    deeds: Mapping[str, Do]
    shows: tuple[str, str]
    opens: Mapping[CardAction, Callable[[Card], Ask]] = field(default_factory=dict)
    elsewhere: Elsewhere | None = None

    @property
    def create(self) -> Do:
        """The deed that has the provider make the thing."""
        return self.deeds[CREATE]


def gone(case: Case, *news: News) -> Seen:
    """What the provider does not have. It is looked at on for a day, for who is in trouble says so, too. Pure."""
    return Seen(case.card.provider_id, GONE, case.card.says, stands_for(case, GONE, GONE_FOR), news)


def stands_for(case: Case, state: str, longest: timedelta) -> bool:
    """Whether the card has been in that state for longer, so that nobody looks at it any more. Pure."""
    return case.card.state == state and case.bridge.now() - case.card.state_at > longest


def new_reference() -> str:
    """A reference of ours that no other card has."""
    return f"tl-{secrets.token_hex(6)}"


def shown_by(read: Read, shows: Callable[[Seen], bool]) -> Happened:
    """A proof that is the state itself: what `read` tells, when it `shows` that the deed was done. Pure."""

    async def happened(case: Case, _: CardDeed) -> Seen | None:
        seen = await read(case)
        return seen if shows(seen) else None

    return happened


async def way_to_holder(case: Case, provider_id: str) -> str | None:
    """The link to another card that holds this thing of the provider's, '' while that stands nowhere yet; None
    when no other card holds it."""
    cards = case.bridge.store.cards
    other = await cards.held(case.card.kind, case.card.provider, provider_id)
    if other is None or other.id == case.card.id:
        return None
    place = await cards.place(other)
    return case.bridge.ours.permalink(*place) if place else ""

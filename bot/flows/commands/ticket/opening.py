"""`/ticket` alone and `/ticket new`: a ticket is opened at once when enough was typed, else in a window.

Enough is a project, a service and a category, each typed or the only one that there is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.capabilities import KeepsTickets, ListsTicketChoices
from bot.errors import SlackError
from bot.flows import tickets
from bot.flows.commands.provided import name_of, the_provider
from bot.flows.commands.ticket.changing import additional_of
from bot.flows.commands.ticket.menus import KEYS, id_of, roles_of
from bot.flows.commands.turn import Turn, Verb, from_key, the_line
from bot.flows.commands.whom import whom
from bot.flows.contacts import Whom
from bot.flows.tickets import TicketDraft
from bot.grammar import Asked, Named, To, Value, quote, with_key
from bot.markup import escape
from bot.model import (
    AdditionalField,
    Ask,
    ChannelId,
    Conversation,
    Line,
    MenuContext,
    TicketKind,
    TicketRole,
    TicketTerms,
)
from bot.views.answers import Answer

NEW = "form:ticket"

TYPES: Mapping[str, TicketKind] = {
    "incident": TicketKind.INCIDENT,
    "problem": TicketKind.PROBLEM,
    "change": TicketKind.CHANGE,
    "call": TicketKind.SERVICE_CALL,
    "release": TicketKind.RELEASE,
}
_PLACE = (TicketRole.PROJECT, TicketRole.SERVICE, TicketRole.CATEGORY)  # each depends on those before it
_NO_MENU = (TicketRole.CUSTOMER, TicketRole.APPLICANT, TicketRole.CONFIGURATION_ITEM)
_KEY_OF: Mapping[TicketRole, str] = {TicketRole.PROJECT: "project", **KEYS}


async def open_form(turn: Turn) -> Ask:
    """`/ticket` alone: the form for a new ticket."""
    the_provider(turn, KeepsTickets)
    return Ask(NEW, "")


async def new(turn: Turn) -> Answer | Ask:
    """`/ticket new <subject> [keys]`."""
    the_provider(turn, KeepsTickets)
    found, kind = await whose(turn), kind_typed(turn.asked)
    place = await _place(turn, kind)
    if len(place) < len(_PLACE):
        return Ask(NEW, await _words(turn, found))
    project, service, category = (place[role] for role in _PLACE)

    def context(chosen: Mapping[TicketRole, int]) -> MenuContext:
        state, group = chosen.get(TicketRole.STATE), chosen.get(TicketRole.GROUP)
        return MenuContext(kind, project, service, category, state, group)

    terms = TicketTerms(
        subject=turn.asked.value("subject", str).strip(),
        kind=kind,
        project=project,
        service=service,
        category=category,
        description=_description(turn, found),
        roles=await roles_of(turn, context, _PLACE),
        additional=additional_typed(turn.asked),
    )
    draft = await draft_of(turn, terms, found)
    return await tickets.told(turn.bridge, await tickets.open_ticket(turn.bridge, draft, turn.given.key))


def kind_typed(asked: Asked) -> TicketKind:
    """What kind it is to be; an incident when nothing was typed. Pure."""
    return TYPES.get(asked.find("type", str) or "", TicketKind.INCIDENT)


async def _place(turn: Turn, kind: TicketKind) -> Mapping[TicketRole, int]:
    """Project, service and category, as far as they were typed or can be nothing else. Raises `UsageError`."""
    place: dict[TicketRole, int] = {}
    for role in _PLACE:
        context = MenuContext(kind, place.get(TicketRole.PROJECT), place.get(TicketRole.SERVICE))
        named = turn.asked.find(_KEY_OF[role], Named)
        if named is not None:
            place[role] = await id_of(turn, role, named, context)
            continue
        menu = await the_provider(turn, ListsTicketChoices).list_choices(role, context)
        if len(menu) != 1:
            break
        place[role] = menu[0].id
    return place


def _description(turn: Turn, found: Addressed | None) -> str:
    """What was typed, else whose ticket it is. What was said goes there only when somebody saw it."""
    typed = turn.asked.find("description", str)
    if typed is not None or found is None or found.conversation is None:
        return typed or ""
    return tickets.contact_of(turn.bridge, found.conversation)


# --- Whom it is for ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Addressed:
    """The contact for whom it is, on a line."""

    line: Line
    whom: Whom

    @property
    def conversation(self) -> Conversation | None:
        """What was said with them; None when nothing was."""
        return self.whom.conversation


async def whose(turn: Turn) -> Addressed | None:
    """The contact of `to=`; None for a ticket that is nobody's. Raises `Unclear`, `UsageError`."""
    to = turn.asked.find("to", To)
    if to is None:
        return None
    line, words = the_line(turn), turn.given.ask.words
    return Addressed(
        line, await whom(turn, line, to, lambda number: turn.again(with_key(words, "to", quote(number))))
    )


async def draft_of(turn: Turn, terms: TicketTerms, found: Addressed | None) -> TicketDraft:
    """What is to be opened, and where its card stands. Raises `UsageError`, `SlackError`."""
    provider, author = name_of(the_provider(turn, KeepsTickets)), turn.given.member
    if found is None:
        return TicketDraft(provider, terms, author, channel=await channel_for(turn))
    return TicketDraft(provider, terms, author, line=found.line, whom=found.whom)


async def channel_for(turn: Turn) -> ChannelId:
    """Where a card stands that is in nobody's thread: where its command was typed, or where Threadline is not, in
    the direct messages of who typed it. Raises `SlackError` when Slack does not say."""
    channel = turn.given.channel
    if any(line.channel == channel for line in turn.lines):
        return channel
    try:
        found = await turn.bridge.slack.channel(channel) if channel else None
    except SlackError as error:
        if not error.certain:
            raise
        found = None
    is_there = found is not None and found.is_member and not found.is_archived
    return channel if is_there else ChannelId(turn.given.member.id)


# --- What was typed ---------------------------------------------------------------------------------------------


def begin_of(asked: Asked) -> Mapping[TicketRole, Named | int]:
    """What was typed of what it is to point at: ids and names. Pure."""
    return {role: named for role, key in _KEY_OF.items() if (named := asked.find(key, Named)) is not None}


def additional_typed(asked: Asked) -> tuple[AdditionalField, ...]:
    """What was typed of the fields that a project adds. Raises `UsageError` for one without its number. Pure."""
    return tuple(additional_of(asked.named.get("field", {}), ()))


async def _words(turn: Turn, found: Addressed | None) -> str:
    """All that was typed, for the window. Raises `UsageError` for what no menu of it could say."""
    asked = turn.asked
    additional_typed(asked)
    values = dict(asked.values)
    for role in _NO_MENU:
        named = asked.find(_KEY_OF[role], Named)
        if named is not None:
            number = await id_of(turn, role, named, MenuContext())
            values[_KEY_OF[role]] = Named(number, str(number))
    whom_for = [quote(found.whom.number), from_key(found.line)] if found else []
    fields = [escape(quote(f"field:{name}={value}")) for name, value in asked.named.get("field", {}).items()]
    return " ".join([*whom_for, *_keys(values), *fields])


def _keys(values: Mapping[str, Value]) -> Iterator[str]:
    for name, value in values.items():
        match value:
            case Named(id=int()):
                yield f"{name}={value.id}"
            case Named() if name != "from":
                yield escape(f"{name}={quote(value.name)}")
            case str():
                yield escape(f"{name}={quote(value)}")


OPENING: Mapping[str, Verb] = {"open": open_form, "new": new}

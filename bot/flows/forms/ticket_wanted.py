"""What the service desk wants for a new ticket that the form did not ask for, and what was put into that.

Its refusals name a field: one of ours, something that a ticket points at, or one that the project adds. That comes
by its number or by its name; a name's number stands in another ticket of the project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.capabilities import KeepsTickets, ListsTicketChoices
from bot.errors import ProviderError
from bot.flows.commands.provided import the_provider
from bot.flows.commands.turn import Turn
from bot.flows.forms.form import Wrong
from bot.model import AdditionalField, Block, Compare, Condition, Search, TicketRole
from bot.model.cards import CardDeed
from bot.views import ticket_form as view
from bot.views.forms import Sent

LOOKED_AT = 3  # other tickets in which a field's number is looked for
ADDITIONAL = "AdditionalFieldIsRequired"

_OURS: Mapping[str, str] = {"subject": view.SUBJECT, "description": view.DESCRIPTION, "itemtype": view.KIND}
_ROLES: Mapping[str, TicketRole] = {
    f"{'ci' if role is TicketRole.CONFIGURATION_ITEM else role.value.replace(' ', '')}id": role
    for role in TicketRole
}
_NUMBERED = re.compile(r"\s*([0-9]{1,18})\s*=(.*)", re.DOTALL)
_NOT_NUMBERED = "Write it with its number at the service desk, like 317=4B."
_NO_NUMBER = "Write its number."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form is to ask for: menus, another field, or one that is there already, called `field`."""

    roles: frozenset[TicketRole] = frozenset()
    field: str = ""
    block: Block | None = None

    def added_to(self, blocks: Sequence[Block]) -> list[Block]:
        """The field that is wanted, unless it is there. Pure."""
        known = {block.get("block_id") for block in blocks}
        return [self.block] if self.block is not None and self.field not in known else []

    def name_in(self, menus: Mapping[TicketRole, str]) -> str:
        """What the wanted one is called in the form; '' for none. Pure."""
        return next((menus[role] for role in self.roles if role in menus), self.field)


async def wanted_by(turn: Turn, refused: CardDeed | None, project: int) -> Wanted:
    """What a refusal asks for; nothing when it names no field."""
    name = refused.field if refused is not None else ""
    if refused is None or not name:
        return Wanted()
    if refused.code == ADDITIONAL:
        return _with(await _additional(turn, name, project))
    role = _ROLES.get(name.casefold())
    if role is not None:
        menus = the_provider(turn, ListsTicketChoices).ticket_menus & view.BY_ROLE.keys()
        return Wanted(frozenset({role})) if role in menus else _with(view.role_field(role))
    return Wanted(field=_OURS.get(name.casefold(), ""))


def _with(block: Block) -> Wanted:
    return Wanted(field=str(block["block_id"]), block=block)


async def _additional(turn: Turn, name: str, project: int) -> Block:
    if name.isdecimal():
        return view.additional_field(name, "")
    number = await _number_of(turn, name, project)
    return view.unknown_field(name) if number is None else view.additional_field(number, name)


async def _number_of(turn: Turn, name: str, project: int) -> str | None:
    """A field's number, as other tickets of the project have it; None when they do not tell."""
    provider = the_provider(turn, KeepsTickets)
    try:
        found = await provider.find_tickets(Search((Condition("ProjectId", Compare.EQUAL, str(project)),)))
        for row in found.rows[:LOOKED_AT]:
            ticket = await provider.read_ticket(row.code)
            for each in ticket.additional:
                if each.name.casefold() == name.casefold():
                    return each.id
    except ProviderError:
        return None
    return None


# --- What was put into them -------------------------------------------------------------------------------------


def additional_sent(sent: Sent) -> tuple[AdditionalField, ...]:
    """The fields that the project adds, as far as they are filled in. Raises `Wrong` for one without its number.
    Pure."""
    return tuple(_additional_sent(sent))


def _additional_sent(sent: Sent) -> Iterator[AdditionalField]:
    for block in sent.drawn.fields:
        prefix, _, number = str(block.get("block_id")).partition(".")
        value = sent.text(f"{prefix}.{number}").strip()
        if prefix != view.ADDITIONAL or not value:
            continue
        if number.isdecimal():
            yield AdditionalField(number, (value,), _label(block))
            continue
        typed = _NUMBERED.fullmatch(value)
        if typed is None:
            raise Wrong(f"{prefix}.{number}", _NOT_NUMBERED)
        yield AdditionalField(typed[1], (typed[2].strip(),), _label(block))


def _label(block: Block) -> str:
    label = block.get("label")
    return str(label.get("text", "")) if isinstance(label, Mapping) else ""


def roles_sent(sent: Sent) -> Mapping[TicketRole, int]:
    """What no menu lists, as far as it is filled in. Raises `Wrong` for what is no number. Pure."""
    found: dict[TicketRole, int] = {}
    for role in TicketRole:
        name = f"{view.PERSON}.{role.name.lower()}"
        value = sent.text(name).strip()
        if value and not value.isdecimal():
            raise Wrong(name, _NO_NUMBER)
        if value:
            found[role] = int(value)
    return found

"""The form that opens a ticket: what it is about, and menus that depend on each other. Pure.

A menu's name holds what its options depend on: with another project the menu of services is another field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.model import Block, TicketKind, TicketRole
from bot.model import Choice as MenuLine
from bot.views.fields import Field, Option, choice_field, text_field
from bot.views.menus import MOST_IN_MENU

SUBJECT, DESCRIPTION, KIND, ADDITIONAL, PERSON = "subject", "description", "kind", "field", "role"
LONGEST_SUBJECT, LONGEST_DESCRIPTION, LONGEST_VALUE = 200, 3_000, 500
_KINDS = (
    TicketKind.INCIDENT,
    TicketKind.SERVICE_CALL,
    TicketKind.PROBLEM,
    TicketKind.CHANGE,
    TicketKind.RELEASE,
)
_CUT = "These are the first {most}. For another one type /ticket new with {key}= and its name."
_NUMBER = "Its number, as the service desk has it."
_UNKNOWN = "Write it with its number there, like 317=4B. An administrator of the service desk knows the number."


@dataclass(frozen=True, slots=True)
class Menu:
    """One menu. `key` is how `/ticket new` calls it. It is there once everything in `after` is chosen; of another
    `by` it is another menu. `asked`: it is there only when the service desk wants it."""

    role: TicketRole
    key: str
    label: str
    after: tuple[TicketRole, ...] = ()
    by: tuple[TicketRole, ...] = ()
    by_kind: bool = False
    optional: bool = True
    redraws: bool = False
    asked: bool = False

    def name(self, kind: TicketKind, chosen: Mapping[TicketRole, int]) -> str:
        """What the field is called for what is chosen."""
        kinds = [kind.name.lower()] if self.by_kind else []
        return ".".join([self.key, *kinds, *(str(chosen[role]) for role in self.by)])


_PROJECT, _SERVICE, _CATEGORY = TicketRole.PROJECT, TicketRole.SERVICE, TicketRole.CATEGORY
_PLACE = (_PROJECT, _SERVICE)
MENUS: tuple[Menu, ...] = (  # in the order in which they depend on each other
    Menu(_PROJECT, "project", "Project", optional=False, redraws=True),
    Menu(_SERVICE, "service", "Service", (_PROJECT,), (_PROJECT,), by_kind=True, optional=False, redraws=True),
    Menu(_CATEGORY, "category", "Category", (_SERVICE,), (_SERVICE,), by_kind=True, optional=False, redraws=True),
    Menu(TicketRole.GROUP, "group", "Group", (_CATEGORY,), (_SERVICE, _CATEGORY), by_kind=True, redraws=True),
    Menu(
        TicketRole.RESPONSIBLE,
        "responsible",
        "Responsible",
        (_PROJECT, TicketRole.GROUP),
        (_PROJECT, TicketRole.GROUP),
    ),
    Menu(TicketRole.URGENCY, "urgency", "Urgency", (_CATEGORY,)),
    Menu(TicketRole.IMPACT, "impact", "Impact", (_CATEGORY,)),
    Menu(TicketRole.REGISTRY_TYPE, "registry-type", "Registry type", asked=True),
    Menu(TicketRole.COMPANY, "company", "Company", _PLACE, _PLACE, by_kind=True, asked=True),
    Menu(TicketRole.UNIT, "unit", "Unit", _PLACE, _PLACE, asked=True),
    Menu(TicketRole.PROVIDER, "provider", "Provider", _PLACE, _PLACE, asked=True),
    Menu(
        TicketRole.STATE,
        "state",
        "State",
        (_CATEGORY,),
        (_SERVICE, _CATEGORY),
        by_kind=True,
        redraws=True,
        asked=True,
    ),
    Menu(
        TicketRole.REASON,
        "reason",
        "Reason",
        (_CATEGORY, TicketRole.STATE),
        (_SERVICE, _CATEGORY, TicketRole.STATE),
        by_kind=True,
        asked=True,
    ),
)
BY_ROLE: Mapping[TicketRole, Menu] = {menu.role: menu for menu in MENUS}


def subject_field(begin: str) -> Block:
    """What it is about."""
    return text_field(Field(SUBJECT, "Subject"), begin, most=LONGEST_SUBJECT)


def description_field(begin: str) -> Block:
    """Everything else."""
    hint = "The service desk reads this, and nobody else."
    field = Field(DESCRIPTION, "Description", hint, optional=True)
    return text_field(field, begin, lines=True, most=LONGEST_DESCRIPTION)


def kind_field(begin: TicketKind) -> Block:
    """What kind of ticket it is."""
    options = [Option(kind.name.lower(), kind.value.capitalize()) for kind in _KINDS]
    return choice_field(Field(KIND, "Type", redraws=True), options, begin.name.lower())


def kind_of(value: str) -> TicketKind:
    """The kind of an option; an incident for what is none."""
    return next((kind for kind in _KINDS if kind.name.lower() == value), TicketKind.INCIDENT)


def menu_field(menu: Menu, name: str, options: Sequence[MenuLine], begin: int | None) -> Block:
    """A menu with its options, one at least."""
    cut = len(options) > MOST_IN_MENU
    hint = _CUT.format(most=MOST_IN_MENU, key=menu.key) if cut else ""
    field = Field(name, menu.label, hint, optional=menu.optional and not menu.asked, redraws=menu.redraws)
    shown = [Option(str(each.id), each.name or f"#{each.id}") for each in options]
    return choice_field(field, shown, "" if begin is None else str(begin))


def additional_field(number: str, label: str, begin: str = "") -> Block:
    """A field that the project adds."""
    return text_field(Field(f"{ADDITIONAL}.{number}", label or f"Field {number}"), begin, most=LONGEST_VALUE)


def unknown_field(label: str) -> Block:
    """The same where nobody here knows its number."""
    return text_field(Field(f"{ADDITIONAL}.named", label, _UNKNOWN), most=LONGEST_VALUE)


def role_field(role: TicketRole, begin: str = "") -> Block:
    """Something that the ticket points at and that no menu lists."""
    return text_field(Field(f"{PERSON}.{role.name.lower()}", role.value.capitalize(), _NUMBER), begin, most=20)

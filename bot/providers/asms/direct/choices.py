"""What the menus of a ticket offer in Aranda's own API.

Categories and states have a page of theirs; the others are as a public client asks for them.
Source: https://docs.arandasoft.com/asms-api/en/pages/descripcion/manejo-de-categor%C3%ADas.html
Source: https://docs.arandasoft.com/asms-api/en/pages/descripcion/obtener-estado.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from bot.capabilities import ListsTicketChoices
from bot.errors import Rejected, UsageError
from bot.http import Http, Response, no_answer
from bot.model import Choice, MenuContext, TicketRole
from bot.providers.asms.asking import known_id
from bot.providers.asms.direct.kinds import kind_number
from bot.providers.asms.direct.rows import rows_of
from bot.providers.asms.wire import NAME, NamedWire
from bot.providers.reading import read_row

PROJECTS: Mapping[str, object] = {"consoleType": "specialist"}
_SERVICES = {"console": "Specialist", "application": "ASDK"}
_FIRST = "Choose this first: {}."
_NO_MODEL = "Aranda has no model for this service and category. Choose others, or ask its administrator."


def _needed(value: int | None, what: str) -> int:
    if value is None:
        raise UsageError(_FIRST.format(what))
    return known_id(value, f"A ticket's {what}")


def _project(context: MenuContext) -> int:
    return _needed(context.project, "project")


def _service(context: MenuContext) -> int:
    return _needed(context.service, "service")


def _state(context: MenuContext) -> int:
    return _needed(context.state, "state")


def _kind(context: MenuContext) -> int:
    if context.kind is None:
        raise UsageError(_FIRST.format("type"))
    return kind_number(context.kind)


# Where a menu is. What comes first raises `UsageError` while it is not chosen.
PATHS: Mapping[TicketRole, Callable[[MenuContext], str]] = {
    TicketRole.SERVICE: lambda chosen: f"project/{_project(chosen)}/{_kind(chosen)}/services/search",
    TicketRole.CATEGORY: lambda chosen: f"item/{_kind(chosen)}/services/{_service(chosen)}/categories",
    TicketRole.REASON: lambda chosen: f"state/{_state(chosen)}/reasons",
    TicketRole.RESPONSIBLE: lambda chosen: (
        f"group/{_needed(chosen.group, 'group')}/project/{_project(chosen)}/specialists"
    ),
    TicketRole.COMPANY: lambda chosen: f"project/{_project(chosen)}/{_kind(chosen)}/companies/search",
    TicketRole.REGISTRY_TYPE: lambda _: "catalog/registry_type",
    TicketRole.URGENCY: lambda _: "catalog/urgency",
    TicketRole.IMPACT: lambda _: "catalog/impact",
}
_QUERIES: Mapping[TicketRole, Mapping[str, str]] = {
    TicketRole.SERVICE: _SERVICES,
    TicketRole.CATEGORY: {"dataType": "all"},
}


_MENUS = frozenset(PATHS) | {TicketRole.PROJECT, TicketRole.STATE, TicketRole.GROUP}


class DirectChoices(ListsTicketChoices):
    """Aranda's menus."""

    ticket_menus: ClassVar[frozenset[TicketRole]] = _MENUS
    _http: Http

    async def list_choices(self, role: TicketRole, context: MenuContext) -> Sequence[Choice]:
        """One menu; of states those that may follow the one that is chosen, else those that a ticket begins with.
        States, and groups before there is a state, take two calls or three."""
        if role is TicketRole.PROJECT:
            return read_menu(await self.list_projects())
        if role is TicketRole.STATE:
            model = await self.read_model(context)
            return await self.list_states(model, _kind(context), context.state)
        if role is TicketRole.GROUP:
            return await self._list_groups(context)
        if role not in PATHS:
            raise UsageError(f"Aranda has no menu for a ticket's {role}. Write its id.")
        return read_menu(await self._http.read(f"/api/v9/{PATHS[role](context)}", _QUERIES.get(role)))

    async def list_projects(self) -> Response:
        """The projects that the token's specialist may see."""
        return await self._http.search("/api/v9/user/projects", PROJECTS)

    async def read_model(self, context: MenuContext) -> int:
        """By which model a ticket goes from state to state. Raises `Rejected` when there is none for it."""
        category = _needed(context.category, "category")
        path = f"/api/v9/item/{_kind(context)}/categories/{category}/service/{_service(context)}/model"
        response = await self._http.read(path)
        wire = read_row(NamedWire, response.json()) if response.body else NamedWire()
        if wire is None:
            raise no_answer(response.call, "unreadable")
        if not wire.id or wire.id < 0:
            raise Rejected(_NO_MODEL, provider=NAME, code="no_model")
        return wire.id

    async def list_states(self, model: int, kind: int, state: int | None) -> Sequence[Choice]:
        """The states that may follow `state`; without it those that a ticket begins with."""
        asked = {} if state is None else {"stateId": known_id(state, "A ticket's state")}
        return read_menu(await self._http.read(f"/api/v9/model/{model}/{kind}/states", asked))

    async def _list_groups(self, context: MenuContext) -> Sequence[Choice]:
        service, state = _service(context), context.state
        if state is None:
            first = await self.list_states(await self.read_model(context), _kind(context), None)
            if not first:
                return ()
            state = first[0].id
        path = f"/api/v9/service/{service}/state/{known_id(state, 'A state')}/group/list"
        return read_menu(await self._http.read(path))


def read_menu(response: Response) -> tuple[Choice, ...]:
    """A menu. Raises as `parse` does. Pure."""
    wires = [read_row(NamedWire, row) for row in rows_of(response)]
    choices = [choice for wire in wires if wire and (choice := wire.choice())]
    return tuple(choice for choice in choices if choice.id > 0)

"""What opens and changes a ticket in Aranda's own API. Pure.

A change sends back what was read, with what is new in its place: nothing tells whether a field that is left out
stays. The version goes with it, so that a ticket which somebody wrote meanwhile is refused, not overwritten.
Source: https://docs.arandasoft.com/asms-api/en/pages/descripcion/creacion-caso.html
Source: https://docs.arandasoft.com/asms-api/en/pages/descripcion/edicion-caso.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.model import TicketChange, TicketRequest, TicketRole
from bot.providers.asms.asking import names_of
from bot.providers.asms.direct.kinds import kind_number
from bot.providers.asms.direct.rows import Row
from bot.providers.asms.tickets import change_body, ticket_body

CONSOLE = "specialist"
NEEDED = frozenset({"itemType", "itemVersion", "modelId", "stateId"})  # of a change
_BEFORE_THERE_IS_ONE = -1  # a number for the ticket until it has its own

_IDS = names_of("""applicantId categoryId ciId companyId customerId groupId impactId itemType itemVersion modelId
    priorityId projectId providerId reasonId registryTypeId responsibleId serviceId stateId unitId urgencyId""")
_WORDS = names_of("commentary description subject")

Fields = Sequence[Mapping[str, object]]


def create_body(request: TicketRequest, model: int, state: int, fields: Fields) -> Mapping[str, object]:
    """What opens a ticket. Raises `UsageError` for what they would refuse."""
    return {
        **_without_fields(ticket_body(request)),
        "itemType": kind_number(request.kind),
        "consoleType": CONSOLE,
        "modelId": model,
        "stateId": state,
        "listAdditionalField": list(fields),
        "tempItemId": _BEFORE_THERE_IS_ONE,
    }


def update_body(row: Row, change: TicketChange, model: int | None, fields: Fields) -> Mapping[str, object]:
    """What changes a ticket that was read as `row`; `model` is another one than it had. Raises `UsageError` for
    nothing, and for a project."""
    wanted = _without_fields(change_body(change))
    stands = {name: row[name] for name in (*_IDS, *_WORDS) if is_right(name, row.get(name))}
    if TicketRole.STATE in change.roles and TicketRole.REASON not in change.roles:
        stands.pop("reasonId", None)  # it belongs to the state that the ticket leaves
    if model is not None:
        stands["modelId"] = model
    return {**stands, **wanted, "consoleType": CONSOLE, "listAdditionalField": list(fields)}


def is_right(name: str, value: object) -> bool:
    """Whether it is there, and can be sent back; a number from 0 up, which is their word for none."""
    if name in _WORDS:
        return isinstance(value, str)
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def fields_body(row: Row) -> Mapping[str, object]:
    """What asks for the additional fields of a ticket, or of one that is to be: `row` says which."""
    names = ("id", "categoryId", "itemType", "modelId", "stateId")
    return {"consoleType": CONSOLE, **{name: row[name] for name in names if row.get(name) is not None}}


def _without_fields(body: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in body.items() if name != "additionalFields"}

"""The instance's own tickets: known by number, written whole and with the version that was read."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from bot.sandbox.asms import catalog, own_shapes
from bot.sandbox.asms.account import OURS, Account
from bot.sandbox.asms.refusal import Refusal, download, whole_number
from bot.sandbox.asms.shapes import Ticket
from bot.sandbox.routes import Asked, Route
from bot.sandbox.wire import Json, json_answer

_KINDS = {number: word for word, number in catalog.KINDS.items()}
_ORDERS: dict[str, Callable[[Any, Any], bool]] = {"==": operator.eq, ">=": operator.ge}
_WORDS = {"subject": "subject", "description": "description", "commentary": "solution"}


class OwnDesk:
    """Everything below `item` and `file`."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def routes(self) -> Sequence[Route]:
        """Its addresses."""
        return [
            Route("create_ticket", "POST", "item", self._create),
            Route("find_tickets", "POST", "item/search", self._find),
            Route("fields", "POST", "item/additionalfields", self._fields),
            Route("ticket", "GET", "item/{}", self._read),
            Route("update_ticket", "PUT", "item/{}", self._update),
            Route("history", "GET", "item/{}/history/list", self._history),
            Route("files", "GET", "item/{}/files", self._files),
            Route("attach", "POST", "file", self._attach),
            Route("ticket_file", "GET", "file/{}", self._file),
        ]

    def _create(self, asked: Asked) -> web.Response:
        kind, project = _KINDS.get(whole_number(asked, "itemType")), whole_number(asked, "projectId")
        if kind is None:
            raise Refusal(400, "InvalidItemType")
        if project not in catalog.PROJECTS:
            raise Refusal(400, "InvalidProjectId")
        for name in ("modelId", "stateId", "categoryId"):
            if not whole_number(asked, name):
                raise Refusal(400, f"{name[0].upper()}{name[1:]}IsEmpty")
        if not asked.field("subject").strip() or whole_number(asked, "tempItemId") >= 0:
            raise Refusal(400, "RequestNeedsSomeArguments")
        roles, additional = self._roles(asked), self._additional(asked)
        ticket = self._account.open_ticket(kind, project, asked.body)
        ticket.roles |= roles
        ticket.additional |= additional
        self._account.told(ticket)
        return json_answer({"id": ticket.id, "idByProject": ticket.code})

    def _find(self, asked: Asked) -> web.Response:
        body = asked.body
        projects = {each["project"] for each in body["projects"]}
        kinds = {each["itemType"] for each in body["types"]}
        rows = [self._row(ticket) for ticket in reversed(self._account.tickets.values())]
        rows = [row for row in rows if row["projectId"] in projects and row["itemType"] in kinds]
        rows = [row for row in rows if all(_meets(row, each) for each in body["criteria"])]
        wanted = body.get("filterText", "")
        rows = [row for row in rows if wanted in row["idByProject"] or wanted in row["subject"]]
        first = body["pageIndex"] * body["pageSize"]
        return json_answer({"content": rows[first : first + body["pageSize"]], "totalItems": len(rows)})

    def _fields(self, asked: Asked) -> web.Response:
        number = whole_number(asked, "id")
        fields = self._fields_of(self._numbered(number)) if number else self._fields_of(None)
        return json_answer({"content": fields, "totalItems": len(fields)})

    def _read(self, asked: Asked) -> web.Response:
        ticket = self._known(asked)
        return json_answer(
            own_shapes.item_json(ticket, self._account.ticket_json(ticket), self._fields_of(ticket))
        )

    def _update(self, asked: Asked) -> web.Response:
        ticket, roles, additional = self._known(asked), self._roles(asked), self._additional(asked)
        if whole_number(asked, "itemVersion") != own_shapes.version_of(ticket):
            raise Refusal(409, "The case was changed by somebody else.")
        for name, attribute in _WORDS.items():
            said = asked.body.get(name)
            if isinstance(said, str) and said != getattr(ticket, attribute):
                self._account.step(ticket, "Modified", OURS, name.capitalize(), "", said)
                setattr(ticket, attribute, said)
        ticket.interface = asked.field("interfaceId") or ticket.interface
        ticket.additional |= additional
        new = {name: number for name, number in roles.items() if number != ticket.roles.get(name)}
        self._account.set_roles(ticket, new)
        self._account.told(ticket)
        return json_answer({"result": True})

    def _history(self, asked: Asked) -> web.Response:
        steps = [own_shapes.step_json(step) for step in reversed(self._known(asked).steps)]
        return json_answer({"content": steps, "totalItems": len(steps)})

    def _files(self, asked: Asked) -> web.Response:
        files = [own_shapes.file_json(document) for document in self._known(asked).files]
        return json_answer({"content": files, "totalItems": len(files)})

    def _attach(self, asked: Asked) -> web.Response:
        sent = asked.body.get("Data0")
        ticket = self._numbered(int(asked.field("FileItemId") or 0))
        if not isinstance(sent, FileField) or asked.field("UploadType") != "0":
            raise Refusal(400, "InvalidUploadType")
        content = sent.file.read()
        if not content or len(content) > self._account.rules.most_bytes:
            return json_answer([{"fileName": sent.filename, "result": False}])
        self._account.staff_attaches(ticket.code, sent.filename, content, OURS)
        return json_answer([{"description": None, "fileName": sent.filename, "result": True, "url": None}])

    def _file(self, asked: Asked) -> web.Response:
        files = [file for ticket in self._account.tickets.values() for file in ticket.files]
        return download(files, asked.ids[0])

    # --- Within ---------------------------------------------------------------------------------------

    def _known(self, asked: Asked) -> Ticket:
        return self._numbered(int(asked.ids[0]) if asked.ids[0].isdecimal() else 0)

    def _numbered(self, number: int) -> Ticket:
        for ticket in self._account.tickets.values():
            if ticket.id == number:
                return ticket
        raise Refusal(404, "The case does not exist.")

    def _row(self, ticket: Ticket) -> Json:
        return own_shapes.row_json(ticket, self._account.ticket_json(ticket))

    def _roles(self, asked: Asked) -> dict[str, int]:
        """What a body points at. Raises `Refusal` for an id that is none."""
        given = {name: whole_number(asked, f"{name}Id") for name in catalog.ROLES}
        roles = {name: number for name, number in given.items() if number}
        for name, number in roles.items():
            if number not in catalog.ROLES[name]:
                raise Refusal(400, "InvalidStateId" if name == "state" else f"Is null Parameter name: {name}Id")
        return roles

    def _additional(self, asked: Asked) -> dict[str, list[str]]:
        """The additional fields of a body. Raises `Refusal` for one that is wanted and not there."""
        rows = asked.body.get("listAdditionalField") or []
        given = {str(row["fieldId"]): [row["stringValue"]] for row in rows if row.get("stringValue")}
        for number in self._account.rules.required:
            if number not in given:
                raise Refusal(400, f"{self._name(number)} AdditionalFieldIsRequired")
        return given

    def _fields_of(self, ticket: Ticket | None) -> list[Json]:
        rules, has = self._account.rules, ticket.additional if ticket else {}
        numbers = dict.fromkeys((*rules.required, *rules.field_names, *has))
        return [
            own_shapes.field_json(
                number, self._name(number), "".join(has.get(number, [])), mandatory=number in rules.required
            )
            for number in numbers
        ]

    def _name(self, number: str) -> str:
        return own_shapes.names_of(self._account.rules.field_names, number)


def _meets(row: Json, criterion: Json) -> bool:
    if criterion["operatorValue"] not in _ORDERS:
        raise Refusal(400, "BadRequest")
    stands = row.get(criterion["fieldName"])
    return stands is not None and _ORDERS[criterion["operatorValue"]](stands, criterion["value"])

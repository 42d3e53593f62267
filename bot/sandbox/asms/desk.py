"""The stand-in's tickets: opened, found, read, changed, noted, with files and a history."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

from aiohttp import web

from bot.sandbox.asms import catalog, shapes
from bot.sandbox.asms.account import OURS, Account
from bot.sandbox.asms.refusal import Refusal, additional_of, download, nothing, whole_number
from bot.sandbox.asms.searching import found
from bot.sandbox.asms.shapes import Ticket
from bot.sandbox.routes import Asked, Route
from bot.sandbox.wire import json_answer

MOST_FOUND = 50
NOTE_LIMIT = 254
# Notes of a history, by what was asked for; without a word there are none.
_NOTES = {"": (), "None": (), "Public": ("Public",), "Private": ("Private",), "All": ("Public", "Private")}


class Desk:
    """Everything below `asms/case`."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def routes(self) -> Sequence[Route]:
        """Its addresses."""
        case = "asms/case/{}"
        return [
            Route("connection", "GET", "connection", lambda _: json_answer(True)),
            Route("create_ticket", "POST", "asms/case", self._create),
            Route("find_tickets", "POST", "asms/case/list", self._find),
            Route("ticket", "GET", case, self._read),
            Route("update_ticket", "PUT", case, self._update),
            Route("history", "GET", f"{case}/history", self._history),
            Route("note", "POST", f"{case}/note", self._note),
            Route("attach", "POST", f"{case}/file", self._attach),
            Route("ticket_file", "GET", f"{case}/file/{{}}", self._file),
        ]

    def _create(self, asked: Asked) -> web.Response:
        kind, project = asked.field("itemType"), whole_number(asked, "projectId")
        _require(asked, {"itemType": "ItemTypeIsRequired", "subject": "RequestNeedsSomeArguments"})
        _require(asked, {"serviceId": "ServiceIdIsEmpty", "categoryId": "CategoryIdIsEmpty"})
        if kind not in catalog.KINDS:
            raise Refusal(400, "InvalidItemType")
        if project not in catalog.PROJECTS:
            raise Refusal(400, "InvalidProjectId")
        if whole_number(asked, "serviceId") not in catalog.SERVICES[project]:
            raise Refusal(400, "ModelIdIsEmpty")
        roles, additional = self._roles(asked), additional_of(asked)
        for number in self._account.rules.required:
            if not additional.get(number):
                named = self._account.rules.field_names.get(number, number)
                raise Refusal(400, f"{named} AdditionalFieldIsRequired")
        ticket = self._account.open_ticket(kind, project, asked.body)
        ticket.roles |= roles
        ticket.additional |= additional
        self._account.told(ticket)
        return json_answer({"id": ticket.id, "idByProject": ticket.code})

    def _find(self, asked: Asked) -> web.Response:
        """In no order that anybody promises: the newest first."""
        wholes = [self._account.ticket_json(ticket) for ticket in reversed(self._account.tickets.values())]
        return json_answer([shapes.row_json(row) for row in found(wholes, asked.body, MOST_FOUND)])

    def _read(self, asked: Asked) -> web.Response:
        ticket = self._account.tickets.get(asked.ids[0])
        return nothing() if ticket is None else json_answer(self._account.ticket_json(ticket))

    def _update(self, asked: Asked) -> web.Response:
        ticket, roles, additional = self._known(asked), self._roles(asked), additional_of(asked)
        for name, attribute in (
            ("subject", "subject"),
            ("description", "description"),
            ("commentary", "solution"),
        ):
            if isinstance(asked.body.get(name), str):
                self._account.step(ticket, "Modified", OURS, name.capitalize(), "", asked.body[name])
                setattr(ticket, attribute, asked.body[name])
        ticket.interface = asked.field("interfaceId") or ticket.interface
        ticket.additional |= additional
        self._account.set_roles(ticket, roles)
        self._account.told(ticket)
        return json_answer({"result": True})

    def _history(self, asked: Asked) -> web.Response:
        ticket, shown = self._account.tickets.get(asked.ids[0]), _NOTES.get(asked.query.get("addNote", ""))
        if shown is None:
            raise Refusal(400, "BadRequest")
        if ticket is None:
            return nothing()
        steps = [step for step in reversed(ticket.steps) if not step.note or step.note in shown]
        return json_answer([shapes.step_json(step) for step in steps])

    def _note(self, asked: Asked) -> web.Response:
        ticket, words = self._known(asked), asked.query.get("message", "")
        if not 1 <= len(words) <= NOTE_LIMIT:
            raise Refusal(400, "Parameter name: message")
        kind = "Private" if self._account.rules.notes_are_private else "Public"
        self._account.step(ticket, "Note", OURS, new=words, note=kind)
        self._account.told(ticket)
        return web.Response()

    def _attach(self, asked: Asked) -> web.Response:
        ticket = self._known(asked)
        try:
            content = base64.b64decode(asked.field("file"), validate=True)
        except binascii.Error as error:
            raise Refusal(400, "InvalidUploadType") from error
        if not content or not asked.field("fileName") or len(content) > self._account.rules.most_bytes:
            raise Refusal(400, "InvalidUploadType")
        self._account.staff_attaches(ticket.code, asked.field("fileName"), content, OURS)
        return web.Response()

    def _file(self, asked: Asked) -> web.Response:
        ticket = self._account.tickets.get(asked.ids[0])
        return nothing() if ticket is None else download(ticket.files, asked.ids[1])

    # --- Within ---------------------------------------------------------------------------------------

    def _known(self, asked: Asked) -> Ticket:
        ticket = self._account.tickets.get(asked.ids[0])
        if ticket is None:
            raise Refusal(404, "The case does not exist.")
        return ticket

    def _roles(self, asked: Asked) -> dict[str, int]:
        """What a body points at. Raises `Refusal` for an id that is none."""
        given = {name: whole_number(asked, f"{name}Id") for name in (*catalog.ROLES, "ci")}
        roles = {name: number for name, number in given.items() if number}
        for name, number in roles.items():
            if number not in (self._account.items if name == "ci" else catalog.ROLES[name]):
                raise Refusal(400, "InvalidStateId" if name == "state" else f"Is null Parameter name: {name}Id")
        return roles


def _require(asked: Asked, names: dict[str, str]) -> None:
    for name, refusal in names.items():
        if not asked.field(name).strip():
            raise Refusal(400, refusal)

"""Aranda's JSON, built from tickets, articles and configuration items. Pure.

Times name no zone, but for a history's; a field that is not set is null.
Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors (Aranda's connector)
Source: https://docs.arandasoft.com/connectors/en/pages/power_automate/get_history_case.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.sandbox.asms import catalog
from bot.sandbox.wire import Json

# What a search leaves out, by the connector's description of both answers.
_ONLY_WHOLE = frozenset("""commentary registryTypeId registryTypeName urgencyId urgencyName providerId providerName
    unitId unitName closedDate interfaceId isClosed attachments additionalFields""".split())  # noqa: SIM905  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """A file that hangs on something."""

    id: int
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done to a ticket."""

    action: str
    author: str
    at: datetime
    field: str = ""
    old: str = ""
    new: str = ""
    note: str = ""  # Public or Private


@dataclass(slots=True)
class Ticket:
    """A ticket. `roles` are ids by the names of their fields, `additional` values by the ids of theirs."""

    id: int
    code: str
    kind: str
    project: int
    subject: str
    description: str = ""
    solution: str = ""
    interface: str = ""
    roles: dict[str, int] = field(default_factory=dict)
    additional: dict[str, list[str]] = field(default_factory=dict)
    files: list[Document] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    opened_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    closed_at: datetime | None = None


@dataclass(slots=True)
class Article:
    """An article of the knowledge base."""

    id: int
    project: int
    title: str
    content: str
    files: list[Document] = field(default_factory=list)


@dataclass(slots=True)
class Item:
    """A configuration item: what it was made with, by the names of requests, and values by the ids of fields."""

    id: int
    fields: Json
    additional: dict[str, list[str]]
    changed_at: datetime = field(default_factory=lambda: datetime.now(UTC))


def stamp(at: datetime | None) -> str | None:
    """To the second, without a zone."""
    return None if at is None else at.strftime("%Y-%m-%dT%H:%M:%S")


def menu_json(menu: catalog.Menu) -> list[Json]:
    """A menu."""
    return [{"id": number, "name": name} for number, name in menu.items()]


def _files(files: list[Document]) -> list[Json]:
    return [{"id": one.id, "name": one.name} for one in files]


def _role(ticket: Ticket, name: str, items: Mapping[int, Item]) -> Json:
    number = ticket.roles.get(name)
    if name == "ci":
        item = items.get(number or 0)
        return {"ciId": number, "ciName": item.fields["name"] if item else None}
    return {f"{name}Id": number, f"{name}Name": catalog.ROLES[name].get(number or 0)}


def _additional(number: str, values: list[str], names: Mapping[str, str]) -> Json:
    """Here its id is a number, in requests it is text."""
    return {
        "fieldId": int(number),
        "nameField": names.get(number, f"Field {number}"),
        "values": values,
        "valueDetails": {},
    }


def ticket_json(ticket: Ticket, items: Mapping[int, Item], names: Mapping[str, str]) -> Json:
    """A ticket, whole."""
    roles: Json = {}
    for name in (*catalog.ROLES, "ci"):
        roles |= _role(ticket, name, items)
    return {
        "id": ticket.id,
        "idByProject": ticket.code,
        "subject": ticket.subject,
        "description": ticket.description,
        "commentary": ticket.solution,
        "projectId": ticket.project,
        "projectName": catalog.PROJECTS[ticket.project],
        "itemTypeId": catalog.KINDS[ticket.kind],
        "itemTypeName": ticket.kind,
        **roles,
        "openedDate": stamp(ticket.opened_at),
        "closedDate": stamp(ticket.closed_at),
        "interfaceId": ticket.interface,
        "isClosed": ticket.closed_at is not None,
        "authorId": 9,
        "authorName": "Threadline",
        "attachments": _files(ticket.files),
        "additionalFields": [_additional(*one, names) for one in ticket.additional.items()],
    }


def row_json(whole: Json) -> Json:
    """A ticket in a search."""
    return {name: value for name, value in whole.items() if name not in _ONLY_WHOLE}


def step_json(step: Step) -> Json:
    """One step of a history."""
    return {
        "actionId": step.action,
        "actionName": step.action,
        "authorId": 9,
        "authorName": step.author,
        "created": f"{step.at:%Y-%m-%dT%H:%M:%S.%f}Z",
        "fieldName": step.field or None,
        "oldValue": step.old or None,
        "newValue": step.new or None,
        "noteType": step.note or None,
        "relatedItemId": None,
    }


def article_json(article: Article) -> Json:
    """An article in a search."""
    return {
        "id": article.id,
        "title": article.title,
        "description": "",
        "content": article.content,
        "keyword": "",
        "identifier": f"KB-{article.id}",
        "createdDate": "2026-01-15T09:30:00",
        "lastModifiedDate": "2026-01-15T09:30:00",
        "classId": 1,
        "type": menu_json(catalog.ARTICLE_KINDS)[0],
        "url": f"https://kb.example.com/{article.id}",
        "attachments": _files(article.files),
    }


def compared_json(item: Item) -> Json:
    """A configuration item with the names by which a search compares it.

    Source: https://docs.arandasoft.com/connectors/en/pages/power_automate/search_ci.html
    """
    fields, unit = item.fields, catalog.CATALOG["measureUnit"]
    return item_json(item) | {
        "categoryName": catalog.CATALOG["category"].get(fields.get("categoryId", 0)),
        "riskName": catalog.CATALOG["risk"].get(fields.get("riskId", 0)),
        "unitName": unit.get(fields.get("unitId", 0)),
        "reponsibleDate": fields.get("responsibilityDate"),  # spelt so
    }


def item_json(item: Item) -> Json:
    """A configuration item, in a search and by itself."""
    category = item.fields.get("categoryId", 0)
    return {
        **item.fields,
        "id": item.id,
        "category": {"id": category, "name": catalog.CATALOG["category"].get(category)},
        "responsibleName": catalog.ROLES["responsible"].get(item.fields.get("responsibleId", 0)),
        "state": "In use",
        "modifiedDate": f"{stamp(item.changed_at)}Z",
        "additionalFields": [_additional(*one, {}) for one in item.additional.items()],
    }

"""How tickets are searched for in Aranda's own API, and which of what comes back was meant. Pure.

Promise: what is given back meets every condition, since each is looked at here as well. Only what is known to be
compared there as it is here narrows down what comes.
Source: https://docs.arandasoft.com/asms-api/en/pages/descripcion/lista-casos.html
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

from bot.model import Compare, Condition, Search
from bot.providers.asms.asking import FieldKind, check_search
from bot.providers.asms.direct.rows import Row
from bot.providers.asms.plain import plain
from bot.providers.asms.ticket_reading import KINDS_BY_ID
from bot.providers.asms.tickets import FIELDS
from bot.providers.asms.wire import KINDS
from bot.providers.reading import first_of, read_millis

PAGE_SIZE = 50
MOST_PAGES = 10  # of the newest tickets: a search that wants older ones must say more
ALL_THERE_ARE = 3  # open ones are 1, closed ones 2
_ALL_VIEWS = -6

_ID, _DATE = 6, 2  # their kinds of values
_ORDERS: Mapping[Compare, Callable[[Any, Any], bool]] = {
    Compare.EQUAL: operator.eq,
    Compare.NOT_EQUAL: operator.ne,
    Compare.ABOVE: operator.gt,
    Compare.AT_LEAST: operator.ge,
    Compare.BELOW: operator.lt,
    Compare.AT_MOST: operator.le,
}


def search_body(search: Search, projects: Sequence[int], page: int) -> Mapping[str, object]:
    """A page of the newest tickets of the projects, from 0; fewer where a condition of them all is known there."""
    conditions = () if search.any_of else search.conditions
    criteria = [each for condition in conditions for each in _criterion(condition)]
    return {
        "criteria": criteria,
        "level": 0,
        "orderField": "openedDate",
        "orderType": "desc",
        "pageIndex": page,
        "pageSize": PAGE_SIZE,
        "projects": [{"project": project} for project in projects],
        "repository": ALL_THERE_ARE,
        "types": [{"itemType": number} for number in KINDS_BY_ID],
        "validate": True,
        "viewId": _ALL_VIEWS,
    }


def code_body(code: str, projects: Sequence[int]) -> Mapping[str, object]:
    """What looks for a ticket by the text of its code."""
    return {**search_body(Search(()), projects, 0), "filterText": code}


def _criterion(condition: Condition) -> Iterator[Mapping[str, object]]:
    """Ids that are equal, the one comparison of them that integrations are seen to make."""
    if (
        FIELDS[condition.field] is FieldKind.ID
        and condition.compare is Compare.EQUAL
        and condition.value.isdecimal()
    ):
        name, number = field_name(condition.field), int(condition.value)
        yield {
            "fieldName": name,
            "fieldValue": name,
            "logicOperator": None,
            "operatorName": "eq",
            "operatorValue": "==",
            "type": _ID,
            "value": number,
            "valueName": number,
        }


def projects_meant(search: Search) -> tuple[int, ...]:
    """The one project that all conditions are about; empty for any."""
    if search.any_of:
        return ()
    wanted = {each.value.strip() for each in search.conditions if _is_project(each)}
    return tuple(int(each) for each in wanted if each.isdecimal())


def _is_project(condition: Condition) -> bool:
    return condition.field == "ProjectId" and condition.compare is Compare.EQUAL


def field_name(field: str) -> str:
    """Their name for a field of a search."""
    return field[:1].lower() + field[1:]


def meets(row: Row, search: Search, zone: tzinfo | None) -> bool:
    """Whether a ticket is what was looked for."""
    combined = any if search.any_of else all
    return combined(_meets(row, each, zone) for each in search.conditions)


def _meets(row: Row, condition: Condition, zone: tzinfo | None) -> bool:
    stands, wanted = _stands(row, condition.field), condition.value.strip()
    if FIELDS[condition.field] is FieldKind.DATE:
        moment = read_millis(int(stands)) if stands.isdecimal() else None
        return moment is not None and _ORDERS[condition.compare](moment, _moment(wanted, zone))
    if condition.compare is Compare.LIKE:
        return wanted.casefold() in stands.casefold()
    return _ORDERS[condition.compare](stands.casefold(), wanted.casefold())


def _stands(row: Row, field: str) -> str:
    """What a ticket has there, as text."""
    if field == "ItemTypeName":  # theirs is in the instance's language
        number = row.get("itemType")
        kind = KINDS_BY_ID.get(number) if isinstance(number, int) else None
        return KINDS[kind] if kind else first_of(str(row.get("itemTypeName") or ""))
    if field == "Description":
        return plain(str(row.get("description") or row.get("descriptionNoHtml") or ""))
    value = row.get(field_name(field))
    return "" if value is None else str(value)


def _moment(value: str, zone: tzinfo | None) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone or UTC)


def check(search: Search) -> None:
    """Raises `UsageError` as for the adapter: for no condition, and for one that makes no sense."""
    check_search(search, FIELDS)

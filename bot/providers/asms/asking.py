"""How anything is asked of Aranda: paths, ids, additional fields, and searches. Pure.

Source: https://docs.arandasoft.com/connectors/en/pages/power_automate/search_ci.html (what compares with what)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from enum import StrEnum
from urllib.parse import quote

from bot.errors import UsageError
from bot.model import AdditionalField, Compare, Search, TicketCode

_CODE = re.compile(r"[^\W_][\w-]{0,59}")


def ticket_path(ticket: TicketCode) -> str:
    """Where a ticket lives. Raises `UsageError` for what cannot be a ticket's code."""
    if not is_code(ticket):
        raise UsageError("A ticket is known by its code: the project's letters, a dash and a number.")
    return f"/asms/case/{quote(ticket, safe='')}"


def is_code(words: str) -> bool:
    """Whether it can be a ticket's code, like RF-200."""
    return _CODE.fullmatch(words) is not None


def known_id(number: int, what: str) -> int:
    """An id that can be one of theirs. Raises `UsageError`."""
    if number < 1:
        raise UsageError(f"{what} is known by its number, from 1 up.")
    return number


def additional_body(fields: Sequence[AdditionalField]) -> list[dict[str, object]] | None:
    """Additional fields as requests take them; None for none. Raises `UsageError` for one without an id."""
    if not all(each.id.strip() for each in fields):
        raise UsageError("An additional field is known by its id. Look for it in a ticket of the same project.")
    return [{"fieldId": each.id, "values": list(each.values)} for each in fields] or None


# --- Searches ---------------------------------------------------------------------------------------------


class FieldKind(StrEnum):
    """What a field that can be searched holds."""

    WORDS = "words"
    ID = "id"
    DATE = "date"


OPERATORS: Mapping[Compare, str] = {
    Compare.EQUAL: "EqualTo",
    Compare.NOT_EQUAL: "NotEqualTo",
    Compare.ABOVE: "GreaterThan",
    Compare.AT_LEAST: "GreaterThanOrEqualTo",
    Compare.BELOW: "LessThan",
    Compare.AT_MOST: "LessThanOrEqualTo",
    Compare.LIKE: "Like",
}
_COMPARES: Mapping[FieldKind, frozenset[Compare]] = {
    FieldKind.WORDS: frozenset({Compare.EQUAL, Compare.LIKE}),
    FieldKind.ID: frozenset({Compare.EQUAL, Compare.NOT_EQUAL}),
    FieldKind.DATE: frozenset(Compare) - {Compare.LIKE},
}


def names_of(text: str) -> frozenset[str]:
    """Names with spaces between them."""
    return frozenset(text.split())


def fields_of(words: str, ids: str, dates: str) -> Mapping[str, FieldKind]:
    """What can be searched, from names with spaces between them."""
    texts = ((FieldKind.WORDS, words), (FieldKind.ID, ids), (FieldKind.DATE, dates))
    return {name: kind for kind, text in texts for name in names_of(text)}


def search_body(search: Search, fields: Mapping[str, FieldKind], zone: tzinfo | None) -> Mapping[str, object]:
    """What asks for a search. Raises as `check_search` does."""
    check_search(search, fields)
    return {
        "logicOperator": "Or" if search.any_of else "And",
        "filters": [
            {
                "field": each.field,
                "operator": OPERATORS[each.compare],
                "value": _value(fields[each.field], each.value, zone),
            }
            for each in search.conditions
        ],
    }


def check_search(search: Search, fields: Mapping[str, FieldKind]) -> None:
    """Raises `UsageError` for no condition, and for one that they would refuse."""
    if not search.conditions:
        raise UsageError("Say what to look for: a search needs one condition at least.")
    for condition in search.conditions:
        kind = fields.get(condition.field)
        if kind is None:
            raise UsageError(f"Nothing can be searched by {condition.field}. {_one_of('Fields', fields)}")
        _check(kind, condition.field, condition.compare, condition.value)


def _check(kind: FieldKind, field: str, compare: Compare, value: str) -> None:
    allowed = _COMPARES[kind]
    if compare not in allowed:
        raise UsageError(f"{field} cannot be compared in this way. {_one_of('It can be', allowed)}")
    if not value.strip():
        raise UsageError(f"Write what {field} is compared with.")
    if kind is FieldKind.DATE and not _is_date(value.strip()):
        raise UsageError(f"{field} is a date. Write it like 2026-03-02.")


def _value(kind: FieldKind, value: str, zone: tzinfo | None) -> str:
    """A time as their own are: without a zone, in that of the instance; as it is where that is not known."""
    at = datetime.fromisoformat(value.strip()) if kind is FieldKind.DATE else None
    if at is None or at.tzinfo is None or zone is None:
        return value.strip()
    return at.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S")


def _is_date(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _one_of(what: str, names: Iterable[str]) -> str:
    return f"{what}: {', '.join(sorted(names))}."

"""How the stand-in for Aranda searches: by conditions, as its connector takes them. Pure.

Source: https://docs.arandasoft.com/connectors/en/pages/power_automate/search_ci.html
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bot.sandbox.asms.refusal import Refusal
from bot.sandbox.wire import Json

_EQUALS = frozenset({"EqualTo", "NotEqualTo"})
_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "EqualTo": operator.eq,
    "NotEqualTo": operator.ne,
    "GreaterThan": operator.gt,
    "GreaterThanOrEqualTo": operator.ge,
    "LessThan": operator.lt,
    "LessThanOrEqualTo": operator.le,
}


def found(rows: Sequence[Json], asked: Json, most: int) -> list[Json]:
    """The first rows that meet the conditions. Raises `Refusal`."""
    filters = asked.get("filters")
    if not filters or not all(one.get("value") for one in filters):
        raise Refusal(400, "CriteriaNeedsSomeArguments")
    if asked.get("logicOperator") not in ("And", "Or"):
        raise Refusal(400, "RequestNeedsSomeArguments")
    for one in filters:
        _check(str(one.get("field")), one.get("operator"))
    combined = all if asked["logicOperator"] == "And" else any
    return [row for row in rows if combined(_meets(row, one) for one in filters)][:most]


def _check(field: str, compared: object) -> None:
    if field.endswith("Date"):
        allowed = frozenset(_ORDERS)
    elif field.endswith("Id"):
        allowed = _EQUALS
    else:
        allowed = frozenset({"EqualTo", "Like"})
    if compared not in allowed:
        raise Refusal(400, "BadRequest")


def _meets(row: Json, one: Json) -> bool:
    named = {name.lower(): value for name, value in row.items()}
    stands, wanted = named.get(one["field"].lower()), str(one["value"])
    if one["operator"] == "Like":
        return wanted.lower() in str(stands or "").lower()
    if one["field"].endswith("Date"):
        return bool(stands) and _ORDERS[one["operator"]](_moment(str(stands)), _moment(wanted))
    return _ORDERS[one["operator"]](str(stands).lower(), wanted.lower())


def _moment(value: str) -> datetime:
    """Without its zone. Raises `Refusal`."""
    try:
        return datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError as error:
        raise Refusal(400, "BadRequest") from error

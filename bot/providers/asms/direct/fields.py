"""Additional fields as Aranda's own API takes them: whole, with a value in the place of its kind. Pure.

Source: https://docs.arandasoft.com/asms-api/en/pages/descripcion/manejo-de-campos_adicionales.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from decimal import Decimal, InvalidOperation

from bot.errors import FieldRefused
from bot.model import AdditionalField
from bot.providers.asms.direct.rows import FieldWire, Row
from bot.providers.asms.wire import NAME
from bot.providers.reading import first_of, read_row

_UNKNOWN = "Aranda does not know one of the additional fields here. Look up its id in the project."
_ONE_VALUE = "“{name}” takes one value."
_LIST = "“{name}” cannot be filled in from here: it is no plain text, number or date. Fill it in at Aranda."
_TYPES: Mapping[str, str] = {
    "numeric": "a whole number, like 12",
    "decimal": "a number, like 12.5",
    "currency": "a number, like 12.5",
    "checkbox": "yes or no",
    "datetime": "a date, like 2026-03-02 or 2026-03-02T15:00",
    "date": "a date, like 2026-03-02",
}
_YES, _NO = frozenset({"yes", "true", "1", "si", "sí"}), frozenset({"no", "false", "0"})


def filled_fields(
    definitions: Sequence[object], given: Sequence[AdditionalField], zone: tzinfo | None
) -> list[Mapping[str, object]]:
    """What is sent: those that are given, and those that must be there as they are. Raises `FieldRefused`."""
    wanted = {each.id.strip(): each for each in given}
    found: list[Mapping[str, object]] = []
    for row in definitions:
        wire = read_row(FieldWire, row)
        if wire is None or not isinstance(row, dict):
            continue
        stands = {**row, **wire.sent()}
        field = wanted.pop(str(wire.fieldId), None)
        if field is not None:
            found.append({**stands, **_value(wire, field, zone)})
        elif wire.mandatory and wire.value:
            found.append(stands)
    if wanted:
        raise _refused(_UNKNOWN, "InvalidAdditionalFieldId", next(iter(wanted)))
    return found


def _value(wire: FieldWire, field: AdditionalField, zone: tzinfo | None) -> Row:
    name, kind = first_of(wire.name) or str(wire.fieldId), first_of(wire.fieldTypeName).lower()
    if len(field.values) > 1:
        raise _refused(_ONE_VALUE.format(name=name), "several_values", field.id)
    place, read = _PLACES.get(kind, ("", None))
    if read is None:
        raise _refused(_LIST.format(name=name), "no_plain_value", field.id)
    words = field.values[0].strip() if field.values else ""
    if not words:
        return {place: None}
    try:
        return {place: read(words, zone)}
    except (ValueError, InvalidOperation):
        raise _refused(f"“{name}” takes {_TYPES[kind]}.", "wrong_value", field.id) from None


def _refused(sentence: str, code: str, field: str) -> FieldRefused:
    return FieldRefused(sentence, provider=NAME, code=code, field=field.strip())


def _text(words: str, _: tzinfo | None) -> object:
    return words


def _whole(words: str, _: tzinfo | None) -> object:
    return int(words)


def _number(words: str, _: tzinfo | None) -> object:
    number = Decimal(words)
    if not number.is_finite():
        raise ValueError(words)
    return float(number)


def _flag(words: str, _: tzinfo | None) -> object:
    if words.casefold() not in _YES | _NO:
        raise ValueError(words)
    return words.casefold() in _YES


def _date(words: str, zone: tzinfo | None) -> object:
    moment = datetime.fromisoformat(words)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone or UTC)
    return int(aware.timestamp() * 1000)


# By their names of kinds: where the value stands, and how it is read.
_PLACES: Mapping[str, tuple[str, Callable[[str, tzinfo | None], object]]] = {
    "shorttext": ("stringValue", _text),
    "longtext": ("stringValue", _text),
    "link": ("stringValue", _text),
    "numeric": ("intValue", _whole),
    "decimal": ("floatValue", _number),
    "currency": ("floatValue", _number),
    "checkbox": ("boolValue", _flag),
    "datetime": ("dateValue", _date),
    "date": ("dateValue", _date),
}

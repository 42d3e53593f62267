"""Contacts of a dashboard: what may be set on them, and which ones a filter means."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from bot.sandbox.routes import Asked
from bot.sandbox.textrequest.account import Account
from bot.sandbox.textrequest.answers import Refusal, commas, flag, instant, number_of
from bot.sandbox.textrequest.shapes import Contact, Dashboard, Known
from bot.sandbox.wire import Json

# Bounds without `utc` in their name are read in the account's own time.
ACCOUNTS_TIME = timezone(timedelta(hours=-5))
FIELDS_AT_ONCE = 3
Test = Callable[[Known], bool]

_WORDS: Mapping[str, str] = {  # their field → ours
    "first_name": "first_name",
    "last_name": "last_name",
    "display_name": "name",
    "note": "note",
    "suppressed_reason": "suppressed_reason",
}
_FLAGS = ("is_suppressed", "is_archived", "is_blocked", "is_resolved")

_STATES: Mapping[str, Callable[[Known], bool]] = {
    "is_resolved": lambda known: known.contact.is_resolved,
    "is_blocked": lambda known: known.contact.is_blocked,
    "is_archived": lambda known: known.contact.is_archived,
    "is_suppressed": lambda known: known.contact.is_suppressed,
    "has_opted_out": lambda known: known.contact.opted_out_at is not None,
    "has_message_history": lambda known: bool(known.texts),
}
_MOMENTS: Mapping[str, tuple[timezone | None, Callable[[Known], datetime | None]]] = {
    "contact_created_{}": (None, lambda known: known.contact.created_at),
    "last_message_timestamp_{}_utc": (None, lambda known: known.last_at),
    "last_message_sent_{}": (ACCOUNTS_TIME, lambda known: known.last_sent_at),
    "last_message_received_{}": (ACCOUNTS_TIME, lambda known: known.last_received_at),
}


def chosen(account: Account, dashboard: Dashboard, asked: Asked) -> list[Known]:
    """The contacts that match every filter. Raises `Refusal` for a bad value; an unknown filter is ignored."""
    tests = [*_states(asked), *_spans(asked), *_labels(asked)]
    number = asked.query.get("contact_phone_number", "")
    if number:
        wanted = number_of(number)
        tests.append(lambda known: known.contact.number == wanted)
    return [known for known in account.known(dashboard) if all(test(known) for test in tests)]


def _states(asked: Asked) -> list[Test]:
    asked_for = {name: flag(asked, name) for name in _STATES}
    return [
        lambda known, name=name, wanted=wanted: _STATES[name](known) == wanted  # type: ignore[misc]  # bound copies
        for name, wanted in asked_for.items()
        if wanted is not None
    ]


def _spans(asked: Asked) -> list[Test]:
    tests: list[Test] = []
    for name, (zone, moment) in _MOMENTS.items():
        after, before = (instant(asked, name.format(end), zone) for end in ("after", "before"))
        tests.append(lambda known, moment=moment, a=after, b=before: _within(moment(known), a, b))  # type: ignore[misc]  # bound copies
    return tests


def _within(moment: datetime | None, after: datetime | None, before: datetime | None) -> bool:
    if moment is None:
        return after is None and before is None
    return (after is None or after <= moment) and (before is None or moment <= before)


def _labels(asked: Asked) -> list[Test]:
    tags, groups = commas(asked, "tags"), commas(asked, "groups")
    numbers = range(1, FIELDS_AT_ONCE + 1)
    fields = {asked.query.get(f"custom_field_id_{n}"): asked.query.get(f"custom_field_value_{n}") for n in numbers}
    fields.pop(None, None)
    return [
        lambda known: not tags or bool(tags & set(known.contact.tags)),
        lambda known: not groups or bool(groups & set(map(str, known.contact.groups))),
        lambda known: all(known.contact.fields.get(str(id_)) == value for id_, value in fields.items()),
    ]


# --- What may be set --------------------------------------------------------------------------------------


def read_change(account: Account, dashboard: Dashboard, body: Any) -> Json:
    """What a body sets, in our names. Raises `Refusal`, also for a label that the dashboard does not have."""
    if not isinstance(body, dict):
        raise Refusal(400, "The contact is not an object.")
    change: Json = {ours: _word(body, theirs) for theirs, ours in _WORDS.items() if theirs in body}
    change |= {name: _flag(body, name) for name in _FLAGS if name in body}
    labels = account.labels
    if "groups" in body:
        change["groups"] = _own(dashboard, body["groups"], labels.groups)
    if "contact_tags" in body:
        change["tags"] = _own(dashboard, body["contact_tags"], labels.tags)
    if "custom_fields" in body:
        pairs = _pairs(body["custom_fields"])
        _own(dashboard, list(pairs), labels.fields)
        change["fields"] = pairs
    return change


def apply(contact: Contact, change: Json) -> None:
    """Set what was read."""
    for name, value in change.items():
        setattr(contact, name, value)


def read_label(account: Account, dashboard: Dashboard, contact: Contact, body: Any) -> Json:
    """What a PATCH sets: one group, tag or field more or less. Raises `Refusal`."""
    if not isinstance(body, dict):
        raise Refusal(400, "The body is not an object.")
    labels = account.labels
    if "groups" in body:
        groups = _own(dashboard, body["groups"], labels.groups)
        return {"groups": _more_or_less(contact.groups, groups, _flag(body, "add_group_to_contact"))}
    if "contact_tags" in body:
        tags = _own(dashboard, body["contact_tags"], labels.tags)
        return {"tags": _more_or_less(contact.tags, tags, _flag(body, "add_tag_to_contact"))}
    (field,) = _own(dashboard, [body.get("custom_field_id")], labels.fields)
    return {"fields": contact.fields | {field: _word(body, "custom_field_value")}}


def _word(body: Json, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str | None):
        raise Refusal(400, f"The {name} is not text.")
    return value or ""


def _flag(body: Json, name: str) -> bool:
    value = body.get(name)
    if not isinstance(value, bool):
        raise Refusal(400, f"The {name} is neither true nor false.")
    return value


def _own(dashboard: Dashboard, ids: Any, known: Mapping[Any, Any]) -> list[Any]:
    if not isinstance(ids, list):
        raise Refusal(400, "A list is expected.")
    for id_ in ids:
        label = known.get(id_) if isinstance(id_, int | str) else None
        if label is None or label.dashboard_id != dashboard.id:
            raise Refusal(400, "The dashboard has no such group, tag or field.")
    return ids


def _pairs(value: Any) -> dict[str, str]:
    if not isinstance(value, list) or not all(isinstance(each, dict) and "id" in each for each in value):
        raise Refusal(400, "Custom fields are a list of objects.")
    return {each["id"]: _word(each, "value") for each in value}


def _more_or_less(has: Collection[Any], those: Collection[Any], more: bool) -> list[Any]:
    rest = [each for each in has if each not in those]
    return [*rest, *those] if more else rest

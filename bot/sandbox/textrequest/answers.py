"""What every door of Text Request needs: its refusals, its pages, its filters, and whom a path names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo

from aiohttp import web

from bot.sandbox.routes import Asked
from bot.sandbox.textrequest.account import Account
from bot.sandbox.textrequest.shapes import Dashboard, page_of
from bot.sandbox.texts import e164
from bot.sandbox.wire import json_answer

DEFAULT_PAGE_SIZE = 100  # seen when it is left out
LARGEST_PAGE_SIZE = 1000  # larger ones are lowered in silence
OPTED_OUT = "30050"


class Refusal(Exception):
    """An error answer."""

    def __init__(self, status: int, message: str, code: str = "") -> None:
        super().__init__(message)
        self.status, self.message, self.code = status, message, code


def error_answer(status: int, message: str, code: str = "") -> web.Response:
    """The three fields of every error."""
    return json_answer({"status": status, "message": message, "errorCode": code or str(status)}, status)


def no_content() -> web.Response:
    """Done, or nothing there."""
    return web.Response(status=204)


def page_asked(asked: Asked) -> tuple[int, int]:
    """The page and its size, as they take them."""
    return asked.number("page", 0), min(asked.number("page_size", DEFAULT_PAGE_SIZE), LARGEST_PAGE_SIZE)


def paged(items: Sequence[object], asked: Asked) -> web.Response:
    """One page of a list."""
    meta, page = page_of(items, *page_asked(asked))
    return json_answer({"meta": meta, "items": page})


def dashboard_of(account: Account, asked: Asked) -> Dashboard:
    """The dashboard that the path names. Raises `Refusal`."""
    name = asked.ids[0]
    dashboard = account.dashboards.get(int(name)) if name.isdecimal() else None
    if dashboard is None:
        raise Refusal(400, "The dashboard does not exist.")
    return dashboard


def number_of(raw: object) -> str:
    """A contact's number. Raises `Refusal` for one that is none of theirs."""
    number = e164(raw) if isinstance(raw, str) else ""
    if not number:
        raise Refusal(400, "The phone number is not valid.")
    return number


def required(asked: Asked, *names: str) -> tuple[str, ...]:
    """Fields of the body that must say something. Raises `Refusal`."""
    for name in names:
        if not asked.field(name).strip():
            raise Refusal(400, f"The {name} is required.")
    return tuple(asked.field(name) for name in names)


def instant(asked: Asked, name: str, zone: tzinfo | None = None) -> datetime | None:
    """A filter's instant: UTC, with or without a zone; with `zone` its digits are read as the time there, whatever
    zone they name. Raises `Refusal`."""
    value = asked.query.get(name, "")
    if not value:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError as error:
        raise Refusal(400, f"The {name} is not a date.") from error
    if zone is not None:
        return found.replace(tzinfo=zone)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def flag(asked: Asked, name: str, default: bool | None = None) -> bool | None:
    """A filter that is `true` or `false`; `default` when it is left out. Raises `Refusal`."""
    value = asked.query.get(name, "").lower()
    if value not in {"", "true", "false"}:
        raise Refusal(400, f"The {name} is neither true nor false.")
    return value == "true" if value else default


def commas(asked: Asked, name: str) -> frozenset[str]:
    """A filter's ids."""
    return frozenset(filter(None, asked.query.get(name, "").split(",")))

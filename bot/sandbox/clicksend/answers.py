"""What every door of the ClickSend stand-in answers with: envelopes, pages, refusals.

Source: https://developers.clicksend.com/docs/
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from bot.sandbox.clicksend import shapes
from bot.sandbox.clicksend.shapes import envelope, paged
from bot.sandbox.routes import Asked
from bot.sandbox.trouble import Fault, FaultKind, fault_headers
from bot.sandbox.wire import Json, json_answer

LARGEST_BATCH = 1000


class Refusal(Exception):
    """An error answer; `fields` says what is wrong with which."""

    def __init__(self, status: int, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.fields = status, message, fields


def good(data: Any, message: str = "Here is your data.") -> web.Response:
    """An answer that says yes."""
    return json_answer(envelope(data, message=message))


def bad(refusal: Refusal) -> web.Response:
    """The answer that a refusal is."""
    return json_answer(envelope(refusal.fields, refusal.status, refusal.message), refusal.status)


def refuse(fault: Fault) -> web.Response:
    """A fault's refusal in ClickSend's form. Pure."""
    word = fault.error.upper() if FaultKind(fault.kind) is FaultKind.ERROR else ""
    body = envelope(None, fault.status, "Refused.", word)
    return json_answer(body, fault.status, fault_headers(fault))


def page_of(rows: Sequence[object], asked: Asked) -> web.Response:
    """The page that was asked for."""
    page = max(1, asked.number("page", 1))
    return good(paged(rows, page, asked.number("limit", shapes.SMALLEST_PAGE)))


def batch(asked: Asked, name: str) -> list[Json]:
    """The recipients of a send. Raises `Refusal`."""
    rows = asked.body.get(name) if isinstance(asked.body, dict) else None
    if not isinstance(rows, list) or not rows or len(rows) > LARGEST_BATCH:
        raise Refusal(400, f"The {name} are not valid.")
    return [row for row in rows if isinstance(row, dict)]

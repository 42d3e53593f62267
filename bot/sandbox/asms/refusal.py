"""What the stand-in for Aranda refuses, and how its answers are read and made. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.asms.shapes import Document
from bot.sandbox.routes import Asked


class Refusal(Exception):
    """An error answer; its words are the name of one of Aranda's errors."""

    def __init__(self, status: int, name: str) -> None:
        super().__init__(name)
        self.status = status


def nothing() -> web.Response:
    """There is no such thing."""
    return web.Response(status=204)


def whole_number(asked: Asked, name: str) -> int:
    """A field of the body that is a number; 0 when it is none."""
    value = asked.body.get(name)
    return value if isinstance(value, int) else 0


def additional_of(asked: Asked) -> dict[str, list[str]]:
    """The additional fields of a body. Raises `Refusal`."""
    rows: Any = asked.body.get("additionalFields") or []
    if not all(str(row.get("fieldId")).isdecimal() and isinstance(row.get("values"), list) for row in rows):
        raise Refusal(400, "InvalidAdditionalFieldId")
    return {row["fieldId"]: row["values"] for row in rows}


def download(files: Sequence[Document], number: str) -> web.Response:
    """One of the files, named as they name it."""
    for document in files:
        if str(document.id) == number:
            return web.Response(body=document.content, headers={"x-filename": quote(document.name)})
    return nothing()

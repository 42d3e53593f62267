"""JSON over HTTP, as every stand-in speaks it.

JSON objects stay plain dictionaries here: a stand-in keeps and repeats what it was sent, it does not model it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

Json = dict[str, Any]


class Unreadable(Exception):
    """The request's body is not what its content type says."""


def dumps(value: object) -> str:
    """Compact JSON."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def json_answer(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """A JSON response."""
    return web.Response(
        body=dumps(value).encode(), status=status, headers=headers, content_type="application/json"
    )


async def read_json(request: web.BaseRequest) -> Any:
    """The body as JSON; an empty body is an empty object. Raises `Unreadable`."""
    raw = await request.read()
    if not raw:
        return {}
    try:
        return json.loads(raw)
    except ValueError as error:
        raise Unreadable("The body is not JSON.") from error


async def read_object(request: web.BaseRequest) -> Json:
    """The body as a JSON object. Raises `Unreadable`."""
    value = await read_json(request)
    if not isinstance(value, dict):
        raise Unreadable("The body is not a JSON object.")
    return value

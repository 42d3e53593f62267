"""Files at Aranda: how one is sent, and what a download brings. Pure.

A download names its file in `x-filename`, percent-encoded UTF-8.
Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors (Aranda's connector)
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from urllib.parse import unquote

from bot.errors import UsageError
from bot.http import Response, not_found, raise_for_page
from bot.model import File, safe_name
from bot.providers.reading import first_of

# How much an instance takes is its own setting, which nothing tells: this bound is ours.
MOST_BYTES = 10 * 1024 * 1024

_NAMED = re.compile(r'filename="?([^";]+)"?', re.I)
_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,60}")


def file_body(file: File) -> Mapping[str, object]:
    """What hangs a file on a ticket. Raises as `checked` does."""
    return {"file": base64.b64encode(checked(file)).decode(), "fileName": safe_name(file.name)}


def checked(file: File) -> bytes:
    """What is in it. Raises `UsageError` for one that is empty or too large."""
    if not file.content:
        raise UsageError("This file is empty. Choose another.")
    if len(file.content) > MOST_BYTES:
        raise UsageError(f"This file is too large. Choose one of {MOST_BYTES // 1024 // 1024} MB at the most.")
    return file.content


def read_file(response: Response, listed: str = "") -> File:
    """What a download brought; `listed` is its name where the answer has none. Raises `NotFound` when that is
    nothing."""
    headers = response.headers
    name = first_of(unquote(headers.get("x-filename", "")), _disposed(headers.get("content-disposition", "")))
    if not name:
        raise_for_page(response)  # one with a name is somebody's page, not a proxy's
    if not response.body:
        raise not_found(response)
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    mime_type = kind if _TYPE.fullmatch(kind) else "application/octet-stream"
    return File(safe_name(name or listed), mime_type, response.body)


def _disposed(header: str) -> str:
    found = _NAMED.search(header)
    return found[1] if found else ""

"""What an act was given: a JSON object, read field by field. Pure."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.page.scene import Scene
from bot.sandbox.slack.fields import Gesture
from bot.sandbox.slack.model import Member
from bot.sandbox.wire import Json

Act = Callable[[Scene, "Given"], Awaitable[Any]]
MOST_FILES = 10


class Mistake(ValueError):
    """The act cannot be done; the sentence is shown to whoever tried."""


class Given:
    """One act's fields."""

    def __init__(self, fields: Json) -> None:
        self._fields = fields

    def text(self, name: str, default: str = "") -> str:
        """A field as text; `default` when it is missing. Raises `Mistake` for anything else."""
        value = self._fields.get(name, default)
        if not isinstance(value, str):
            raise Mistake(f"{name} must be text.")
        return value

    def need(self, name: str) -> str:
        """A field as text. Raises `Mistake` when it is missing or empty."""
        value = self.text(name)
        if not value.strip():
            raise Mistake(f"{name} is missing.")
        return value

    def flag(self, name: str) -> bool:
        """Whether a field is true."""
        return self._fields.get(name) is True

    def object(self, name: str) -> Json:
        """A field as an object; an empty one when it is missing."""
        value = self._fields.get(name, {})
        if not isinstance(value, dict):
            raise Mistake(f"{name} must be an object.")
        return value

    def gesture(self) -> Gesture:
        """Which element was used, and how."""
        return Gesture(self.need("action_id"), self.text("block_id"), self.object("chosen"), self.object("values"))

    def files(self) -> list[tuple[str, bytes, str]]:
        """The files as name, bytes and type; their content comes as base64. Raises `Mistake`."""
        listed = self._fields.get("files", [])
        if not isinstance(listed, list) or len(listed) > MOST_FILES:
            raise Mistake(f"No more than {MOST_FILES} files at once.")
        return [_file(Given(one)) for one in listed if isinstance(one, dict)]


def _file(given: Given) -> tuple[str, bytes, str]:
    try:
        content = base64.b64decode(given.text("content"), validate=True)
    except binascii.Error as error:
        raise Mistake("A file could not be read.") from error
    if not content:
        raise Mistake("A file is empty.")
    return given.text("name") or "file", content, given.text("mimetype")


def actor(scene: Scene, given: Given) -> Member:
    """Who acts: somebody of the workspace who is no bot. Raises `LookupError` and `Mistake`."""
    member = scene.sandbox.workspace.member(given.need("member"))
    if member.is_bot:
        raise Mistake("Only people act on this page.")
    return member

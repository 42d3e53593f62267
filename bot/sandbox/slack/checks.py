"""What the checks of blocks and of their elements share. Pure.

A problem reads like Slack's own: `must be less than 3001 characters [json-pointer:/blocks/0/text/text]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.sandbox.wire import Json

Problems = Iterator[str]
ID_LENGTH = 255


def problem(what: str, where: str) -> str:
    """One line as Slack words it."""
    return f"{what} [json-pointer:{where}]"


def unique_problems(holder: Json, name: str, seen: set[str], at: str) -> Problems:
    """An id that is too long, or stands twice; `seen` holds those so far."""
    value = holder.get(name)
    if value is None:
        return
    if not isinstance(value, str) or not 0 < len(value) <= ID_LENGTH:
        yield problem(f"must be between 1 and {ID_LENGTH} characters", f"{at}/{name}")
    elif value in seen:
        yield problem(f"`{name}` already exists", f"{at}/{name}")
    else:
        seen.add(value)


def length_problems(holder: Json, name: str, most: int, at: str, *, needed: bool = False) -> Problems:
    """A text under `name` that is too long; or absent, when it is `needed`."""
    value = holder.get(name)
    if value is None and not needed:
        return
    if not isinstance(value, str) or not value:
        yield problem("must be more than 0 characters", f"{at}/{name}")
    elif len(value) > most:
        yield problem(f"must be less than {most + 1} characters", f"{at}/{name}")


def text_problems(text: Any, most: int, at: str, *, plain: bool = False) -> Problems:
    """What is wrong with a text object."""
    if not isinstance(text, dict) or text.get("type") not in {"plain_text", "mrkdwn"}:
        yield problem("must be a text object", at)
        return
    if plain and text["type"] != "plain_text":
        yield problem("must be plain_text", f"{at}/type")
    yield from length_problems(text, "text", most, at, needed=True)


def items_of(holder: Json, name: str, most: int, at: str) -> list[Any] | str:
    """The list, or what is wrong with it."""
    value = holder.get(name)
    if not isinstance(value, list) or not value:
        return problem("must have at least 1 item", f"{at}/{name}")
    if len(value) > most:
        return problem(f"no more than {most} items allowed", f"{at}/{name}")
    return value


def image_problems(block: Json, at: str) -> Problems:
    """What is wrong with an image."""
    if "image_url" not in block and "slack_file" not in block:
        yield problem("missing required field: image_url", at)
    yield from length_problems(block, "image_url", 3000, at)
    yield from length_problems(block, "alt_text", 2000, at, needed=True)


def no_problems(_block: Json, _at: str) -> Problems:
    """Of what is not looked into."""
    return iter(())

"""Menus with more options than one list of Slack's holds. Pure.

Source: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#static_select and
…/composition-objects/option-group-object
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.model import Block

MOST_OPTIONS = 100  # in one list, and in each group
MOST_IN_MENU = 500  # in groups: Slack takes more, but a window of several such menus would grow too large for it


def offered(options: Sequence[Block]) -> dict[str, object]:
    """The options of a menu as an element has them: in one list, or in groups of a hundred, 500 at the most."""
    if len(options) <= MOST_OPTIONS:
        return {"options": list(options)}
    return {"option_groups": list(_groups(options[:MOST_IN_MENU]))}


def _groups(options: Sequence[Block]) -> Iterator[dict[str, object]]:
    for first in range(0, len(options), MOST_OPTIONS):
        some = options[first : first + MOST_OPTIONS]
        label = {"type": "plain_text", "text": f"{first + 1} – {first + len(some)}", "emoji": False}
        yield {"label": label, "options": list(some)}


def options_in(element: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The options of an element, in groups or not."""
    return [option for each in (element, *element.get("option_groups", ())) for option in each.get("options", ())]

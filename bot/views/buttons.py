"""Every action id, and the buttons that carry them. A button's value is the uid of its notice, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.model import Block


class Action(StrEnum):
    """What a button asks for. Never renamed: old messages keep their buttons."""

    RETRY = "notice:retry"
    CHECK = "notice:check"
    SEND_AGAIN = "notice:send_again"
    ARRIVED = "notice:arrived"
    SEND_IT = "notice:send_it"
    KEEP = "notice:keep"
    CORRECT = "notice:correct"


@dataclass(frozen=True, slots=True)
class _Look:
    label: str
    style: str = ""
    confirm: str = ""


_LOOKS: dict[Action, _Look] = {
    Action.RETRY: _Look("Retry", "primary"),
    Action.CHECK: _Look("Check"),
    Action.SEND_AGAIN: _Look("Send again", "danger", "If the first one did arrive, they get it twice."),
    Action.ARRIVED: _Look("It arrived"),
    Action.SEND_IT: _Look("Send it", "primary"),
    Action.KEEP: _Look("Keep internal"),
    Action.CORRECT: _Look("Send correction", "primary"),
}


def row(uid: str, *actions: Action) -> Block:
    """The buttons under a notice."""
    return {
        "type": "actions",
        "block_id": f"notice:{uid}",
        "elements": [_button(action, uid) for action in actions],
    }


def _button(action: Action, uid: str) -> Block:
    look = _LOOKS[action]
    button: dict[str, object] = {
        "type": "button",
        "action_id": str(action),
        "text": {"type": "plain_text", "text": look.label},
        "value": uid,
    }
    if look.style:
        button["style"] = look.style
    if look.confirm:
        button["confirm"] = _confirm(look)
    return button


def _confirm(look: _Look) -> Block:
    return {
        "title": {"type": "plain_text", "text": f"{look.label}?"},
        "text": {"type": "plain_text", "text": look.confirm},
        "confirm": {"type": "plain_text", "text": look.label},
        "deny": {"type": "plain_text", "text": "Cancel"},
        "style": "danger",
    }

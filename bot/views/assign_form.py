"""The window in which a conversation is handed on. Pure."""

from __future__ import annotations

from bot.model import MemberId
from bot.views.fields import Field, member_field
from bot.views.forms import Drawn

OWNER = "owner"


def assign_form(label: str, owner: MemberId | None) -> Drawn:
    """Whose it shall be; nobody chosen leaves it to whoever takes it."""
    hint = f"They are told in the thread. Choose nobody to leave {label} to whoever takes it."
    return Drawn((member_field(Field(OWNER, "Owner", hint, optional=True), owner),), "Assign")

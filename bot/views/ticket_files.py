"""The form that brings files to a ticket."""

from __future__ import annotations

from bot.model import TicketCode
from bot.views.fields import Field, file_field
from bot.views.forms import Drawn

FILES = "files"
MOST = 10


def ticket_files(code: TicketCode, most_bytes: int) -> Drawn:
    """Which files, of which size. Pure."""
    hint = f"Up to {MOST} files of {most_bytes // 1024 // 1024} MB each, of any kind that the service desk takes."
    return Drawn((file_field(Field(FILES, f"Files for {code}", hint), most=MOST),), "Attach")

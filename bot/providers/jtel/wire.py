"""What every answer of jtel is wrapped in. Pure.

Source: https://wiki.jtel.de/display/JPW/Return+Codes
"""

from __future__ import annotations

from pydantic import Field

from bot.http import Count, Wire
from bot.model import ProviderName

NAME = ProviderName("jtel")
TITLE = "jtel"


class EnvelopeWire(Wire):
    """`status` repeats the one of HTTP, `records` are rows that are read one by one, so that an odd one spoils
    nothing. What only did something has no records."""

    records: tuple[object, ...] | None = None
    count: Count = None
    status: Count = None


class RowWire(Wire):
    """A row that is known by its number; one without is not read at all."""

    ID: int = Field(ge=1)

"""What goes into the process that draws, and what comes out of it. Pure."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence

from pydantic import TypeAdapter

from bot.model import Chart

_CHARTS = TypeAdapter(tuple[Chart, ...])


def charts_text(charts: Sequence[Chart]) -> bytes:
    """Charts, to be drawn."""
    return _CHARTS.dump_json(tuple(charts))


def charts_of(text: bytes) -> tuple[Chart, ...]:
    """The opposite of `charts_text`. Raises `ValueError` for anything else."""
    return _CHARTS.validate_json(text)


def pictures_text(pictures: Sequence[bytes]) -> bytes:
    """What was drawn."""
    return json.dumps([base64.b64encode(each).decode() for each in pictures]).encode()


def pictures_of(text: bytes) -> list[bytes]:
    """The opposite of `pictures_text`. Raises `ValueError` for anything else."""
    return [base64.b64decode(each, validate=True) for each in json.loads(text)]

"""Rights that an older installation of the Slack app may lack."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import SlackError, UsageError

_LACKS = "Slack does not let Threadline do this without the right {scope}. An admin adds it and installs it again."


@contextmanager
def needs_scope(scope: str) -> Iterator[None]:
    """Name the right that is lacking. Raises `UsageError` in the place of Slack's `missing_scope`."""
    try:
        yield
    except SlackError as error:
        if error.code != "missing_scope":
            raise
        raise UsageError(_LACKS.format(scope=scope)) from error

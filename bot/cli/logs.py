"""How the log looks. It holds ids, codes and times; never words, numbers, tokens or addresses with secrets."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType

from bot.http import quiet_logs
from bot.settings import LogFormat

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
_TEXT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
# Libraries whose INFO or DEBUG lines quote payloads, addresses or values.
_LOUD = ("slack_sdk", "slack_bolt", "bolt", "aiohttp", "aiosqlite", "psycopg", "asyncio")


class TextLines(logging.Formatter):
    """A line for people. A trace shows places and classes: an error's own message may quote what people wrote."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - logging's name
        """The trace, with the errors behind it, oldest first."""
        return "\n".join(_trace(error) for error in reversed(_chain(ei[1])))


def _chain(error: BaseException | None) -> list[BaseException]:
    """An error and those behind it."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def _trace(error: BaseException) -> str:
    return "".join([*traceback.format_tb(error.__traceback__), type(error).__name__])


class JsonLines(TextLines):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "room": record.name,
            "said": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def set_up(log_format: LogFormat, level: int = logging.INFO) -> None:
    """Log to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if log_format == LogFormat.JSON else TextLines(_TEXT))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    # Its warnings hold what libpq says of an address, which may be a piece of the password.
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
    quiet_logs()

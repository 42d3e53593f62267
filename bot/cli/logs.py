"""How the log looks. It holds ids, codes and times; never words, numbers, tokens or addresses with secrets."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from bot.http import quiet_logs
from bot.settings import LogFormat

_TEXT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
# Libraries whose INFO or DEBUG lines quote payloads, addresses or values.
_LOUD = ("slack_sdk", "slack_bolt", "bolt", "aiohttp", "aiosqlite", "psycopg", "asyncio")


class JsonLines(logging.Formatter):
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
    handler.setFormatter(JsonLines() if log_format == LogFormat.JSON else logging.Formatter(_TEXT))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    quiet_logs()

"""The command line: `threadline <command>`. Each command is a file of bot/cli; see `threadline --help`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from bot.cli.parser import build_parser
from bot.errors import BotError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. What the bot raises on purpose is one sentence on stderr, exit 1."""
    parsed = build_parser().parse_args(arguments)
    try:
        return int(parsed.command(parsed))
    except BotError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())

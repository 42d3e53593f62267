"""`threadline manifest`: print the Slack app's manifest."""

from __future__ import annotations

import argparse

from bot.manifest import as_yaml, manifest, to_http


def run(parsed: argparse.Namespace) -> int:
    """Print it, for Socket Mode or with `--http` for HTTP mode. Raises `UsageError` for a wrong address."""
    app = manifest() if parsed.http is None else to_http(parsed.http)
    print(as_yaml(app), end="")
    return 0

"""A process as an installation without the development tools has it: `python -m tests.bench.plain run`, or `bare`
for nothing but the libraries.

httpx loads what its own command line needs wherever that is installed, and here it is, for the linters' sake: four
million bytes that no user has. Source: https://github.com/encode/httpx/blob/0.28.1/httpx/__init__.py
"""

from __future__ import annotations

import importlib
import importlib.abc
import runpy
import sys
from types import ModuleType
from typing import Any

HIDDEN = ("click", "pygments", "rich")
# What the bot stands on, and nothing of its own: the limit of what it can be.
LIBRARIES = ["aiohttp", "aiosqlite", "httpx", "phonenumbers", "pydantic_settings", "slack_bolt.async_app", "yaml"]


class _Hider(importlib.abc.MetaPathFinder):
    """Finds nothing that is hidden, and keeps anybody else from finding it."""

    def find_spec(self, name: str, *_: Any) -> None:
        if name in HIDDEN:
            raise ModuleNotFoundError(name=name)


def _bare() -> list[ModuleType]:
    loaded = [importlib.import_module(name) for name in LIBRARIES]
    sys.stderr.write("ready on port\n")
    sys.stdin.read()
    return loaded


if __name__ == "__main__":
    sys.meta_path.insert(0, _Hider())
    if sys.argv[1:] == ["bare"]:
        _bare()
    else:
        runpy.run_module("bot", run_name="__main__", alter_sys=True)

"""Which Threadline this is, and on what it runs: the first thing that whoever helps asks for."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version


def what_runs() -> str:
    """`Threadline 0.1.0 on Python 3.11.7`; without its number where it is run without having been installed."""
    try:
        ours = f"Threadline {version('threadline')}"
    except PackageNotFoundError:
        ours = "Threadline, not installed,"
    return f"{ours} on Python {platform.python_version()}"

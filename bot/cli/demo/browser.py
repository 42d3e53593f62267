"""Whether the demo may open a browser, and how to reach it from elsewhere.

The only place of the demo that looks at the environment, and at three variables alone.
"""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where the command was typed. `ssh` is SSH_CONNECTION: the client's address and port, then the server's."""

    terminal: bool
    screen: bool
    ssh: str


def surroundings(environment: Mapping[str, str] = os.environ) -> Surroundings:
    """Where we are."""
    return Surroundings(
        terminal=sys.stdout.isatty(),
        screen=sys.platform == "darwin" or bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")),
        ssh=environment.get("SSH_CONNECTION", ""),
    )


def wanted(where: Surroundings) -> bool:
    """Whether somebody sits before a screen of this very machine. Pure."""
    return where.terminal and where.screen and not where.ssh


def tunnel(address: str, ssh: str) -> str:
    """The command that brings the page to the computer at the other end of an SSH connection. Pure."""
    port = urlsplit(address).port
    fields = ssh.split()
    host, ssh_port = (fields[2], fields[3]) if len(fields) == 4 else ("HOST", "22")
    other = "" if ssh_port == "22" else f" -p {ssh_port}"
    return f"ssh{other} -L {port}:127.0.0.1:{port} {host}"


def open_later(address: str) -> None:
    """Open the page without waiting for the browser, which may take its time or never return."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

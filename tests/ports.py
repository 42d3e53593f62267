"""Ports for servers of ours, so that no two tests, and no two runs, are given the same one.

The system's own choice can be taken by anybody's outgoing connection before the server listens. These ports lie
below those that outgoing connections get (32768 and up on Linux), and each process begins elsewhere.

Source: https://docs.kernel.org/networking/ip-sysctl.html (ip_local_port_range).
"""

from __future__ import annotations

import os
import socket
from itertools import count

FIRST, MANY = 10_000, 22_000

_numbers = count(os.getpid() * 211)


def free_port() -> int:
    """A loopback port that nobody listens on."""
    while True:
        port = FIRST + next(_numbers) % MANY
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue

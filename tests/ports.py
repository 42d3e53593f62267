"""Ports for servers of ours, so that no two tests, and no two runs, are given the same one.

The system's own choice can be taken by anybody's outgoing connection before the server listens. These ports lie
below those that outgoing connections get (32768 and up on Linux). Between the look at a port and the server on it
another process may look, so each is claimed first: by a lock on a byte of one file, which ends with the process.

Source: https://docs.kernel.org/networking/ip-sysctl.html (ip_local_port_range)
Source: https://docs.python.org/3/library/fcntl.html#fcntl.lockf
"""

from __future__ import annotations

import fcntl
import os
import socket
import tempfile
from functools import cache
from itertools import count
from pathlib import Path

FIRST, MANY = 10_000, 22_000

_numbers = count(os.getpid() * 211)


def free_port() -> int:
    """A loopback port that nobody listens on, and that no other process is given while this one lives."""
    while True:
        port = FIRST + next(_numbers) % MANY
        if _claimed(port) and _is_free(port):
            return port


def _claimed(port: int) -> bool:
    try:
        fcntl.lockf(_claims(os.getpid()), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
    except OSError:
        return False
    return True


@cache
def _claims(_: int) -> int:
    """The file, opened anew in each process. It stays open: closing it ends the process's claims."""
    path = Path(tempfile.gettempdir()) / f"threadline-test-ports-{os.getuid()}"
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _is_free(port: int) -> bool:
    try:
        with socket.create_server(("127.0.0.1", port)):
            return True
    except OSError:
        return False

"""The ports that tests are given."""

from __future__ import annotations

import os
import subprocess
import sys

from tests import ports

PRINTS_ONE = (
    "from tests import ports; from itertools import count; ports._numbers = count({}); print(ports.free_port())"
)


def test_two_processes_are_never_given_the_same_port() -> None:
    mine = ports.free_port()

    theirs = subprocess.run(
        [sys.executable, "-c", PRINTS_ONE.format(mine - ports.FIRST)],
        capture_output=True,
        check=True,
        text=True,
        timeout=30,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )

    assert int(theirs.stdout) > mine

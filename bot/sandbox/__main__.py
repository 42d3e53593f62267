"""`python -m bot.sandbox --port 0`: the stand-ins in a process of their own.

Prints one JSON line with the port and the addresses, then serves until it is told to stop.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys

from bot.sandbox.server import Sandbox
from bot.sandbox.wire import dumps


async def serve(host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with Sandbox.start(host, port) as sandbox:
        addresses = {
            **sandbox.addresses(),
            **sandbox.clicksend_addresses(),
            **sandbox.jtel_addresses(),
            **sandbox.asms_addresses(),
        }
        sys.stdout.write(dumps({"port": sandbox.port, **addresses}) + "\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="an address of this machine only")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    given = parser.parse_args()
    asyncio.run(serve(given.host, given.port))


if __name__ == "__main__":
    main()

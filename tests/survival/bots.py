"""The bot as a child process that can be killed."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
READY = b"ready on port"
START_TIMEOUT_S = 30.0


class NotReady(Exception):
    """The bot ended, or did nothing, before it was ready; its log tells why."""


class Bot:
    """One bot, started again and again with the same environment, in a folder of its own."""

    def __init__(self, folder: Path, environment: Mapping[str, str], arguments: Sequence[str]) -> None:
        self.log = folder / "bot.log"
        self._folder, self._arguments = folder, arguments
        self._environment = {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **environment}
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()

    @property
    def pid(self) -> int:
        """Of the process that runs now."""
        assert self._process is not None
        return self._process.pid

    async def spawn(self) -> None:
        """Start it; it is not ready yet."""
        self._ready.clear()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *self._arguments,
            cwd=self._folder,
            env=self._environment,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        self._reading = asyncio.create_task(self._read(self._process.stderr))

    async def ready(self) -> None:
        """Wait until it says so. Raises `NotReady`."""
        assert self._reading is not None
        waiting = asyncio.create_task(self._ready.wait())
        timeout_s, either = START_TIMEOUT_S, (waiting, self._reading)
        await asyncio.wait(either, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if not self._ready.is_set():
            raise NotReady(f"see {self.log}")

    async def kill(self) -> None:
        """SIGKILL: no goodbye, nothing is finished."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
        await self._ended()

    async def stop(self) -> int:
        """SIGTERM; its exit code."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.terminate()
        return await self._ended()

    async def _ended(self) -> int:
        if self._process is None or self._reading is None:
            return 0
        await self._reading
        return await self._process.wait()

    async def _read(self, lines: asyncio.StreamReader | None) -> None:
        assert lines is not None
        with self.log.open("ab") as log:
            async for line in lines:
                log.write(line)
                if READY in line:
                    self._ready.set()

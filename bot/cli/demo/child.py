"""The demo's bot: the one that `threadline run` starts, in a process of its own.

Promises: it gets its settings through its standard input and no environment, only this process is ever ended, and
it ends by itself when the demo does, however that ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from pathlib import Path

from bot.errors import BotError
from bot.manifest import EVENTS, SCOPES, manifest
from bot.model import ChannelId, Line, LineId, Number, ProviderName
from bot.sandbox.page.switch import NotUp
from bot.sandbox.server import Sandbox
from bot.sandbox.story.stage import LINE, NUMBER, Stage
from bot.settings import Settings
from bot.startup import opened_store

START_S = 15.0
HOOKS = 4  # events that the bot registers for
LOG_LINES = 20
PROVIDER = ProviderName("textrequest")


class BotDied(BotError, NotUp):
    """The demo's bot did not come up; the sentence ends with its log."""


class ChildBot:
    """The real bot as a child process."""

    def __init__(self, sandbox: Sandbox, folder: Path, textrequest_api_url: str = "") -> None:
        self._sandbox = sandbox
        self._folder, self._log = folder, folder / "bot.log"
        self._provider_url = textrequest_api_url or sandbox.textrequest_api_url
        self._port = free_port()
        self._process: Process | None = None
        install(sandbox)

    @property
    def values(self) -> Mapping[str, str]:
        """Its settings, and nothing else."""
        return {name.lower(): value for name, value in self._sandbox.addresses().items()} | {
            "textrequest_api_url": self._provider_url,
            "threadline_database": str(self._folder / "demo.db"),
            "threadline_port": str(self._port),
            "threadline_public_url": f"http://127.0.0.1:{self._port}",
            "threadline_slack_pace_s": "0",
            "textrequest_calls_per_minute": "0",
        }

    async def add_line(self, stage: Stage) -> None:
        """Bind the story's number to its channel, as `threadline lines add` does."""
        async with opened_store(Settings.explicit(self.values), exclusive=False) as store:
            await store.secrets.present(PROVIDER)
            account, channel = str(stage.dashboard.id), ChannelId(stage.channel.id)
            await store.lines.add(Line(LineId(0), PROVIDER, account, Number(NUMBER), channel, LINE))

    async def start(self) -> None:
        """Start it, and wait until Slack and the provider reach it. Raises `BotDied`."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-m", "bot", "demo-bot"),
                cwd=self._folder,
                env={},
                stdin=PIPE,
                stdout=DEVNULL,
                stderr=log,
            )
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(dict(self.values)).encode() + b"\n")
        await self._until_ready(self._process)

    async def _until_ready(self, process: Process) -> None:
        ready = asyncio.ensure_future(self._sandbox.bell.wait_for(self._reachable, START_S, "the bot to come up"))
        died = asyncio.ensure_future(process.wait())
        try:
            await asyncio.wait([ready, died], return_when=asyncio.FIRST_COMPLETED)
        finally:
            died.cancel()
            if not ready.done():
                ready.cancel()
        if ready.cancelled() or not ready.done() or ready.exception() is not None:
            raise BotDied(f"The demo's bot did not come up. Its log ends:\n{self.log_tail()}")

    def _reachable(self) -> bool:
        hooks = [hook for hook in self._sandbox.textrequest.hooks.values() if hook.connected]
        return self._sandbox.workspace.sockets.count >= 2 and len(hooks) >= HOOKS

    async def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()

    async def ended(self) -> None:
        """Return when the process that was started last has ended."""
        if self._process is not None:
            await self._process.wait()

    def log_tail(self) -> str:
        """The last lines of its log."""
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-LOG_LINES:])


def install(sandbox: Sandbox) -> None:
    """Install the app into the workspace from its own manifest: a right that is not in there is not given."""
    app = sandbox.workspace.app
    app.scopes = {scope.name for scope in SCOPES}
    app.subscriptions = set(EVENTS)
    features = manifest()["features"]
    app.features = dict(features) if isinstance(features, Mapping) else {}


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

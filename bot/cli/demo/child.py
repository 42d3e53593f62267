"""The demo's bot: the one that `threadline run` starts, in a process of its own.

Promises: it gets its settings through its standard input and no environment, only this process is ever ended, and
it ends by itself when the demo does, however that ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from asyncio.subprocess import Process
from collections.abc import Mapping
from pathlib import Path

from bot.cli.demo.process import log_of, waiting_bot
from bot.errors import BotError
from bot.manifest import EVENTS, SCOPES, manifest
from bot.sandbox.page.switch import NotUp
from bot.sandbox.server import Sandbox
from bot.sandbox.story.stage import LINE, NUMBER, Stage

START_S = 15.0
HOOKS = 5  # events that the bot registers for
LOG_LINES = 20
ADMIN = "Dana"  # who may also do what deletes and costs


class BotDied(BotError, NotUp):
    """The demo's bot did not come up; the sentence ends with its log."""


class ChildBot:
    """The real bot as a child process, with the stage's line. `waiting` is one that was started already."""

    def __init__(
        self, stage: Stage, folder: Path, textrequest_api_url: str = "", waiting: Process | None = None
    ) -> None:
        sandbox = stage.sandbox
        self._stage, self._sandbox, self._folder, self._waiting = stage, sandbox, folder, waiting
        self._provider_url = textrequest_api_url or sandbox.textrequest_api_url
        self._port = free_port()
        self._admin = stage.person(ADMIN).id
        self._process: Process | None = None
        install(sandbox)

    @property
    def line(self) -> Mapping[str, str]:
        """Its one line: the stage's number in the stage's channel."""
        account, channel = str(self._stage.dashboard.id), self._stage.channel.id
        return {"account": account, "number": NUMBER, "channel": channel, "name": LINE}

    @property
    def values(self) -> dict[str, str]:
        """Its settings, and nothing else."""
        sandbox = self._sandbox
        others = {**sandbox.clicksend_addresses(), **sandbox.jtel_addresses(), **sandbox.asms_addresses()}
        addresses = {**sandbox.addresses(), **others}
        return {name.lower(): value for name, value in addresses.items()} | {
            "textrequest_api_url": self._provider_url,
            "threadline_database": str(self._folder / "demo.db"),
            "threadline_port": str(self._port),
            "threadline_public_url": f"http://127.0.0.1:{self._port}",
            "threadline_admins": self._admin,
            "threadline_slack_pace_s": "0",
            "textrequest_calls_per_minute": "0",
        }

    async def start(self) -> None:
        """Start it, and wait until Slack and the provider reach it. Raises `BotDied`."""
        self._process, self._waiting = self._waiting or await waiting_bot(self._folder), None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"settings": self.values, "line": self.line}).encode() + b"\n")
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
        return "\n".join(log_of(self._folder).read_text(errors="replace").splitlines()[-LOG_LINES:])


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

"""`threadline demo`: the bot itself against a sandbox on loopback, with a story played on both sides.

Promises: no environment variable and no `.env` is read, the database is temporary, every address is loopback
(the child refuses any other), and only the child that was started here is ever ended.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import shutil
import socket
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bot.errors import BotError, UsageError
from bot.model import ChannelId, Line, LineId, Number, ProviderName
from bot.sandbox.server import Sandbox
from bot.sandbox.story.library import built_in
from bot.sandbox.story.player import Player, StoryFailed
from bot.sandbox.story.screen import Screen
from bot.sandbox.story.script import ScriptMistake, Step, parse
from bot.sandbox.story.stage import LINE, NUMBER, Stage
from bot.settings import Settings
from bot.startup import opened_store

START_S = 15.0
HOOKS = 4  # events that the bot registers for
LOG_LINES = 20
PROVIDER = ProviderName("textrequest")


class BotDied(BotError):
    """The demo's bot did not come up; the sentence ends with its log."""


class ChildBot:
    """The real bot in a process of its own, as `threadline run` starts it."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self._sandbox = sandbox
        self._log = folder / "bot.log"
        self._folder = folder
        self._port = free_port()
        self._process: Process | None = None

    @property
    def values(self) -> Mapping[str, str]:
        """Its settings, and nothing else."""
        return {name.lower(): value for name, value in self._sandbox.addresses().items()} | {
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
        self._process.stdin.write(json.dumps(dict(self.values)).encode())
        self._process.stdin.close()
        await self._until_ready(self._process)

    async def _until_ready(self, process: Process) -> None:
        ready = asyncio.ensure_future(self._sandbox.bell.wait_for(self._reachable, START_S, "the bot to come up"))
        died = asyncio.ensure_future(process.wait())
        await asyncio.wait([ready, died], return_when=asyncio.FIRST_COMPLETED)
        died.cancel()
        if not ready.done() or ready.exception() is not None:
            ready.cancel()
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

    def log_tail(self) -> str:
        """The last lines of its log."""
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-LOG_LINES:])


def run(parsed: argparse.Namespace) -> int:
    """Play a story; 0 only if every step arrived."""
    steps = read_script(parsed.script)
    try:
        asyncio.run(play(steps, print, width=shutil.get_terminal_size((100, 24)).columns))
    except StoryFailed as error:
        print(f"\n{error}")
        return 1
    print("\nEvery step arrived. Nothing left this machine.")
    return 0


def read_script(file: str | None) -> Sequence[Step]:
    """The built-in story, or the one in `file`. Raises `UsageError` for what cannot be played."""
    if file is None:
        return built_in()
    try:
        return parse(Path(file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read: {type(error).__name__}.") from None
    except ScriptMistake as error:
        raise UsageError(f"{file}: {error}") from None


async def play(steps: Sequence[Step], show: Callable[[str], None], *, width: int) -> None:
    """Play `steps` against a bot of its own. Raises `StoryFailed`, `BotDied`."""
    with tempfile.TemporaryDirectory(prefix="threadline-demo-") as folder:
        async with Sandbox.start() as sandbox:
            bot = ChildBot(sandbox, Path(folder))
            stage = Stage(sandbox)
            await bot.add_line(stage)
            screen = Screen(show, width=width, colour=sys.stdout.isatty())
            await Player(stage, bot, screen).play(steps)


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

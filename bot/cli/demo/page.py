"""The demo in a browser: phones and a workspace on one page, and the real bot between them."""

from __future__ import annotations

import asyncio
import signal
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.cli.demo import browser
from bot.cli.demo.child import ChildBot
from bot.sandbox.gate import Gate
from bot.sandbox.page.scene import Scene
from bot.sandbox.page.server import serve
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.model import Kind
from bot.sandbox.story.library import built_in
from bot.sandbox.story.player import Player, StoryFailed
from bot.sandbox.story.screen import Screen
from bot.sandbox.story.stage import Stage

PEOPLE = {"Dana": Kind.FULL, "Sam": Kind.FULL, "Gus": Kind.GUEST}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for on the command line. Without a port: 8765, or the next that is free."""

    port: int | None = None
    browser: bool = True
    empty: bool = False


async def show(wanted: Wanted) -> None:
    """Serve until SIGINT, SIGTERM or SIGHUP. Raises `BotDied` and `PortTaken`."""
    began = time.monotonic()
    stop = _stopped_by_signals()
    with tempfile.TemporaryDirectory(prefix="threadline-demo-") as folder:
        async with _scene(Path(folder)) as scene, serve(scene, port=wanted.port) as address:
            await scene.bot.start()
            _announce(address, time.monotonic() - began, open_browser=wanted.browser)
            story = asyncio.create_task(_tell_story(scene, empty=wanted.empty))
            await stop.wait()
            story.cancel()
            with suppress(asyncio.CancelledError):
                await story
    print("\nThe demo has ended, and everything it kept is gone.")


@asynccontextmanager
async def _scene(folder: Path) -> AsyncIterator[Scene]:
    async with Sandbox.start() as sandbox, Gate.of(sandbox) as gate:
        stage = Stage(sandbox)
        for name, kind in PEOPLE.items():
            stage.person(name, kind)
        sandbox.workspace.add_channel("general", *PEOPLE, bot=False)
        bot = ChildBot(sandbox, folder, gate.textrequest_api_url)
        await bot.add_line(stage)
        scene = Scene(stage, bot, gate)
        try:
            yield scene
        finally:
            await scene.bot.close()


async def _tell_story(scene: Scene, *, empty: bool) -> None:
    """Put the conversations of the built-in story on the page."""
    if empty:
        return
    player = Player(scene.stage, scene.bot, Screen(lambda _line: None))
    try:
        await player.perform(built_in("page"))
    except StoryFailed as error:
        print(f"\nThe story did not play to its end.\n{error}")


def _announce(address: str, ready_after_s: float, *, open_browser: bool) -> None:
    print(f"Threadline's demo: {address}  (ready after {ready_after_s:.1f} s)")
    print("It needs no account and texts nobody; nothing leaves this machine. Ctrl-C ends it.", flush=True)
    surroundings = browser.surroundings()
    if surroundings.ssh:
        print(f"From your own computer: {browser.tunnel(address, surroundings.ssh)}", flush=True)
    if open_browser and browser.wanted(surroundings):
        browser.open_later(address)


def _stopped_by_signals() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(name, stop.set)
    return stop

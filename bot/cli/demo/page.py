"""The demo in a browser: phones and a workspace on one page, and the real bot between them."""

from __future__ import annotations

import asyncio
import signal
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.cli.demo import browser
from bot.cli.demo.child import ChildBot
from bot.cli.demo.zone import local_zone
from bot.errors import UsageError
from bot.sandbox.gate import Gate
from bot.sandbox.page.scene import Scene
from bot.sandbox.page.server import PortTaken, serve
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.model import Kind
from bot.sandbox.story.library import built_in
from bot.sandbox.story.player import Player
from bot.sandbox.story.screen import Screen
from bot.sandbox.story.stage import Stage
from bot.sandbox.story.waiting import StoryFailed

PEOPLE = {"Dana": Kind.FULL, "Sam": Kind.FULL, "Gus": Kind.GUEST}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for on the command line. Without a port: 8765, or the next that is free.

    `began` is when it was typed, by `time.monotonic`.
    """

    port: int | None
    browser: bool
    empty: bool
    began: float


async def show(wanted: Wanted, folder: Path, waiting: Process) -> None:
    """Serve until SIGINT, SIGTERM or SIGHUP. Raises `BotDied`, and `UsageError` for a port that is taken."""
    stop = _stopped_by_signals()
    try:
        async with _scene(folder, waiting) as scene, serve(scene, port=wanted.port) as address:
            await scene.bot.start()
            _announce(address, time.monotonic() - wanted.began, open_browser=wanted.browser)
            story = asyncio.create_task(_tell_story(scene, empty=wanted.empty))
            await stop.wait()
            story.cancel()
            with suppress(asyncio.CancelledError):
                await story
    except PortTaken as error:
        raise UsageError(f"{error} Choose another one with --port.") from None


@asynccontextmanager
async def _scene(folder: Path, waiting: Process) -> AsyncIterator[Scene]:
    async with Sandbox.start() as sandbox, Gate.of(sandbox) as gate:
        stage = Stage(sandbox)
        stage.workspace.core.directory.zone = local_zone()
        for name, kind in PEOPLE.items():
            stage.person(name, kind)
        sandbox.workspace.add_channel("general", *PEOPLE, bot=False)
        scene = Scene(stage, ChildBot(stage, folder, gate.textrequest_api_url, waiting), gate)
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

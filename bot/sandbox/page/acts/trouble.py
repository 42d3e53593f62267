"""The panel *Trouble*."""

from __future__ import annotations

from collections.abc import Mapping

from bot.sandbox.page.acts.given import Act, Given
from bot.sandbox.page.scene import Scene
from bot.sandbox.wire import Json


async def _turn(scene: Scene, given: Given) -> Json:
    await scene.levers.turn(given.need("lever"), on=given.flag("on"))
    return {}


async def _once(scene: Scene, given: Given) -> Json:
    scene.levers.strike_once(given.need("lever"))
    return {}


async def _all_off(scene: Scene, _given: Given) -> Json:
    await scene.levers.all_off()
    return {}


async def _cut(scene: Scene, _given: Given) -> Json:
    """Slack's connections break without a word."""
    scene.sandbox.workspace.sockets.cut()
    return {}


async def _kill(scene: Scene, _given: Given) -> Json:
    await scene.bot.kill()
    return scene.bot.state


async def _start(scene: Scene, _given: Given) -> Json:
    await scene.bot.start()
    return scene.bot.state


async def _restart(scene: Scene, _given: Given) -> Json:
    """Kill the bot and start it again."""
    await scene.bot.kill()
    await scene.bot.start()
    return scene.bot.state


TROUBLE_ACTS: Mapping[str, Act] = {
    "all_off": _all_off,
    "cut": _cut,
    "kill": _kill,
    "once": _once,
    "restart": _restart,
    "start": _start,
    "turn": _turn,
}

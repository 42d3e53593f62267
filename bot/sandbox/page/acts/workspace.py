"""What members do with messages and channels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox.page.acts.given import Act, Given, Mistake, actor
from bot.sandbox.page.scene import Scene
from bot.sandbox.slack.files import MemberFile
from bot.sandbox.slack.model import Channel, Kind, Message
from bot.sandbox.wire import Json


async def _say(scene: Scene, given: Given) -> Json:
    member, channel = actor(scene, given), _channel(scene, given)
    if channel.is_archived:
        raise Mistake("This channel is archived.")
    files = [MemberFile(*file) for file in given.files()]
    words = given.text("words")
    if not words.strip() and not files:
        raise Mistake("There is nothing to send.")
    how: Any = {
        "thread_ts": given.text("thread_ts") or None,
        "files": files,
        "broadcast": given.flag("broadcast"),
        "me": given.flag("me"),
    }
    return {"ts": await scene.sandbox.workspace.say(channel, member, words, **how)}


async def _edit(scene: Scene, given: Given) -> Json:
    channel, message = _own(scene, given)
    await scene.sandbox.workspace.edit(channel, message["ts"], given.need("words"))
    return {}


async def _delete(scene: Scene, given: Given) -> Json:
    channel, message = _own(scene, given)
    await scene.sandbox.workspace.delete(channel, message["ts"])
    return {}


def _own(scene: Scene, given: Given) -> tuple[Channel, Message]:
    channel = _channel(scene, given)
    message = scene.sandbox.workspace.message(channel, given.need("ts"))
    if message.get("user") != actor(scene, given).id:
        raise Mistake("Only its author can change a message.")
    return channel, message


async def _react(scene: Scene, given: Given) -> Json:
    """Add a reaction, or take one's own back."""
    member, channel, ts, name = actor(scene, given), _channel(scene, given), given.need("ts"), given.need("name")
    workspace = scene.sandbox.workspace
    message = workspace.message(channel, ts)
    mine = any(one["name"] == name and member.id in one["users"] for one in message.get("reactions", ()))
    await (workspace.unreact if mine else workspace.react)(channel, ts, name, member)
    return {"on": not mine}


async def _dismiss(scene: Scene, given: Given) -> Json:
    """Put away what was shown to this person alone."""
    member, ts = actor(scene, given), given.need("ts")
    core = scene.sandbox.workspace.core
    core.ephemerals[:] = [one for one in core.ephemerals if (one["user"], one["message"]["ts"]) != (member.id, ts)]
    core.bell.ring()
    return {}


async def _archive(scene: Scene, given: Given) -> Json:
    """Archive the channel, or bring it back."""
    member, channel = _manager(scene, given), _channel(scene, given)
    workspace = scene.sandbox.workspace
    await (workspace.unarchive if channel.is_archived else workspace.archive)(channel, member)
    return {}


async def _bot_in_channel(scene: Scene, given: Given) -> Json:
    """Remove the app from the channel, or let it in again."""
    _manager(scene, given)
    channel, workspace = _channel(scene, given), scene.sandbox.workspace
    if workspace.bot.id in channel.members:
        await workspace.remove_bot(channel)
    else:
        await workspace.join(channel, workspace.bot)
    return {}


def _manager(scene: Scene, given: Given) -> Any:
    member = actor(scene, given)
    if member.kind is not Kind.FULL:
        raise Mistake("Guests cannot do that.")
    return member


async def _send_again(scene: Scene, given: Given) -> Json:
    """Slack delivers the events about a message once more."""
    return {"events": scene.sandbox.workspace.send_again(given.need("ts"))}


def _channel(scene: Scene, given: Given) -> Channel:
    return scene.sandbox.workspace.channel(given.need("channel"))


WORKSPACE_ACTS: Mapping[str, Act] = {
    "archive": _archive,
    "bot_in_channel": _bot_in_channel,
    "delete": _delete,
    "dismiss": _dismiss,
    "edit": _edit,
    "react": _react,
    "say": _say,
    "send_again": _send_again,
}

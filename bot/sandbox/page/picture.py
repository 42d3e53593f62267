"""Everything the page shows, as one flat table: key → JSON. A browser is told what changed since it was told last.

Keys are `app`, `bot`, `line`, `member/<id>`, `channel/<id>`, `message/<channel>/<ts>`, `whisper/<channel>/<ts>`,
`stack/<member>`, `home/<member>`, `contact/<number>`, `text/<id>`, `trouble`, `passage/<number>`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.sandbox.slack.model import Channel, Member
from bot.sandbox.texts import Text
from bot.sandbox.wire import Json, dumps

if TYPE_CHECKING:
    from bot.sandbox.page.scene import Scene

Rows = Iterator[tuple[str, object]]


class Differ:
    """What one browser was told last."""

    def __init__(self) -> None:
        self._told: dict[str, str] = {}

    def news(self, scene: Scene) -> str:
        """The rows that are new or changed, and the keys that are gone, as JSON; empty when nothing changed."""
        now = {key: dumps(value) for key, value in rows(scene)}
        changed = [f"{dumps(key)}:{value}" for key, value in now.items() if self._told.get(key) != value]
        gone = [key for key in self._told if key not in now]
        self._told = now
        if not changed and not gone:
            return ""
        return f'{{"set":{{{",".join(changed)}}},"drop":{dumps(gone)}}}'


def rows(scene: Scene) -> Rows:
    """The whole picture as it is now."""
    yield "app", _app(scene)
    yield "bot", scene.bot.state
    yield "line", {"name": scene.stage.dashboard.name, "number": scene.stage.dashboard.number}
    yield "trouble", scene.levers.state()
    yield from _workspace(scene)
    yield from _phones(scene)
    for passage in scene.sandbox.trouble.traffic.passages:
        yield f"passage/{passage.number}", asdict(passage)


def _app(scene: Scene) -> Json:
    app, bot = scene.sandbox.workspace.app, scene.sandbox.workspace.bot
    features = app.features
    tabs = features.get("app_home", {})
    writable = tabs.get("messages_tab_enabled") and not tabs.get("messages_tab_read_only_enabled")
    return {
        "name": bot.name,
        "user": bot.id,
        "bot": bot.bot_id,
        "url": scene.sandbox.url,
        "commands": features.get("slash_commands", []),
        "shortcuts": features.get("shortcuts", []),
        "home_tab": bool(tabs.get("home_tab_enabled")),
        "takes_messages": bool(writable),
    }


def _workspace(scene: Scene) -> Rows:
    core = scene.sandbox.workspace.core
    for member in core.directory.members.values():
        yield f"member/{member.id}", _member(member)
    for channel in core.directory.channels.values():
        yield f"channel/{channel.id}", _channel(channel)
    for channel_id, message in core.ledger.every():
        shown = {name: value for name, value in message.items() if name != "metadata"}
        yield f"message/{channel_id}/{message['ts']}", {**shown, "channel": channel_id}
    for shown in core.ephemerals:
        yield f"whisper/{shown['channel']}/{shown['message']['ts']}", shown
    for user, stack in core.views.stacks.items():
        yield f"stack/{user}", [core.views.by_id[view_id] for view_id in stack]
    for user, view in core.views.homes.items():
        yield f"home/{user}", view


def _member(member: Member) -> Json:
    return {"id": member.id, "name": member.name, "kind": member.kind, "deleted": member.deleted}


def _channel(channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "private": channel.is_private,
        "im": channel.is_im,
        "archived": channel.is_archived,
        "members": sorted(channel.members),
    }


def _phones(scene: Scene) -> Rows:
    provider, number_of_line = scene.sandbox.textrequest, scene.stage.dashboard
    for number, name in scene.contacts().items():
        contact = provider.contacts.get((number_of_line.id, number))
        yield (
            f"contact/{number}",
            {
                "number": number,
                "name": name,
                "opted_out": contact is not None and contact.opted_out_at is not None,
                "refused": number in provider.refused,
                "failing": bool(provider.failing.get(number)),
            },
        )
    for text in provider.log.all:
        yield f"text/{text.id}", _text(text, scene)


def _text(text: Text, scene: Scene) -> Json:
    return {
        "id": text.id,
        "contact": text.contact,
        "words": text.words,
        "outbound": text.outbound,
        "status": text.status,
        "code": text.code,
        "heard": text.heard,
        "at": text.at.timestamp(),
        "media": [
            {"src": f"/texts/{text.id}/{place}", "type": scene.media_type(url)}
            for place, url in enumerate(text.media)
        ],
    }

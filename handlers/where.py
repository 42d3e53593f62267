"""Where a person acted in Slack, so that an answer can be shown there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.model import ChannelId, MemberId, Ts


@dataclass(frozen=True, slots=True)
class Where:
    """A member, a channel, and the thread if it was in one."""

    member: MemberId
    channel: ChannelId
    thread_ts: Ts | None

    @staticmethod
    def is_ephemeral(body: Mapping[str, Any]) -> bool:
        """Whether what they acted on is shown to them alone; the bot need not be where that is. Pure."""
        return bool((body.get("container") or {}).get("is_ephemeral"))

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Where | None:
        """Read an interaction; None where there is no channel or nobody to answer. A thread's root stands in the
        channel, and whoever clicks on it need not have the thread open."""
        container, message = body.get("container") or {}, body.get("message") or {}
        member = (body.get("user") or {}).get("id")
        channel = container.get("channel_id") or (body.get("channel") or {}).get("id")
        thread = message.get("thread_ts") or container.get("thread_ts")
        thread = None if thread == container.get("message_ts") else thread
        if not member or not channel:
            return None
        return cls(MemberId(member), ChannelId(channel), Ts(thread) if thread else None)

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

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Where | None:
        """Read an interaction; None where there is no channel or nobody to answer."""
        container, message = body.get("container") or {}, body.get("message") or {}
        member = (body.get("user") or {}).get("id")
        channel = container.get("channel_id") or (body.get("channel") or {}).get("id")
        thread = message.get("thread_ts") or container.get("thread_ts")
        if not member or not channel:
            return None
        return cls(MemberId(member), ChannelId(channel), Ts(thread) if thread else None)

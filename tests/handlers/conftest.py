"""A bot with a real database, and a Slack that records what it is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from bot.bridge import Bridge
from bot.errors import SlackError
from bot.model import ChannelId, Member, MemberId, MemberKind, Post, Ts
from bot.settings import Settings
from bot.slack import Identity, Slack
from storage.store import Store

OURS = Identity(MemberId("U0BOT"), "B0BOT", "T0TEAM", "https://example.slack.com/", frozenset())


@dataclass(frozen=True)
class Whisper:
    """What one person alone was shown."""

    channel: ChannelId
    member: MemberId
    text: str
    thread_ts: Ts | None


class RecordingSlack(Slack):
    """Shows nobody anything; `refuses` makes it say no."""

    def __init__(self) -> None:
        super().__init__("xoxb-", "http://127.0.0.1/")
        self.whispers: list[Whisper] = []
        self.windows: list[Mapping[str, object]] = []
        self.asked = asyncio.Event()  # to show something to somebody
        self.refuses: SlackError | None = None
        self.kind = MemberKind.MEMBER

    async def ephemeral(
        self, channel: ChannelId, member: MemberId, post: Post, thread_ts: Ts | None = None
    ) -> None:
        self.asked.set()
        if self.refuses is not None:
            raise self.refuses
        self.whispers.append(Whisper(channel, member, post.text, thread_ts))

    async def open_view(self, trigger_id: str, view: Mapping[str, object]) -> str:
        self.asked.set()
        self.windows.append(view)
        return "V2"

    async def member(self, member_id: MemberId) -> Member:
        if self.refuses is not None:
            raise self.refuses
        return Member(member_id, "Dana", self.kind)


@pytest.fixture
def slack() -> RecordingSlack:
    return RecordingSlack()


@pytest.fixture
def url(sqlite_url: str) -> str:
    """One database is enough here: doors hold no SQL."""
    return sqlite_url


@pytest.fixture
def bridge(store: Store, slack: RecordingSlack) -> Bridge:
    settings = Settings.explicit({"threadline_admins": "U0ADMIN"})
    return Bridge(store, slack, {}, settings, OURS)

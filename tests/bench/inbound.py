"""Benchmark 2: texts in, posts out, from end to end and with pacing off."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.model import (
    ChannelId,
    Conversation,
    ConversationId,
    Direction,
    Kind,
    Line,
    LineId,
    Message,
    MessageId,
    Number,
    ProviderName,
    State,
    Status,
)
from bot.slack import answers
from bot.views import thread
from tests.bench.machine import cpu_s
from tests.bench.place import CONNECTIONS, Place, prepare
from tests.bench.remote import Remote
from tests.bench.result import Result
from tests.bench.webhooks import WORDS, contact_number, text_webhooks
from tests.bench.wire import fire
from tests.survival.bots import Bot

CONVERSATIONS = 500
ROUNDS = 2
BOT = ("-m", "bot", "run")
RELAY = ("-m", "tests.bench.servers", "relay")
NOW = datetime(2026, 11, 22, tzinfo=UTC)


async def inbound(folder: Path, count: int) -> Result:
    """Posts of every kind a second, against the same number of bare calls of Slack's SDK."""
    ours, bare, relayed, cpu_us = [], [], [], 0.0
    for number in range(ROUNDS):
        async with Remote.start() as sandbox:
            bare.append(await _bare_rate(sandbox, count))
        async with Remote.start() as sandbox:
            relayed.append((await _rate(sandbox, folder / f"relay-{number}", RELAY, count))[0])
        async with Remote.start() as sandbox:
            rate, cpu_us = await _rate(sandbox, folder / f"inbound-{number}", BOT, count)
            ours.append(rate)
    relay = statistics.median(relayed) / statistics.median(bare)
    return Result(
        name="2. inbound, end to end",
        ours=statistics.median(ours),
        bare=statistics.median(bare),
        unit="posts/s",
        goal=0.6,
        goal_of="ratio",
        at_least=True,
        remark=f"{count:,} texts, {CONVERSATIONS} conversations; a relay that keeps nothing: {relay:.2f}; "
        f"{cpu_us:.0f} µs of the bot's processor a post",
    )


async def _rate(sandbox: Remote, folder: Path, command: tuple[str, ...], count: int) -> tuple[float, float]:
    """Posts a second, and the processor time of one in microseconds."""
    place = await prepare(folder, sandbox.addresses, sandbox.channel, sandbox.dashboard)
    bot = Bot(place.folder, place.environment, command)
    await bot.spawn()
    try:
        await bot.ready()
        before_s = cpu_s(bot.pid)
        roots = CONVERSATIONS if command == BOT else 0
        rate = await push_through(sandbox, place, count, roots=roots)
        return rate, (cpu_s(bot.pid) - before_s) / (count + roots) * 1e6
    finally:
        await bot.stop()


async def push_through(sandbox: Remote, place: Place, count: int, *, roots: int) -> float:
    """Posts a second while `count` texts come in as fast as they are taken, and so many threads are opened."""
    key = place.environment["TEXTREQUEST_API_KEY"]
    requests = text_webhooks(count, CONVERSATIONS, place.dashboard, key, place.path)
    before, posts = await sandbox.posts(), count + roots
    began = time.perf_counter()
    await asyncio.gather(fire(place.port, requests, CONNECTIONS), sandbox.posted(before + posts))
    return posts / (time.perf_counter() - began)


async def _bare_rate(sandbox: Remote, count: int) -> float:
    """Nobody listens for events here, so none are sent."""
    await sandbox.act("rules", echo_own_posts=False)
    posts = count + CONVERSATIONS
    async with aiohttp.ClientSession() as session:
        token, url = sandbox.addresses["SLACK_BOT_TOKEN"], sandbox.addresses["SLACK_API_URL"]
        client = AsyncWebClient(token, base_url=url, session=session, retry_handlers=[])
        payloads = iter([_payload(sandbox, number) for number in range(posts)])
        began = time.perf_counter()
        await asyncio.gather(*(_post(client, payloads) for _ in range(CONNECTIONS)))
        return posts / (time.perf_counter() - began)


async def _post(client: AsyncWebClient, payloads: Iterator[dict[str, Any]]) -> None:
    for payload in payloads:
        await client.chat_postMessage(**payload)


def _payload(sandbox: Remote, number: int) -> dict[str, Any]:
    """What the bot posts for a text."""
    post = thread.text(_conversation(sandbox, number % CONVERSATIONS), _message(number))
    return {
        "channel": sandbox.channel,
        "text": post.text,
        "blocks": answers.post_blocks(post),
        "thread_ts": "1700000000.000100",
        "username": post.username,
        "icon_emoji": post.icon_emoji,
        "metadata": answers.post_metadata(f"{number:032x}"),
        "parse": "none",
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _conversation(sandbox: Remote, number: int) -> Conversation:
    line = Line(
        id=LineId(1),
        provider=ProviderName("textrequest"),
        account=str(sandbox.dashboard.id),
        number=Number(sandbox.dashboard.number),
        channel=ChannelId(sandbox.channel),
        name="Sales",
    )
    return Conversation(
        id=ConversationId(number),
        line=line,
        contact=Number(contact_number(number)),
        contact_name=f"Contact {number}",
        generation=1,
        root_channel=line.channel,
        root_ts=None,
        status=Status.NEW,
        owner=None,
        opted_out=None,
        archived=False,
        blocked=False,
        replied=False,
        card=0,
        first_text_at=NOW,
        last_in_at=NOW,
        last_out_at=None,
    )


def _message(number: int) -> Message:
    return Message(
        id=MessageId(number),
        uid=f"{number:032x}",
        kind=Kind.TEXT,
        direction=Direction.IN,
        state=State.SENDING,
        attempts=1,
        looks=0,
        conversation_id=None,
        body=WORDS,
        attachments=(),
        author="",
        channel=None,
        ts=None,
        thread_ts=None,
        token="",
        asks_location=False,
        broadcast=False,
        reason="",
        code="",
        subject_id=None,
        delivery=None,
        settled_by=None,
        settled_how="",
        wanted="",
        shown="",
        occurred_at=NOW,
        claimed_at=NOW,
        tried_at=NOW,
    )

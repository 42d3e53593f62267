"""`threadline doctor --live`: does in a channel what the bot does, and measures it.

Promises: it says first what it will do; nobody is texted; what it made is deleted, also after a failure.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from uuid import uuid4

from bot.cli.doctor.redelivery import redelivery
from bot.cli.doctor.traces import Traces
from bot.doctor.findings import Finding, exit_code, fine, look, verdict, wrong
from bot.errors import BotError, SlackError, UsageError
from bot.model import ChannelId, Post, Ts
from bot.settings import Settings
from bot.slack import Channel, Slack
from bot.slack.answers import our_uid
from bot.startup import require_slack

T = TypeVar("T")

PATIENCE_S = 10.0  # for a post to be seen, or a file to be shared
NOT_YET = Ts("")
FIRST_PAUSE_S = 0.1  # doubled from one look to the next, to stay within Slack's limits
NAME = "Ada Test · text …0000"
FILE = "threadline-doctor.txt"
_CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{6,}")

_PLAN = """In #{name} this will
 - post a card and a reply under it, and read both back;
 - add a reaction and remove it; upload a small file into the thread;
 - leave one event of Slack unanswered and wait up to 90 s until it comes again;
 - delete everything that it made.
Nobody is texted. While it waits, a click on one of the bot's buttons may do nothing: click again then."""


@dataclass(slots=True)
class Trial:
    """One live check under way. `root` and `uid` are of the card."""

    slack: Slack
    settings: Settings
    bot_id: str
    traces: Traces
    root: Ts = NOT_YET
    uid: str = ""

    @property
    def channel(self) -> ChannelId:
        """Where it happens."""
        return self.traces.channel

    async def post(self, post: Post, uid: str, thread_ts: Ts | None = None) -> Ts:
        """Post, and remember to delete it."""
        ts = await self.slack.post(self.channel, post, uid=uid, thread_ts=thread_ts)
        self.traces.posts.append(ts)
        return ts


Step = Callable[[Trial], Awaitable[Sequence[Finding]]]


async def examine_live(settings: Settings, place: str) -> int:
    """Try everything in the channel (its name or id). Raises `BotError` when it cannot even begin."""
    slack = Slack(require_slack(settings), settings.slack_api_url)
    await slack.start()
    try:
        ours = await slack.identify()
        channel = await find_channel(slack, place)
        print(_PLAN.format(name=channel.name))
        traces = Traces(slack, channel.id)
        return await _try_all(Trial(slack, settings, ours.bot_id, traces))
    finally:
        await slack.close()


async def find_channel(slack: Slack, place: str) -> Channel:
    """The channel that was named. Raises `UsageError` when the bot is not in it."""
    name = place.removeprefix("#")
    if _CHANNEL_ID.fullmatch(name):
        found = [await slack.channel(ChannelId(name))]
    else:
        found = [channel for channel in await slack.channels() if channel.name == name]
    if not found or not found[0].is_member or found[0].is_archived:
        raise UsageError(f"The bot is in no open channel {place}. Invite it there first: /invite @Threadline")
    return found[0]


async def _try_all(trial: Trial) -> int:
    found: list[Finding] = []
    try:
        for step in STEPS:
            found += _told(await step(trial))
    except BotError as error:
        found += _told([wrong(f"Stopped: {error}")])
    finally:
        found += _told(await trial.traces.remove())
    print(verdict(found))
    return exit_code(found)


def _told(findings: Sequence[Finding]) -> Sequence[Finding]:
    for finding in findings:
        print(finding)
    return findings


async def until_seen(ask: Callable[[], Awaitable[T | None]], patience_s: float) -> tuple[T | None, float]:
    """Ask until there is an answer or patience ends; the answer, and after how many milliseconds it came."""
    began, pause_s = time.monotonic(), FIRST_PAUSE_S
    while True:
        answer = await ask()
        waited_s = time.monotonic() - began
        if answer is not None or waited_s + pause_s > patience_s:
            return answer, waited_s * 1000
        await asyncio.sleep(pause_s)
        pause_s *= 2


# --- The steps ------------------------------------------------------------------------------------------


async def card(trial: Trial) -> list[Finding]:
    """Post a root, and find it by its metadata in the channel's history."""
    trial.uid, began = uuid4().hex, time.monotonic()
    since = datetime.now(UTC)
    trial.root = await trial.post(Post(text="A test of Threadline. It will be gone in a moment."), trial.uid)
    posted_ms = (time.monotonic() - began) * 1000

    async def find() -> Ts | None:
        return await trial.slack.find_post(trial.channel, trial.uid, thread_ts=None, since=since)

    seen, after_ms = await until_seen(find, PATIENCE_S)
    if seen is None:
        return [wrong(f"Card: posted in {posted_ms:.0f} ms, but not in the history with its metadata after 10 s.")]
    return [fine(f"Card: posted in {posted_ms:.0f} ms, in the history with its metadata {after_ms:.0f} ms later.")]


async def reply(trial: Trial) -> list[Finding]:
    """Post a reply under another name, and read it back with `conversations.replies`."""
    uid = uuid4().hex
    ts = await trial.post(Post(text="A test reply.", username=NAME), uid, trial.root)

    async def find() -> tuple[str, bool] | None:
        async for message in trial.slack.replies(trial.channel, trial.root, oldest=None):
            if message.get("ts") == ts:
                return str(message.get("username", "")), our_uid(message, trial.bot_id) == uid
        return None

    seen, after_ms = await until_seen(find, PATIENCE_S)
    if seen is None:
        return [wrong("Reply: not listed by conversations.replies after 10 s: catching up would miss replies.")]
    username, marked = seen
    return [
        fine(f"Reply: listed by conversations.replies after {after_ms:.0f} ms."),
        _expected("Reply: its metadata", there=marked, without="a post in doubt could not be found again"),
        _expected("Reply: its username", there=username == NAME, without="contacts' names are not shown"),
    ]


def _expected(what: str, *, there: bool, without: str) -> Finding:
    return fine(f"{what} came back.") if there else wrong(f"{what} did not come back: {without}.")


async def reaction(trial: Trial) -> list[Finding]:
    """Add a reaction and take it away."""
    began = time.monotonic()
    await trial.slack.react(trial.channel, trial.root, "eyes")
    added_ms = (time.monotonic() - began) * 1000
    await trial.slack.unreact(trial.channel, trial.root, "eyes")
    removed_ms = (time.monotonic() - began) * 1000 - added_ms
    return [fine(f"Reaction: added in {added_ms:.0f} ms, removed in {removed_ms:.0f} ms.")]


async def upload(trial: Trial) -> list[Finding]:
    """Upload a file into the thread and find the message that shows it."""
    try:
        file = await trial.slack.stage_file(FILE, b"A test of Threadline.\n")
        trial.traces.files.append(file)
        await trial.slack.share_file(file, trial.channel, trial.root)
        shared, after_ms = await until_seen(lambda: trial.slack.file_share(file, trial.channel), PATIENCE_S)
    except SlackError as error:
        return [wrong(f"File: Slack answered {error.code}.")]
    if shared is None:
        return [look("File: uploaded, but its message was not known after 10 s.")]
    trial.traces.posts.append(shared)
    return [fine(f"File: uploaded, its message known {after_ms:.0f} ms later.")]


async def unanswered(trial: Trial) -> list[Finding]:
    """Leave an event unanswered and see whether it comes again."""

    async def post() -> Ts:
        # Slack tells an app of its own posts, too.
        return await trial.post(Post(text="A test event."), uuid4().hex, trial.root)

    return await redelivery(trial.slack, trial.settings, post)


STEPS: tuple[Step, ...] = (card, reply, reaction, upload, unanswered)

"""Whether Slack delivers an event again that nobody answered: promise 2 rests on it.

Slack documents three more tries, at once, after one and after five minutes, and does not say whether that holds
for Socket Mode. Source: https://docs.slack.dev/apis/events-api/#retries
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from bot.doctor.findings import Finding, fine, look
from bot.model import Ts
from bot.settings import Settings
from bot.slack import Slack
from bot.slack.ear import Ear, Envelope, listen

FIRST_S = 10.0  # for the event's first delivery
AGAIN_S = 90.0  # for the second

Wanted = Callable[[Envelope], bool]


async def redelivery(slack: Slack, settings: Settings, post: Callable[[], Awaitable[Ts]]) -> list[Finding]:
    """Connect, post, leave the event of that post unanswered, and wait. Raises `SlackError`."""
    if settings.slack_app_token is None:
        return [look("Redelivery: not tried, because this is HTTP mode.")]
    token = settings.slack_app_token.get_secret_value()
    await slack.open_socket_url(token)  # a token that is refused, is refused here and not tried for ever
    async with listen(token, settings.slack_api_url) as ear:
        others = await ear.connections() - 1
        return [*_company(others), await _watch(ear, await post(), others)]


def _company(others: int) -> list[Finding]:
    if others <= 0:
        return []
    return [look(f"Redelivery: {others} other connections are open (the bot runs?) and may take the event.")]


async def _watch(ear: Ear, ts: Ts, others: int) -> Finding:
    first = await _hear(ear, lambda envelope: envelope.ts == ts and envelope.attempt == 0, FIRST_S)
    if first is None:
        return look(f"Redelivery: the event did not come here within {FIRST_S:.0f} s{_taken(others)}")
    began = time.monotonic()
    again = await _hear(
        ear, lambda envelope: envelope.event_id == first.event_id and envelope.attempt > 0, AGAIN_S
    )
    if again is None:
        return look(f"Redelivery: the event did not come again here within {AGAIN_S:.0f} s{_taken(others)}")
    await ear.answer(again)
    after_s = time.monotonic() - began
    kept = "the same" if again.id == first.id else "another"
    return fine(f"Redelivery: an unanswered event came again after {after_s:.1f} s, with {kept} envelope_id.")


def _taken(others: int) -> str:
    if others <= 0:
        return ". Replies that arrive while no connection stands are found by reading the threads."
    return ": another connection may have got it. Stop the bot and try again."


async def _hear(ear: Ear, wanted: Wanted, within_s: float) -> Envelope | None:
    """The first envelope that is wanted; all others stay unanswered and come again, elsewhere or later."""
    try:
        async with asyncio.timeout(within_s):
            while True:
                envelope = await ear.next()
                if wanted(envelope):
                    return envelope
    except TimeoutError:
        return None

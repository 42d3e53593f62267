"""The person who decides what no bot may decide, with the contact's phone in hand.

*Send again* only when the phone proves that the text did not arrive, *It arrived* when it did.
"""

from __future__ import annotations

import asyncio
import time

from bot.sandbox.slack.model import Channel, Message
from bot.sandbox.slack.reading import buttons_of
from bot.views.buttons import Action
from storage.decisions import Decisions
from tests.survival.world import World

LOOKS_EVERY_S = 0.25
WAITS_S = 1.0  # for whatever is still on its way to the phone
CLICKS_AGAIN_S = 3.0  # when the buttons are still there


class Person:
    """Looks after every notice with buttons. What a notice is about stands in the database alone: its words
    say "this text", and a thread may hold several of which nothing is known."""

    def __init__(self, world: World, decisions: Decisions) -> None:
        self._world, self._decisions = world, decisions
        self._due_at: dict[str, float] = {}  # ts of a notice → when to click
        self._settled: set[str] = (
            set()
        )  # those that the database holds as decided; their buttons go a little later
        self.resent: set[str] = set()  # words of replies that left because the person said so
        self.decided: set[str] = set()  # notices that were clicked

    async def watch(self) -> None:
        """Decide whatever comes up, until cancelled."""
        while True:
            await asyncio.sleep(LOOKS_EVERY_S)
            for channel, notice in list(self._world.notices.values()):
                if self._is_due(notice):
                    await self._decide(channel, notice)

    @property
    def done(self) -> bool:
        """Whether no notice asks anything any more."""
        return not any(self._asks(notice) for _, notice in self._world.notices.values())

    def _asks(self, notice: Message) -> bool:
        return notice["ts"] not in self._settled and bool(buttons_of(notice))

    def _is_due(self, notice: Message) -> bool:
        if not self._asks(notice):
            return False
        return time.monotonic() >= self._due_at.setdefault(notice["ts"], time.monotonic() + WAITS_S)

    async def _decide(self, channel: Channel, notice: Message) -> None:
        uid = str(buttons_of(notice)[0]["value"])
        pair = await self._decisions.subject(uid)
        if pair is None or pair[0].settled_how:
            self._settled.add(notice["ts"])
            return
        action = self._choice(pair[0].reason, pair[1].body)
        workspace = self._world.sandbox.workspace
        await workspace.click(channel, notice["ts"], action, self._world.member)
        self.decided.add(notice["ts"])
        self._due_at[notice["ts"]] = time.monotonic() + CLICKS_AGAIN_S

    def _choice(self, reason: str, words: str) -> Action:
        arrived = any(words in self._world.phone(talk) for talk in self._world.talks if words in talk.replies)
        if arrived:
            return Action.KEEP if reason == "offered" else Action.ARRIVED
        self.resent.add(words)
        return {"offered": Action.SEND_IT, "uncertain": Action.SEND_AGAIN}.get(reason, Action.RETRY)

"""The engine as the state machine drives it: a store on an open database that is emptied for each example.

What members write is split as Slack splits it: a message, its edits and its deletion are events of their own,
which arrive in any order and any number of times.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from bot.model import Change, ChannelId, Claim, Kind, Message, Reply, State, Ts, Verdict
from bot.pace import UNPACED
from storage.database import Database, Row, Tx, micros
from storage.messages import conversation_by_id, message_by_id
from storage.migrate import migrations
from storage.store import Store
from tests.databases import START_US, Clock
from tests.storage.scene import DANA, LINE, Scene

T = TypeVar("T")
# A table refers only to tables that were made before it.
EMPTIED = tuple(reversed(re.findall(r"create table (\w+)", "\n".join(migrations().values()))))


class Engine:
    """A scene, run step by step from code that does not wait."""

    def __init__(self, runner: asyncio.Runner, database: Database, clock: Clock) -> None:
        self._loop = runner.get_loop()
        self._rows: dict[int, Row] | None = None  # as last read, until something happens
        self.clock = clock
        self.scene = Scene(Store(database, lambda _: UNPACED), clock)

    def run(self, step: Coroutine[Any, Any, T]) -> T:
        """Let one thing happen, start to end. Not by the runner: with each run that asks the signal module, which
        spells out every row of the run before it to say that it knows no such handler."""
        self._rows = None
        return self._loop.run_until_complete(step)

    def reset(self) -> None:
        """Nothing has happened yet but that there is a line."""
        self.clock.us = START_US
        self.run(_empty(self.scene.database))
        self.scene = Scene(self.scene.store, self.clock, self.run(self.scene.store.lines.add(LINE)))

    def rows(self) -> dict[int, Row]:
        """Every message as it stands, by its id."""
        if self._rows is None:
            found = self.run(self.scene.rows("select * from messages order by id"))
            self._rows = {row["id"]: row for row in found}
        return self._rows

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.run(self.scene.rows(f"select count(*) as n from {table}"))[0]["n"])

    def current(self, claim: Claim) -> Claim:
        """The claim with its conversation and message as they are now, as a worker that just claimed has them."""
        return self.run(_current(self.scene.database, claim))


async def _empty(database: Database) -> None:
    async def unit(tx: Tx) -> None:
        for table in EMPTIED:
            await tx.run(f"delete from {table}")

    await database.write(unit)


async def _current(database: Database, claim: Claim) -> Claim:
    async def unit(tx: Tx) -> Claim:
        message = await message_by_id(tx, claim.message.id) or claim.message
        conversation = None
        if message.conversation_id is not None:
            conversation = await conversation_by_id(tx, message.conversation_id)
        return replace(claim, message=message, conversation=conversation)

    return await database.read(unit)


@dataclass(frozen=True)
class Form:
    """How a member's message reads at one time. The first form has `changed_at` 0."""

    changed_at: int
    words: str
    note: bool = False
    deleted: bool = False


@dataclass(frozen=True)
class SlackEvent:
    """One event about a member's message, on its way to us."""

    channel: ChannelId
    ts: Ts
    thread_ts: Ts
    form: Form

    @property
    def key(self) -> str:
        """The key of the row."""
        return f"slack:{self.channel}:{self.ts}#0"

    def as_reply(self) -> Reply:
        """The message as it was first written."""
        verdict = Verdict.NOTE if self.form.note else Verdict.SEND
        return Reply(self.channel, self.ts, self.thread_ts, DANA, self.form.words, verdict)

    def as_change(self) -> Change:
        """The message as it reads since its change."""
        return Change(
            self.channel,
            self.ts,
            self.thread_ts,
            deleted=self.form.deleted,
            changed_at=Ts(f"{self.form.changed_at}.000000"),
            words=self.form.words,
            verdict=Verdict.NOTE if self.form.note else Verdict.SEND,
        )


@dataclass
class Hand:
    """A claim that some worker holds, or believes to hold."""

    claim: Claim
    fresh: bool  # claimed to be delivered, not to be looked for
    closed: bool = False  # its worker has said what became of it

    @property
    def message(self) -> Message:
        """What was claimed."""
        return self.claim.message

    def is_current(self, rows: dict[int, Row]) -> bool:
        """Whether the row still is this worker's."""
        row = rows.get(self.message.id)
        return bool(row and row["state"] == State.SENDING and row["attempts"] == self.message.attempts)

    def is_same_try(self, rows: dict[int, Row]) -> bool:
        """Whether nobody tried again since, so that a sure answer of this worker still counts."""
        row = rows.get(self.message.id)
        if row is None or row["state"] not in (State.SENDING, State.UNCERTAIN):
            return False
        tried_at = None if self.message.claimed_at is None else micros(self.message.claimed_at)
        return bool(row["claimed_at"] == tried_at)

    @property
    def is_lookup(self) -> bool:
        """Whether it only asks whose thread a reply is in."""
        return self.message.kind in (Kind.REPLY, Kind.NOTE) and self.claim.conversation is None

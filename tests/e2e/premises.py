"""One bot in this process with its sandbox and its database: started, stopped, and looked into.

Waiting is for something that happens, never for time. Where hours must pass, `let_pass` moves what the database
notes of time backwards.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from copy import copy
from typing import Any, Self, TypeVar

import aiohttp

from bot.app import App, Running
from bot.bridge import Tuning
from bot.model import ChannelId, Line, LineId, Number, ProviderName
from bot.sandbox.bell import PATIENCE_S
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.model import Channel
from bot.settings import Settings
from bot.startup import opened_store
from storage.database import Row, Tx, Value
from storage.store import Store
from tests.ports import free_port

SALES = "+14235550100"

QUICK = Tuning(
    slack_settle_s=0.1,
    slack_looks_s=(0.02,),
    provider_looks_s=(0.02, 0.02),
    duties_s=0.05,
    poll_s=0.1,
    heartbeat_s=0.05,
    gap_s=5.0,
    window_looks_s=(0.01, 0.02, 0.04),
    options_s=0.2,
)

# Every column that says when something is due, was done or ends. Not `claimed_at`: a try is known by it.
TIMES = {
    "messages": ("due_at", "lease_until", "tried_at", "shown_due_at", "created_at"),
    "conversations": ("card_due_at", "first_text_at", "last_in_at", "last_out_at"),
    "reports": ("due_at", "created_at"),
    "cards": ("look_due_at", "looking_until", "remind_at", "created_at", "state_at"),
    "deeds": ("due_at", "lease_until", "tried_at"),
    "duties": ("due_at",),
    "untold": ("due_at",),
    "orders": ("due_at", "queued_at"),
    "members": ("checked_at",),
    "secrets": ("accepted_until",),
    "homes": ("due_at",),
    "lines": ("seen_until",),
    "paces": ("next_at", "blocked_until"),
    "heard": ("until_at", "owed_since"),
}

GLANCE_S = 0.002  # between two looks at what rings no bell: looking all the time takes the processor from the bot

T = TypeVar("T")
P = TypeVar("P", bound="Premises")


class Premises:
    """A bot and all that is around it. `start` starts it, `stop` ends it as SIGTERM does."""

    provider = ProviderName("textrequest")
    account = ""
    hooks_wanted = 5

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession, database: str) -> None:
        self.sandbox, self.session, self.database = sandbox, session, database
        self.workspace, self.trouble = sandbox.workspace, sandbox.trouble
        self.workspace.rules.retry_delays_s = (0.0, 0.05, 0.1)
        self.workspace.app.features["app_home"] = {"home_tab_enabled": True}
        self.sales: Channel = self.workspace.add_channel("sales")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.running: Running | None = None
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def twin(self) -> Self:
        """The same with a second bot, which is started and stopped by itself."""
        other = copy(self)
        other.port, other._task, other.running = free_port(), None, None
        return other

    # --- The bot --------------------------------------------------------------------------------------

    def values(self, **more: str) -> dict[str, str]:
        """The bot's settings, variable in lower case → value; an empty one is left out."""
        values = {name.lower(): value for name, value in self.sandbox.addresses().items()} | {
            "threadline_database": self.database,
            "threadline_port": str(self.port),
            "threadline_public_url": self.url,
            "threadline_slack_pace_s": "0",
            "textrequest_calls_per_minute": "0",
            **more,
        }
        return {name: value for name, value in values.items() if value}

    async def bind(self, channel: Channel | None = None, number: str = SALES) -> None:
        """Bind the line to a channel, as `lines add` does: from another connection, the bot running or not."""
        async with opened_store(Settings.explicit(self.values()), exclusive=False) as store:
            await store.lines.add(
                Line(
                    id=LineId(0),
                    provider=self.provider,
                    account=self.account,
                    number=Number(number),
                    channel=ChannelId((channel or self.sales).id),
                    name="Sales",
                )
            )
            await self.connect(store)

    async def connect(self, store: Store) -> None:
        """Have the provider post to the bot; what is not registered here, the bot registers when it starts."""

    async def start(self, tuning: Tuning = QUICK, **more: str) -> None:
        """Start the bot and wait until it is connected. Raises what it raises when it cannot start."""
        self._stop, ready = asyncio.Event(), asyncio.Event()

        def on_ready(running: Running) -> None:
            self.running = running
            ready.set()

        self._task = asyncio.create_task(
            App(Settings.explicit(self.values(**more)), tuning).run(self._stop, on_ready)
        )
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait([self._task, waiting], return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._task.done():
            failed, self._task = self._task, None
            failed.result()
        if more.get("threadline_public_url", "-"):
            await self.see(lambda: len(self.hooks()) == self.hooks_wanted, "every webhook")
        await self._caught_up()

    async def stop(self) -> None:
        """Stop the bot and wait until it has drained."""
        self._stop.set()
        task, self._task, self.running = self._task, None, None
        if task is not None:
            await task

    async def _caught_up(self) -> None:
        """Wait until what was missed was read: what happens from now on comes by itself."""
        await self.found(
            """select 1 as done where not exists (
              select name from duties where (name = 'replies' or name like 'texts:%')
              and (due_at <= :now or lease_until > :now))"""
        )

    def hooks(self) -> list[str]:
        """The events whose webhooks are connected."""
        raise NotImplementedError

    async def see(self, predicate: Callable[[], T | None], what: str, timeout_s: float = PATIENCE_S) -> T:
        """The first truthy value of `predicate`."""
        return await self.workspace.wait_for(predicate, timeout_s, what)

    # --- What is kept ---------------------------------------------------------------------------------

    async def rows(self, sql: str, **values: Value) -> Sequence[Row]:
        """What a query finds in the running bot's database."""
        assert self.running is not None

        async def unit(tx: Tx) -> Sequence[Row]:
            return await tx.rows(sql, **values)

        return await self.running.bridge.store.database.read(unit)

    def on_disk(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query finds in the SQLite file, whoever else has it open."""
        with closing(sqlite3.connect(self.database)) as opened:
            return opened.execute(sql).fetchall()

    async def found(self, sql: str, **values: Value) -> Row:
        """Wait until a query finds something in the running bot's database."""
        async with asyncio.timeout(PATIENCE_S):
            while not (rows := await self.rows(sql, **values)):  # noqa: ASYNC110 - as above
                await asyncio.sleep(GLANCE_S)
        return rows[0]

    async def change(self, *statements: str, **values: Value) -> None:
        """Change the running bot's database behind its back, and wake it."""
        assert self.running is not None

        async def unit(tx: Tx) -> None:
            for statement in statements:
                await tx.run(statement, **values)
            tx.wake()

        await self.running.bridge.store.database.write(unit)

    async def let_pass(self, seconds: float) -> None:
        """So much time passes for everything that the database knows."""
        statements = [
            f"update {table} set " + ", ".join(f"{column} = {column} - :by" for column in columns)
            for table, columns in TIMES.items()
        ]
        await self.change(*statements, by=round(seconds * 1_000_000))

    async def become(self, predicate: Callable[[], bool]) -> None:
        """Wait for what nobody rings a bell for."""
        async with asyncio.timeout(PATIENCE_S):
            while not predicate():  # noqa: ASYNC110 - there is no event
                await asyncio.sleep(GLANCE_S)

    async def struck(self, where: str, times: int = 1) -> None:
        """Wait until something went wrong there so many times."""
        await self.become(lambda: sum(each.startswith(where) for each in self.trouble.struck) >= times)

    async def settled(self) -> None:
        """Wait until nothing is under way: no event, no webhook, no row that is due or being delivered."""
        async with asyncio.timeout(PATIENCE_S):
            while await self._busy():  # noqa: ASYNC110 - as above
                await asyncio.sleep(GLANCE_S)

    async def settled_webhooks(self) -> None:
        """Wait until every webhook of the provider was answered."""
        await self.see(lambda: self.sandbox.pusher.idle, "every webhook taken")

    async def settled_but_held(self) -> None:
        """Wait until every event of Slack was taken, while a call is held."""
        await self.see(lambda: self.workspace.feed.idle, "every event taken")

    async def _busy(self) -> bool:
        if not (self.workspace.feed.idle and self.sandbox.pusher.idle):
            return True
        rows = await self.rows(
            "select id from messages where state = 'sending' or (state = 'queued' and due_at <= :now)"
        )
        return bool(rows)


@asynccontextmanager
async def set_up(kind: type[P], database: str) -> AsyncIterator[P]:
    """Premises whose bot is not started; it is stopped at the end."""
    async with Sandbox.start() as sandbox, aiohttp.ClientSession() as session:
        made = kind(sandbox, session, database)
        try:
            yield made
        finally:
            sandbox.trouble.clear()
            await made.stop()

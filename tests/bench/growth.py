"""Benchmark 4: what a message costs in a database that holds a million of them."""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from uuid import uuid4

from bot.bridge import pace_rules
from bot.model import ChannelId, Claim, Line, LineId, Number, ProviderName, TextReceived, Ts, Wish
from bot.settings import Settings
from storage.migrate import migrate
from storage.store import Store, open_database
from tests.bench.history import CHANNEL, insert_us, write_history
from tests.bench.place import CONNECTIONS, NUMBER
from tests.bench.result import Result
from tests.bench.webhooks import WORDS, contact_number

TEXTREQUEST = ProviderName("textrequest")
LINE = Line(LineId(0), TEXTREQUEST, "121", Number(NUMBER), ChannelId(CHANNEL), "Sales")
FEW = 10_000
ROUNDS = 9
TEXTS = 1_000  # in a round
LEASE_S = 60.0


@dataclass(frozen=True, slots=True)
class Grown:
    """A database with so much in it."""

    store: Store
    conversations: int


async def cost_of_growth(folder: Path, many: int) -> Result:
    """Microseconds to accept, claim and settle a text, by turns on the two databases."""
    random, small, large = Random(4), [], []
    async with _grown(folder / "few", FEW) as few, _grown(folder / "many", many) as lots:
        for _ in range(ROUNDS):
            small.append(await _round_us(few, random))
            large.append(await _round_us(lots, random))
    sqlite = insert_us(folder / "many", many, TEXTS) / insert_us(folder / "few", FEW, TEXTS)
    return Result(
        name="4. a message among many",
        ours=statistics.median(large),
        bare=statistics.median(small),
        unit="µs",
        goal=1.2,
        goal_of="ratio",
        at_least=False,
        remark=f"{many:,} messages against {FEW:,}; a bare row in the same table: {sqlite:.2f}",
    )


@contextlib.asynccontextmanager
async def _grown(path: Path, messages: int) -> AsyncIterator[Grown]:
    database = await open_database(str(path))
    await migrate(database)
    store = Store(database, pace_rules(Settings.explicit({"threadline_slack_pace_s": "0"})))
    await store.lines.add(LINE)
    conversations = await asyncio.to_thread(write_history, path, messages)
    try:
        yield Grown(store, conversations)
    finally:
        await database.close()


async def _round_us(grown: Grown, random: Random) -> float:
    texts = [_text(random.randrange(grown.conversations)) for _ in range(TEXTS)]
    began = time.perf_counter()
    waiting = iter(texts)
    await asyncio.gather(*(_accept(grown.store, waiting) for _ in range(CONNECTIONS)))
    while claims := (await grown.store.claims.take(_room, LEASE_S, looking=0)).fresh:
        await asyncio.gather(*(_settle(grown.store, claim) for claim in claims))
    return (time.perf_counter() - began) / len(texts) * 1e6


def _room(_: str) -> int:
    """As many calls at once as the worker has under way towards Slack."""
    return CONNECTIONS


async def _accept(store: Store, texts: Iterator[TextReceived]) -> None:
    for text in texts:
        await store.texts.accept(text, Wish.NONE)


async def _settle(store: Store, claim: Claim) -> None:
    await store.outcomes.posted(claim, CHANNEL, Ts(f"1800000000.{claim.message.id:06d}"))


def _text(contact: int) -> TextReceived:
    return TextReceived(
        provider=TEXTREQUEST,
        account=LINE.account,
        line_number=LINE.number,
        contact=Number(contact_number(contact)),
        text_id=str(uuid4()),
        body=WORDS,
        sent_at=datetime.now(UTC),
    )

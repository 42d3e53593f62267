"""SQLite goes by an index in everything that happens for each message: nothing slows down as the table grows.

What an operation really runs is recorded, and each statement is explained. A partial index is used only for the
very condition it names; a slip there shows here and nowhere else until the table is large.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.flows.periods import last_days
from bot.model import Delivery, MemberId, MessageId, NewDeed, SentText, Standing, Ts
from bot.model.cards import DeedState
from bot.pace import UNPACED, PaceRule
from storage.database import EPOCH, Tx, Value, instant
from storage.migrate import migrate
from storage.sqlite import SqliteDatabase
from storage.store import Store
from tests.databases import START_US, Clock
from tests.storage import card_scene as cards
from tests.storage.scene import CHANNEL, LINE, PROVIDER, ROOT, Scene, next_due_in_s, orphans_of, same_words
from tests.storage.wrapped import Recording

EMIL = MemberId("U2")
NOW = instant(START_US + 60_000_000)
BIG = ("messages", "reports", "changes", "threads", "audit", "cards", "deeds")
# Partial indexes of what is under way, waits or failed: few rows, however many messages there are.
FEW = re.compile(
    r"USING (?:COVERING )?INDEX (messages_(?:due|lane|lease|in_flight|stale_sign|uncertain|dead|asking)"
    r"|deeds_(?:due|lane|lease|in_flight))"
)

Operation = Callable[[Scene], Awaitable[object]]


@pytest.fixture
async def recording(sqlite_url: str, clock: Clock) -> AsyncIterator[Recording]:
    """SQLite, and what is asked of it."""
    opened = await SqliteDatabase.open(Path(sqlite_url), clock=clock)
    await migrate(opened)
    yield Recording(opened)
    await opened.close()


@pytest.fixture
async def scene(recording: Recording, clock: Clock) -> Scene:
    """A thread in which everything has happened once."""
    rules = {"slack:find": PaceRule(1000)}
    store = Store(recording, lambda name: rules.get(name, UNPACED))
    scene = Scene(store, clock, await store.lines.add(LINE))
    await scene.open_thread()
    await scene.send_reply("sent", at=5, text_id="out-1")
    await scene.uncertain_reply("uncertain", at=6)
    await scene.refused_reply("refused", at=7)
    return scene


async def _outcome(scene: Scene, how: str) -> None:
    await scene.reply("words", at=20)
    claim = await scene.claim_one()
    match how:
        case "sent":
            await scene.send(claim, "out-20")
        case "later":
            await scene.store.outcomes.later(claim, 5)
        case "uncertain":
            await scene.store.outcomes.uncertain(claim)
        case "refused":
            await scene.store.outcomes.refused(claim, "failed")


async def _decision(scene: Scene, how: str) -> None:
    notice = (await scene.notice("uncertain")).uid
    assert isinstance(scene.database, Recording)
    scene.database.statements.clear()  # what the test itself asked
    if how == "send":
        await scene.store.decisions.send(notice, EMIL, "sent_again")
    else:
        await scene.store.decisions.arrived(notice, EMIL)


async def _second(scene: Scene) -> None:
    conversation = await scene.conversation()
    for _ in range(2):
        deed = NewDeed(EMIL, "resolved", conversation.id)
        await scene.store.standings.set(conversation.id, Standing(resolved=True), deed, tell=True)


async def _claim(scene: Scene) -> None:
    await scene.reply("words", at=20)
    await scene.text("words")
    await scene.claim()


async def _root_gone(scene: Scene) -> None:
    await scene.text("again")
    await scene.store.outcomes.root_gone(await scene.claim_one())


async def _unknown_thread(scene: Scene) -> None:
    await scene.reply("words", at=20, thread_ts=Ts("1790000000.900000"))
    claim = await scene.claim_one()
    await scene.store.threads.adopt(claim, "nobody's")
    await scene.store.replies.disown(CHANNEL, claim.message.thread_ts or ROOT)


async def _deed(scene: Scene) -> None:
    card = await cards.sent(scene)
    await cards.add(scene.store, card, "remind", once="remind")
    await scene.store.deeds.done(await cards.claim_one(scene.store), cards.seen())
    await scene.store.looks.seen(await cards.now(scene.store, card), cards.seen("paid", late="Paid."))


async def _deed_in_doubt(scene: Scene) -> None:
    card = await cards.uncertain(scene)
    await cards.orphans(scene.store)
    await scene.store.deeds.next_due_in_s()
    await scene.store.card_decisions.again(card.uid, EMIL, DeedState.UNCERTAIN)
    await scene.store.deeds.failed(await cards.claim_one(scene.store), "No.")
    await scene.store.card_decisions.forget(card.uid, EMIL)


async def _looking(scene: Scene) -> None:
    card = await cards.sent(scene)
    await scene.store.looks.hurry(card.kind, card.provider, "2510")
    await scene.store.looks.hurry(card.kind, card.provider, "999")
    await cards.to_look_at(scene.store)
    await scene.store.cards.of_message(MessageId(card.message_id or 0))
    await scene.store.cards.open_ones(card.kind, None, 10)


OPERATIONS: Mapping[str, Operation] = {
    "a card, and a deed on it": _deed,
    "a deed of which nobody knows": _deed_in_doubt,
    "cards that are looked at": _looking,
    "a text": lambda scene: scene.text("words"),
    "a reply": lambda scene: scene.reply("words", at=20),
    "a reply in an unknown thread": _unknown_thread,
    "an edit": lambda scene: scene.edit(5, "other words", changed_at=21),
    "an edit before its reply": lambda scene: scene.edit(30, "words", changed_at=31),
    "a claim": _claim,
    "orphans": lambda scene: orphans_of(scene.store, 8),
    "the next claim": lambda scene: next_due_in_s(scene.store),
    "an outcome: sent": lambda scene: _outcome(scene, "sent"),
    "an outcome: later": lambda scene: _outcome(scene, "later"),
    "an outcome: uncertain": lambda scene: _outcome(scene, "uncertain"),
    "an outcome: refused": lambda scene: _outcome(scene, "refused"),
    "an outcome: the root is gone": _root_gone,
    "a report by id": lambda scene: scene.report(Delivery.DELIVERED, "out-1"),
    "a report by token": lambda scene: scene.report(Delivery.DELIVERED, None, "token"),
    "a report of nothing": lambda scene: scene.report(Delivery.DELIVERED, "out-99", "token"),
    "texts that rows hold": lambda scene: scene.store.reports.held(PROVIDER, ["out-1"]),
    "an echo": lambda scene: scene.echo("words", "out-98"),
    "a decision: send": lambda scene: _decision(scene, "send"),
    "a decision: arrived": lambda scene: _decision(scene, "arrived"),
    "a text that was found": lambda scene: scene.store.decisions.found(MessageId(1), SentText("out-97")),
    "stale signs": lambda scene: scene.signs(),
    "the next sign": lambda scene: scene.store.signs.next_due_in_s(),
    "health": lambda scene: scene.store.health.queue(),
    "a channel that is open again": lambda scene: scene.store.outcomes.hurry(CHANNEL),
    "figures": lambda scene: scene.store.stats.figures([scene.line.id], last_days(30, ZoneInfo("UTC"), NOW)),
    "home: what waits for them": lambda scene: scene.store.home_lists.sends(EMIL, [scene.line.id], 0, 6),
    "home: theirs": lambda scene: scene.store.home_lists.mine(EMIL, [scene.line.id], 0, 11),
    "home: what is nobody's": lambda scene: scene.store.home_lists.unclaimed([scene.line.id], 0, 9),
    "home: what waits on lines": lambda scene: scene.store.home_lists.waiting(),
    "standing: the second one": _second,
    "deliveries under way": lambda scene: scene.store.lines.oldest_undelivered(scene.line, EPOCH),
}


async def _plans(recording: Recording) -> list[tuple[str, str]]:
    """Each step of the plan of each recorded statement."""
    steps = []
    for sql, values in list(recording.statements):
        if re.match(r"\s*(select|with|update|delete|insert)\b", sql):
            steps += [(sql, step) for step in await _explain(recording, sql, values)]
    return steps


async def _explain(recording: Recording, sql: str, values: Mapping[str, Value]) -> list[str]:
    async def unit(tx: Tx) -> list[str]:
        return [row["detail"] for row in await tx.rows(f"explain query plan {sql}", **values)]

    return await recording._database.read(unit)


def _is_slow(sql: str, step: str) -> bool:
    """Whether the step reads a big table from end to end. Pure."""
    scanned = re.match(r"SCAN (\w+)", step)
    if scanned is None or FEW.search(step):
        return False
    meant = re.search(rf"\b(?:from|join|update) (\w+)(?: as)? {scanned.group(1)}\b", sql)
    return (meant or scanned).group(1) in BIG


@pytest.mark.parametrize("name", OPERATIONS)
async def test_nothing_that_happens_for_each_message_reads_a_table_from_end_to_end(
    scene: Scene, recording: Recording, name: str
) -> None:
    recording.statements.clear()
    await OPERATIONS[name](scene)

    plans = await _plans(recording)

    assert plans
    assert [(step, sql) for sql, step in plans if _is_slow(sql, step)] == []


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("a claim", "messages_due"),
        ("a claim", "messages_in_flight"),
        ("a claim", "messages_lane"),
        ("orphans", "messages_lease"),
        ("the next claim", "messages_due"),
        ("a text", "lines"),
        ("a reply", "messages_lane"),
        ("a reply", "messages_written"),
        ("a report by id", "messages_provider_id"),
        ("a report by token", "messages_by_token"),
        ("a decision: arrived", "messages_by_subject"),
        ("stale signs", "messages_stale_sign"),
        ("a channel that is open again", "messages_due"),
        ("deliveries under way", "messages_undelivered"),
        ("home: what waits for them", "messages_asking"),
        ("home: theirs", "conversations_by_owner"),
        ("home: theirs", "messages_by_conversation"),
        ("home: what is nobody's", "conversations_unclaimed"),
        ("standing: the second one", "audit_by_conversation"),
        ("figures", "messages_by_time"),
        ("figures", "messages_by_subject"),
    ],
)
async def test_index_that_was_made_for_it_is_used(
    scene: Scene, recording: Recording, name: str, index: str
) -> None:
    recording.statements.clear()
    await OPERATIONS[name](scene)

    steps = [step for _, step in await _plans(recording)]

    assert any(index in step for step in steps), steps


async def test_echoes_that_are_due_are_settled_by_index(scene: Scene, recording: Recording) -> None:
    await scene.echo("uncertain", "out-98")
    scene.clock.advance(31)
    recording.statements.clear()
    await scene.store.reports.settle_echoes(same_words, 100)

    plans = await _plans(recording)

    assert [(step, sql) for sql, step in plans if _is_slow(sql, step)] == []


@pytest.mark.parametrize(
    ("sql", "step", "slow"),
    [
        ("select m.id from messages m", "SCAN m", True),
        ("select id from messages", "SCAN messages USING INDEX messages_by_conversation", True),
        ("select m.id from messages m", "SCAN m USING INDEX messages_due", False),
        ("select id from messages where id = 1", "SEARCH messages USING INTEGER PRIMARY KEY (rowid=?)", False),
        ("select id from lines", "SCAN lines", False),
        ("select m.name from names m", "SCAN m", False),
    ],
)
def test_step_is_slow_only_when_it_reads_all_of_a_big_table(sql: str, step: str, slow: bool) -> None:
    assert _is_slow(sql, step) is slow


# --- SQLite 3.35


NEWER = {
    "3.37: strict tables": r"\)\s*strict\b",
    "3.38: ->": r"->",
    "3.38: unixepoch": r"\bunixepoch\b",
    "3.39: right and full join": r"\b(right|full)\s+(outer\s+)?join\b",
    "3.39: is distinct from": r"\bis\s+(not\s+)?distinct\s+from\b",
    "3.41: unhex": r"\bunhex\b",
    "3.44: concat": r"\bconcat(_ws)?\s*\(",
    "3.44: order by in an aggregate": r"\w\([^()]*\border by\b",
}


@pytest.mark.parametrize("feature", NEWER)
def test_sql_stays_within_sqlite_3_35(feature: str) -> None:
    room = Path(__file__).parents[2] / "storage"
    written = [file for file in room.rglob("*") if file.suffix in (".py", ".sql")]

    users = [file.name for file in written if re.search(NEWER[feature], _sql_of(file))]

    assert users == []


def _sql_of(file: Path) -> str:
    """The text, of Python only the strings in it."""
    text = file.read_text()
    if file.suffix == ".sql":
        return text
    return "\n".join(re.findall(r'"""(?:select|with|insert|update|delete).*?"""', text, re.DOTALL))

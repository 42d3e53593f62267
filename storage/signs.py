"""Signs: what members see of a message's state. A projection, not part of any lane.

Columns `wanted` and `shown` of a message (a reaction, or a notice's form), `card_wanted` and `card_shown` of a
conversation (its root card). Whatever differs and is due is brought in line; a crash leaves a difference.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Conversation, Kind, Message, Ts
from storage.database import Database, Tx
from storage.messages import bump_card, conversation_by_id
from storage.outcomes import forget_root
from storage.rows import CONVERSATION, LINE, MESSAGE, conversation_of, message_of

TAKEN_US = 30_000_000  # longer than showing one takes
CARD_EVERY_US = 5_000_000  # a root card changes at most that often.
# Failures first, then what is final, then what only passes.
_ORDER = """case wanted when 'failed' then 0 when 'refused' then 0 when 'unknown' then 0 when 'delivered' then 1
  when 'internal' then 1 when 'settled' then 1 else 2 end"""


class Signs:
    """Reactions, notices' forms and root cards that are out of date."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, kinds: Sequence[Kind], limit: int) -> Sequence[Message]:
        """Messages of these kinds whose sign is out of date and due, the most important first. Nobody else gets
        them for a while."""
        wanted = ", ".join(f"'{kind}'" for kind in kinds)

        async def unit(tx: Tx) -> list[Message]:
            rows = await tx.rows(
                f"""select {MESSAGE} from messages m where m.wanted <> m.shown and m.shown_due_at <= :now
                  and m.kind in ({wanted})
                order by {_ORDER}, m.shown_due_at limit :limit /* for update of m skip locked */""",
                limit=limit,
            )
            for row in rows:
                await _put_off(tx, row["id"], TAKEN_US)
            return [message_of(row) for row in rows]

        return await self._database.write(unit)

    async def any_stale(self) -> bool:
        """Whether some message's sign is out of date and due."""

        async def unit(tx: Tx) -> bool:
            row = await tx.row("select id from messages where wanted <> shown and shown_due_at <= :now limit 1")
            return row is not None

        return await self._database.read(unit)

    async def mark_shown(self, message: Message, shown: str) -> None:
        """This stands there now."""

        async def unit(tx: Tx) -> None:
            await tx.run("update messages set shown = :shown where id = :id", id=message.id, shown=shown)

        await self._database.write(unit)

    async def postpone(self, messages: Sequence[Message], by_s: float) -> None:
        """Slack does not take these now."""

        if not messages:
            return

        async def unit(tx: Tx) -> None:
            for message in messages:
                await _put_off(tx, message.id, int(by_s * 1_000_000))

        await self._database.write(unit)

    async def take_cards(self, limit: int) -> Sequence[Conversation]:
        """Conversations whose root card is out of date and may change again. Nobody else gets them for a while."""

        async def unit(tx: Tx) -> list[Conversation]:
            rows = await tx.rows(
                f"""select {CONVERSATION}, {LINE} from conversations c join lines l on l.id = c.line_id
                where c.card_wanted > c.card_shown and c.card_due_at <= :now and c.root_ts is not null
                order by c.card_due_at limit :limit /* for update of c skip locked */""",
                limit=limit,
            )
            for row in rows:
                await _put_off_card(tx, row["c_id"], TAKEN_US)
            return [conversation_of(row) for row in rows]

        return await self._database.write(unit)

    async def any_stale_card(self) -> bool:
        """Whether some root card is out of date and may change."""

        async def unit(tx: Tx) -> bool:
            row = await tx.row(
                """select id from conversations where card_wanted > card_shown and card_due_at <= :now
                and root_ts is not null limit 1"""
            )
            return row is not None

        return await self._database.read(unit)

    async def mark_card(self, conversation: Conversation) -> None:
        """The root card shows this version; the next change comes no sooner than in 5 s."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                """update conversations set card_shown = :card, card_due_at = :now + :every
                where id = :id and card_shown < :card""",
                id=conversation.id,
                card=conversation.card,
                every=CARD_EVERY_US,
            )

        await self._database.write(unit)

    async def postpone_cards(self, conversations: Sequence[Conversation], by_s: float) -> None:
        """Slack does not take these cards now."""

        async def unit(tx: Tx) -> None:
            for conversation in conversations:
                await _put_off_card(tx, conversation.id, int(by_s * 1_000_000))

        await self._database.write(unit)

    async def forget_root(self, channel: str, ts: Ts) -> Conversation | None:
        """The root card at this place is gone; the next text opens a new one. The conversation as it was,
        None when nothing of ours stood there, or that was known."""

        async def unit(tx: Tx) -> Conversation | None:
            row = await tx.row(
                "select conversation_id from threads where channel = :channel and ts = :ts", channel=channel, ts=ts
            )
            if row is None or row["conversation_id"] is None:
                return None
            before = await conversation_by_id(tx, row["conversation_id"])
            return before if await forget_root(tx, row["conversation_id"], ts) else None

        return await self._database.write(unit)

    async def refresh_card(self, conversation: Conversation) -> None:
        """Have the root card drawn again."""
        await self._database.write(lambda tx: bump_card(tx, conversation.id))

    async def next_due_in_s(self) -> float | None:
        """Seconds until the next sign or card is due, None when all is in line."""

        async def unit(tx: Tx) -> float | None:
            row = await tx.row(
                """select :now as now, (select min(shown_due_at) from messages where wanted <> shown) as sign,
                  (select min(card_due_at) from conversations where card_wanted > card_shown
                    and root_ts is not null) as card"""
            )
            assert row is not None
            due = [at for at in (row["sign"], row["card"]) if at is not None]
            return max(0.0, (min(due) - row["now"]) / 1_000_000) if due else None

        return await self._database.read(unit)


async def _put_off(tx: Tx, message_id: int, by_us: int) -> None:
    await tx.run("update messages set shown_due_at = :now + :by where id = :id", id=message_id, by=by_us)


async def _put_off_card(tx: Tx, conversation_id: int, by_us: int) -> None:
    await tx.run("update conversations set card_due_at = :now + :by where id = :id", id=conversation_id, by=by_us)

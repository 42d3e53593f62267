"""Slack threads: whose they are, and which of them may have replies that were missed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.model import ChannelId, Claim, Conversation, ConversationId, Message, Thread, Ts
from storage.database import Database, Tx, micros
from storage.messages import conversation_by_id, ensure_root, last_said
from storage.outcomes import bind_thread
from storage.placing import place_waiting


class Threads:
    """The table `threads`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def adopt(self, claim: Claim, root_uid: str) -> bool:
        """Slack says that the claimed reply's thread was opened by our root card `root_uid`: bind it, and
        place the replies that waited. False when this database does not know that card."""

        async def unit(tx: Tx) -> bool:
            root = await tx.row(
                "select id, conversation_id, state from messages where uid = :uid and kind = 'root'", uid=root_uid
            )
            if root is None or claim.message.channel is None or claim.message.thread_ts is None:
                return False
            if root["state"] in ("queued", "sending"):  # a crash came between the post and noting it
                await tx.run(
                    """update messages set state = 'done', attempts = attempts + 1, lease_until = null,
                      channel = :channel, ts = :ts, finished_at = :now where id = :id""",
                    id=root["id"],
                    channel=claim.message.channel,
                    ts=claim.message.thread_ts,
                )
            channel, ts = claim.message.channel, claim.message.thread_ts
            if not await _is_bound(tx, channel, ts):
                await bind_thread(tx, root["conversation_id"], channel, ts, card=0)
            await place_waiting(tx, channel, ts)
            tx.wake()
            return True

        return await self._database.write(unit)

    async def active(self, since: datetime, limit: int) -> Sequence[Thread]:
        """Threads of conversations that had a text either way since then, the latest first."""

        async def unit(tx: Tx) -> list[Thread]:
            rows = await tx.rows(
                """select t.channel, t.ts, t.conversation_id from conversations c
                join threads t on t.conversation_id = c.id
                where c.last_in_at > :since or c.last_out_at > :since
                order by case when coalesce(c.last_in_at, 0) > coalesce(c.last_out_at, 0)
                  then c.last_in_at else c.last_out_at end desc limit :limit""",
                since=micros(since),
                limit=limit,
            )
            return [
                Thread(ChannelId(r["channel"]), Ts(r["ts"]), ConversationId(r["conversation_id"])) for r in rows
            ]

        return await self._database.read(unit)

    async def at(self, channel: ChannelId, ts: Ts) -> Conversation | None:
        """The conversation of a thread; None for one that is nobody's."""

        async def unit(tx: Tx) -> Conversation | None:
            row = await tx.row(
                "select conversation_id from threads where channel = :channel and ts = :ts", channel=channel, ts=ts
            )
            if row is None or row["conversation_id"] is None:
                return None
            return await conversation_by_id(tx, row["conversation_id"])

        return await self._database.read(unit)

    async def conversation(self, conversation: ConversationId | None) -> Conversation | None:
        """The conversation as it is now."""
        if conversation is None:
            return None
        return await self._database.read(lambda tx: conversation_by_id(tx, conversation))

    async def before(self, conversation: Conversation) -> Thread | None:
        """The thread before the conversation's present one, or before the one to be opened."""

        async def unit(tx: Tx) -> Thread | None:
            row = await tx.row(
                """select channel, ts from threads where conversation_id = :id
                and not (channel = :channel and ts = :ts) order by generation desc limit 1""",
                id=conversation.id,
                channel=conversation.root_channel or "",
                ts=conversation.root_ts or "",
            )
            if row is None:
                return None
            return Thread(ChannelId(row["channel"]), Ts(row["ts"]), conversation.id)

        return await self._database.read(unit)

    async def first_words(self, conversation: ConversationId) -> str:
        """The contact's first text, '' when they sent none."""

        async def unit(tx: Tx) -> str:
            row = await tx.row(
                "select body from messages where conversation_id = :id and kind = 'text' order by id limit 1",
                id=conversation,
            )
            return "" if row is None else str(row["body"])

        return await self._database.read(unit)

    async def last_messages(
        self, conversation: ConversationId, limit: int, *, before: Ts | None = None
    ) -> Sequence[Message]:
        """What was said last, oldest first: all that stands in Slack, or only what stands above `before`."""
        return await self._database.read(lambda tx: last_said(tx, conversation, limit, before))

    async def reopen(self, conversation: ConversationId) -> None:
        """Have a thread opened where there is none."""

        async def unit(tx: Tx) -> None:
            found = await conversation_by_id(tx, conversation, lock=True)
            if found is not None:
                await ensure_root(tx, found)

        await self._database.write(unit)


async def _is_bound(tx: Tx, channel: ChannelId, ts: Ts) -> bool:
    """Whether somebody else was first to find out whose thread it is; a later root may stand by now."""
    thread = await tx.row(
        "select conversation_id from threads where channel = :channel and ts = :ts", channel=channel, ts=ts
    )
    return thread is not None and thread["conversation_id"] is not None

"""What members write in mirrored threads: rows towards the provider.

Promise 2: what `accept` returned for is on disk. Promise 4: every message in a line's channel and thread is a
row, sent, kept internal or refused; one whose thread is not known yet waits until Slack has said whose it is.
"""

from __future__ import annotations

from dataclasses import replace

from bot.model import Attachment, ChannelId, Direction, Kind, Reply, Ts, Verdict
from bot.pace import FIND
from storage.database import Database, Row, Tx
from storage.lines import is_line_channel
from storage.messages import NewMessage, insert, position_of, reply_id_of
from storage.placing import insert_placed

STALE_US = 600_000_000  # a reply found that late is offered, never sent by itself

_UNPLACED = """conversation_id is null and channel = :channel and thread_ts = :ts
  and (state = 'queued' or state = 'sending')"""


class Replies:
    """Accepting what members write, edit and delete."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def accept(self, reply: Reply, *, caught_up: bool = False) -> bool:
        """Put a reply on disk. False when it was there already, or stands in nobody's thread.

        `caught_up`: found by reading the thread after a gap, so an old one is offered instead of sent.
        """
        thread = reply_id_of(reply.channel, reply.thread_ts)
        return await self._database.write(lambda tx: _accept(tx, reply, caught_up=caught_up), order=thread)

    async def disown(self, channel: ChannelId, thread_ts: Ts) -> None:
        """The thread is nobody's: forget the words that waited to know it, and take no more from it."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                """insert into threads (channel, ts) values (:channel, :ts)
                on conflict (channel, ts) do nothing""",
                channel=channel,
                ts=thread_ts,
            )
            await tx.run(f"delete from messages where {_UNPLACED}", channel=channel, ts=thread_ts)

        await self._database.write(unit, order=reply_id_of(channel, thread_ts))

    async def refuse_unknown(self, channel: ChannelId, thread_ts: Ts) -> None:
        """The thread is ours, but this database does not know it: mark what was written in it as not sent."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                f"""update messages set state = 'dead', reason = 'unknown_thread', finished_at = :now,
                  lease_until = null, attempts = attempts + 1, wanted = 'refused', shown_due_at = :now
                where {_UNPLACED}""",
                channel=channel,
                ts=thread_ts,
            )

        await self._database.write(unit, order=reply_id_of(channel, thread_ts))


async def _accept(tx: Tx, reply: Reply, *, caught_up: bool) -> bool:
    thread = await lock_thread(tx, reply.channel, reply.thread_ts)
    if thread is None and not await is_line_channel(tx, reply.channel):
        return False
    if thread is not None and thread["conversation_id"] is None:
        return False
    new = await _obey_change(tx, await _new_row(tx, reply, caught_up=caught_up))
    if thread is None:
        return await insert(tx, new) is not None
    return await insert_placed(tx, new, thread["conversation_id"])


async def lock_thread(tx: Tx, channel: ChannelId, ts: Ts) -> Row | None:
    """The thread, if it is known; a reply and its edit, at two replicas at once, take turns."""
    return await tx.row(
        "select conversation_id from threads where channel = :channel and ts = :ts /* for update */",
        channel=channel,
        ts=ts,
    )


async def _new_row(tx: Tx, reply: Reply, *, caught_up: bool) -> NewMessage:
    row = await tx.row("select :now as now")
    assert row is not None
    position = position_of(reply.ts)
    return NewMessage(
        key=f"{reply_id_of(reply.channel, reply.ts)}#0",
        reply_id=reply_id_of(reply.channel, reply.ts),
        kind=Kind.NOTE if reply.verdict == Verdict.NOTE else Kind.REPLY,
        direction=Direction.OUT,
        conversation_id=None,
        pace=FIND,
        body=reply.words,
        attachments=tuple(map(Attachment, reply.files)),
        author=reply.author,
        channel=reply.channel,
        ts=reply.ts,
        thread_ts=reply.thread_ts,
        position=position,
        reason=reply.reason,
        late=caught_up and row["now"] - position > STALE_US,
        occurred_at=position,
    )


async def _obey_change(tx: Tx, new: NewMessage) -> NewMessage:
    """An edit or deletion that came first counts."""
    change = await tx.row(
        """delete from changes where channel = :channel and ts = :ts
        returning deleted, body, kind, reason, changed_at""",
        channel=new.channel,
        ts=new.ts,
    )
    if change is None:
        return new
    return replace(
        new,
        body=change["body"],
        kind=Kind(change["kind"]),
        reason=change["reason"],
        deleted=bool(change["deleted"]),
        changed_at=change["changed_at"],
    )

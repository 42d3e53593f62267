"""What stands in App Home: conversations, texts that wait for a decision, what is due, and how lines do.

A member sees what is on the lines that they may use, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.model import ChannelId, LineId, MemberId, Message, Ts
from bot.model.home import HomeCard, HomeConversation, HomeSend
from storage.database import Database, Row, Tx, maybe_instant
from storage.messages import message_by_id
from storage.rows import CONVERSATION, LINE, MESSAGE, conversation_of, message_of

# As the index `messages_asking` names it.
_ASKING = """m.kind = 'notice' and m.settled_how = ''
  and (m.reason = 'failed' or m.reason = 'gave_up' or m.reason = 'uncertain' or m.reason = 'offered')"""
# Of the last few that we heard of, the one that was said last: some are heard of late.
_LAST = """(select s.id from (select x.id, x.occurred_at from messages x where x.conversation_id = c.id
    and (x.kind in ('text', 'location', 'echo') or (x.kind = 'reply' and x.state not in ('dead', 'scheduled')))
    order by x.id desc limit 10) s
  order by s.occurred_at desc, s.id desc limit 1)"""
_LATEST = """case when coalesce(c.last_in_at, 0) > coalesce(c.last_out_at, 0)
  then coalesce(c.last_in_at, 0) else coalesce(c.last_out_at, 0) end desc, c.id desc"""

Traffic = tuple[datetime | None, datetime | None]
Waiting = tuple[int, datetime | None]


class HomeLists:
    """Reading them. `lines` are those whose conversations may be seen."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def mine(
        self, member: MemberId, lines: Sequence[LineId], skip: int, limit: int
    ) -> Sequence[HomeConversation]:
        """The member's conversations that are not done, the latest first."""
        where = f"c.owner = :member and c.owner <> '' and c.status <> 'done' and {_on(lines)} order by {_LATEST}"
        return await self._conversations(where, skip, limit, member=member)

    async def unclaimed(self, lines: Sequence[LineId], skip: int, limit: int) -> Sequence[HomeConversation]:
        """Conversations in which we owe an answer and that nobody has, the latest first."""
        where = f"""c.owner = '' and (c.status = 'new' or c.status = 'open') and {_on(lines)}
          order by c.last_in_at desc, c.id desc"""
        return await self._conversations(where, skip, limit)

    async def sends(
        self, member: MemberId | None, lines: Sequence[LineId], skip: int, limit: int
    ) -> Sequence[HomeSend]:
        """Texts that failed, are in doubt or wait for a decision, the latest first: the member's own and those of
        their conversations, or everybody's."""

        async def unit(tx: Tx) -> list[HomeSend]:
            rows = await tx.rows(
                f"""select {MESSAGE}, s.body as words, {CONVERSATION}, {LINE} from messages m
                join messages s on s.id = m.subject_id join conversations c on c.id = m.conversation_id
                join lines l on l.id = c.line_id
                where {_ASKING} and {_on(lines)} and (:member = '' or m.author = :member or c.owner = :member)
                order by m.id desc limit :limit offset :skip""",
                member=member or "",
                limit=limit,
                skip=skip,
            )
            return [HomeSend(message_of(row), conversation_of(row), row["words"]) for row in rows]

        return await self._database.read(unit)

    async def due(self, member: MemberId, lines: Sequence[LineId], skip: int, limit: int) -> Sequence[HomeCard]:
        """Payments and callbacks that are still to come, the latest first: those that the member asked for, and
        those of their conversations."""

        async def unit(tx: Tx) -> list[HomeCard]:
            rows = await tx.rows(
                f"""select k.title, k.state, m.channel as card_channel, m.ts as card_ts, {CONVERSATION}, {LINE}
                from cards k left join conversations c on c.id = k.conversation_id
                left join lines l on l.id = c.line_id left join messages m on m.id = k.message_id
                where k.settled = 0 and k.kind in ('payment', 'callback')
                  and (c.id is null or {_on(lines)}) and (k.author = :member or c.owner = :member)
                order by k.id desc limit :limit offset :skip""",
                member=member,
                limit=limit,
                skip=skip,
            )
            return [_card_of(row) for row in rows]

        return await self._database.read(unit)

    async def traffic(self) -> Mapping[LineId, Traffic]:
        """When each line last brought a text, and last sent one."""

        async def unit(tx: Tx) -> dict[LineId, Traffic]:
            rows = await tx.rows(
                """select line_id, max(last_in_at) as last_in, max(last_out_at) as last_out
                from conversations group by line_id"""
            )
            return {
                LineId(row["line_id"]): (maybe_instant(row["last_in"]), maybe_instant(row["last_out"]))
                for row in rows
            }

        return await self._database.survey(unit)

    async def waiting(self) -> Mapping[LineId, Waiting]:
        """How much of each line is due and waits, and since when the oldest of it does."""

        async def unit(tx: Tx) -> dict[LineId, Waiting]:
            rows = await tx.rows(
                """select c.line_id, count(*) as waiting,
                  min(case when m.due_at > 0 then m.due_at else m.created_at end) as oldest
                from messages m join conversations c on c.id = m.conversation_id
                where m.state = 'queued' and m.due_at <= :now group by c.line_id"""
            )
            return {LineId(row["line_id"]): (row["waiting"], maybe_instant(row["oldest"])) for row in rows}

        return await self._database.read(unit)

    async def _conversations(self, where: str, skip: int, limit: int, **values: str) -> Sequence[HomeConversation]:
        async def unit(tx: Tx) -> list[HomeConversation]:
            rows = await tx.rows(
                f"""select {CONVERSATION}, {LINE}, {_LAST} as last_id from conversations c
                join lines l on l.id = c.line_id where {where} limit :limit offset :skip""",
                limit=limit,
                skip=skip,
                **values,
            )
            return [HomeConversation(conversation_of(row), await _said(tx, row["last_id"])) for row in rows]

        return await self._database.read(unit)


def _on(lines: Sequence[LineId]) -> str:
    """On one of these lines; on none without any. The plus keeps SQLite from going through all of a line."""
    return f"+c.line_id in ({', '.join(str(int(line)) for line in lines) or 'null'})"


async def _said(tx: Tx, message_id: int | None) -> Message | None:
    return None if message_id is None else await message_by_id(tx, message_id)


def _card_of(row: Row) -> HomeCard:
    channel, ts = row["card_channel"], row["card_ts"]
    return HomeCard(
        row["title"],
        row["state"],
        None if row["c_id"] is None else conversation_of(row),
        None if channel is None else ChannelId(channel),
        None if ts is None else Ts(ts),
    )

"""Questions: what the buttons under an answer ask for, so that a button carries an id and nothing else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from uuid import uuid4

from bot.model import Ask, ChannelId, Decided, MemberId, Question
from storage.database import Database, Tx, instant

KEPT_FOR = timedelta(days=1)  # Slack takes answers to a button for half an hour


class Questions:
    """The table `questions`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, member: MemberId, channel: ChannelId, asks: Sequence[Ask], *, once: bool) -> str:
        """Keep what the buttons of an answer ask for; the uid that they carry."""
        uid = uuid4().hex

        async def unit(tx: Tx) -> str:
            await tx.run(
                """insert into questions (uid, member, channel, asks, once, created_at)
                values (:uid, :member, :channel, :asks, :once, :now)""",
                uid=uid,
                member=member,
                channel=channel,
                asks=json.dumps([asdict(ask) for ask in asks]),
                once=int(once),
            )
            return uid

        return await self._database.write(unit)

    async def find(self, uid: str) -> Question | None:
        """The question, or None when there is none any more."""

        async def unit(tx: Tx) -> Question | None:
            row = await tx.row(
                "select member, channel, asks, once, created_at from questions where uid = :uid", uid=uid
            )
            if row is None:
                return None
            asks = tuple(Ask(**ask) for ask in json.loads(row["asks"]))
            return Question(
                MemberId(row["member"]),
                ChannelId(row["channel"]),
                asks,
                once=bool(row["once"]),
                asked_at=instant(row["created_at"]),
            )

        return await self._database.read(unit)

    async def settle(self, uid: str, who: MemberId) -> Decided:
        """Be the first to decide about a question, or learn who was."""

        async def unit(tx: Tx) -> Decided:
            first = await tx.run(
                "update questions set settled_by = :who where uid = :uid and settled_by = ''", uid=uid, who=who
            )
            if first:
                return Decided(done=True, by=who)
            row = await tx.row("select settled_by from questions where uid = :uid", uid=uid)
            return Decided(done=False, by=None if row is None else MemberId(row["settled_by"]))

        return await self._database.write(unit)

    async def forget_old(self) -> None:
        """Drop the questions whose buttons Slack would not let be answered any more."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                "delete from questions where created_at < :now - :keep", keep=KEPT_FOR // timedelta(microseconds=1)
            )

        await self._database.write(unit)

"""Lines: the numbers the business owns, each mirrored in a channel."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from bot.errors import UsageError
from bot.model import ChannelId, Line, LineId, Number, ProviderName
from storage.database import Database, Tx, instant, maybe_instant, micros
from storage.messages import now_us
from storage.rows import LINE, line_of


class Lines:
    """The table `lines`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> Sequence[Line]:
        """Every line that is bound, by name."""

        async def unit(tx: Tx) -> list[Line]:
            rows = await tx.rows(f"select {LINE} from lines l where l.removed_at is null order by l.name, l.id")
            return [line_of(row) for row in rows]

        return await self._database.read(unit)

    async def add(self, line: Line) -> Line:
        """Bind a number to a channel (`line.id` is ignored). A number that was bound before keeps its
        conversations. Texts are read from the provider from now on. Raises `UsageError` when the number is
        bound with another account of the provider."""

        async def unit(tx: Tx) -> Line:
            await _refuse_second(tx, line)
            row = await tx.row(
                """insert into lines (provider, account, number, channel, name, settings, seen_until, created_at)
                values (:provider, :account, :number, :channel, :name, :settings, :now, :now)
                on conflict (provider, account, number) do update set
                  channel = excluded.channel, name = excluded.name, settings = excluded.settings, removed_at = null
                returning id""",
                provider=line.provider,
                account=line.account,
                number=line.number,
                channel=line.channel,
                name=line.name,
                settings=_settings(line),
            )
            assert row is not None
            tx.wake()
            added = await line_by_id(tx, row["id"])
            assert added is not None
            return added

        return await self._database.write(unit)

    async def change(self, line: Line) -> None:
        """Keep what members call a bound line, and its settings."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                "update lines set name = :name, settings = :settings where id = :id and removed_at is null",
                id=line.id,
                name=line.name,
                settings=_settings(line),
            )
            tx.wake()

        await self._database.write(unit)

    async def remove(self, number: Number, provider: ProviderName | None) -> Line:
        """Unbind a number. Its conversations stay. Raises `UsageError` when it is not bound, or bound twice."""

        async def unit(tx: Tx) -> Line:
            rows = await tx.rows(
                f"""select {LINE} from lines l where l.number = :number and l.removed_at is null
                and (l.provider = :provider or :provider = '')""",
                number=number,
                provider=provider or "",
            )
            if len(rows) != 1:
                raise UsageError(_not_one(len(rows)))
            await tx.run("update lines set removed_at = :now where id = :id", id=rows[0]["l_id"])
            return line_of(rows[0])

        return await self._database.write(unit)

    async def seen_until(self, line: LineId) -> datetime:
        """Up to when every text of the line was read from the provider."""

        async def unit(tx: Tx) -> datetime:
            row = await tx.row("select seen_until from lines where id = :id", id=line)
            return instant(row["seen_until"] if row else await now_us(tx))

        return await self._database.read(unit)

    async def mark_seen(self, line: LineId, until: datetime) -> None:
        """Note up to when every text of the line was read; it steps back only from a
        time that has not come."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                """update lines set seen_until = :until
                where id = :id and (seen_until < :until or seen_until > :now)""",
                id=line,
                until=micros(until),
            )

        await self._database.write(unit)

    async def oldest_undelivered(self, line: Line, since: datetime) -> datetime | None:
        """When the oldest text of the line was sent whose delivery is still open, at or after `since`."""

        async def unit(tx: Tx) -> datetime | None:
            row = await tx.row(
                """select min(m.claimed_at) as at from messages m join conversations c on c.id = m.conversation_id
                where m.direction = 'out' and m.state = 'done' and (m.delivery = 'accepted' or m.delivery = 'sent')
                  and m.provider = :provider and m.claimed_at > :since and c.line_id = :line""",
                provider=line.provider,
                since=micros(since),
                line=line.id,
            )
            return None if row is None else maybe_instant(row["at"])

        return await self._database.read(unit)


def _settings(line: Line) -> str:
    return json.dumps({"broadcasts": line.broadcasts})


async def _refuse_second(tx: Tx, line: Line) -> None:
    """A number lives in one account: nothing could tell two lines of it apart, not even `remove`."""
    row = await tx.row(
        """select account from lines where provider = :provider and number = :number
        and account <> :account and removed_at is null""",
        provider=line.provider,
        number=line.number,
        account=line.account,
    )
    if row is not None:
        raise UsageError(
            f"That number is bound already, with the account {row['account']}. Unbind it first: "
            f"threadline lines remove {line.provider} --number {line.number}"
        )


async def line_by_id(tx: Tx, line_id: int) -> Line | None:
    """The line, bound or not any more; None when there is none."""
    row = await tx.row(f"select {LINE} from lines l where l.id = :id", id=line_id)
    return None if row is None else line_of(row)


def _not_one(count: int) -> str:
    if count == 0:
        return "No line has that number. `threadline lines list` shows those there are."
    return "Two providers have that number: say which, as in `threadline lines remove textrequest --number …`."


async def line_for(tx: Tx, provider: str, account: str, number: str) -> Line | None:
    """The bound line of a number; an account that the provider does not say fits any."""
    row = await tx.row(
        f"""select {LINE} from lines l where l.provider = :provider and l.number = :number
        and l.removed_at is null and (l.account = :account or :account = '' or l.account = '')""",
        provider=provider,
        number=number,
        account=account,
    )
    return None if row is None else line_of(row)


async def is_line_channel(tx: Tx, channel: ChannelId) -> bool:
    """Whether a line, bound or not any more, is mirrored in this channel."""
    return await tx.row("select id from lines where channel = :channel", channel=channel) is not None

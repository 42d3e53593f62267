"""App Homes that were opened lately. Kept, so that restarts and replicas go on with them.

A home that is stale and due is drawn by whoever takes it; it is due again two seconds later at the soonest.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.model import MemberId
from bot.model.home import HomeList, OpenHome
from storage.database import Database, Row, Tx

LATELY_US = 3_600_000_000
EVERY_US = 2_000_000
TAKEN_US = 30_000_000  # longer than drawing one takes


class Homes:
    """The table `homes`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self, member: MemberId) -> None:
        """Somebody opened theirs: it is drawn at once, on the first pages, whatever stands there."""
        await self._database.write(lambda tx: _wanted(tx, member, "{}"))

    async def turn(self, member: MemberId, which: HomeList, page: int) -> None:
        """Somebody turned a page: it is drawn at once."""

        async def unit(tx: Tx) -> None:
            row = await tx.row("select pages from homes where member = :member", member=member)
            pages = json.loads(row["pages"]) if row else {}
            await _wanted(tx, member, json.dumps({**pages, str(which): page}))

        await self._database.write(unit)

    async def used(self, member: MemberId) -> None:
        """Somebody acted in theirs: it is kept up from now on, as if they had opened it."""

        async def unit(tx: Tx) -> None:
            await tx.run("update homes set opened_at = :now, stale = 1 where member = :member", member=member)
            tx.wake()

        await self._database.write(unit)

    async def any_open(self) -> bool:
        """Whether anybody has opened theirs lately."""

        async def unit(tx: Tx) -> bool:
            row = await tx.row(
                "select member from homes where opened_at > :now - :lately limit 1", lately=LATELY_US
            )
            return row is not None

        return await self._database.read(unit)

    async def something_changed(self) -> None:
        """Every home that was opened lately may be out of date."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                "update homes set stale = 1 where stale = 0 and opened_at > :now - :lately", lately=LATELY_US
            )

        await self._database.write(unit)

    async def take(self, limit: int) -> Sequence[OpenHome]:
        """Homes that are out of date and may change. Nobody else gets them for a while."""

        async def unit(tx: Tx) -> list[OpenHome]:
            rows = await tx.rows(
                """select member, pages, shown, hash from homes
                where stale = 1 and due_at <= :now and opened_at > :now - :lately
                order by due_at limit :limit /* for update skip locked */""",
                lately=LATELY_US,
                limit=limit,
            )
            for row in rows:
                await tx.run(
                    "update homes set stale = 0, due_at = :now + :taken where member = :member",
                    taken=TAKEN_US,
                    member=row["member"],
                )
            return [_home_of(row) for row in rows]

        return await self._database.write(unit)

    async def drawn(self, home: OpenHome, shown: str, hash_: str) -> None:
        """This stands there now; `hash_` is Slack's, '' when it is to be drawn anew whatever stands there."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                """update homes set shown = :shown, hash = :hash, due_at = :now + :every
                where member = :member""",
                shown=shown,
                hash=hash_,
                every=EVERY_US,
                member=home.member,
            )

        await self._database.write(unit)

    async def postpone(self, home: OpenHome, by_s: float) -> None:
        """Slack does not take it now."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                "update homes set stale = 1, due_at = :now + :by where member = :member",
                by=int(by_s * 1_000_000),
                member=home.member,
            )

        await self._database.write(unit)

    async def close(self, member: MemberId) -> None:
        """Theirs is not kept up any more."""

        async def unit(tx: Tx) -> None:
            await tx.run("delete from homes where member = :member", member=member)

        await self._database.write(unit)

    async def next_due_in_s(self) -> float | None:
        """Seconds until one that is out of date may change, None when all are in line."""

        async def unit(tx: Tx) -> float | None:
            row = await tx.row(
                """select :now as now, min(due_at) as due from homes
                where stale = 1 and opened_at > :now - :lately""",
                lately=LATELY_US,
            )
            if row is None or row["due"] is None:
                return None
            return max(0.0, (int(row["due"]) - int(row["now"])) / 1_000_000)

        return await self._database.read(unit)


async def _wanted(tx: Tx, member: MemberId, pages: str) -> None:
    await tx.run(
        """insert into homes (member, opened_at, pages) values (:member, :now, :pages)
        on conflict (member) do update set opened_at = excluded.opened_at, pages = excluded.pages,
          shown = '', stale = 1, due_at = 0""",
        member=member,
        pages=pages,
    )
    tx.wake()


def _home_of(row: Row) -> OpenHome:
    known = set(HomeList)
    pages = {HomeList(name): int(page) for name, page in json.loads(row["pages"]).items() if name in known}
    return OpenHome(MemberId(row["member"]), pages, row["shown"], row["hash"])

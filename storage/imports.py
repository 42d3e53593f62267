"""Imports of contacts: kept whole before anything is saved, so that they go on after a restart.

Saving a contact twice changes nothing, so a part whose outcome nobody learned is saved again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from bot.model import (
    ChannelId,
    ContactChange,
    FieldId,
    FieldValue,
    GroupId,
    LineId,
    MemberId,
    NewDeed,
    Number,
    TagId,
    Ts,
)
from bot.model.imports import FailedRow, Import, ImportId, ImportRow, NewImport
from storage.audit import note
from storage.database import Database, Row, Tx

WAITS_FOR = timedelta(days=1)  # for the member's say, as long as its button is kept
_COLUMNS = "id, member, line_id, file, header, rows_to_save, failed, done, tries, state, question, channel, ts"


class Imports:
    """The table `imports`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, new: NewImport) -> ImportId:
        """Keep a file that was read, until the member says that it may go on."""

        async def unit(tx: Tx) -> ImportId:
            row = await tx.row(
                """insert into imports (member, line_id, file, header, rows_to_save, failed, created_at)
                values (:member, :line, :file, :header, :rows, :failed, :now) returning id""",
                member=new.member,
                line=new.line,
                file=new.file,
                header=json.dumps(new.header),
                rows=json.dumps([asdict(each) for each in new.rows]),
                failed=_failed_text(new.failed),
            )
            assert row is not None
            return ImportId(row["id"])

        return await self._database.write(unit)

    async def start(self, import_id: ImportId, member: MemberId) -> bool:
        """Let it go on; False when it is not theirs, or does not wait any more."""
        return await self._change(import_id, member, "waiting", "running")

    async def stop(self, import_id: ImportId, member: MemberId) -> bool:
        """Have it end where it is; False when it is not theirs, or does not go on."""
        return await self._change(import_id, member, "running", "stopped")

    async def next(self) -> Import | None:
        """The oldest that goes on, or is to end."""

        async def unit(tx: Tx) -> Import | None:
            row = await tx.row(f"select {_COLUMNS} from imports where state <> 'waiting' order by id limit 1")
            return None if row is None else _import_of(row)

        return await self._database.read(unit)

    async def shown(self, import_id: ImportId, question: str, channel: ChannelId, ts: Ts) -> None:
        """Its message stands there, and its button carries that."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                "update imports set question = :question, channel = :channel, ts = :ts where id = :id",
                id=import_id,
                question=question,
                channel=channel,
                ts=ts,
            )

        await self._database.write(unit)

    async def tried(self, import_id: ImportId) -> None:
        """What comes next was tried, and nobody learned what became of it."""

        async def unit(tx: Tx) -> None:
            await tx.run("update imports set tries = tries + 1 where id = :id", id=import_id)

        await self._database.write(unit)

    async def advance(self, one: Import, tried: int, failed: Sequence[FailedRow]) -> Import:
        """So many more rows were tried, these of them in vain; the import as it is now."""
        done, all_failed = one.done + tried, (*one.of.failed, *failed)

        async def unit(tx: Tx) -> bool:
            row = await tx.row(
                """update imports set done = :done, tries = 0, failed = :failed
                where id = :id returning state""",
                id=one.id,
                done=done,
                failed=_failed_text(all_failed),
            )
            return row is None or row["state"] == "stopped"

        stopped = await self._database.write(unit)
        return replace(one, of=replace(one.of, failed=all_failed), done=done, tries=0, stopped=stopped)

    async def end(self, import_id: ImportId, deed: NewDeed) -> None:
        """It is over: nothing of it is kept but who did it."""

        async def unit(tx: Tx) -> None:
            if await tx.run("delete from imports where id = :id", id=import_id):
                await note(tx, deed)

        await self._database.write(unit)

    async def forget_old(self) -> None:
        """Drop what nobody said anything about."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                "delete from imports where state = 'waiting' and created_at < :now - :keep",
                keep=WAITS_FOR // timedelta(microseconds=1),
            )

        await self._database.write(unit)

    async def _change(self, import_id: ImportId, member: MemberId, before: str, after: str) -> bool:
        async def unit(tx: Tx) -> bool:
            changed = await tx.run(
                """update imports set state = :after
                where id = :id and member = :member and state = :before""",
                id=import_id,
                member=member,
                before=before,
                after=after,
            )
            return changed > 0

        return await self._database.write(unit)


def _import_of(row: Row) -> Import:
    failed = (FailedRow(each["place"], tuple(each["cells"]), each["why"]) for each in json.loads(row["failed"]))
    return Import(
        id=ImportId(row["id"]),
        of=NewImport(
            member=MemberId(row["member"]),
            line=LineId(row["line_id"]),
            file=row["file"],
            header=tuple(json.loads(row["header"])),
            rows=tuple(_row_of(each) for each in json.loads(row["rows_to_save"])),
            failed=tuple(failed),
        ),
        done=row["done"],
        tries=row["tries"],
        stopped=row["state"] == "stopped",
        question=row["question"],
        channel=None if row["channel"] is None else ChannelId(row["channel"]),
        ts=None if row["ts"] is None else Ts(row["ts"]),
    )


def _row_of(kept: Mapping[str, Any]) -> ImportRow:
    return ImportRow(kept["place"], tuple(kept["cells"]), Number(kept["number"]), _change_of(kept["change"]))


def _change_of(kept: Mapping[str, Any]) -> ContactChange:
    """What `asdict` made of a change, back from JSON."""
    fields, groups, tags = kept["fields"], kept["groups"], kept["tags"]
    return ContactChange(
        **{
            **kept,
            "groups": None if groups is None else tuple(map(GroupId, groups)),
            "tags": None if tags is None else tuple(map(TagId, tags)),
            "fields": None
            if fields is None
            else tuple(FieldValue(FieldId(each["field"]), each["value"]) for each in fields),
        }
    )


def _failed_text(failed: Sequence[FailedRow]) -> str:
    return json.dumps([asdict(each) for each in failed])

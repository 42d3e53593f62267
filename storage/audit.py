"""The append-only log of what people did: who, what, for whom, with what result, and when."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Deed, MemberId, NewDeed, Number
from storage.database import Database, Tx, instant


class Audit:
    """The table `audit`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, deed: NewDeed) -> None:
        """Write one line: a deed that is nowhere else in the database."""
        await self._database.write(lambda tx: note(tx, deed))

    async def page(self, *, by: MemberId | None, to: Number | None, skip: int, limit: int) -> Sequence[Deed]:
        """What was done, newest first: by everybody or one member, to anybody or one contact."""

        async def unit(tx: Tx) -> Sequence[Deed]:
            rows = await tx.rows(
                """select a.at, a.who, a.what, a.result, a.about, c.contact, c.contact_name from audit a
                left join conversations c on c.id = a.conversation_id
                where (:by = '' or a.who = :by) and (:contact = '' or c.contact = :contact)
                order by a.id desc limit :limit offset :skip""",
                by=by or "",
                contact=to or "",
                limit=limit,
                skip=skip,
            )
            return [
                Deed(
                    at=instant(row["at"]),
                    who=MemberId(row["who"]),
                    what=row["what"],
                    contact=Number(row["contact"]) if row["contact"] else None,
                    contact_name=row["contact_name"],
                    result=row["result"],
                    about=row["about"],
                )
                for row in rows
            ]

        return await self._database.read(unit)


async def note(tx: Tx, deed: NewDeed) -> None:
    """Write one line of the log, in the transaction of the deed."""
    await tx.run(
        """insert into audit (at, who, what, conversation_id, message_id, result, about)
        values (:now, :who, :what, :conversation, :message, :result, :about)""",
        who=deed.who,
        what=deed.what,
        conversation=deed.conversation,
        message=deed.message,
        result=deed.result,
        about=deed.about,
    )

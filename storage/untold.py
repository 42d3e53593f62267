"""What providers are still to be told: the intent is on disk before anything is asked of them.

Each wish has a uid of its own. One that was told, or refused, is gone; a later wish in its place stays, so that
what a member wanted last is what the provider has at the end.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import uuid4

from bot.model import Aspect, Untold
from bot.model.standings import TELLING
from storage.database import Database, Tx
from storage.duties import hurry
from storage.remarks import Remark, remark
from storage.rows import CONVERSATION, LINE, conversation_of


class UntoldStandings:
    """The table `untold`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, limit: int) -> Sequence[Untold]:
        """What is to be told now, the longest due first."""

        async def unit(tx: Tx) -> list[Untold]:
            rows = await tx.rows(
                f"""select u.uid, u.what, u.wanted, u.tries, {CONVERSATION}, {LINE} from untold u
                join conversations c on c.id = u.conversation_id join lines l on l.id = c.line_id
                where u.due_at <= :now order by u.due_at limit :limit""",
                limit=limit,
            )
            return [
                Untold(row["uid"], conversation_of(row), Aspect(row["what"]), bool(row["wanted"]), row["tries"])
                for row in rows
            ]

        return await self._database.read(unit)

    async def told(self, untold: Untold) -> None:
        """The provider has it, or keeps no such thing."""
        await self._database.write(lambda tx: _forget(tx, untold))

    async def later(self, untold: Untold, in_s: float) -> None:
        """The provider did not answer, or not now."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                "update untold set due_at = :now + :wait, tries = tries + 1 where uid = :uid",
                wait=int(in_s * 1_000_000),
                uid=untold.uid,
            )

        await self._database.write(unit)

    async def refused(self, untold: Untold, words: str, code: str) -> None:
        """The provider will not have it: the thread is told why, once, and the card shows what is true there."""

        async def unit(tx: Tx) -> None:
            if not await _forget(tx, untold):
                return
            key, reason = f"untold:{untold.uid}", reason_of(untold)
            await remark(tx, untold.conversation.id, Remark(key=key, reason=reason, words=words, code=code))
            if untold.aspect != Aspect.RESOLVED:  # whether it is done here is for members to say
                await tx.run(
                    f"""update conversations set {untold.aspect} = :was, card_wanted = card_wanted + 1
                    where id = :id""",
                    was=int(not untold.wanted),
                    id=untold.conversation.id,
                )

        await self._database.write(unit)


def reason_of(untold: Untold) -> str:
    """The word of the notice that says what a provider refused. Pure."""
    return f"not_{untold.aspect}" if untold.wanted else f"still_{untold.aspect}"


async def _forget(tx: Tx, untold: Untold) -> bool:
    return await tx.run("delete from untold where uid = :uid", uid=untold.uid) > 0


async def want(tx: Tx, conversation_id: int, aspect: Aspect, *, wanted: bool) -> None:
    """Have the provider told, in place of whatever it was to be told of it before."""
    await tx.run(
        """insert into untold (conversation_id, what, wanted, uid, due_at)
        values (:conversation, :what, :wanted, :uid, :now)
        on conflict (conversation_id, what) do update set wanted = excluded.wanted, uid = excluded.uid,
          tries = 0, due_at = excluded.due_at""",
        conversation=conversation_id,
        what=aspect,
        wanted=int(wanted),
        uid=uuid4().hex,
    )
    await hurry(tx, TELLING)


async def open_at_provider(tx: Tx, conversation_id: int) -> None:
    """A word either way opened what was done. Providers see to that themselves, but for what we tell them late."""
    await want(tx, conversation_id, Aspect.RESOLVED, wanted=False)
    await tx.run(
        """update untold set wanted = 0, uid = :uid, due_at = :now
        where conversation_id = :id and what = 'archived'""",
        uid=uuid4().hex,
        id=conversation_id,
    )


async def waiting(tx: Tx, conversation_id: int) -> Collection[Aspect]:
    """What the provider is still to be told of a conversation: what it says of that itself is out of date."""
    rows = await tx.rows("select what from untold where conversation_id = :id", id=conversation_id)
    return {Aspect(row["what"]) for row in rows}

"""Where conversations stand because somebody said so: whose they are, whether they are done, put away or blocked.

A text either way changes it by itself (`storage/texts.py`). What a provider keeps as well is written down in the
same transaction, and told to it later (`storage/untold.py`). Every deed is a row in `audit`.
"""

from __future__ import annotations

from uuid import uuid4

from bot.model import Aspect, ConversationId, Decided, MemberId, NewDeed, Standing, StandingReported
from storage.audit import note
from storage.database import Database, Row, Tx
from storage.remarks import Remark, remark
from storage.untold import waiting, want

# Where the last word left it.
_LEFT = """case when replied = 0 and owner = '' then 'new'
  when replied = 0 or coalesce(last_in_at, 0) > coalesce(last_out_at, 0) then 'open' else 'waiting' end"""

_DONE, _BLOCKED = ("resolved", "reopened", "archived", "unarchived"), ("contact_blocked", "contact_unblocked")
_SAME = {**dict.fromkeys(_DONE, _DONE), **dict.fromkeys(_BLOCKED, _BLOCKED)}  # deeds that undo each other


class Standings:
    """What members, and providers, set. The root card follows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, conversation: ConversationId, who: MemberId) -> Decided:
        """Make it theirs, unless it is somebody's; then whose."""

        async def unit(tx: Tx) -> Decided:
            row = await _locked(tx, conversation)
            if row is None or row["owner"]:
                return Decided(done=False, by=None if row is None else MemberId(row["owner"]))
            await _own(tx, conversation, who)
            await note(tx, NewDeed(who, "taken", conversation))
            tx.wake()
            return Decided(done=True, by=who)

        return await self._database.write(unit)

    async def assign(self, conversation: ConversationId, to: MemberId | None, deed: NewDeed, by: str) -> bool:
        """Make it somebody's, or nobody's. Who did not do it themselves is told in the thread by whom; `by` is a
        name. False when it was so before."""

        async def unit(tx: Tx) -> bool:
            row = await _locked(tx, conversation)
            if row is None or row["owner"] == (to or ""):
                return False
            await _own(tx, conversation, to or "")
            await note(tx, deed)
            if to is not None and to != deed.who:
                made = Remark(key=f"assigned:{uuid4().hex}", reason="assigned", words=by, author=to)
                await remark(tx, conversation, made)
            tx.wake()
            return True

        return await self._database.write(unit)

    async def set(self, conversation: ConversationId, standing: Standing, deed: NewDeed, *, tell: bool) -> Decided:
        """Have it stand so. `tell`: the provider is to be told, and has not been. When it stood so before, who did
        that last, as far as anybody knows."""

        async def unit(tx: Tx) -> Decided:
            row = await _locked(tx, conversation)
            if row is None:
                return Decided(done=False)
            changed = await _stand(tx, conversation, standing)
            first = None if changed else await _last(tx, conversation, deed.what)
            if changed or not tell:  # what the provider was told by somebody else is a deed in any case
                await note(tx, deed)
            if tell:
                await _tell(tx, row, standing)
            tx.wake()
            return Decided(done=changed, by=deed.who if changed else first)

        return await self._database.write(unit)

    async def report(self, event: StandingReported) -> None:
        """The provider says how it keeps a conversation. What it is still to be told counts more than that."""
        await self._database.write(lambda tx: _report(tx, event), order=event.contact)


async def _locked(tx: Tx, conversation_id: int) -> Row | None:
    return await tx.row(
        "select id, owner, status, archived from conversations where id = :id /* for update */",
        id=conversation_id,
    )


async def _own(tx: Tx, conversation_id: int, owner: str) -> None:
    """Whoever has an owner is open, and not new any more; without one it may be new again."""
    await tx.run(
        """update conversations set owner = :owner, card_wanted = card_wanted + 1,
          status = case when status = 'new' and :owner <> '' then 'open'
            when status = 'open' and :owner = '' and replied = 0 then 'new' else status end
        where id = :id""",
        id=conversation_id,
        owner=owner,
    )


async def _stand(tx: Tx, conversation_id: int, standing: Standing) -> bool:
    """Whether anything of it was otherwise. What is put away is done, and what is not done is not put away."""
    changed = 0
    if standing.archived or (standing.archived is None and standing.resolved):
        changed += await _finish(tx, conversation_id, archived=bool(standing.archived))
    elif False in (standing.archived, standing.resolved):
        changed += await _reopen(tx, conversation_id)
    if standing.blocked is not None:
        changed += await tx.run(
            """update conversations set blocked = :blocked, card_wanted = card_wanted + 1
            where id = :id and blocked <> :blocked""",
            id=conversation_id,
            blocked=int(standing.blocked),
        )
    return changed > 0


async def _finish(tx: Tx, conversation_id: int, *, archived: bool) -> int:
    return await tx.run(
        """update conversations set status = 'done', done_at = :now, card_wanted = card_wanted + 1,
          archived = case when :archived = 1 then 1 else archived end
        where id = :id and (status <> 'done' or (:archived = 1 and archived = 0))""",
        id=conversation_id,
        archived=int(archived),
    )


async def _reopen(tx: Tx, conversation_id: int) -> int:
    return await tx.run(
        f"""update conversations set archived = 0, card_wanted = card_wanted + 1,
          status = case when status = 'done' then {_LEFT} else status end
        where id = :id and (status = 'done' or archived = 1)""",
        id=conversation_id,
    )


async def _tell(tx: Tx, before: Row, standing: Standing) -> None:
    """What is opened again comes back from where it was put away, too."""
    if standing.resolved is not None:
        await want(tx, before["id"], Aspect.RESOLVED, wanted=standing.resolved)
    if standing.resolved is False and before["archived"]:
        await want(tx, before["id"], Aspect.ARCHIVED, wanted=False)
    if standing.archived is not None:
        await want(tx, before["id"], Aspect.ARCHIVED, wanted=standing.archived)
    if standing.blocked is not None:
        await want(tx, before["id"], Aspect.BLOCKED, wanted=standing.blocked)


async def _last(tx: Tx, conversation_id: int, what: str) -> MemberId | None:
    """Who did that last, unless a member undid it since: then nobody knows who did it again."""
    row = await tx.row(
        f"""select who, what from audit where conversation_id = :id
          and what in ({", ".join(f"'{each}'" for each in _SAME.get(what, (what,)))}) order by id desc limit 1""",
        id=conversation_id,
    )
    return None if row is None or row["what"] != what else MemberId(row["who"])


async def _report(tx: Tx, event: StandingReported) -> None:
    row = await tx.row(
        """select c.id, c.archived from conversations c join lines l on l.id = c.line_id
        where l.provider = :provider and c.contact = :contact
          and (l.account = :account or :account = '') /* for update of c */""",
        provider=event.provider,
        contact=event.contact,
        account=event.account,
    )
    if row is None:
        return
    untold = await waiting(tx, row["id"])
    blocked = None if Aspect.BLOCKED in untold else event.blocked
    done = None if {Aspect.RESOLVED, Aspect.ARCHIVED} & set(untold) else _done(event, archived=row["archived"])
    standing = Standing(resolved=done, archived=True if done and event.archived else None, blocked=blocked)
    if await _stand(tx, row["id"], standing):
        tx.wake()


def _done(event: StandingReported, *, archived: bool) -> bool | None:
    """Whether what the provider says means that it is done; None when it says nothing about it. Pure."""
    if event.resolved or event.archived:
        return True
    came_back = event.archived is False and archived
    stays_away = event.archived is None and archived
    return False if came_back or (event.resolved is False and not stays_away) else None

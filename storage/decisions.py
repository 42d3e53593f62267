"""What a person decides about a message: the only way back from dead, uncertain or failed.

Every decision is one transaction that settles the notice whose button was pressed; a second click finds it
settled and is told by whom. Every decision is a row in `audit`.
"""

from __future__ import annotations

from bot.model import Decided, Direction, Kind, MemberId, Message, MessageId, NewDeed, SentText
from bot.pace import provider_pace
from storage.audit import note
from storage.database import Database, Row, Tx
from storage.holders import holder_of, let_go
from storage.messages import (
    NewMessage,
    insert,
    last_position,
    message_by_id,
    new_token,
    now_us,
    reply_id_of,
    settle_notices,
)
from storage.reports import apply_delivery, settle_uncertain

NOTHING_THERE = Decided(done=False)


class Decisions:
    """Buttons of notices. `notice` is the notice's uid, as its button carries it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def subject(self, notice: str) -> tuple[Message, Message] | None:
        """A notice and what it is about."""

        async def unit(tx: Tx) -> tuple[Message, Message] | None:
            row = await _notice(tx, notice)
            if row is None:
                return None
            about, itself = await message_by_id(tx, row["subject_id"]), await message_by_id(tx, row["id"])
            return None if about is None or itself is None else (itself, about)

        return await self._database.read(unit)

    async def send(self, notice: str, who: MemberId, how: str) -> Decided:
        """Send the text (again): *Retry*, *Send again*, *Send it*. The same row, one more try.
        What its author deleted meanwhile is not sent; the notice stays open, for it may have arrived."""

        async def unit(tx: Tx) -> Decided:
            if await _is_deleted(tx, notice):
                return Decided(done=False, how="cancelled")
            decided = await _settle(tx, notice, who, how)
            if decided.done and decided.subject is not None:
                await _queue(tx, decided.subject.id)
                await _log(tx, who, how, decided.subject)
            return decided

        return await self._database.write(unit)

    async def keep(self, notice: str, who: MemberId) -> Decided:
        """Keep an offered reply internal."""

        async def unit(tx: Tx) -> Decided:
            decided = await _settle(tx, notice, who, "kept")
            if decided.done and decided.subject is not None:
                await tx.run(
                    """update messages set kind = 'note', state = 'done', wanted = 'internal',
                      shown_due_at = :now, finished_at = :now where id = :id and state = 'scheduled'""",
                    id=decided.subject.id,
                )
                await _log(tx, who, "kept", decided.subject)
                tx.wake()
            return decided

        return await self._database.write(unit)

    async def arrived(self, notice: str, who: MemberId) -> Decided:
        """A person knows that an uncertain text arrived."""

        async def unit(tx: Tx) -> Decided:
            decided = await _settle(tx, notice, who, "arrived")
            if decided.done and decided.subject is not None:
                await settle_uncertain(tx, decided.subject.id, "", how="arrived")
                await _log(tx, who, "arrived", decided.subject)
            return decided

        return await self._database.write(unit)

    async def found(self, message: MessageId, text: SentText) -> bool:
        """The provider has the uncertain text after all. False when another row holds it."""

        async def unit(tx: Tx) -> bool:
            line = await _line_of(tx, message)
            held = line is not None and await holder_of(tx, line["provider"], text.text_id) is not None
            if held or not await settle_uncertain(tx, message, text.text_id, how="found"):
                return False
            await apply_delivery(tx, message, text)
            return True

        return await self._database.write(unit)

    async def correct(self, notice: str, who: MemberId) -> Decided:
        """Send the edited words as a text of their own; its reactions stand on the notice."""

        async def unit(tx: Tx) -> Decided:
            decided = await _settle(tx, notice, who, "corrected")
            if decided.done and decided.subject is not None:
                await _insert_correction(tx, notice, who, decided.subject)
                await _log(tx, who, "corrected", decided.subject)
            return decided

        return await self._database.write(unit)


async def _log(tx: Tx, who: MemberId, what: str, subject: Message) -> None:
    await note(tx, NewDeed(who, what, subject.conversation_id, subject.id))


async def _notice(tx: Tx, uid: str) -> Row | None:
    return await tx.row(
        """select id, subject_id, settled_by, settled_how, body, channel, ts, thread_ts from messages
        where uid = :uid and kind = 'notice'""",
        uid=uid,
    )


async def _is_deleted(tx: Tx, uid: str) -> bool:
    return (
        await tx.row(
            """select s.id from messages n join messages s on s.id = n.subject_id
        where n.uid = :uid and n.settled_how = '' and s.deleted = 1""",
            uid=uid,
        )
        is not None
    )


async def _line_of(tx: Tx, message_id: MessageId) -> Row | None:
    return await tx.row(
        """select l.provider from messages m join conversations c on c.id = m.conversation_id
        join lines l on l.id = c.line_id where m.id = :id""",
        id=message_id,
    )


async def _settle(tx: Tx, uid: str, who: MemberId, how: str) -> Decided:
    """Be the first to decide about a notice, or learn who was: another click may be deciding just now."""
    await tx.row("select id from messages where uid = :uid and kind = 'notice' /* for update */", uid=uid)
    row = await _notice(tx, uid)
    if row is None:
        return NOTHING_THERE
    subject = await message_by_id(tx, row["subject_id"])
    first = await tx.run(
        """update messages set settled_by = :who, settled_how = :how, wanted = 'settled', shown_due_at = :now
        where id = :id and settled_how = ''""",
        id=row["id"],
        who=who,
        how=how,
    )
    if first:
        return Decided(done=True, by=who, how=how, subject=subject)
    by = MemberId(row["settled_by"]) if row["settled_by"] else None
    return Decided(done=False, by=by, how=row["settled_how"], subject=subject)


async def _queue(tx: Tx, message_id: MessageId) -> None:
    """dead, uncertain, scheduled, or done and failed → queued: the same row, with a token of its own, so that
    a late report of the try before proves nothing about this one."""
    await let_go(tx, message_id)
    queued = await tx.run(
        """update messages set state = 'queued', due_at = 0, tried_at = null, looks = 0, provider_id = null,
          token = :token, delivery = '', reason = '', code = '', late = 0,
          body = coalesce(newer_body, body), newer_body = null,
          wanted = 'waiting', shown_due_at = :now, finished_at = null
        where id = :id and deleted = 0
          and (state in ('dead', 'uncertain', 'scheduled') or (state = 'done' and delivery = 'failed'))""",
        id=message_id,
        token=new_token(),
    )
    if queued:
        await settle_notices(tx, message_id, "sent")
        tx.wake()


async def _insert_correction(tx: Tx, notice_uid: str, who: MemberId, subject: Message) -> None:
    row = await _notice(tx, notice_uid)
    line = await _line_of(tx, subject.id)
    assert row is not None
    assert line is not None
    now = await now_us(tx)
    await insert(
        tx,
        NewMessage(
            key=f"correction:{notice_uid}#0",
            reply_id=reply_id_of(row["channel"], row["ts"]),
            kind=Kind.REPLY,
            direction=Direction.OUT,
            conversation_id=subject.conversation_id,
            pace=provider_pace(line["provider"]),
            body=row["body"],
            author=who,
            channel=row["channel"],
            ts=row["ts"],
            thread_ts=subject.thread_ts,
            position=await last_position(tx, subject.conversation_id),
            wanted="waiting",
            occurred_at=now,
        ),
    )

"""What members write to the ticket of a thread: a note on the latest ticket there that is open.

The note is on disk in the transaction that puts the member's message on disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import MemberId
from bot.model.cards import CardKind, DeedState, NewCardDeed
from bot.model.ticket_terms import CLOSED
from storage.card_rows import bump, queue_deed
from storage.database import Row, Tx
from storage.messages import NewNotice, insert_notice
from storage.rows import attachments_of

NOTE, ATTACH = "note", "attach"  # the deeds' words
NO_TICKET, NOTE_STAYS = "no_ticket", "note_stays"  # the reasons of notices

UNTOUCHED = "state = 'queued' and doubted = 0"  # nothing of it can be at the provider

# One that was not opened, or of which nobody knows that, takes no note.
_LATEST = """
select c.id from cards c where c.conversation_id = :conversation and c.kind = :kind and c.settled = 0
  and c.state <> :closed and (c.provider_id is not null or exists (
    select 1 from deeds d where d.card_id = c.id and d.what = 'create' and d.state in ('queued', 'sending')))
order by c.id desc limit 1"""


@dataclass(frozen=True, slots=True)
class TicketNote:
    """What a member wrote, with its sign, and the ids of the files below it."""

    words: str
    files: Sequence[str] = ()


async def change_note(tx: Tx, message: Row, note: TicketNote | None, conversation_id: int) -> None:
    """A member changed a note, or took it back: that counts as long as nobody began to write it at the service
    desk. What may be there stays as it is, and its author is told. `message` has `id`, `key`, `author`,
    `attachments` and `changed_at`."""
    key = f"reply:{message['key']}"
    if note is None:
        for file in attachments_of(message["attachments"]):
            await _drop(tx, f"{key}:{file.url}")
    deed = await tx.row("select state, words from deeds where key = :key /* for update */", key=key)
    if deed is None or deed["state"] == DeedState.DROPPED:
        if note is not None and not await _take_up(tx, key, note):
            await note_ticket(tx, message, note, conversation_id)
    elif not await (_drop(tx, key) if note is None else _reword(tx, key, note)):
        stays = NewNotice(reason=NOTE_STAYS, author=message["author"], nth=str(message["changed_at"]))
        await insert_notice(tx, message["id"], stays)


async def _drop(tx: Tx, key: str) -> bool:
    return await _changed(tx, key, f"state = '{DeedState.DROPPED}', finished_at = :now", UNTOUCHED)


async def _reword(tx: Tx, key: str, note: TicketNote) -> bool:
    """One that was refused says the newer words when somebody has it tried again."""
    return await _changed(tx, key, "words = :words", f"({UNTOUCHED} or state = 'failed')", words=note.words)


async def _take_up(tx: Tx, key: str, note: TicketNote) -> bool:
    put_back = "state = 'queued', words = :words, due_at = :now, finished_at = null"
    return await _changed(tx, key, put_back, f"state = '{DeedState.DROPPED}'", words=note.words)


async def _changed(tx: Tx, key: str, values: str, condition: str, **given: str) -> bool:
    row = await tx.row(
        f"update deeds set {values} where key = :key and {condition} returning card_id", key=key, **given
    )
    if row is not None:
        await bump(tx, row["card_id"])
    return row is not None


async def note_ticket(tx: Tx, message: Row, note: TicketNote, conversation_id: int) -> None:
    """Queue the note and its files, or tell its author that no ticket is there; once for each message. `message`
    has `id`, `key` and `author`. A file alone needs no words."""
    if await tx.row("select id from deeds where key = :key", key=f"reply:{message['key']}") is not None:
        return
    card = await tx.row(_LATEST, conversation=conversation_id, kind=CardKind.TICKET, closed=CLOSED)
    if card is None:
        await insert_notice(tx, message["id"], NewNotice(reason=NO_TICKET, author=message["author"]))
        return
    key, member = f"reply:{message['key']}", MemberId(message["author"])
    if note.words.partition(":")[2].strip() or not note.files:
        await queue_deed(tx, card["id"], NewCardDeed(key=key, what=NOTE, member=member, words=note.words))
    for file_id in note.files:
        new = NewCardDeed(key=f"{key}:{file_id}", what=ATTACH, member=member, words=file_id)
        await queue_deed(tx, card["id"], new)

"""What members write to the ticket of a thread: a note on the latest ticket there that is open.

The note is on disk in the transaction that puts the member's message on disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import MemberId
from bot.model.cards import CardKind, NewCardDeed
from bot.model.ticket_terms import CLOSED
from storage.card_rows import queue_deed
from storage.database import Row, Tx
from storage.messages import NewNotice, insert_notice

NOTE, ATTACH = "note", "attach"  # the deeds' words
NO_TICKET = "no_ticket"  # the reason of a notice

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

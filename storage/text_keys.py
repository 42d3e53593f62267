"""What makes a text the same text: the provider's id, or, where it gave none, what is known of the text.

Rows of a listing may lack an id that the text's webhook had, or will have. Such a row is the text of the same
contact and line with the same words and the same instant, to a second, in which providers round differently.
Source: https://github.com/dfilter/text-request-ts-contracts/blob/main/src/lib/zod/common.schemas.ts
(`preprocessUuid`: it puts an id where there is none)
"""

from __future__ import annotations

from hashlib import sha256

from bot.model import Line, TextReceived, TextSent
from storage.database import Tx, micros

SECOND_US = 1_000_000


def text_id_of(event: TextReceived | TextSent) -> str:
    """The provider's id, or one made of what is known. Pure."""
    return event.text_id or _made_up(event)[1]


def text_key(event: TextReceived | TextSent) -> str:
    """The key of the text's row. Pure."""
    return f"{event.provider}:{text_id_of(event)}"


def _made_up(event: TextReceived | TextSent) -> tuple[str, str, str]:
    """What stands for the id: one of the second before, one of the text's own, one of the second after."""
    known = "\n".join((event.line_number, event.contact, event.body)).encode("utf-8", "surrogatepass")
    words, second = sha256(known).hexdigest()[:32], micros(event.sent_at) // SECOND_US
    return f"made-up-{words}-{second - 1}", f"made-up-{words}-{second}", f"made-up-{words}-{second + 1}"


async def is_known(tx: Tx, line: Line, event: TextReceived) -> bool:
    """Whether the text has a row. One that was taken without its id gets it now."""
    key = text_key(event)
    before, same, after = (f"{event.provider}:{made_up}" for made_up in _made_up(event))
    rows = await tx.rows(
        "select id, key from messages where key in (:key, :before, :same, :after)",
        key=key,
        before=before,
        same=same,
        after=after,
    )
    if any(row["key"] == key for row in rows):
        return True
    if not event.text_id:
        return bool(rows) or await _is_there_with_an_id(tx, line, event)
    for row in rows[:1]:
        await tx.run("update messages set key = :key where id = :id", id=row["id"], key=key)
    return bool(rows)


async def _is_there_with_an_id(tx: Tx, line: Line, event: TextReceived) -> bool:
    at = micros(event.sent_at)
    row = await tx.row(
        """select m.id from messages m join conversations c on c.id = m.conversation_id
        where c.line_id = :line and c.contact = :contact and m.kind = 'text' and m.body = :body
          and m.occurred_at > :at - :second and m.occurred_at < :at + :second limit 1""",
        line=line.id,
        contact=event.contact,
        body=event.body,
        at=at,
        second=SECOND_US,
    )
    return row is not None

"""What a thread is told of its conversation as a whole, and not of one message in it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Direction, Kind, MessageId
from bot.pace import post_pace
from storage.database import Tx
from storage.messages import NewMessage, ensure_thread, insert, now_us


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A notice without a button. `key` makes it one however often it comes; who is mentioned is its `author`."""

    key: str
    reason: str  # a word of `bot.views.notices.SAID`
    words: str = ""
    code: str = ""
    author: str = ""


async def remark(tx: Tx, conversation_id: int, made: Remark) -> MessageId | None:
    """Tell the conversation's thread; None when it was told before."""
    line = await tx.row(
        "select l.channel from conversations c join lines l on l.id = c.line_id where c.id = :id",
        id=conversation_id,
    )
    if line is None:
        return None
    await ensure_thread(tx, conversation_id)
    return await insert(
        tx,
        NewMessage(
            key=made.key,
            kind=Kind.NOTICE,
            direction=Direction.IN,
            conversation_id=conversation_id,  # type: ignore[arg-type]  # an id from a row
            pace=post_pace(line["channel"]),
            body=made.words,
            author=made.author,
            occurred_at=await now_us(tx),
            reason=made.reason,
            code=made.code,
        ),
    )

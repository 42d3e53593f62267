"""The append-only log of what people did."""

from __future__ import annotations

from bot.model import MemberId, Message
from storage.database import Tx


async def note(tx: Tx, who: MemberId, what: str, message: Message, result: str = "") -> None:
    """Write one line of the log, in the transaction of the deed."""
    await tx.run(
        """insert into audit (at, who, what, conversation_id, message_id, result)
        values (:now, :who, :what, :conversation, :message, :result)""",
        who=who,
        what=what,
        conversation=message.conversation_id,
        message=message.id,
        result=result,
    )

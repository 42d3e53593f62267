"""Where contacts are: their answers to questions of ours, as rows towards Slack.

Promise 1: what `accept` returned for is on disk. An answer that comes twice is one row.
"""

from __future__ import annotations

from bot.model import Conversation, Direction, Kind, LocationShared
from bot.pace import post_pace
from storage.database import Database, Tx
from storage.messages import NewMessage, conversation_by_id, ensure_root, insert, now_us
from storage.texts import note_text, to_be_seen


class Locations:
    """Accepting them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def accept(self, event: LocationShared) -> bool:
        """Put a contact's location on disk and have it mirrored; False when it answers no question of ours."""
        return await self._database.write(lambda tx: _accept(tx, event), order=event.token)


async def _accept(tx: Tx, event: LocationShared) -> bool:
    conversation = await _asked_in(tx, event)
    if conversation is None:
        return False
    now = await now_us(tx)
    added = await insert(tx, _mirrored(conversation, event, now))
    if added is not None:
        await ensure_root(tx, conversation)
        await note_text(tx, conversation, now, added)
    return True


async def _asked_in(tx: Tx, event: LocationShared) -> Conversation | None:
    """The conversation of the question, locked. The contact may have an earlier try of it: that counts as well."""
    row = await tx.row(
        """select conversation_id from messages where token = :token and token <> '' and asks_location = 1
        union all select m.conversation_id from earlier_tries t join messages m on m.id = t.message_id
          where t.token = :token and t.token <> '' and m.asks_location = 1""",
        token=event.token,
    )
    if row is None or row["conversation_id"] is None:
        return None
    conversation = await conversation_by_id(tx, row["conversation_id"], lock=True)
    if conversation is None or conversation.line.removed or conversation.line.provider != event.provider:
        return None
    return conversation


def _mirrored(conversation: Conversation, event: LocationShared, now: int) -> NewMessage:
    place = f"{event.latitude:.5f},{event.longitude:.5f}"  # to a metre
    return NewMessage(
        key=f"location:{event.token}:{place}",
        kind=Kind.LOCATION,
        direction=Direction.IN,
        conversation_id=conversation.id,
        pace=post_pace(conversation.line.channel),
        body=place,
        provider=event.provider,
        broadcast=to_be_seen(conversation, now),
        occurred_at=now,
    )

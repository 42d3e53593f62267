"""Notes that are sent after all: a row that stayed inside goes out, because somebody says so."""

from __future__ import annotations

from bot.model import ChannelId, MemberId, Message, NewDeed, Ts
from storage.audit import note
from storage.database import Database, Tx
from storage.messages import last_position, new_token, reply_id_of
from storage.placing import WAITING_SHOWN_AFTER_US
from storage.rows import MESSAGE, message_of

_STILL_INSIDE = "kind = 'note' and state = 'done' and deleted = 0 and conversation_id is not null"


class Notes:
    """What members kept inside."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def at(self, channel: ChannelId, ts: Ts) -> Message | None:
        """The note that stands there; None when that is no note, or a deleted one."""

        async def unit(tx: Tx) -> Message | None:
            row = await tx.row(
                f"select {MESSAGE} from messages m where m.key = :key and {_STILL_INSIDE}",
                key=f"{reply_id_of(channel, ts)}#0",
            )
            return None if row is None else message_of(row)

        return await self._database.read(unit)

    async def send(self, note_: Message, who: MemberId) -> bool:
        """Have a note sent with the words that it has here, behind everything that was written to the contact.
        False when it is no note any more: it was sent before, or deleted. Who says so is its author now."""

        async def unit(tx: Tx) -> bool:
            sent = await tx.run(
                f"""update messages set kind = 'reply', state = 'queued', body = :words, author = :who,
                  position = :position,
                  due_at = 0, token = :token, reason = '', code = '', late = 0, finished_at = null,
                  wanted = 'waiting', shown_due_at = :now + :grace
                where id = :id and {_STILL_INSIDE}""",
                id=note_.id,
                words=note_.body,
                who=who,
                position=await last_position(tx, note_.conversation_id) + 1,
                token=new_token(),
                grace=WAITING_SHOWN_AFTER_US,
            )
            if sent:
                await note(tx, NewDeed(who, "note_sent", note_.conversation_id, note_.id))
                tx.wake()
            return sent > 0

        return await self._database.write(unit)

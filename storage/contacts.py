"""Contacts as members speak of them: by name, and what was said with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.model import Conversation, ConversationId, LineId, Message, Number
from storage.database import Database, Tx
from storage.rows import CONVERSATION, LINE, MESSAGE, conversation_of, message_of


class Contacts:
    """Finding conversations for a member who asks for them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def with_number(self, line: LineId, contact: Number) -> Conversation | None:
        """The conversation of a number on a line, or None."""

        async def unit(tx: Tx) -> Conversation | None:
            row = await tx.row(
                f"""select {CONVERSATION}, {LINE} from conversations c join lines l on l.id = c.line_id
                where c.line_id = :line and c.contact = :contact""",
                line=line,
                contact=contact,
            )
            return None if row is None else conversation_of(row)

        return await self._database.read(unit)

    async def called(self, line: LineId, name: str, limit: int) -> Sequence[Conversation]:
        """Conversations of a line whose contact has `name` in the name; those called just so first."""

        async def unit(tx: Tx) -> Sequence[Conversation]:
            rows = await tx.rows(
                f"""select {CONVERSATION}, {LINE} from conversations c join lines l on l.id = c.line_id
                where c.line_id = :line and lower(c.contact_name) like :part escape '!'
                order by case when lower(c.contact_name) = lower(:name) then 0 else 1 end,
                  coalesce(c.last_in_at, 0) desc, c.id desc limit :limit""",
                line=line,
                name=name,
                part=f"%{_literally(name.lower())}%",
                limit=limit,
            )
            return [conversation_of(row) for row in rows]

        return await self._database.read(unit)

    async def history(self, conversation: ConversationId, *, bot: str, skip: int, limit: int) -> Sequence[Message]:
        """What was said, newest first: texts, locations, replies, notes, and texts sent from elsewhere. What was
        said to the bot, which begins with the mention `bot`, is none of it, unless it is a note."""

        async def unit(tx: Tx) -> Sequence[Message]:
            rows = await tx.rows(
                f"""select {MESSAGE} from messages m where m.conversation_id = :id
                  and (m.kind in ('text', 'location', 'echo', 'reply') or (m.kind = 'note'
                    and (m.body not like :to_bot or lower(m.body) like :note_to_bot)))
                order by m.occurred_at desc, m.id desc limit :limit offset :skip""",
                id=conversation,
                to_bot=f"{bot}%",
                note_to_bot=f"{bot} note%".lower(),
                limit=limit,
                skip=skip,
            )
            return [message_of(row) for row in rows]

        return await self._database.read(unit)

    async def rename(self, line: LineId, names: Mapping[Number, str]) -> None:
        """A line's contacts are called so from now on, those that ever had a conversation; '' leaves a name."""

        async def unit(tx: Tx) -> None:
            for contact, name in names.items():
                await tx.run(
                    """update conversations set contact_name = :name, card_wanted = card_wanted + 1
                    where line_id = :line and contact = :contact and :name <> ''
                      and coalesce(contact_name, '') <> :name""",
                    line=line,
                    contact=contact,
                    name=name,
                )
            tx.wake()

        await self._database.write(unit)


def _literally(words: str) -> str:
    """For `like … escape '!'`. Pure."""
    return words.replace("!", "!!").replace("%", "!%").replace("_", "!_")

"""Opt-outs: which contacts want no texts, and who says so."""

from __future__ import annotations

from bot.model import Conversation, ConversationId, LineId, OptOut, OptOutReported, Wish
from storage.database import Database, Tx
from storage.messages import bump_card
from storage.rows import CONVERSATION, LINE, conversation_of


class OptOuts:
    """What providers say of contacts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def report(self, event: OptOutReported) -> Conversation | None:
        """Note what the provider says of a contact; the conversation when that changed something."""
        return await self._database.write(lambda tx: _report(tx, event), order=event.contact)

    async def at_provider(self, line: LineId, limit: int) -> list[Conversation]:
        """Some conversations whose contact the provider held as opted out."""

        async def unit(tx: Tx) -> list[Conversation]:
            rows = await tx.rows(
                f"""select {CONVERSATION}, {LINE} from conversations c join lines l on l.id = c.line_id
                where c.line_id = :line and c.opted_out = 'provider' order by random() limit :limit""",
                line=line,
                limit=limit,
            )
            return [conversation_of(row) for row in rows]

        return await self._database.read(unit)

    async def lift(self, conversation: ConversationId) -> None:
        """The provider no longer holds the contact as opted out."""

        async def unit(tx: Tx) -> None:
            await _set_opt_out(tx, conversation, OptOut.PROVIDER, "")

        await self._database.write(unit)


async def obey(tx: Tx, conversation: Conversation, wish: Wish) -> None:
    """STOP marks, START lifts."""
    if wish == Wish.STOP:
        await _set_opt_out(tx, conversation.id, "", OptOut.KEYWORD)
    if wish in (Wish.START, Wish.START_ALL):
        await _set_opt_out(tx, conversation.id, OptOut.KEYWORD, "")
    if wish == Wish.START_ALL:
        await _set_opt_out(tx, conversation.id, OptOut.PROVIDER, "")


async def _set_opt_out(tx: Tx, conversation_id: int, before: str, after: str) -> bool:
    changed = await tx.run(
        """update conversations set opted_out = :after, card_wanted = card_wanted + 1
        where id = :id and opted_out = :before""",
        id=conversation_id,
        before=before,
        after=after,
    )
    return changed > 0


async def mark_opted_out(tx: Tx, conversation_id: int) -> None:
    """The provider refused a text because the contact opted out."""
    await tx.run(
        """update conversations set opted_out = 'provider', card_wanted = card_wanted + 1
        where id = :id and opted_out <> 'provider'""",
        id=conversation_id,
    )


async def _report(tx: Tx, event: OptOutReported) -> Conversation | None:
    row = await tx.row(
        f"""select {CONVERSATION}, {LINE} from conversations c join lines l on l.id = c.line_id
        where l.provider = :provider and c.contact = :contact
          and (l.number = :number or (:number = '' and (l.account = :account or :account = '')))""",
        provider=event.provider,
        contact=event.contact,
        number=event.line_number or "",
        account=event.account,
    )
    if row is None:
        return None
    conversation = conversation_of(row)
    after = OptOut.PROVIDER if event.opted_out else ""
    if (conversation.opted_out or "") == after or (not after and conversation.opted_out == OptOut.KEYWORD):
        return None
    await tx.run("update conversations set opted_out = :after where id = :id", id=conversation.id, after=after)
    await bump_card(tx, conversation.id)
    tx.wake()
    return conversation

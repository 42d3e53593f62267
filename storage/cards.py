"""Cards: made with their first deed in one transaction, and kept as the provider has them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from bot.errors import UsageError
from bot.model import ChannelId, Conversation, Direction, Kind, MemberId, MessageId, Ts
from bot.model.cards import CREATE, Card, CardKind, DeedState, NewCard, Seen
from bot.pace import post_pace
from storage.card_rows import (
    apply,
    card_by_id,
    card_where,
    cards_where,
    says_text,
    write_down,
)
from storage.database import Database, Tx, micros
from storage.lines import line_by_id
from storage.messages import NewMessage, ensure_root, insert, message_by_id, now_us
from storage.texts import open_conversation

NO_LINE = "That line is not connected any more."
_IN_DOUBT = """c.kind = :kind and c.settled = 0 and c.provider = :provider and c.reference = :reference
  and c.provider_id is null and exists (select 1 from deeds d where d.card_id = c.id and d.what = 'create'
    and d.attempts > 0 and d.state <> 'failed' and d.state <> 'dropped')
  order by c.id"""


class Cards:
    """The table `cards`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self, new: NewCard) -> Card:
        """Make a card and queue the deed that has the provider make the thing. A second time it changes nothing,
        and gives the card there is. Raises `UsageError` for a line that is not connected."""

        async def unit(tx: Tx) -> Card:
            card = await _insert(tx, new)
            if card is None:
                return await _known(tx, "c.key = :word", new.key)
            await _create(tx, card, new)
            return await _known(tx, "c.key = :word", new.key)

        return await self._database.write(unit, order=new.contact or "")

    async def adopt(self, new: NewCard, seen: Seen) -> Card:
        """Make a card of something that is at the provider already, or give the card that it has.
        Raises `UsageError` for a line that is not connected."""

        async def unit(tx: Tx) -> Card:
            held = await holder(tx, new.kind, new.provider, seen.provider_id)
            if held is not None:
                return held
            card = await _insert(tx, new)
            if card is not None:
                await apply(tx, card, seen, asked=card)
            return await _known(tx, "c.key = :word", new.key)

        return await self._database.write(unit, order=new.contact or "")

    async def find(self, uid: str) -> Card | None:
        """The card that a button carries."""
        return await self._database.read(lambda tx: card_where(tx, "c.uid = :uid", uid=uid))

    async def of_message(self, message: MessageId) -> Card | None:
        """The card that a message shows."""
        return await self._database.read(lambda tx: card_where(tx, "c.message_id = :id", id=message))

    async def held(self, kind: CardKind, provider: str, provider_id: str) -> Card | None:
        """The card of what the provider calls so."""
        return await self._database.read(lambda tx: holder(tx, kind, provider, provider_id))

    async def in_doubt(self, kind: CardKind, provider: str, reference: str) -> Sequence[Card]:
        """Cards of that reference that the provider may have, nobody knows as what; without their deeds."""
        return await self._database.read(
            lambda tx: cards_where(tx, _IN_DOUBT, kind=kind, provider=provider, reference=reference)
        )

    async def place(self, card: Card) -> tuple[ChannelId, Ts] | None:
        """Where its message stands in Slack; None while it does not."""

        async def unit(tx: Tx) -> tuple[ChannelId, Ts] | None:
            message = None if card.message_id is None else await message_by_id(tx, card.message_id)
            if message is None or message.channel is None or message.ts is None:
                return None
            return message.channel, message.ts

        return await self._database.read(unit)

    async def open_ones(self, kind: CardKind, author: MemberId | None, limit: int) -> Sequence[Card]:
        """What is not settled: everybody's, or what one member asked for, newest first; without the deeds."""
        rest = "c.kind = :kind and c.settled = 0 and (:author = '' or c.author = :author) order by c.id desc"
        return await self._database.read(
            lambda tx: cards_where(tx, f"{rest} limit :limit", kind=kind, author=author or "", limit=limit)
        )


async def holder(tx: Tx, kind: str, provider: str, provider_id: str | None) -> Card | None:
    """The card that holds something of a provider's; None for what is not known there."""
    if provider_id is None:
        return None
    return await card_where(
        tx,
        "c.provider = :provider and c.kind = :kind and c.provider_id = :id",
        provider=provider,
        kind=kind,
        id=provider_id,
    )


async def _known(tx: Tx, condition: str, word: str) -> Card:
    card = await card_where(tx, condition, word=word)
    assert card is not None
    return card


async def _insert(tx: Tx, new: NewCard) -> Card | None:
    """The card with its message; None when it is there already."""
    conversation = await _conversation(tx, new)
    row = await tx.row(
        """insert into cards (key, uid, kind, conversation_id, line_id, provider, reference, title, says, author,
          created_at, state_at, remind_at)
        values (:key, :uid, :kind, :conversation, :line, :provider, :reference, :title, :says, :author, :now, :now,
          :remind_at)
        on conflict (key) do nothing returning id""",
        key=new.key,
        uid=uuid4().hex,
        kind=new.kind,
        conversation=None if conversation is None else conversation.id,
        line=new.line,
        provider=new.provider,
        reference=new.reference,
        title=new.title,
        says=says_text(new.says),
        author=new.author,
        remind_at=None if new.remind_at is None else micros(new.remind_at),
    )
    if row is None:
        return None
    if conversation is not None:
        await ensure_root(tx, conversation)
    await _post(tx, row["id"], new, conversation)
    return await card_by_id(tx, row["id"])


async def _conversation(tx: Tx, new: NewCard) -> Conversation | None:
    if new.line is None or new.contact is None:
        return None
    line = await line_by_id(tx, new.line)
    if line is None or line.removed:
        raise UsageError(NO_LINE)
    return await open_conversation(tx, line, new.contact, None)


async def _post(tx: Tx, card_id: int, new: NewCard, conversation: Conversation | None) -> None:
    """The message that shows it: below the root card, or in a channel."""
    channel = conversation.line.channel if conversation else new.channel
    if channel is None:
        return
    message = await insert(
        tx,
        NewMessage(
            key=f"card:{new.key}",
            kind=Kind.CARD,
            direction=Direction.IN,
            conversation_id=None if conversation is None else conversation.id,
            pace=post_pace(channel),
            body="",
            author=new.author,
            channel=channel,
            wanted="1",
            shown="1",
            occurred_at=await now_us(tx),
        ),
    )
    await tx.run("update cards set message_id = :message where id = :id", id=card_id, message=message)


async def _create(tx: Tx, card: Card, new: NewCard) -> None:
    await tx.run(
        """insert into deeds (key, card_id, provider, what, once, member, state, due_at, created_at)
        values (:key, :card, :provider, :what, :what, :member, :state, :now, :now)""",
        key=f"create:{new.key}",
        card=card.id,
        provider=new.provider,
        what=CREATE,
        member=new.author,
        state=DeedState.WAITING if new.waits else DeedState.QUEUED,
    )
    if new.waits:
        await write_down(tx, card, CREATE, new.author, "waits for a second person")
    tx.wake()

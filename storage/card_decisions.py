"""What a person decides about a deed on a card: to approve it, to do it again, that it happened, to let it be.

The first click decides; a second one is told who did. Every decision is a row in `audit`.
"""

from __future__ import annotations

from bot.model import MemberId
from bot.model.cards import CREATE, DROPPED, Asked, Card, CardDeed, DeedState, Says, Seen
from storage.card_rows import apply, bump, card_by_id, card_where, look_later, says_text, write_down
from storage.cards import holder
from storage.database import Database, Tx

_ABOUT = (DeedState.WAITING, DeedState.UNCERTAIN, DeedState.FAILED)


class CardDecisions:
    """Buttons of cards that ask something. `uid` is the card's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def approve(self, uid: str, who: MemberId) -> Asked:
        """Let a deed that waits happen; who asked for it may not."""

        async def unit(tx: Tx) -> Asked:
            card, deed = await _open(tx, uid, (DeedState.WAITING,))
            if card is None or deed is None or deed.member == who:
                return await _late(tx, uid, CREATE)
            await tx.run(
                """update deeds set state = 'queued', due_at = :now, settled_by = :who
                where id = :id and state = 'waiting'""",
                id=deed.id,
                who=who,
            )
            await _log(tx, card, who, "approved")
            return Asked(done=True, by=who, what=deed.what)

        return await self._database.write(unit)

    async def again(self, uid: str, who: MemberId, of: DeedState) -> Asked:
        """Do once more what failed, or what nobody knows of: which of the two, the button says."""

        async def unit(tx: Tx) -> Asked:
            card, deed = await _open(tx, uid, (of,))
            if card is None or deed is None or card.settled:
                return await _late(tx, uid, "")
            if not await _queue_again(tx, card, deed, who):
                return await _late(tx, uid, deed.what)
            await _log(tx, card, who, "again")
            return Asked(done=True, by=who, what=deed.what)

        return await self._database.write(unit)

    async def revise(self, uid: str, who: MemberId, title: str, says: Says) -> Asked:
        """Try once more to have made what was refused, as it should be instead."""

        async def unit(tx: Tx) -> Asked:
            card, deed = await _open(tx, uid, (DeedState.FAILED,))
            if card is None or deed is None or deed.what != CREATE:
                return await _late(tx, uid, "")
            await tx.run(
                "update cards set title = :title, says = :says where id = :id",
                id=card.id,
                title=title,
                says=says_text(says),
            )
            await _queue_again(tx, card, deed, who)
            await _log(tx, card, who, "again")
            return Asked(done=True, by=who, what=deed.what)

        return await self._database.write(unit)

    async def happened(self, uid: str, who: MemberId) -> Asked:
        """A person knows that it happened. A thing whose number nobody knows is looked for all the same."""

        async def unit(tx: Tx) -> Asked:
            card, deed = await _open(tx, uid, (DeedState.UNCERTAIN,))
            if card is None or deed is None:
                return await _late(tx, uid, "")
            await _end(tx, deed, DeedState.DONE, who)
            await look_later(tx, card.id)
            await _log(tx, card, who, "happened")
            return Asked(done=True, by=who, what=deed.what)

        return await self._database.write(unit)

    async def forget(self, uid: str, who: MemberId) -> Asked:
        """Let it be: it is not done, or nobody will ask any more. A thing that was never made is no longer
        followed."""

        async def unit(tx: Tx) -> Asked:
            card, deed = await _open(tx, uid, _ABOUT)
            if card is None or deed is None:
                return await _late(tx, uid, "")
            await _end(tx, deed, DeedState.DROPPED, who)
            if deed.what == CREATE and card.provider_id is None:
                await _leave(tx, card)
            await _log(tx, card, who, "dropped")
            return Asked(done=True, by=who, what=deed.what)

        return await self._database.write(unit)

    async def leave(self, uid: str, who: MemberId) -> Asked:
        """Look no longer for what a person said was made, and the provider never shows."""

        async def unit(tx: Tx) -> Asked:
            card, deed = await _open(tx, uid, (DeedState.DONE,))
            if card is None or deed is None:
                return await _late(tx, uid, "")
            await _leave(tx, card)
            await _log(tx, card, who, "dropped")
            return Asked(done=True, by=who, what=deed.what)

        return await self._database.write(unit)

    async def found(self, card: Card, deed: CardDeed, seen: Seen) -> bool:
        """The provider has what nobody knew of: it is not done again, also where somebody asked for that. False
        when another card holds it, or it was decided or tried again since."""

        async def unit(tx: Tx) -> bool:
            other = await holder(tx, card.kind, card.provider, seen.provider_id)
            now_there = await card_by_id(tx, card.id, lock=True)
            if now_there is None or (other is not None and other.id != card.id):
                return False
            settled = await tx.run(
                """update deeds set state = 'done', reason = '', finished_at = :now
                where id = :id and attempts = :attempts and (state = 'uncertain' or state = 'queued')""",
                id=deed.id,
                attempts=deed.attempts,
            )
            if not settled:
                return False
            await write_down(tx, now_there, deed.what, deed.member)
            await apply(tx, now_there, seen, asked=card)
            await bump(tx, card.id)
            return True

        return await self._database.write(unit)


async def _open(tx: Tx, uid: str, states: tuple[DeedState, ...]) -> tuple[Card, CardDeed] | tuple[None, None]:
    """The card, locked, and its deed that a person is asked about: one of which nobody knows before others, and a
    failure only while nothing came after it."""
    card = await card_where(tx, "c.uid = :uid", uid=uid)
    card = None if card is None else await card_by_id(tx, card.id, lock=True)
    if card is None:
        return None, None
    waiting = next((deed for deed in card.deeds if deed.state == DeedState.WAITING), None)
    unfound = card.created if card.unfound else None
    for deed in (card.question, waiting, card.failure, unfound):
        if deed is not None and deed.state in states:
            return card, deed
    return None, None


async def _queue_again(tx: Tx, card: Card, deed: CardDeed, who: MemberId) -> bool:
    """Unless another deed that excludes it came since."""
    queued = await tx.run(
        """update deeds set state = 'queued', due_at = :now, tried_at = null, looks = 0, reason = '',
          code = '', field = '', settled_by = :who, finished_at = null where id = :id and state = :state
          and not exists (select 1 from deeds x where x.card_id = :card and x.once = deeds.once
            and x.once <> '' and x.id <> deeds.id and x.state <> 'failed' and x.state <> 'dropped')""",
        id=deed.id,
        state=deed.state,
        who=who,
        card=card.id,
    )
    return queued > 0


async def _late(tx: Tx, uid: str, what: str) -> Asked:
    """Who decided before: whoever decided last."""
    card = await card_where(tx, "c.uid = :uid", uid=uid)
    deeds = [] if card is None else [deed for deed in card.deeds if deed.settled_by is not None]
    if not deeds:
        return Asked(done=False, what=what)
    return Asked(done=False, by=deeds[-1].settled_by, what=deeds[-1].what, state=deeds[-1].state)


async def _leave(tx: Tx, card: Card) -> None:
    await tx.run(
        "update cards set state = :dropped, settled = 1, state_at = :now, look_due_at = null where id = :id",
        id=card.id,
        dropped=DROPPED,
    )


async def _end(tx: Tx, deed: CardDeed, state: DeedState, who: MemberId) -> None:
    await tx.run(
        "update deeds set state = :state, settled_by = :who, finished_at = :now where id = :id",
        id=deed.id,
        state=state,
        who=who,
    )


async def _log(tx: Tx, card: Card, who: MemberId, what: str) -> None:
    await bump(tx, card.id)
    await write_down(tx, card, what, who)

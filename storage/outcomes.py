"""What became of a claimed row.

Every update says `state = 'sending' and attempts = …`: a worker that lost its lease changes nothing.
"""

from __future__ import annotations

from bot.model import Claim, Direction, Kind, MessageId, SentText, Ts
from bot.pace import post_pace
from storage.database import Database, Tx, micros
from storage.holders import answered_late, holder_of
from storage.messages import (
    NewNotice,
    conversation_by_id,
    ensure_root,
    ensure_thread,
    insert_notice,
    now_us,
    settle_notices,
)
from storage.opt_outs import mark_opted_out
from storage.paces import block
from storage.placing import place_waiting
from storage.reports import apply_delivery, match_reports
from storage.started import stands_at
from storage.texts import note_answer

HELD = "state = 'sending' and attempts = :attempts"
# A sure answer counts as long as nobody tried again since, also when looking for it has begun or is over.
SAME_TRY = "(state = 'sending' or state = 'uncertain') and claimed_at = :tried"
ACCEPTED_SHOWN_AFTER_US = 1_000_000  # a receipt within that time spares one change of the reaction


class Outcomes:
    """Settling claims."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def posted(self, claim: Claim, channel: str, ts: Ts) -> bool:
        """Slack has it, at this place. False when the claim was lost."""

        async def unit(tx: Tx) -> bool:
            held = await tx.run(
                f"""update messages set state = 'done', channel = :channel, ts = :ts, finished_at = :now,
                  lease_until = null, shown = case when kind = 'card' and looks = 0 then :drawn else shown end
                where id = :id and {HELD}""",
                id=claim.message.id,
                attempts=claim.message.attempts,
                channel=channel,
                ts=ts,
                drawn=claim.message.wanted,
            )
            if held and claim.message.kind == Kind.ROOT:
                await _open_thread(tx, claim, channel, ts)
            if held and claim.message.kind == Kind.SAID and claim.message.subject_id is not None:
                await stands_at(tx, claim.message.subject_id, channel, ts)
            return held > 0  # the worker that held it is awake, and goes on with the lane

        return await self._database.write(unit)

    async def sent(self, claim: Claim, text: SentText) -> bool:
        """The provider has it. False when the claim was lost, or another row holds that text."""
        return await self._database.write(lambda tx: settle_sent(tx, claim, text))

    async def refused(self, claim: Claim, reason: str, *, code: str = "", words: str = "") -> None:
        """The provider refused it for good, or we did: the author is told why."""

        async def unit(tx: Tx) -> None:
            held = await tx.run(
                f"""update messages set state = 'dead', reason = :reason, code = :code, wanted = :wanted,
                  shown_due_at = :now, finished_at = :now, lease_until = null where id = :id and {HELD}""",
                id=claim.message.id,
                attempts=claim.message.attempts,
                reason=reason,
                code=code,
                wanted="failed" if reason in ("failed", "gave_up") else "refused",
            )
            if held:
                notice = NewNotice(reason=reason, code=code, words=words, author=claim.message.author)
                await insert_notice(tx, claim.message.id, notice)
            if held and reason == "opted_out" and claim.message.conversation_id is not None and code:
                await mark_opted_out(tx, claim.message.conversation_id)
            tx.wake()

        await self._database.write(unit)

    async def later(self, claim: Claim, in_s: float, *, closes: str = "") -> None:
        """It surely did not happen: try again, and everything behind it no sooner. `closes` names a pace that
        the far end closed for that time."""

        async def unit(tx: Tx) -> None:
            if closes:
                await block(tx, closes, in_s)
            await _requeue(tx, claim, in_s)

        await self._database.write(unit)

    async def look_again(self, claim: Claim, in_s: float) -> None:
        """Nobody knows yet: keep the lane, and look again."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                f"update messages set lease_until = :now + :wait where id = :id and {HELD}",
                id=claim.message.id,
                attempts=claim.message.attempts,
                wait=int(in_s * 1_000_000),
            )

        await self._database.write(unit)

    async def uncertain(self, claim: Claim) -> None:
        """Looking is over: a person decides."""

        async def unit(tx: Tx) -> None:
            held = await tx.run(
                f"""update messages set state = 'uncertain', wanted = 'unknown', shown_due_at = :now,
                  lease_until = null where id = :id and {HELD}""",
                id=claim.message.id,
                attempts=claim.message.attempts,
            )
            if held:
                notice = NewNotice(reason="uncertain", author=claim.message.author)
                await insert_notice(tx, claim.message.id, notice)
                await tell_of_change(tx, claim.message.id)
                await match_reports(tx, claim.message.id)
            tx.wake()

        await self._database.write(unit)

    async def root_gone(self, claim: Claim) -> bool:
        """The thread is not there any more: open a new one first, then this row again.
        False when that was known."""

        async def unit(tx: Tx) -> bool:
            await _requeue(tx, claim, 0)
            if claim.conversation is None:
                return False
            news = await forget_root(tx, claim.conversation.id, claim.conversation.root_ts)
            await _reopen(tx, claim.conversation.id)
            return news

        return await self._database.write(unit)

    async def hurry(self, channel: str) -> None:
        """A channel takes posts again: what waited for it is due now."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                "update messages set due_at = 0 where state = 'queued' and pace = :pace", pace=post_pace(channel)
            )
            tx.wake()

        await self._database.write(unit)

    async def dropped(self, claim: Claim, reason: str) -> None:
        """A row that nobody needs any more; nobody is told."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                f"""update messages set state = 'dead', reason = :reason, finished_at = :now,
                  lease_until = null where id = :id and {HELD}""",
                id=claim.message.id,
                attempts=claim.message.attempts,
                reason=reason,
            )
            tx.wake()

        await self._database.write(unit)


async def settle_sent(tx: Tx, claim: Claim, text: SentText) -> bool:
    """As `Outcomes.sent`, inside a transaction."""
    provider = claim.conversation.line.provider if claim.conversation else ""
    if text.text_id and await holder_of(tx, provider, text.text_id) not in (None, claim.message.id):
        return False
    held = await tx.run(
        f"""update messages set state = 'done', provider = :provider, provider_id = :text_id,
          delivery = 'accepted', wanted = 'accepted', shown_due_at = :now + :grace, finished_at = :now,
          lease_until = null where id = :id and {SAME_TRY}""",
        id=claim.message.id,
        tried=None if claim.message.claimed_at is None else micros(claim.message.claimed_at),
        provider=provider,
        text_id=text.text_id or None,
        grace=ACCEPTED_SHOWN_AFTER_US,
    )
    if held:
        await _after_sent(tx, claim)
        await apply_delivery(tx, claim.message.id, text)
        await settle_notices(tx, claim.message.id, "found", reason="uncertain")
    elif text.text_id:
        await answered_late(tx, claim, text.text_id)
    tx.wake()
    return held > 0


async def _after_sent(tx: Tx, claim: Claim) -> None:
    """What waited for the outcome: the thread's status, edits made meanwhile, reports that came first."""
    message_id = claim.message.id
    if claim.conversation is not None:
        written_at = micros(claim.message.occurred_at)
        await note_answer(tx, claim.conversation.id, await now_us(tx), written_at=written_at)
    await tell_of_change(tx, message_id)
    await match_reports(tx, message_id)


async def tell_of_change(tx: Tx, message_id: MessageId) -> None:
    """If the member's message was edited or deleted while it was under way: the contact has the original.
    The newer words stay with the row, for a retry."""
    row = await tx.row("select body, newer_body, deleted, author from messages where id = :id", id=message_id)
    if row is None:
        return
    if row["deleted"]:
        await insert_notice(tx, message_id, NewNotice(reason="deleted", author=row["author"]))
    elif row["newer_body"] is not None and row["newer_body"] != row["body"]:
        notice = NewNotice(reason="edited", words=row["newer_body"], author=row["author"])
        await insert_notice(tx, message_id, notice)


async def _requeue(tx: Tx, claim: Claim, in_s: float) -> None:
    """Back into the queue, with the words as they are by now; one that was deleted, or made a note, is over."""
    now = await now_us(tx)
    due_at = now + int(in_s * 1_000_000)
    held = await tx.run(
        f"""update messages set state = case when deleted = 1 then 'dead' else 'queued' end,
          reason = case when deleted = 1 then 'cancelled' else reason end,
          wanted = case when deleted = 1 then 'internal' else wanted end,
          body = coalesce(newer_body, body), newer_body = null, due_at = :due, lease_until = null
        where id = :id and {HELD}""",
        id=claim.message.id,
        attempts=claim.message.attempts,
        due=due_at,
    )
    if held and in_s > 0:
        await tx.run(
            """update messages set due_at = :due where conversation_id = :conversation
            and direction = :direction and state = 'queued' and due_at < :due""",
            conversation=claim.message.conversation_id,
            direction=claim.message.direction,
            due=due_at,
        )
    if held and claim.message.direction == Direction.IN and claim.message.conversation_id is not None:
        await ensure_thread(tx, claim.message.conversation_id)  # its root may be gone since it was claimed
    tx.wake()


async def _open_thread(tx: Tx, claim: Claim, channel: str, ts: Ts) -> None:
    """The root card stands: the conversation has a thread, and replies that waited for it are placed."""
    assert claim.conversation is not None
    await bind_thread(tx, claim.conversation.id, channel, ts, card=claim.conversation.card)


async def bind_thread(tx: Tx, conversation_id: int, channel: str, ts: str, *, card: int) -> None:
    """Note that a thread is a conversation's, and place the replies that came before that was known.
    `card` is the version of the root card that stands there."""
    generation = await tx.row(
        """update conversations set root_channel = :channel, root_ts = :ts, generation = generation + 1,
          card_shown = :card
        where id = :id returning generation""",
        id=conversation_id,
        channel=channel,
        ts=ts,
        card=card,
    )
    await tx.run(
        """insert into threads (channel, ts, conversation_id, generation)
        values (:channel, :ts, :id, :generation) on conflict (channel, ts) do update
        set conversation_id = excluded.conversation_id, generation = excluded.generation""",
        channel=channel,
        ts=ts,
        id=conversation_id,
        generation=generation["generation"] if generation else 1,
    )
    await place_waiting(tx, channel, ts)


async def forget_root(tx: Tx, conversation_id: int, ts: str | None) -> bool:
    """The root `ts` is gone: have a new one opened as soon as something is to be posted. False when that was
    known."""
    changed = await tx.run(
        "update conversations set root_ts = null, root_channel = null where id = :id and root_ts = :ts",
        id=conversation_id,
        ts=ts,
    )
    waiting = await tx.row(
        "select id from messages where conversation_id = :id and direction = 'in' and state = 'queued'",
        id=conversation_id,
    )
    if changed and waiting is not None:
        await _reopen(tx, conversation_id)
    return changed > 0


async def _reopen(tx: Tx, conversation_id: int) -> None:
    conversation = await conversation_by_id(tx, conversation_id)
    if conversation is not None:
        await ensure_root(tx, conversation)
        tx.wake()

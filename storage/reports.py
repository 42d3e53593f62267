"""Reports and echoes: what a provider tells us about texts that went out.

They can overtake the provider's answer to the send. One whose text no row holds is kept and matched again
after each outcome; an echo counts as "sent elsewhere" only when no row under way or unknown can be its cause.
"""

from __future__ import annotations

from bot.model import (
    DELIVERY_RANK,
    Claim,
    Delivery,
    DeliveryReported,
    MessageId,
    SentText,
    TextSent,
)
from storage.database import NEVER_US, Database, Row, Tx, micros
from storage.events import event_of, text_of
from storage.holders import (
    CLOCK_SLACK_US,
    SameWords,
    bind_to_earlier_try,
    holder_of,
    is_of_earlier_try,
)
from storage.messages import NewNotice, insert_notice
from storage.opt_outs import mark_opted_out
from storage.texts import accept_echo, note_answer, note_not_arrived

ECHO_WAIT_US = 30_000_000  # an answer may take that long to overtake its echo
CROSSED_US = 1_000_000  # a report that crossed its outcome, neither seeing the other, is matched then
LONGEST_SEND_US = 3_600_000_000  # a text of an older try would be known by now
KEEP_US = 72 * 3600 * 1_000_000  # the latest that ClickSend said a receipt comes

_COLUMNS = "id, state, provider_id, token, conversation_id, delivery, author, body, attempts"


class Reports:
    """Accepting reports and echoes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def accept(self, event: DeliveryReported | TextSent) -> None:
        """Apply a report to its text, or keep it until a row holds that text."""

        async def unit(tx: Tx) -> None:
            if await is_of_earlier_try(tx, event):
                return
            row = await _row_of(tx, event)
            if row is not None and row["state"] in ("done", "uncertain"):
                await _apply(tx, row, event)
            else:
                await _keep(tx, event)

        await self._database.write(unit, order=event.text_id or event.token or "")

    async def evidence(self, claim: Claim) -> SentText | None:
        """What a kept report says of a text whose outcome is unknown: that it was sent, and its id."""

        async def unit(tx: Tx) -> SentText | None:
            row = await tx.row(
                "select event from reports where token = :token and token <> ''", token=claim.message.token
            )
            event = event_of(row["event"]) if row else None
            return SentText(event.text_id or "") if isinstance(event, DeliveryReported | TextSent) else None

        return await self._database.read(unit)

    async def held(self, provider: str, text_ids: list[str]) -> set[str]:
        """Those of the provider's texts that a row holds."""

        async def unit(tx: Tx) -> set[str]:
            found = set()
            for text_id in text_ids:
                if await holder_of(tx, provider, text_id) is not None:
                    found.add(text_id)
            return found

        return await self._database.read(unit)

    async def settle_echoes(self, same_words: SameWords, limit: int) -> int:
        """Decide about echoes that waited long enough, and look once more for the texts of reports, which may
        have crossed the outcome; how many were due."""

        async def unit(tx: Tx) -> int:
            rows = await tx.rows(
                "select id, event from reports where due_at <= :now order by due_at, id limit :limit", limit=limit
            )
            for row in rows:
                await _settle_kept(tx, row, same_words)
            return len(rows)

        return await self._database.write(unit)

    async def forget_old(self) -> None:
        """Drop reports that nothing will claim any more."""

        async def unit(tx: Tx) -> None:
            await tx.run("delete from reports where created_at < :now - :keep", keep=KEEP_US)

        await self._database.write(unit)


async def match_reports(tx: Tx, message_id: MessageId) -> None:
    """Apply what came before the row held its text."""
    row = await tx.row(f"select {_COLUMNS}, provider from messages where id = :id", id=message_id)
    if row is None:
        return
    reports = await tx.rows(
        """select id, event from reports where provider = :provider and text_id = :text_id and text_id <> ''
        union select id, event from reports where token = :token and token <> '' order by id""",
        provider=row["provider"],
        text_id=row["provider_id"] or "",
        token=row["token"],
    )
    for report in reports:
        event = event_of(report["event"])
        assert isinstance(event, DeliveryReported | TextSent)
        await _apply(tx, row, event)
        await tx.run("delete from reports where id = :id", id=report["id"])
        row = await tx.row(f"select {_COLUMNS}, provider from messages where id = :id", id=message_id) or row


async def _row_of(tx: Tx, event: DeliveryReported | TextSent) -> Row | None:
    if event.text_id:
        row = await tx.row(
            f"select {_COLUMNS} from messages where provider = :provider and provider_id = :text_id",
            provider=event.provider,
            text_id=event.text_id,
        )
        if row is not None:
            return row
    if not event.token:
        return None
    return await tx.row(f"select {_COLUMNS} from messages where token = :token and token <> ''", token=event.token)


async def _keep(tx: Tx, event: DeliveryReported | TextSent) -> None:
    await tx.run(
        """insert into reports (provider, text_id, token, event, due_at, created_at)
        select :provider, :text_id, :token, :event, :now + :wait, :now
        where not exists (select 1 from reports where provider = :provider and text_id = :text_id
          and event = :event)""",
        provider=event.provider,
        text_id=event.text_id or "",
        token=event.token or "",
        event=text_of(event),
        wait=CROSSED_US if isinstance(event, DeliveryReported) else ECHO_WAIT_US,
    )


async def _apply(tx: Tx, row: Row, event: DeliveryReported | TextSent) -> None:
    """A report of another text of the same row (an earlier try) changes nothing."""
    if row["state"] == "uncertain":
        await settle_uncertain(tx, row["id"], event.text_id or "", how="reported")
    elif event.text_id and row["provider_id"] and row["provider_id"] != event.text_id:
        return
    elif event.text_id and not row["provider_id"] and await holder_of(tx, event.provider, event.text_id) is None:
        await tx.run(
            "update messages set provider_id = :text_id where id = :id", id=row["id"], text_id=event.text_id
        )
    await apply_delivery(tx, row["id"], event)


async def apply_delivery(tx: Tx, message_id: int, told: DeliveryReported | TextSent | SentText) -> None:
    """How far a text got, if that is told. It never steps back; a failure tells the author."""
    row = await tx.row(
        "select delivery, kind, author, conversation_id from messages where id = :id /* for update */",
        id=message_id,
    )
    delivery, before = told.delivery, Delivery(row["delivery"]) if row and row["delivery"] else None
    if row is None or delivery is None:
        return
    if before is not None and DELIVERY_RANK[delivery] <= DELIVERY_RANK[before]:
        return
    sign = {Delivery.DELIVERED: "delivered", Delivery.FAILED: "failed"}.get(delivery, "accepted")
    await tx.run(
        """update messages set delivery = :delivery, code = :code,
          wanted = case when kind = 'reply' then :sign else wanted end,
          shown_due_at = case when :final = 1 then :now else shown_due_at end where id = :id""",
        id=message_id,
        delivery=delivery,
        code=told.code,
        sign=sign,
        final=int(sign != "accepted"),
    )
    if delivery == Delivery.FAILED and row["kind"] == "reply":
        await note_not_arrived(tx, row["conversation_id"])
        await _tell_failure(tx, row, message_id, told)
    tx.wake()


async def _tell_failure(tx: Tx, row: Row, message_id: int, told: DeliveryReported | TextSent | SentText) -> None:
    opted_out = isinstance(told, DeliveryReported) and told.opted_out
    if opted_out:
        await mark_opted_out(tx, row["conversation_id"])
    reason = "opted_out" if opted_out else "failed"
    notice = NewNotice(reason=reason, code=told.code, words=told.why, author=row["author"])
    await insert_notice(tx, MessageId(message_id), notice)


async def settle_uncertain(tx: Tx, message_id: int, text_id: str, *, how: str) -> bool:
    """It was sent after all. `how` is shown in the notice that asked."""
    if text_id and await _held_by_another(tx, message_id, text_id):
        return False
    row = await tx.row(
        """update messages set state = 'done', delivery = 'accepted', wanted = 'accepted',
          provider = (select l.provider from conversations c join lines l on l.id = c.line_id
            where c.id = messages.conversation_id),
          provider_id = coalesce(:text_id, provider_id), finished_at = :now, shown_due_at = :now
        where id = :id and state = 'uncertain' returning conversation_id, claimed_at, occurred_at""",
        id=message_id,
        text_id=text_id or None,
    )
    if row is None:
        return False
    await note_answer(tx, row["conversation_id"], row["claimed_at"], written_at=row["occurred_at"])
    await tx.run(
        """update messages set wanted = 'settled', settled_how = :how, shown_due_at = :now
        where subject_id = :id and kind = 'notice' and reason = 'uncertain' and settled_how = ''""",
        id=message_id,
        how=how,
    )
    await match_reports(tx, MessageId(message_id))
    tx.wake()
    return True


async def _settle_kept(tx: Tx, report: Row, same_words: SameWords) -> None:
    event = event_of(report["event"])
    assert isinstance(event, DeliveryReported | TextSent)
    row = await _row_of(tx, event)
    if row is not None and row["state"] in ("done", "uncertain"):
        await _apply(tx, row, event)
        await tx.run("delete from reports where id = :id", id=report["id"])
    elif isinstance(event, TextSent):
        await _settle_echo(tx, report, event, same_words)
    else:
        await tx.run(
            """update reports set due_at = case when created_at + :wait > :now then created_at + :wait
              else :never end where id = :id""",
            id=report["id"],
            wait=ECHO_WAIT_US,
            never=NEVER_US,
        )


async def _settle_echo(tx: Tx, report: Row, event: TextSent, same_words: SameWords) -> None:
    """Ours after all, or sent elsewhere; while a send of the same words is under way it waits."""
    if await holder_of(tx, event.provider, event.text_id) is None:
        causes = [row for row in await _causes(tx, event) if same_words(row["body"], event.body)]
        if any(row["state"] == "sending" for row in causes):
            await tx.run(
                "update reports set due_at = :now + :wait where id = :id", id=report["id"], wait=ECHO_WAIT_US
            )
            return
        if len(causes) == 1:
            await _bind_echo(tx, causes[0], event)
        elif not causes and not await bind_to_earlier_try(tx, event, same_words):
            await accept_echo(tx, event)
    await tx.run("delete from reports where id = :id", id=report["id"])


async def _bind_echo(tx: Tx, row: Row, event: TextSent) -> None:
    if row["state"] == "uncertain":
        await settle_uncertain(tx, row["id"], event.text_id, how="found")
        return
    await tx.run("update messages set provider_id = :text_id where id = :id", id=row["id"], text_id=event.text_id)


async def _causes(tx: Tx, event: TextSent) -> list[Row]:
    """Rows of ours that the text may be: under way, unknown, or sent without the provider telling its id."""
    rows = await tx.rows(
        """select m.id, m.state, m.body from messages m
        join conversations c on c.id = m.conversation_id join lines l on l.id = c.line_id
        where l.provider = :provider and l.number = :number and c.contact = :contact and m.direction = 'out'
          and (m.state = 'sending' or m.state = 'uncertain' or (m.state = 'done' and m.kind = 'reply'
            and m.provider_id is null)) and m.claimed_at <= :sent + :slack and m.claimed_at >= :sent - :most""",
        provider=event.provider,
        number=event.line_number,
        contact=event.contact,
        sent=micros(event.sent_at),
        slack=CLOCK_SLACK_US,
        most=LONGEST_SEND_US,
    )
    return list(rows)


async def _held_by_another(tx: Tx, message_id: int, text_id: str) -> bool:
    """Whether the text is another row's: one text at the provider answers for one row."""
    line = await tx.row(
        """select l.provider from messages m join conversations c on c.id = m.conversation_id
        join lines l on l.id = c.line_id where m.id = :id""",
        id=message_id,
    )
    return line is not None and await holder_of(tx, line["provider"], text_id) not in (None, message_id)

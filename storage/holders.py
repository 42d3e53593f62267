"""Which row holds a provider's text: the text of its present try, or of an earlier one."""

from __future__ import annotations

from collections.abc import Callable

from bot.model import Claim, DeliveryReported, MessageId, TextSent
from storage.database import Tx, micros

CLOCK_SLACK_US = 60_000_000  # how far a provider's clock may be behind ours
LATE_US = 600_000_000  # after the try: a text that left later is not its
SameWords = Callable[[str, str], bool]


async def holder_of(tx: Tx, provider: str, text_id: str) -> MessageId | None:
    """The row whose text this is or was; None when it is nobody's."""
    row = await tx.row(
        """select id from messages where provider = :provider and provider_id = :text_id
        union all select message_id from earlier_tries where provider = :provider and provider_id = :text_id""",
        provider=provider,
        text_id=text_id,
    )
    return None if row is None else MessageId(row["id"])


async def is_of_earlier_try(tx: Tx, event: DeliveryReported | TextSent) -> bool:
    """Whether a text was an earlier try of a row that has been sent again since: what is said of it is past. A try
    that was in doubt until now learns its text."""
    row = await tx.row(
        """select id, provider_id from earlier_tries where provider = :provider and provider_id = :text_id
        union all select id, provider_id from earlier_tries where token = :token and token <> ''""",
        provider=event.provider,
        text_id=event.text_id,
        token=event.token or "",
    )
    if row is not None and row["provider_id"] is None and event.text_id:
        await _note_text(tx, row["id"], event.text_id)
    return row is not None


async def bind_to_earlier_try(tx: Tx, event: TextSent, same_words: SameWords) -> bool:
    """Whether a text that no row holds must be a try that was in doubt when its row was sent again: to the same
    contact, in the same words, at that time. One try answers for one text."""
    tries = await tx.rows(
        """select t.id, t.body from earlier_tries t join messages m on m.id = t.message_id
        join conversations c on c.id = m.conversation_id join lines l on l.id = c.line_id
        where t.provider = :provider and t.provider_id is null and l.number = :number and c.contact = :contact
          and t.tried_at <= :sent + :slack and t.tried_at >= :sent - :late order by t.tried_at, t.id""",
        provider=event.provider,
        number=event.line_number,
        contact=event.contact,
        sent=micros(event.sent_at),
        slack=CLOCK_SLACK_US,
        late=LATE_US,
    )
    ours = [row for row in tries if same_words(row["body"], event.body)]
    if ours:
        await _note_text(tx, ours[0]["id"], event.text_id)
    return bool(ours)


async def answered_late(tx: Tx, claim: Claim, text_id: str) -> None:
    """The answer to a try came after a person had its row sent again: the try in doubt learns its text."""
    await tx.run(
        """update earlier_tries set provider_id = :text_id
        where message_id = :id and tried_at = :tried and provider_id is null""",
        id=claim.message.id,
        tried=None if claim.message.claimed_at is None else micros(claim.message.claimed_at),
        text_id=text_id,
    )


async def _note_text(tx: Tx, try_id: int, text_id: str) -> None:
    await tx.run("update earlier_tries set provider_id = :text_id where id = :id", id=try_id, text_id=text_id)


async def let_go(tx: Tx, message_id: MessageId) -> None:
    """The row is sent again: its present text, known or in doubt, becomes one of an earlier try."""
    await tx.run(
        """insert into earlier_tries (message_id, provider, provider_id, token, body, tried_at)
        select m.id, l.provider, m.provider_id, m.token, m.body, m.claimed_at from messages m
        join conversations c on c.id = m.conversation_id join lines l on l.id = c.line_id
        where m.id = :id and m.claimed_at is not null
          and (m.provider_id is not null or m.state = 'uncertain' or m.state = 'done')
        on conflict (provider, provider_id) do nothing""",
        id=message_id,
    )

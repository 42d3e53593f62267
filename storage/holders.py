"""Which row holds a provider's text: the text of its present try, or of an earlier one."""

from __future__ import annotations

from bot.model import MessageId
from storage.database import Tx


async def holder_of(tx: Tx, provider: str, text_id: str) -> MessageId | None:
    """The row whose text this is or was; None when it is nobody's."""
    row = await tx.row(
        """select id from messages where provider = :provider and provider_id = :text_id
        union all select message_id from earlier_tries where provider = :provider and provider_id = :text_id""",
        provider=provider,
        text_id=text_id,
    )
    return None if row is None else MessageId(row["id"])


async def is_of_earlier_try(tx: Tx, provider: str, text_id: str) -> bool:
    """Whether a text was an earlier try of a row that has been sent again since: what is said of it is past."""
    row = await tx.row(
        "select message_id from earlier_tries where provider = :provider and provider_id = :text_id",
        provider=provider,
        text_id=text_id,
    )
    return row is not None


async def let_go(tx: Tx, message_id: MessageId) -> None:
    """The row is sent again: its present text becomes one of an earlier try."""
    await tx.run(
        """insert into earlier_tries (provider, provider_id, message_id)
        select provider, provider_id, id from messages where id = :id and provider_id is not null
        on conflict (provider, provider_id) do nothing""",
        id=message_id,
    )

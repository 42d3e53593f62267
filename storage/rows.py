"""From rows to the model's values. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.model import (
    Attachment,
    ChannelId,
    Conversation,
    ConversationId,
    Delivery,
    Direction,
    Kind,
    Line,
    LineId,
    MemberId,
    Message,
    MessageId,
    Number,
    OptOut,
    ProviderName,
    State,
    Status,
    Ts,
)
from storage.database import Row, instant, maybe_instant

LINE = (
    "l.id as l_id, l.provider as l_provider, l.account as l_account, l.number as l_number, "
    "l.channel as l_channel, l.name as l_name, l.removed_at as l_removed_at, l.settings as l_settings"
)
CONVERSATION = (
    "c.id as c_id, c.contact, c.contact_name, c.generation, c.root_channel, c.root_ts, c.status, "
    "c.owner, c.opted_out, c.archived, c.blocked, c.replied, c.card_wanted, c.first_text_at, c.last_in_at, "
    "c.last_out_at"
)
MESSAGE = (
    "m.id, m.uid, m.kind, m.direction, m.state, m.attempts, m.looks, m.conversation_id, m.body, "
    "m.attachments, m.author, m.channel, m.ts, m.thread_ts, m.token, m.asks_location, m.broadcast, m.late, "
    "m.reason, m.code, m.subject_id, m.delivery, m.provider_id, m.settled_by, m.settled_how, "
    "m.wanted, m.shown, m.deleted, m.newer_body, m.occurred_at, m.claimed_at, m.tried_at"
)


def line_of(row: Row) -> Line:
    """A `Line` from the columns of `LINE`."""
    return Line(
        id=LineId(row["l_id"]),
        provider=ProviderName(row["l_provider"]),
        account=row["l_account"],
        number=Number(row["l_number"]),
        channel=ChannelId(row["l_channel"]),
        name=row["l_name"],
        broadcasts=json.loads(row["l_settings"]).get("broadcasts", True),
        removed=row["l_removed_at"] is not None,
    )


def conversation_of(row: Row) -> Conversation:
    """A `Conversation` from the columns of `CONVERSATION` and `LINE`."""
    return Conversation(
        id=ConversationId(row["c_id"]),
        line=line_of(row),
        contact=Number(row["contact"]),
        contact_name=row["contact_name"],
        generation=row["generation"],
        root_channel=None if row["root_channel"] is None else ChannelId(row["root_channel"]),
        root_ts=None if row["root_ts"] is None else Ts(row["root_ts"]),
        status=Status(row["status"]),
        owner=MemberId(row["owner"]) if row["owner"] else None,
        opted_out=OptOut(row["opted_out"]) if row["opted_out"] else None,
        archived=bool(row["archived"]),
        blocked=bool(row["blocked"]),
        replied=bool(row["replied"]),
        card=row["card_wanted"],
        first_text_at=maybe_instant(row["first_text_at"]),
        last_in_at=maybe_instant(row["last_in_at"]),
        last_out_at=maybe_instant(row["last_out_at"]),
    )


def message_of(row: Row) -> Message:
    """A `Message` from the columns of `MESSAGE`."""
    return Message(
        id=MessageId(row["id"]),
        uid=row["uid"],
        kind=Kind(row["kind"]),
        direction=Direction(row["direction"]),
        state=State(row["state"]),
        attempts=row["attempts"],
        looks=row["looks"],
        conversation_id=None if row["conversation_id"] is None else ConversationId(row["conversation_id"]),
        body=row["body"],
        attachments=attachments_of(row["attachments"]),
        author=row["author"],
        channel=None if row["channel"] is None else ChannelId(row["channel"]),
        ts=None if row["ts"] is None else Ts(row["ts"]),
        thread_ts=None if row["thread_ts"] is None else Ts(row["thread_ts"]),
        token=row["token"],
        asks_location=bool(row["asks_location"]),
        broadcast=bool(row["broadcast"]),
        reason=row["reason"],
        code=row["code"],
        subject_id=None if row["subject_id"] is None else MessageId(row["subject_id"]),
        delivery=Delivery(row["delivery"]) if row["delivery"] else None,
        settled_by=MemberId(row["settled_by"]) if row["settled_by"] else None,
        settled_how=row["settled_how"],
        wanted=row["wanted"],
        shown=row["shown"],
        occurred_at=instant(row["occurred_at"]),
        claimed_at=maybe_instant(row["claimed_at"]),
        tried_at=maybe_instant(row["tried_at"]),
    )


def attachments_of(text: str) -> tuple[Attachment, ...]:
    """Attachments from their column."""
    if text == "[]":
        return ()
    return tuple(Attachment(url=url, mime_type=mime_type) for url, mime_type in json.loads(text))


def attachments_text(attachments: Sequence[Attachment]) -> str:
    """Attachments for their column."""
    return json.dumps([[item.url, item.mime_type] for item in attachments]) if attachments else "[]"

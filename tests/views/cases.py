"""A conversation and its messages, as views get them; a test says what is different."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.model import (
    ChannelId,
    Conversation,
    ConversationId,
    Direction,
    Kind,
    Line,
    LineId,
    MemberId,
    Message,
    MessageId,
    Number,
    Post,
    ProviderName,
    State,
    Status,
    Ts,
)

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LINE = Line(
    id=LineId(1),
    provider=ProviderName("textrequest"),
    account="121",
    number=Number("+14235550100"),
    channel=ChannelId("C1"),
    name="Sales line",
)


def conversation(**fields: Any) -> Conversation:
    """Maria's conversation with the sales line."""
    return Conversation(
        **{
            "id": ConversationId(1),
            "line": LINE,
            "contact": Number("+14155550134"),
            "contact_name": "Maria Lopez",
            "generation": 1,
            "root_channel": ChannelId("C1"),
            "root_ts": Ts("1790000000.000001"),
            "status": Status.NEW,
            "owner": None,
            "opted_out": None,
            "archived": False,
            "blocked": False,
            "replied": False,
            "card": 0,
            "first_text_at": AT,
            "last_in_at": AT,
            "last_out_at": None,
            **fields,
        }
    )


def message(body: str = "hello", kind: Kind = Kind.TEXT, **fields: Any) -> Message:
    """A row about Maria."""
    return Message(
        **{
            "id": MessageId(7),
            "uid": "0" * 32,
            "kind": kind,
            "direction": Direction.IN,
            "state": State.SENDING,
            "attempts": 1,
            "looks": 0,
            "conversation_id": ConversationId(1),
            "body": body,
            "attachments": (),
            "author": "",
            "channel": None,
            "ts": None,
            "thread_ts": None,
            "token": "",
            "asks_location": False,
            "broadcast": False,
            "reason": "",
            "code": "",
            "subject_id": None,
            "delivery": None,
            "settled_by": None,
            "settled_how": "",
            "wanted": "",
            "shown": "",
            "occurred_at": AT,
            "claimed_at": AT,
            "tried_at": AT,
            **fields,
        }
    )


def notice(reason: str, body: str = "", **fields: Any) -> Message:
    """A notice to Dana about a message of hers."""
    return message(body, Kind.NOTICE, **{"reason": reason, "author": MemberId("U1"), **fields})


def words(post: Post) -> str:
    """What a person reads in a post's blocks, a line for each part; a mention is `@id`, a button `[label]`."""
    lines = [
        "".join(_leaf(leaf) for leaf in part["elements"]) if "elements" in part else _button(part)
        for block in post.blocks
        for part in _objects(block.get("elements", [block]))
    ]
    return "\n".join(lines)


def _button(element: dict[str, Any]) -> str:
    if element["type"] == "header":
        return str(element["text"]["text"])
    if "options" in element:
        return " ".join(f"[… {option['text']['text']}]" for option in element["options"])
    return f"[{element['text']['text']}]"


def texts(post: Post) -> list[str]:
    """The texts of every text leaf."""
    return [str(leaf["text"]) for leaf in leaves(post) if leaf["type"] == "text"]


def leaves(post: Post) -> list[dict[str, Any]]:
    """Every leaf of a post's rich text."""
    return [
        leaf
        for block in post.blocks
        if block["type"] == "rich_text"
        for part in _objects(block["elements"])
        for leaf in part["elements"]
    ]


def _leaf(leaf: dict[str, Any]) -> str:
    match leaf["type"]:
        case "user":
            return f"@{leaf['user_id']}"
        case "channel":
            return f"#{leaf['channel_id']}"
        case "date":
            return str(leaf["fallback"])
        case _:
            return str(leaf["text"])


def _objects(value: object) -> list[dict[str, Any]]:
    assert isinstance(value, list)
    return value

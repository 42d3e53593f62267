"""Years of messages, written straight into a SQLite file."""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

from tests.bench.webhooks import WORDS, contact_number

EACH = 20  # messages of one conversation, half in and half out
CHANNEL = "C0BENCH"
BEGAN_US = 1_700_000_000_000_000
MINUTE_US = 60_000_000

_CONVERSATION = """
insert into conversations (id, line_id, contact, contact_name, generation, root_channel, root_ts, status, replied,
  first_text_at, last_in_at, last_out_at, created_at)
values (:id, 1, :contact, :name, 1, :channel, :ts, 'waiting', 1, :at, :at, :at, :at)"""
_THREAD = "insert into threads (channel, ts, conversation_id, generation) values (:channel, :ts, :id, 1)"
_MESSAGE = """
insert into messages (key, uid, kind, direction, conversation_id, state, position, pace, due_at, attempts,
  claimed_at, tried_at, reply_id, body, author, channel, ts, thread_ts, provider, provider_id, token, delivery,
  wanted, shown, occurred_at, created_at, finished_at)
values (:key, :uid, :kind, :direction, :conversation, 'done', :position, :pace, 0, 1, :at, :at, :reply, :body,
  :author, :channel, :ts, :thread, 'textrequest', :provider_id, :token, :delivery, :sign, :sign, :at, :at, :at)"""


def write_history(path: Path, messages: int) -> int:
    """Fill a migrated database that has a line; how many conversations there are then."""
    conversations = messages // EACH
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma synchronous = off")  # nothing here is worth a power cut
    connection.execute("begin")
    connection.executemany(_CONVERSATION, _conversations(conversations))
    connection.executemany(_THREAD, _conversations(conversations))
    connection.executemany(_MESSAGE, _messages(messages, conversations))
    connection.execute("commit")
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    return conversations


def insert_us(path: Path, messages: int, texts: int) -> float:
    """Microseconds to write one more text of any conversation, and nothing else of what a text takes: what SQLite
    itself needs for a row of this table, in a transaction of its own as ours are in the bot."""
    conversations, random = messages // EACH, Random(messages)
    rows = [_message(messages + at, random.randrange(conversations)) | _text() for at in range(texts)]
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("pragma synchronous = full")
        began = time.perf_counter()
        for row in rows:
            connection.execute(_MESSAGE, row)
        return (time.perf_counter() - began) / texts * 1e6


def _stamp(at_us: int) -> str:
    return f"{at_us // 1_000_000}.{at_us % 1_000_000:06d}"


def _conversations(count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        at = BEGAN_US + number
        name = f"Contact {number}"
        contact = contact_number(number)
        yield {"id": number + 1, "contact": contact, "name": name, "channel": CHANNEL, "ts": _stamp(at), "at": at}


def _messages(count: int, conversations: int) -> Iterator[dict[str, Any]]:
    """By turns of each conversation, as they come in life: first a text, then the reply to it."""
    for number in range(count):
        shown = _text() if number // conversations % 2 == 0 else _reply(_time(number))
        yield _message(number, number % conversations) | shown


def _message(number: int, conversation: int) -> dict[str, Any]:
    """What both kinds have."""
    at = _time(number)
    return {
        "conversation": conversation + 1,
        "at": at,
        "uid": uuid4().hex,
        "channel": CHANNEL,
        "ts": _stamp(at),
        "thread": _stamp(BEGAN_US + conversation),
        "body": WORDS,
        "token": secrets.token_urlsafe(16),
    }


def _time(number: int) -> int:
    return BEGAN_US + number * MINUTE_US // 10


def _text() -> dict[str, Any]:
    return {
        "key": f"textrequest:{uuid4()}",
        "kind": "text",
        "direction": "in",
        "position": 0,
        "pace": f"slack:post:{CHANNEL}",
        "reply": "",
        "author": "",
        "provider_id": None,
        "delivery": "",
        "sign": "",
    }


def _reply(at_us: int) -> dict[str, Any]:
    reply = f"slack:{CHANNEL}:{_stamp(at_us)}"
    return {
        "key": f"{reply}#0",
        "kind": "reply",
        "direction": "out",
        "position": at_us,
        "pace": "provider:textrequest",
        "reply": reply,
        "author": "U0DANA",
        "provider_id": str(uuid4()),
        "delivery": "delivered",
        "sign": "delivered",
    }

"""Edits and deletions among Slack's message events: which count, and as what."""

from __future__ import annotations

import pytest

from bot.model import Change, Verdict
from bot.replies import Json, edit_of, edited_at, read_event
from tests.test_replies import OURS, ROOT, TS, read, reply

LATER = "1790000009.000003"


def edit(message: Json, before: Json, **fields: object) -> Json:
    """The event of an edit."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "channel": "C1",
        "ts": LATER,
        "event_ts": LATER,
        "hidden": True,
        "message": {**message, "edited": {"user": "U1", "ts": LATER}, **fields},
        "previous_message": before,
    }


def change(event: Json) -> Change:
    """What must be a change."""
    found = read_event(event, bot_id=OURS)
    assert isinstance(found, Change)
    return found


# --- Edits --------------------------------------------------------------------------------------------------


def test_edit_names_its_message_and_the_new_words() -> None:
    found = change(edit(reply(text="hello there"), reply()))

    assert (found.ts, found.thread_ts, found.changed_at) == (TS, ROOT, LATER)
    assert (found.deleted, found.words, found.verdict) == (False, "hello there", Verdict.SEND)


def test_edit_into_a_note_is_one() -> None:
    assert change(edit(reply(text="// hello"), reply())).verdict == Verdict.NOTE


def test_edit_that_takes_the_words_away_is_a_refusal() -> None:
    found = change(edit(reply(text=""), reply()))

    assert (found.verdict, found.reason) == (Verdict.REFUSE, "empty")


@pytest.mark.parametrize(
    "event",
    [
        edit(reply(text="hello there"), reply(), edited=None),  # a preview was added, or the language was told
        edit(reply(), reply()),  # the same words
        edit(reply(text="root", thread_ts=None), reply(thread_ts=None)),
        edit(reply(text="ours", bot_id=OURS), reply(bot_id=OURS)),
        {"type": "message", "subtype": "message_changed", "channel": "C1"},
        {"type": "message", "subtype": "message_changed", "message": [], "previous_message": "x"},
    ],
)
def test_change_without_an_edit_of_a_reply_is_nothing(event: Json) -> None:
    assert read_event(event, bot_id=OURS) is None


def test_edit_without_a_time_of_its_own_has_that_of_the_event() -> None:
    assert change(edit(reply(text="hello there"), reply(), edited={"user": "U1"})).changed_at == LATER


def test_change_made_from_a_listed_reply_carries_its_words() -> None:
    found = edit_of(read(reply(text="// hello")), change(edit(reply(text="x"), reply())).changed_at)

    assert (found.words, found.verdict, found.deleted, found.changed_at) == (
        "// hello",
        Verdict.NOTE,
        False,
        LATER,
    )


@pytest.mark.parametrize(
    ("message", "at"),
    [({"edited": {"ts": LATER}}, LATER), ({"edited": {}}, None), ({"edited": "x"}, None), ({}, None)],
)
def test_time_of_an_edit_is_read_from_a_listing(message: Json, at: str | None) -> None:
    assert edited_at(message) == at


# --- Deletions ----------------------------------------------------------------------------------------------


def deletion(before: Json, **fields: object) -> Json:
    """The event of a deletion."""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "channel": "C1",
        "ts": LATER,
        "event_ts": LATER,
        "deleted_ts": TS,
        "previous_message": before,
        **fields,
    }


def test_deletion_names_its_message() -> None:
    found = change(deletion(reply()))

    assert (found.deleted, found.ts, found.thread_ts, found.changed_at) == (True, TS, ROOT, LATER)


def test_deletion_that_tells_nothing_of_the_message_still_names_it() -> None:
    found = change(deletion({}))

    assert (found.ts, found.thread_ts) == (TS, TS)


def test_tombstone_of_a_root_is_its_deletion() -> None:
    tomb = {"subtype": "tombstone", "ts": ROOT, "thread_ts": ROOT, "text": "This message was deleted."}

    found = change({**edit(tomb, {"ts": ROOT, "bot_id": OURS}), "message": tomb})

    assert (found.deleted, found.ts, found.thread_ts) == (True, ROOT, ROOT)


def test_deletion_of_our_root_card_counts() -> None:
    found = change(deletion({"ts": ROOT, "bot_id": OURS}, deleted_ts=ROOT))

    assert (found.deleted, found.ts) == (True, ROOT)


@pytest.mark.parametrize(
    "event",
    [
        deletion(reply(bot_id=OURS)),
        deletion(reply(), channel=None),
        deletion({}, deleted_ts=None),
    ],
)
def test_deletion_of_our_own_posts_or_of_nothing_is_nothing(event: Json) -> None:
    assert read_event(event, bot_id=OURS) is None

"""Which of Slack's message events count, and as what."""

from __future__ import annotations

import pytest

from bot.model import TICKET_NOTE, Change, Reply, SharedFile, Verdict
from bot.replies import Json, read_event, read_files, read_message
from tests.test_markup.payloads import bullets, quote, section, user
from tests.test_markup.payloads import message as typed

OURS = "B0THREADLINE"
ROOT, TS, LATER = "1790000000.000001", "1790000005.000002", "1790000009.000003"


def reply(**fields: object) -> Json:
    """A person's reply in a thread, as Slack's event shows it; a field that is None is left out."""
    event: dict[str, object] = {
        "type": "message",
        "channel": "C1",
        "channel_type": "channel",
        "user": "U1",
        "text": "hello",
        "ts": TS,
        "event_ts": TS,
        "thread_ts": ROOT,
        "client_msg_id": "f1b1",
        **fields,
    }
    return {name: value for name, value in event.items() if value is not None}


def read(event: Json) -> Reply:
    """What must be a reply."""
    found = read_event(event, bot_id=OURS)
    assert isinstance(found, Reply)
    return found


# --- What is to be sent -------------------------------------------------------------------------------------


def test_reply_in_a_thread_is_to_be_sent() -> None:
    found = read(reply())

    assert found == Reply("C1", TS, ROOT, "U1", "hello", Verdict.SEND)  # type: ignore[arg-type]  # plain words


@pytest.mark.parametrize(
    "fields",
    [
        {"subtype": "thread_broadcast", "root": {"ts": ROOT, "user": "U0BOT"}},
        {"subtype": "me_message"},
        {"subtype": ""},
        {"subtype": None, "parent_user_id": "U0BOT", "team": "T1", "blocks": []},
        {"channel_type": "group"},
        {"files": []},
        {"text": "We are <!here> for you"},
        {"text": "Ask <@U2> about it"},
        {"text": "http://example.com // not a note"},
        {"text": "&lt;!here&gt; typed by hand"},
        {"attachments": [{"fallback": "a preview"}], "new": "a field of tomorrow"},
    ],
)
def test_reply_in_another_shape_is_to_be_sent(fields: dict[str, object]) -> None:
    assert read(reply(**fields)).verdict == Verdict.SEND


# --- What stays inside --------------------------------------------------------------------------------------

NOTES = [
    {"text": "// internal"},
    {"text": "note: internal"},
    {"text": "Note : interne"},
    {"text": ":mute: internal"},
    {"text": "<@U2> can you?"},
    {"text": "<@U0BOT> resolve"},
    {"text": "<!here> look"},
    {"text": " <!channel> look"},
    {"text": "<!everyone> look"},
    {"text": "<!subteam^S1|@support> look"},
    {"text": "<!subteam^S1> look"},
    {"text": "*<!here>* look"},
    {"text": "_*<!here>*_ look"},
    {"text": "\u200b<!here> look"},
    {"text": "&gt; <!here> look"},
    {"text": "• <!here> look"},
    {"text": "<@U2> a picture", "files": [{"id": "F1"}], "subtype": "file_share"},
    {"text": "// a picture", "files": [{"id": "F1"}]},
]


@pytest.mark.parametrize("fields", NOTES, ids=lambda fields: fields["text"])
def test_note_stays_inside(fields: dict[str, object]) -> None:
    assert read(reply(**fields)).verdict == Verdict.NOTE


@pytest.mark.parametrize("parts", [section(user("U2"), " can you?"), quote("// quoted"), section("Note: x")])
def test_note_typed_in_the_composer_stays_inside(parts: Json) -> None:
    assert read(reply(**{**typed(parts), "text": "whatever Slack made of it"})).verdict == Verdict.NOTE


BOTS = [
    {"bot_id": "B2", "app_id": "A2"},
    {"bot_id": "B2", "subtype": "bot_message", "user": None, "username": "Zap"},
    {"subtype": "bot_message", "user": None},
    {"user": None},
    {"bot_id": "B2", "user": None, "subtype": None, "text": "// anything"},
    {"bot_id": "B2", "files": [{"id": "F1"}], "subtype": "file_share"},
]


@pytest.mark.parametrize("fields", BOTS)
def test_post_of_a_bot_or_workflow_is_never_to_be_sent(fields: dict[str, object]) -> None:
    assert read(reply(**fields)).verdict == Verdict.NOTE


def test_bot_without_a_user_is_named_by_its_bot_id() -> None:
    assert read(reply(bot_id="B2", user=None, subtype="bot_message")).author == "B2"


@pytest.mark.parametrize("text", ["ticket: second floor", "*Ticket :* second floor", "TICKET:"])
def test_reply_for_the_ticket_is_kept_inside_and_says_for_what(text: str) -> None:
    found = read(reply(text=text))

    assert (found.verdict, found.reason) == (Verdict.NOTE, TICKET_NOTE)


@pytest.mark.parametrize("text", ["ticket second floor", "tickets: two", "your ticket: 4711", "// ticket: x"])
def test_other_words_about_tickets_are_not_for_one(text: str) -> None:
    assert read(reply(text=text)).reason == ""


def test_files_of_a_reply_for_the_ticket_go_with_it_and_others_nowhere() -> None:
    files = [{"id": "F1", "mode": "hosted"}, {"id": "F2", "mode": "tombstone"}]

    assert read(reply(text="ticket:", files=files)).files == ("F1",)
    assert read(reply(text="look", files=files)).files == ()


def test_bots_words_are_for_no_ticket() -> None:
    assert read(reply(bot_id="B2", text="ticket: x")).reason == ""


# --- Files --------------------------------------------------------------------------------------------------


def test_files_that_can_be_read_are_those_of_the_workspace_that_are_still_there() -> None:
    files: list[object] = [
        {"id": "F1", "name": "a.jpg", "mode": "hosted", "size": 7},
        {"id": "F2", "title": "Snippet", "mode": "snippet"},
        {"id": "F3", "mode": "tombstone"},
        {"id": "F4", "name": "elsewhere", "mode": "external"},
        {"name": "without an id", "mode": "hosted"},
        "odd",
    ]

    assert read_files({"files": files}) == (SharedFile("F1", "a.jpg", 7), SharedFile("F2", "Snippet", 0))
    assert read_files({"files": "odd"}) == read_files({}) == ()


# --- What cannot be sent ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"files": [{"id": "F1"}]}, "files"),
        ({"files": [{"id": "F1"}], "subtype": "file_share", "text": ""}, "files"),
        ({"text": ""}, "empty"),
        ({"text": None}, "empty"),
        ({"text": " \n\u200b"}, "empty"),
        ({"text": 7}, "empty"),
    ],
)
def test_reply_that_cannot_be_sent_says_why(fields: dict[str, object], reason: str) -> None:
    found = read(reply(**fields))

    assert (found.verdict, found.reason) == (Verdict.REFUSE, reason)


# --- What is no reply ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "event",
    [
        reply(thread_ts=None),
        reply(thread_ts=TS),
        reply(thread_ts=""),
        reply(channel=None),
        reply(channel=""),
        reply(bot_id=OURS),
        reply(bot_id=OURS, subtype="bot_message", user=None, username="Maria · text …0134"),
        reply(subtype="channel_join"),
        reply(subtype="channel_topic"),
        reply(subtype="message_replied"),
        reply(subtype="assistant_app_thread"),
        reply(subtype="a_subtype_of_tomorrow"),
        {},
        {"type": "message"},
        {"subtype": 7, "thread_ts": [], "ts": {}},
    ],
)
def test_what_is_no_reply_is_nothing(event: Json) -> None:
    assert read_event(event, bot_id=OURS) is None


def test_message_of_a_listing_reads_like_its_event() -> None:
    event = reply()

    listed = read_message({name: value for name, value in event.items() if name != "channel"}, "C1", bot_id=OURS)

    assert listed == read(event)


# --- Whatever comes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "subtype", [None, "message_changed", "message_deleted", "bot_message", "thread_broadcast"]
)
@pytest.mark.parametrize("junk", [None, 0, "", "x", [], [1], {}, {"ts": 1}, {"ts": None, "edited": 3}, True])
def test_event_of_any_shape_raises_nothing(subtype: str | None, junk: object) -> None:
    names = ("text", "ts", "thread_ts", "user", "bot_id", "channel", "files", "blocks", "message", "edited")
    event = reply(subtype=subtype, previous_message=reply(), deleted_ts=TS)

    found = [read_event({**event, name: junk}, bot_id=OURS) for name in names]

    assert all(one is None or isinstance(one, Reply | Change) for one in found)


def test_list_is_read_line_by_line() -> None:
    found = read(reply(**typed(section("Bring:\n"), bullets("ID", "form")), channel="C1", ts=TS))

    assert found.words == "Bring:\n- ID\n- form"

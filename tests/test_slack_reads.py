"""What is read from Slack about messages: posts of ours that must be found again, threads and their roots."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime

import pytest

from bot.errors import SlackError
from bot.model import ChannelId, Post, Ts
from bot.slack import Slack
from tests.slack_stub import BOT_ID, Answer, Reply, SlackStub, Trouble, connected

CHANNEL = ChannelId("C1")
ROOT = Ts("1760000000.000001")
SINCE = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LOOK_BACK = f"{SINCE.timestamp() - 600:.6f}"


@pytest.fixture
async def stub() -> AsyncIterator[SlackStub]:
    async with SlackStub() as stub:
        yield stub


@pytest.fixture
async def slack(stub: SlackStub) -> AsyncIterator[Slack]:
    async with connected(stub.url) as slack:
        yield slack


def _message(ts: str, **fields: object) -> dict[str, object]:
    return {"type": "message", "ts": ts, "user": "U1", "text": "Hi", **fields}


def _ours(ts: str, uid: str, *, bot_id: str = BOT_ID, event_type: str = "threadline_message") -> dict[str, object]:
    metadata = {"event_type": event_type, "event_payload": {"k": uid}}
    return _message(ts, bot_id=bot_id, metadata=metadata)


def _page(*messages: Mapping[str, object], cursor: str = "", more: bool = False) -> dict[str, object]:
    return {
        "ok": True,
        "messages": list(messages),
        "has_more": more or bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


# --- find_post ------------------------------------------------------------------------------------------


async def test_post_in_a_thread_is_found_on_a_later_page(slack: Slack, stub: SlackStub) -> None:
    stub.answers(
        "conversations.replies",
        _page(_message(ROOT), _message("2.1"), cursor="next"),
        _page(_ours("3.1", "m0"), _ours("3.2", "m1"), cursor="after"),
    )

    ts = await slack.find_post(CHANNEL, "m1", thread_ts=ROOT, since=SINCE)

    assert ts == "3.2"
    asked = {
        "channel": "C1",
        "ts": ROOT,
        "oldest": LOOK_BACK,
        "limit": "200",
        "include_all_metadata": "1",
    }
    assert stub.fields("conversations.replies") == [asked, {**asked, "cursor": "next"}]
    assert stub.arrived["conversations.history"] == 0


async def test_post_outside_threads_is_found_in_the_history(slack: Slack, stub: SlackStub) -> None:
    stub.answers("conversations.history", _page(_ours("3.1", "m1")))

    ts = await slack.find_post(CHANNEL, "m1", thread_ts=None, since=SINCE)

    assert ts == "3.1"
    assert stub.fields("conversations.history") == [
        {"channel": "C1", "oldest": LOOK_BACK, "limit": "200", "include_all_metadata": "1"}
    ]


async def test_post_is_absent_only_after_every_page(slack: Slack, stub: SlackStub) -> None:
    stub.answers("conversations.history", _page(cursor="a"), _page(_ours("1.1", "m0"), cursor="b"), _page())

    ts = await slack.find_post(CHANNEL, "m1", thread_ts=None, since=SINCE)

    assert ts is None
    assert [fields.get("cursor") for fields in stub.fields("conversations.history")] == [None, "a", "b"]


@pytest.mark.parametrize(
    "message",
    [
        _ours("1.1", "m1", bot_id="B9OTHER"),
        _ours("1.1", "m1", event_type="somebody_elses"),
        _message("1.1", metadata={"event_type": "threadline_message", "event_payload": {"k": "m1"}}),
        _message("1.1", bot_id=BOT_ID),
        _message("1.1", bot_id=BOT_ID, metadata={"event_type": "threadline_message"}),
        _message("1.1", text="m1"),
    ],
)
async def test_message_that_only_looks_like_our_post_is_not_it(
    slack: Slack, stub: SlackStub, message: dict[str, object]
) -> None:
    stub.answers("conversations.history", _page(message))

    ts = await slack.find_post(CHANNEL, "m1", thread_ts=None, since=SINCE)

    assert ts is None


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ({"ok": False, "error": "internal_error"}, "internal_error"),
        (Answer(status=429), "ratelimited"),
        ({"ok": True}, "no_answer"),
        ({"ok": True, "messages": ["1.1"]}, "no_answer"),
        (_page(more=True), "no_answer"),
        (_page(cursor="a"), "no_answer"),
    ],
)
async def test_look_up_that_cannot_read_every_page_raises(
    slack: Slack, stub: SlackStub, second: Reply, code: str
) -> None:
    stub.answers("conversations.history", _page(cursor="a"), second, _page())

    with pytest.raises(SlackError) as caught:
        await slack.find_post(CHANNEL, "m1", thread_ts=None, since=SINCE)

    assert caught.value.code == code


async def test_look_up_whose_connection_keeps_breaking_raises(slack: Slack, stub: SlackStub) -> None:
    stub.answers("conversations.history", _page(cursor="a"), Trouble.DROP_READ)

    with pytest.raises(SlackError) as caught:
        await slack.find_post(CHANNEL, "m1", thread_ts=None, since=SINCE)

    assert (caught.value.code, caught.value.certain) == ("no_answer", False)


async def test_post_that_was_dropped_after_reading_is_found(slack: Slack, stub: SlackStub) -> None:
    stub.answers("chat.postMessage", Trouble.DROP_READ)
    with pytest.raises(SlackError):
        await slack.post(CHANNEL, Post(text="Hi"), uid="m1", thread_ts=ROOT)
    posted = stub.fields("chat.postMessage")[0]
    stub.answers("conversations.replies", _page(_message("4.1", bot_id=BOT_ID, metadata=posted["metadata"])))

    ts = await slack.find_post(CHANNEL, "m1", thread_ts=ROOT, since=SINCE)

    assert ts == "4.1"


async def test_second_look_up_does_not_ask_again_who_we_are(slack: Slack, stub: SlackStub) -> None:
    stub.answers("conversations.history", _page())

    await slack.find_post(CHANNEL, "m1", thread_ts=None, since=SINCE)
    await slack.find_post(CHANNEL, "m2", thread_ts=None, since=SINCE)

    assert (stub.arrived["auth.test"], stub.arrived["conversations.history"]) == (1, 2)


# --- Threads --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("root", "uid"),
    [
        (_ours(ROOT, "m1"), "m1"),
        (_ours(ROOT, "m1", bot_id="B9OTHER"), None),
        (_message(ROOT), None),
    ],
)
async def test_thread_root_tells_our_uid_or_that_it_is_not_ours(
    slack: Slack, stub: SlackStub, root: dict[str, object], uid: str | None
) -> None:
    stub.answers("conversations.replies", _page(root, _ours("9.9", "m9"), cursor="more"))

    found = await slack.thread_root(CHANNEL, ROOT)

    assert found == uid
    assert stub.fields("conversations.replies") == [
        {"channel": "C1", "ts": ROOT, "limit": "1", "include_all_metadata": "1"}
    ]


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ({"ok": False, "error": "thread_not_found"}, "thread_not_found"),
        ({"ok": False, "error": "channel_not_found"}, "channel_not_found"),
        (_page(_message(ROOT, subtype="tombstone", user="USLACKBOT")), "thread_not_found"),
        (_page(), "thread_not_found"),
        (_page(_ours("9.9", "m9")), "thread_not_found"),
        ({"ok": True}, "no_answer"),
        (Answer(status=500), "http_500"),
    ],
)
async def test_thread_root_raises_when_slack_does_not_say(
    slack: Slack, stub: SlackStub, reply: Reply, code: str
) -> None:
    stub.answers("conversations.replies", reply)

    with pytest.raises(SlackError) as caught:
        await slack.thread_root(CHANNEL, ROOT)

    assert caught.value.code == code


async def test_replies_come_in_order_without_the_root(slack: Slack, stub: SlackStub) -> None:
    stub.answers(
        "conversations.replies",
        _page(_message(ROOT), _message("2.1"), _message("2.2"), cursor="next"),
        _page(_message(ROOT), _message("2.3")),
    )

    found = [message["ts"] async for message in slack.replies(CHANNEL, ROOT, oldest=Ts("2.0"))]

    assert found == ["2.1", "2.2", "2.3"]
    asked = {"channel": "C1", "ts": ROOT, "oldest": "2.0", "limit": "200", "include_all_metadata": "1"}
    assert stub.fields("conversations.replies") == [asked, {**asked, "cursor": "next"}]


async def test_replies_raise_where_reading_fails(slack: Slack, stub: SlackStub) -> None:
    stub.answers("conversations.replies", _page(_message("2.1"), cursor="next"), Answer(status=500))
    replies = slack.replies(CHANNEL, ROOT, oldest=None)

    first = await anext(replies)
    with pytest.raises(SlackError):
        await anext(replies)

    assert first["ts"] == "2.1"
    assert "oldest" not in stub.fields("conversations.replies")[0]

"""What is asked of Slack when the bot writes: posts, updates, reactions, ephemerals, files."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest

from bot.errors import SlackError
from bot.model import ChannelId, File, MemberId, Post, Ts
from bot.slack import Slack
from bot.slack.answers import permalink
from tests.slack_stub import TOKEN, TS, Answer, SlackStub, Trouble, connected

CHANNEL = ChannelId("C1")
ROOT = Ts("1760000000.000001")
BLOCK = {"type": "divider"}


@pytest.fixture
async def stub() -> AsyncIterator[SlackStub]:
    async with SlackStub() as stub:
        yield stub


@pytest.fixture
async def slack(stub: SlackStub) -> AsyncIterator[Slack]:
    async with connected(stub.url) as slack:
        yield slack


def _refused(word: str) -> dict[str, object]:
    return {"ok": False, "error": word}


# --- Posts ----------------------------------------------------------------------------------------------


async def test_plain_post_carries_our_uid_and_unfurls_nothing(slack: Slack, stub: SlackStub) -> None:
    ts = await slack.post(CHANNEL, Post(text="Hi"), uid="m1")

    assert ts == TS
    assert stub.asked[0].token == f"Bearer {TOKEN}"
    assert stub.fields("chat.postMessage") == [
        {
            "channel": "C1",
            "text": "Hi",
            "metadata": {"event_type": "threadline_message", "event_payload": {"k": "m1"}},
            "parse": "none",
            "unfurl_links": False,
            "unfurl_media": False,
        }
    ]


async def test_post_with_everything_says_everything(slack: Slack, stub: SlackStub) -> None:
    post = Post(text="Hi", blocks=(BLOCK,), username="Maria", icon_emoji=":phone:", broadcast=True)

    await slack.post(CHANNEL, post, uid="m1", thread_ts=ROOT)

    (fields,) = stub.fields("chat.postMessage")
    assert fields["blocks"] == [BLOCK]
    assert fields["thread_ts"] == ROOT
    assert fields["reply_broadcast"] is True
    assert (fields["username"], fields["icon_emoji"]) == ("Maria", ":phone:")


@pytest.mark.parametrize(("broadcast", "thread_ts"), [(True, None), (False, ROOT)])
async def test_post_that_is_no_broadcast_reply_does_not_ask_for_one(
    slack: Slack, stub: SlackStub, broadcast: bool, thread_ts: Ts | None
) -> None:
    await slack.post(CHANNEL, Post(text="Hi", broadcast=broadcast), uid="m1", thread_ts=thread_ts)

    (fields,) = stub.fields("chat.postMessage")
    assert "reply_broadcast" not in fields


@pytest.mark.parametrize("blocks", [(), (BLOCK,)])
async def test_update_gives_blocks_even_when_there_are_none(
    slack: Slack, stub: SlackStub, blocks: tuple[dict[str, str], ...]
) -> None:
    await slack.update(CHANNEL, ROOT, Post(text="Hi", blocks=blocks))

    assert stub.fields("chat.update") == [
        {"channel": "C1", "ts": ROOT, "text": "Hi", "blocks": list(blocks), "parse": "none"}
    ]


async def test_delete_names_channel_and_message(slack: Slack, stub: SlackStub) -> None:
    await slack.delete(CHANNEL, ROOT)

    assert stub.fields("chat.delete") == [{"channel": "C1", "ts": ROOT}]


@pytest.mark.parametrize(("thread_ts", "thread"), [(None, {}), (ROOT, {"thread_ts": ROOT})])
async def test_ephemeral_is_for_one_member(
    slack: Slack, stub: SlackStub, thread_ts: Ts | None, thread: dict[str, str]
) -> None:
    await slack.ephemeral(CHANNEL, MemberId("U1"), Post("Psst"), thread_ts)

    assert stub.fields("chat.postEphemeral") == [
        {"channel": "C1", "user": "U1", "text": "Psst", "parse": "none", **thread}
    ]


# --- Reactions ------------------------------------------------------------------------------------------


async def test_reactions_name_the_message(slack: Slack, stub: SlackStub) -> None:
    await slack.react(CHANNEL, ROOT, "eyes")
    await slack.unreact(CHANNEL, ROOT, "eyes")

    wanted = {"channel": "C1", "timestamp": ROOT, "name": "eyes"}
    assert stub.fields("reactions.add") == [wanted]
    assert stub.fields("reactions.remove") == [wanted]


async def test_reaction_that_is_as_wanted_already_is_fine(slack: Slack, stub: SlackStub) -> None:
    stub.answers("reactions.add", _refused("already_reacted"))
    stub.answers("reactions.remove", _refused("no_reaction"))

    await slack.react(CHANNEL, ROOT, "eyes")
    await slack.unreact(CHANNEL, ROOT, "eyes")

    assert stub.arrived == {"reactions.add": 1, "reactions.remove": 1}


@pytest.mark.parametrize("word", ["message_not_found", "no_reaction"])
async def test_react_raises_any_other_refusal(slack: Slack, stub: SlackStub, word: str) -> None:
    stub.answers("reactions.add", _refused(word))

    with pytest.raises(SlackError) as caught:
        await slack.react(CHANNEL, ROOT, "eyes")

    assert caught.value.code == word


@pytest.mark.parametrize("word", ["message_not_found", "already_reacted"])
async def test_unreact_raises_any_other_refusal(slack: Slack, stub: SlackStub, word: str) -> None:
    stub.answers("reactions.remove", _refused(word))

    with pytest.raises(SlackError) as caught:
        await slack.unreact(CHANNEL, ROOT, "eyes")

    assert caught.value.code == word


# --- Addresses ------------------------------------------------------------------------------------------


def test_permalink_of_a_reply_opens_its_thread() -> None:
    url = "https://acme.example/"

    assert permalink(url, CHANNEL, Ts("2.000003"), None) == "https://acme.example/archives/C1/p2000003"
    assert permalink(url, CHANNEL, Ts("2.000003"), Ts("1.000002")) == (
        "https://acme.example/archives/C1/p2000003?thread_ts=1.000002&cid=C1"
    )


async def test_permalink_uses_the_workspace_that_answered(slack: Slack, stub: SlackStub) -> None:
    ours = await slack.identify()

    address = ours.permalink(CHANNEL, Ts("2.000003"))

    assert address == "https://acme.example/archives/C1/p2000003"
    assert stub.arrived.total() == 1


# --- Files ----------------------------------------------------------------------------------------------


def _place(stub: SlackStub) -> dict[str, object]:
    return {"ok": True, "file_id": "F1", "upload_url": f"{stub.url}upload-here"}


async def test_upload_brings_the_bytes_and_then_shares_them(slack: Slack, stub: SlackStub) -> None:
    stub.answers("files.getUploadURLExternal", _place(stub))
    stub.answers("upload-here", Answer(b"OK - 4", content_type="text/plain"))

    file_id = await slack.upload(CHANNEL, ROOT, "cat & dog.png", b"\x89PNG")

    assert file_id == "F1"
    place, content, share = stub.asked
    assert (place.method, place.fields) == (
        "files.getUploadURLExternal",
        {"filename": "cat & dog.png", "length": "4"},
    )
    assert (content.method, content.body, content.token) == ("upload-here", b"\x89PNG", "")
    assert share.method == "files.completeUploadExternal"
    assert json.loads(str(share.fields["files"])) == [{"id": "F1"}]
    assert (share.fields["channel_id"], share.fields["thread_ts"]) == ("C1", ROOT)


async def test_pictures_are_shown_in_one_message_with_what_is_on_them(slack: Slack, stub: SlackStub) -> None:
    stub.answers("files.getUploadURLExternal", _place(stub))
    stub.answers("upload-here", Answer(b"OK - 3", content_type="text/plain"))
    pictures = [File("a.png", "image/png", b"PNG", "5 in, 4 out"), File("b.png", "image/png", b"PN2", "x" * 2_000)]

    await slack.show_files(CHANNEL, pictures, "Texts of *30 days*")

    places = [call.fields for call in stub.asked if call.method == "files.getUploadURLExternal"]
    assert [fields["alt_txt"] for fields in places] == ["5 in, 4 out", "x" * 1_000]
    share = stub.asked[-1]
    assert json.loads(str(share.fields["files"])) == [{"id": "F1"}, {"id": "F1"}]
    assert (share.fields["channel_id"], share.fields["initial_comment"]) == ("C1", "Texts of *30 days*")
    assert "thread_ts" not in share.fields


@pytest.mark.parametrize(
    ("method", "reply"),
    [
        ("files.getUploadURLExternal", Answer(status=500)),
        ("files.getUploadURLExternal", {"ok": True}),
        ("upload-here", Answer(status=500)),
        ("upload-here", Answer(status=302, headers={"Location": "/api/elsewhere"})),
        ("upload-here", Trouble.DROP_READ),
    ],
)
async def test_file_that_was_not_staged_is_certainly_not_shown(
    slack: Slack, stub: SlackStub, method: str, reply: Answer | Trouble | dict[str, object]
) -> None:
    stub.answers("files.getUploadURLExternal", _place(stub))
    stub.answers(method, reply)

    with pytest.raises(SlackError) as caught:
        await slack.upload(CHANNEL, ROOT, "cat.png", b"PNG")

    assert caught.value.certain
    assert stub.arrived["files.completeUploadExternal"] == 0
    assert stub.arrived["elsewhere"] == 0


async def test_staging_that_is_throttled_says_when_to_come_back(slack: Slack, stub: SlackStub) -> None:
    stub.answers("files.getUploadURLExternal", Answer(status=429, headers={"Retry-After": "7"}))

    with pytest.raises(SlackError) as caught:
        await slack.stage_file("cat.png", b"PNG")

    assert (caught.value.code, caught.value.retry_after_s) == ("ratelimited", 7.0)


async def test_share_without_an_answer_may_have_happened(slack: Slack, stub: SlackStub) -> None:
    stub.answers("files.completeUploadExternal", Trouble.DROP_READ)

    with pytest.raises(SlackError) as caught:
        await slack.share_file("F1", CHANNEL, ROOT)

    assert not caught.value.certain


@pytest.mark.parametrize(
    ("shares", "ts"),
    [
        ({"public": {"C1": [{"ts": "5.1"}]}}, "5.1"),
        ({"private": {"C9": [{"ts": "5.0"}], "C1": [{"ts": "5.2"}]}}, "5.2"),
        ({"public": {"C9": [{"ts": "5.0"}]}}, None),
        ({"public": {"C1": []}}, None),
        ({}, None),
        (None, None),
    ],
)
async def test_file_share_tells_the_message_that_shows_the_file(
    slack: Slack, stub: SlackStub, shares: object, ts: str | None
) -> None:
    stub.answers("files.info", {"ok": True, "file": {"id": "F1", "shares": shares}})

    found = await slack.file_share("F1", CHANNEL)

    assert found == ts
    assert stub.fields("files.info") == [{"file": "F1"}]


async def test_delete_file_names_the_file(slack: Slack, stub: SlackStub) -> None:
    await slack.delete_file("F1")

    assert stub.fields("files.delete") == [{"file": "F1"}]

"""What people do on the page reaches the stand-ins; what cannot be done is answered with a sentence."""

from __future__ import annotations

import base64

import pytest

from bot.sandbox.page.scene import Scene
from bot.sandbox.slack.model import Channel
from bot.sandbox.slack.workspace import Workspace
from tests.page.conftest import MARIA, Json, Visitor

NAME = {"name": "a.txt", "mimetype": "text/plain"}


@pytest.fixture
def workspace(scene: Scene) -> Workspace:
    return scene.sandbox.workspace


@pytest.fixture
def channel(scene: Scene) -> Channel:
    return scene.stage.channel


def as_member(workspace: Workspace, name: str) -> str:
    return workspace.member(name).id


async def said(visitor: Visitor, workspace: Workspace, words: str = "Hello", **more: Json | str | bool) -> str:
    fields = {"channel": "sales-line", "member": as_member(workspace, "Dana"), "words": words, **more}
    return str((await visitor.act("say", **fields))["ts"])


# --- Messages -----------------------------------------------------------------------------------------


async def test_member_writes_replies_and_tells_the_channel(
    visitor: Visitor, workspace: Workspace, channel: Channel
) -> None:
    root = await said(visitor, workspace)

    await said(visitor, workspace, "A reply :tada: for @Sam", thread_ts=root, broadcast=True)

    reply = workspace.thread(channel, root)[1]
    assert reply["subtype"] == "thread_broadcast"
    assert workspace.words(reply) == "A reply 🎉 for @Sam"


async def test_member_attaches_a_file(visitor: Visitor, workspace: Workspace, channel: Channel) -> None:
    content = base64.b64encode(b"words").decode()

    ts = await said(visitor, workspace, "", files=[{**NAME, "content": content}])  # type: ignore[arg-type]  # JSON

    file = workspace.message(channel, ts)["files"][0]
    assert (file["name"], workspace.core.files.contents[file["id"]]) == ("a.txt", b"words")


async def test_author_edits_and_deletes(visitor: Visitor, workspace: Workspace, channel: Channel) -> None:
    ts, member = await said(visitor, workspace), as_member(workspace, "Dana")

    await visitor.act("edit", channel=channel.id, ts=ts, member=member, words="Goodbye")
    edited = workspace.words(workspace.message(channel, ts))
    await visitor.act("delete", channel=channel.id, ts=ts, member=member)

    assert edited == "Goodbye"
    assert workspace.messages(channel) == []


@pytest.mark.parametrize("act", ["edit", "delete"])
async def test_nobody_changes_what_another_wrote(
    visitor: Visitor, workspace: Workspace, channel: Channel, act: str
) -> None:
    ts = await said(visitor, workspace)

    sentence = await visitor.mistake(act, channel=channel.id, ts=ts, member=as_member(workspace, "Sam"), words="x")

    assert sentence == "Only its author can change a message."
    assert workspace.words(workspace.message(channel, ts)) == "Hello"


async def test_reaction_is_added_and_taken_back(visitor: Visitor, workspace: Workspace, channel: Channel) -> None:
    ts = await said(visitor, workspace)
    fields = {"channel": channel.id, "ts": ts, "name": "eyes", "member": as_member(workspace, "Sam")}

    first = await visitor.act("react", **fields)
    shown = workspace.reactions(channel, ts)
    second = await visitor.act("react", **fields)

    assert (first, shown, second) == ({"on": True}, ["eyes"], {"on": False})
    assert workspace.reactions(channel, ts) == []


async def test_whisper_is_put_away(visitor: Visitor, workspace: Workspace, channel: Channel) -> None:
    dana = as_member(workspace, "Dana")
    await visitor.act("slash", channel=channel.id, member=dana, words="/nothing")
    ts = workspace.ephemerals("Dana")[0]["message"]["ts"]

    await visitor.act("dismiss", member=dana, ts=ts)

    assert workspace.ephemerals("Dana") == []


async def test_channel_is_archived_and_brought_back(
    visitor: Visitor, workspace: Workspace, channel: Channel
) -> None:
    fields = {"channel": channel.id, "member": as_member(workspace, "Dana")}

    await visitor.act("archive", **fields)
    sentence = await visitor.mistake("say", **fields, words="Hello?")
    await visitor.act("archive", **fields)

    assert sentence == "This channel is archived."
    assert await said(visitor, workspace)


async def test_bot_is_removed_and_invited_again(visitor: Visitor, workspace: Workspace, channel: Channel) -> None:
    fields = {"channel": channel.id, "member": as_member(workspace, "Dana")}

    await visitor.act("bot_in_channel", **fields)
    gone = workspace.bot.id not in channel.members
    await visitor.act("bot_in_channel", **fields)

    assert gone
    assert workspace.bot.id in channel.members


async def test_guests_do_not_manage_channels(visitor: Visitor, workspace: Workspace, channel: Channel) -> None:
    fields = {"channel": channel.id, "member": as_member(workspace, "Gus")}

    assert await visitor.mistake("archive", **fields) == "Guests cannot do that."
    assert not channel.is_archived


@pytest.mark.parametrize(
    ("act", "fields", "sentence"),
    [
        ("say", {"words": "Hi"}, "member is missing."),
        ("say", {"member": "Nobody", "words": "Hi"}, "Nobody called 'Nobody' is in the workspace."),
        ("say", {"member": "Threadline", "words": "Hi"}, "Only people act on this page."),
        ("say", {"member": "Dana", "channel": "nowhere", "words": "Hi"}, "There is no channel 'nowhere'."),
        ("say", {"member": "Dana", "channel": "sales-line", "words": "  "}, "There is nothing to send."),
        ("say", {"member": "Dana", "channel": "sales-line", "words": 7}, "words must be text."),
        (
            "say",
            {"member": "Dana", "channel": "sales-line", "files": [{**NAME, "content": "%"}]},
            "A file could not be read.",
        ),
        (
            "say",
            {"member": "Dana", "channel": "sales-line", "files": [{**NAME, "content": ""}]},
            "A file is empty.",
        ),
        ("say", {"member": "Dana", "channel": "sales-line", "files": [{}] * 11}, "No more than 10 files at once."),
        (
            "react",
            {"member": "Dana", "channel": "sales-line", "ts": "1.0", "name": "eyes"},
            "There is no message 1.0 in #sales-line.",
        ),
        ("submit", {"member": "Dana", "view_id": "V1"}, "This window is closed already."),
        ("click", {"member": "Dana", "channel": "sales-line", "ts": "1.0"}, "action_id is missing."),
        ("text", {"number": "+15550000000", "words": "Hi"}, "Nobody here has this number."),
        ("text", {"number": MARIA, "words": " "}, "There is nothing to send."),
        ("turn", {"lever": "none", "on": True}, "There is no 'none'."),
        ("once", {"lever": "no_receipts"}, "This can only be switched on and off."),
    ],
)
async def test_what_cannot_be_done_is_answered_with_a_sentence(
    visitor: Visitor, act: str, fields: Json, sentence: str
) -> None:
    assert await visitor.mistake(act, **fields) == sentence


async def test_unknown_act_is_not_found(visitor: Visitor) -> None:
    status, said_ = await visitor.attempt("dance")

    assert (status, said_) == (404, {"error": "There is no such act."})


# --- Phones -------------------------------------------------------------------------------------------


async def test_contact_texts_with_a_picture(visitor: Visitor, scene: Scene) -> None:
    picture = {"name": "cat.png", "mimetype": "image/png", "content": base64.b64encode(b"png").decode()}

    await visitor.act("text", number=MARIA, words="Look", files=[picture])

    text = scene.sandbox.textrequest.log.all[0]
    assert (text.words, text.outbound, len(text.media)) == ("Look", False, 1)
    assert scene.sandbox.textrequest.contacts[scene.stage.dashboard.id, MARIA].name == "Maria Lopez"


async def test_contact_is_added_by_number(visitor: Visitor, scene: Scene) -> None:
    answer = await visitor.act("add_contact", name="Ana Silva", number="(415) 555-0188")

    assert answer == {"number": "+14155550188"}
    assert scene.contacts()["+14155550188"] == "Ana Silva"


@pytest.mark.parametrize("number", ["12", "+49 30 1234567", "call me"])
async def test_number_that_cannot_be_texted_is_no_contact(visitor: Visitor, scene: Scene, number: str) -> None:
    sentence = await visitor.mistake("add_contact", name="Ana", number=number)

    assert "no number this provider can text" in sentence
    assert list(scene.contacts()) == [MARIA]


async def test_phone_is_switched_off_and_its_number_refused(visitor: Visitor, scene: Scene) -> None:
    provider = scene.sandbox.textrequest

    await visitor.act("phone", number=MARIA, failing=True, refused=True)
    off = provider.failing[MARIA], MARIA in provider.refused
    await visitor.act("phone", number=MARIA)

    assert off == ("2001", True)
    assert (provider.failing[MARIA], MARIA in provider.refused) == ("", False)


async def test_provider_opts_a_contact_out(visitor: Visitor, scene: Scene) -> None:
    await visitor.act("opt_out", number=MARIA, on=True)

    contact = scene.sandbox.textrequest.contacts[scene.stage.dashboard.id, MARIA]
    assert contact.opted_out_at is not None

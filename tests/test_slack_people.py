"""What is read from Slack about people: who we are, who somebody else is, and the channels."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.errors import SlackError
from bot.model import ChannelId, MemberId, MemberKind
from bot.slack import Channel, Slack
from bot.slack.answers import member
from tests.slack_stub import BOT_ID, TEAM_ID, Reply, SlackStub, connected

CHANNEL = ChannelId("C1")


@pytest.fixture
async def stub() -> AsyncIterator[SlackStub]:
    async with SlackStub() as stub:
        yield stub


@pytest.fixture
async def slack(stub: SlackStub) -> AsyncIterator[Slack]:
    async with connected(stub.url) as slack:
        yield slack


# --- Who we are -----------------------------------------------------------------------------------------


async def test_identify_reads_the_answer_and_its_scopes(slack: Slack) -> None:
    identity = await slack.identify()

    assert (identity.bot_user_id, identity.bot_id, identity.team_id) == ("U0BOT", BOT_ID, TEAM_ID)
    assert identity.url == "https://acme.example/"
    assert identity.scopes == {"chat:write", "users:read"}


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ({"ok": False, "error": "invalid_auth"}, "invalid_auth"),
        ({"ok": True, "user_id": "U1", "team_id": "T1", "url": "https://a.example/"}, "not_allowed_token_type"),
        ({"ok": True, "user_id": "U1", "bot_id": "B1", "url": "https://a.example/"}, "no_answer"),
    ],
)
async def test_identify_refuses_a_token_that_is_no_bot(
    slack: Slack, stub: SlackStub, reply: Reply, code: str
) -> None:
    stub.answers("auth.test", reply)

    with pytest.raises(SlackError) as caught:
        await slack.identify()

    assert caught.value.code == code


async def test_open_socket_url_uses_the_app_token(slack: Slack, stub: SlackStub) -> None:
    stub.answers("apps.connections.open", {"ok": True, "url": "wss://socket.example/?ticket=1"})

    url = await slack.open_socket_url("xapp-1")

    assert url == "wss://socket.example/?ticket=1"
    assert stub.asked[0].token == "Bearer xapp-1"


async def test_wrong_app_token_is_refused_at_once(slack: Slack, stub: SlackStub) -> None:
    stub.answers("apps.connections.open", {"ok": False, "error": "invalid_auth"})

    with pytest.raises(SlackError) as caught:
        await slack.open_socket_url("xapp-1")

    assert (caught.value.code, stub.arrived["apps.connections.open"]) == ("invalid_auth", 1)


# --- Members --------------------------------------------------------------------------------------------


def _user(**fields: object) -> dict[str, object]:
    return {"id": "U1", "team_id": TEAM_ID, "name": "dana", "profile": {"display_name": "Dana"}, **fields}


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, MemberKind.MEMBER),
        ({"is_admin": True}, MemberKind.MEMBER),
        ({"is_restricted": True}, MemberKind.GUEST),
        ({"is_restricted": True, "is_ultra_restricted": True}, MemberKind.GUEST),
        ({"is_ultra_restricted": True}, MemberKind.GUEST),
        ({"is_stranger": True}, MemberKind.FOREIGN),
        ({"team_id": "T9ELSE"}, MemberKind.FOREIGN),
        ({"team_id": "T9ELSE", "is_restricted": True}, MemberKind.FOREIGN),
        ({"team_id": None}, MemberKind.FOREIGN),
        ({"team_id": "E1", "enterprise_user": {"teams": ["T9ELSE"]}}, MemberKind.FOREIGN),
        ({"team_id": "E1", "enterprise_user": {}}, MemberKind.FOREIGN),
        ({"team_id": "E1", "enterprise_user": {"teams": ["T9ELSE", TEAM_ID]}}, MemberKind.MEMBER),
        (
            {"team_id": "T9ELSE", "enterprise_user": {"teams": [TEAM_ID]}, "is_restricted": True},
            MemberKind.GUEST,
        ),
        ({"is_bot": True}, MemberKind.BOT),
        ({"is_bot": True, "team_id": "T9ELSE"}, MemberKind.BOT),
        ({"id": "USLACKBOT"}, MemberKind.BOT),
        ({"deleted": True}, MemberKind.GONE),
        ({"deleted": True, "is_bot": True}, MemberKind.GONE),
    ],
)
def test_member_kind_is_what_slack_surely_says(fields: dict[str, object], kind: MemberKind) -> None:
    found = member(_user(**fields), TEAM_ID)

    assert found.kind is kind


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({}, "Dana"),
        ({"profile": {"display_name": "", "real_name": "Dana Scully"}}, "Dana Scully"),
        ({"profile": {"display_name": "  ", "real_name": None}, "real_name": " Dana S. "}, "Dana S."),
        ({"profile": {}}, "dana"),
        ({"profile": None}, "dana"),
        ({"profile": {}, "name": ""}, "U1"),
    ],
)
def test_member_is_called_as_people_see_them(fields: dict[str, object], name: str) -> None:
    found = member(_user(**fields), TEAM_ID)

    assert found.name == name


async def test_member_is_asked_for_by_id(slack: Slack, stub: SlackStub) -> None:
    stub.answers("users.info", {"ok": True, "user": _user()})

    found = await slack.member(MemberId("U1"))

    assert (found.id, found.name, found.kind) == ("U1", "Dana", MemberKind.MEMBER)
    assert stub.fields("users.info") == [{"user": "U1"}]


async def test_unknown_member_raises(slack: Slack, stub: SlackStub) -> None:
    stub.answers("users.info", {"ok": False, "error": "user_not_found"})

    with pytest.raises(SlackError) as caught:
        await slack.member(MemberId("U9"))

    assert (caught.value.code, caught.value.certain) == ("user_not_found", True)


# --- Channels -------------------------------------------------------------------------------------------


async def test_open_dm_gives_the_channel(slack: Slack, stub: SlackStub) -> None:
    stub.answers("conversations.open", {"ok": True, "channel": {"id": "D1"}})

    channel = await slack.open_dm(MemberId("U1"))

    assert channel == "D1"
    assert stub.fields("conversations.open") == [{"users": "U1"}]


@pytest.mark.parametrize(
    ("answer", "channel"),
    [
        (
            {"id": "C1", "name": "sales", "is_member": True, "is_archived": False},
            Channel(CHANNEL, "sales", is_member=True, is_archived=False),
        ),
        (
            {"id": "C1", "name": "old", "is_member": False, "is_archived": True},
            Channel(CHANNEL, "old", is_member=False, is_archived=True),
        ),
        ({"id": "D1"}, Channel(ChannelId("D1"), "", is_member=False, is_archived=False)),
    ],
)
async def test_channel_tells_name_membership_and_archive(
    slack: Slack, stub: SlackStub, answer: dict[str, object], channel: Channel
) -> None:
    stub.answers("conversations.info", {"ok": True, "channel": answer})

    found = await slack.channel(CHANNEL)

    assert found == channel
    assert stub.fields("conversations.info") == [{"channel": "C1"}]


async def test_channels_are_read_from_every_page(slack: Slack, stub: SlackStub) -> None:
    stub.answers(
        "users.conversations",
        {
            "ok": True,
            "channels": [{"id": "C1", "name": "sales"}],
            "response_metadata": {"next_cursor": "next"},
        },
        {"ok": True, "channels": [{"id": "C2", "name": "old", "is_archived": True}]},
    )

    found = await slack.channels()

    assert found == (
        Channel(CHANNEL, "sales", is_member=True, is_archived=False),
        Channel(ChannelId("C2"), "old", is_member=True, is_archived=True),
    )
    asked = {"types": "public_channel,private_channel", "limit": "200"}
    assert stub.fields("users.conversations") == [asked, {**asked, "cursor": "next"}]

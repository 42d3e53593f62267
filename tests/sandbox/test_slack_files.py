"""Uploads in three steps, and the files of members."""

from __future__ import annotations

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack.files import MemberFile
from bot.sandbox.slack.model import Channel
from bot.sandbox.slack.workspace import Workspace
from tests.sandbox.conftest import error_of


async def test_upload_into_a_thread_is_a_message_with_the_file(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    root = await client.chat_postMessage(channel=channel.id, text="Root")

    up = await client.files_upload_v2(
        channel=channel.id, thread_ts=root["ts"], content="hello", filename="a.txt", initial_comment="See"
    )

    reply = workspace.thread(channel, root["ts"])[1]
    shares = (await client.files_info(file=up["files"][0]["id"]))["file"]["shares"]
    assert (reply["text"], reply["files"][0]["name"]) == ("See", "a.txt")
    assert shares["public"][channel.id][0]["ts"] == reply["ts"]


async def test_upload_completed_twice_is_refused(client: AsyncWebClient, channel: Channel) -> None:
    up = await client.files_upload_v2(channel=channel.id, content="hello", filename="a.txt")
    files = [{"id": up["files"][0]["id"]}]

    refused = await error_of(client.files_completeUploadExternal(files=files, channel_id=channel.id))

    assert refused == "file_not_found"


async def test_late_share_appears_after_the_answer(
    workspace: Workspace, client: AsyncWebClient, channel: Channel
) -> None:
    workspace.rules.share_delay_s = 0.01

    up = await client.files_upload_v2(channel=channel.id, content="hello", filename="a.txt")
    at_once = workspace.messages(channel)
    await workspace.wait_for(lambda: workspace.messages(channel), what="the share")

    assert at_once == []
    assert workspace.messages(channel)[0]["files"][0]["id"] == up["files"][0]["id"]


async def test_members_file_needs_the_token(
    workspace: Workspace, client: AsyncWebClient, session: aiohttp.ClientSession, channel: Channel
) -> None:
    ts = await workspace.say(channel, "Dana", "", files=[MemberFile("cat.png", b"PNG")])
    url = workspace.message(channel, ts)["files"][0]["url_private_download"]

    async with session.get(url) as without:
        page = without.content_type
    async with session.get(url, headers={"Authorization": f"Bearer {client.token}"}) as allowed:
        content = await allowed.read()

    assert (page, content) == ("text/html", b"PNG")

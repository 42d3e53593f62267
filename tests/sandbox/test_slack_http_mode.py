"""Events and interactions as signed requests, checked by Slack's own verifier."""

from __future__ import annotations

import json

from slack_sdk.signature import SignatureVerifier

from bot.sandbox.server import Sandbox
from bot.sandbox.slack.model import Channel
from bot.sandbox.slack.workspace import Workspace
from tests.sandbox.conftest import Ear


async def test_event_is_posted_and_signed(
    sandbox: Sandbox, workspace: Workspace, channel: Channel, ear: Ear
) -> None:
    sandbox.use_http_mode(f"{ear.url}/slack/events")

    await workspace.say(channel, "Dana", "Hi")
    await workspace.wait_for(lambda: ear.heard)

    heard = ear.heard[0]
    verifier = SignatureVerifier(workspace.app.signing_secret)
    assert verifier.is_valid_request(heard.raw, heard.headers)
    assert not verifier.is_valid_request(heard.raw + b" ", heard.headers)
    assert heard.json["event"]["text"] == "Hi"


async def test_refused_event_is_posted_again_and_says_why(
    sandbox: Sandbox, workspace: Workspace, channel: Channel, ear: Ear
) -> None:
    sandbox.use_http_mode(ear.url)
    ear.status = 500

    await workspace.say(channel, "Dana", "Hi")
    await workspace.wait_for(lambda: workspace.feed.idle)

    assert [one.headers.get("x-slack-retry-num") for one in ear.heard] == [None, "1", "2", "3"]
    assert ear.heard[1].headers["x-slack-retry-reason"] == "http_error"
    assert len({one.json["event_id"] for one in ear.heard}) == 1


async def test_interactions_are_forms(sandbox: Sandbox, workspace: Workspace, channel: Channel, ear: Ear) -> None:
    sandbox.use_http_mode(ear.url)
    ear.body = '{"text": "Working on it"}'

    command = await workspace.slash(channel, "Dana", "/text", "4155550134 Hi")
    shortcut = await workspace.shortcut("Dana", "new_text")

    assert command.payload == {"text": "Working on it"}
    assert ear.heard[0].form["text"] == "4155550134 Hi"
    assert json.loads(ear.heard[1].form["payload"])["callback_id"] == "new_text"
    assert shortcut.acked

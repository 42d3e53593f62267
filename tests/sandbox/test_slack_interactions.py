"""Clicks, commands, modals and App Home, with the real socket client at the other end."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack.model import Channel
from bot.sandbox.slack.workspace import Workspace
from tests.sandbox.conftest import Listener, error_of

BUTTONS = [
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "retry",
                "value": "17",
                "text": {"type": "plain_text", "text": "Retry"},
            }
        ],
    }
]
MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "new_text",
    "title": {"type": "plain_text", "text": "New text"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "words",
            "label": {"type": "plain_text", "text": "Text"},
            "element": {"type": "plain_text_input", "action_id": "words"},
        },
        {
            "type": "input",
            "block_id": "note",
            "optional": True,
            "label": {"type": "plain_text", "text": "Note"},
            "element": {"type": "plain_text_input", "action_id": "note"},
        },
    ],
}


async def card(client: AsyncWebClient, channel: Channel) -> str:
    root = await client.chat_postMessage(channel=channel.id, text="Root")
    posted = await client.chat_postMessage(
        channel=channel.id, thread_ts=root["ts"], text="It failed", blocks=BUTTONS
    )
    return str(posted["ts"])


def last(listener: Listener, kind: str = "interactive") -> dict[str, Any]:
    return dict([one for one in listener.requests if one.type == kind][-1].payload)


async def test_click_carries_message_thread_and_value(
    workspace: Workspace, channel: Channel, client: AsyncWebClient, listener: Listener
) -> None:
    ts = await card(client, channel)

    ack = await workspace.click(channel, ts, "retry", "Dana")

    payload = last(listener)
    assert ack.acked
    assert (payload["type"], payload["user"]["id"]) == ("block_actions", workspace.member("Dana").id)
    assert payload["container"]["message_ts"] == payload["message"]["ts"] == ts
    assert payload["message"]["thread_ts"] == payload["container"]["thread_ts"]
    assert payload["actions"][0]["value"] == "17"
    assert payload["actions"][0]["block_id"] == "b0"
    assert payload["channel"]["id"] == channel.id


async def test_click_on_a_button_that_is_not_there_names_those_that_are(
    workspace: Workspace, channel: Channel, client: AsyncWebClient
) -> None:
    ts = await card(client, channel)

    with pytest.raises(LookupError, match="there is: retry"):
        await workspace.click(channel, ts, "pay", "Dana")


async def test_unanswered_click_is_not_repeated(
    workspace: Workspace, channel: Channel, client: AsyncWebClient, listener: Listener
) -> None:
    ts = await card(client, channel)
    workspace.rules.ack_timeout_s, listener.acks = 0.02, False

    ack = await workspace.click(channel, ts, "retry", "Dana")

    assert not ack.acked
    assert len([one for one in listener.requests if one.type == "interactive"]) == 1


async def test_slash_command_is_flat_and_its_answer_is_kept(
    workspace: Workspace, channel: Channel, listener: Listener
) -> None:
    listener.answer = {"text": "Working on it"}

    ack = await workspace.slash(channel, "Dana", "/text", "4155550134 Hi <there>")

    payload = last(listener, "slash_commands")
    assert ack.payload == {"text": "Working on it"}
    assert (payload["command"], payload["text"]) == ("/text", "4155550134 Hi <there>")
    assert payload["channel_id"] == channel.id
    assert "thread_ts" not in payload


async def test_trigger_opens_one_view_only(
    workspace: Workspace, client: AsyncWebClient, channel: Channel, listener: Listener
) -> None:
    await workspace.shortcut("Dana", "new_text")
    trigger = last(listener)["trigger_id"]

    opened = await client.views_open(trigger_id=trigger, view=MODAL)
    again = await error_of(client.views_open(trigger_id=trigger, view=MODAL))

    assert workspace.views.stacks[workspace.member("Dana").id] == [opened["view"]["id"]]
    assert again == "exchanged_trigger_id"


async def test_old_trigger_is_expired(
    workspace: Workspace, client: AsyncWebClient, channel: Channel, listener: Listener
) -> None:
    workspace.rules.trigger_life_s = -1.0
    await workspace.shortcut("Dana", "new_text")

    refused = await error_of(client.views_open(trigger_id=last(listener)["trigger_id"], view=MODAL))

    assert refused == "expired_trigger_id"


@pytest.mark.parametrize(
    "change",
    [
        {"title": {"type": "plain_text", "text": "x" * 25}},
        {"private_metadata": "x" * 3001},
        {"submit": None},
        {"blocks": [{"type": "divider"}] * 101},
        {"type": "home"},
    ],
)
async def test_view_that_slack_would_not_take_is_refused(
    client: AsyncWebClient, change: dict[str, Any], listener: Listener
) -> None:
    view = {name: value for name, value in (MODAL | change).items() if value is not None}

    refused = await error_of(client.views_open(trigger_id="1.2.3", view=view))

    assert refused == "invalid_arguments"


async def test_submitted_modal_carries_values_and_obeys_the_answer(
    workspace: Workspace, client: AsyncWebClient, channel: Channel, listener: Listener
) -> None:
    await workspace.message_shortcut(channel, await card(client, channel), "pay", "Dana")
    opened = await client.views_open(trigger_id=last(listener)["trigger_id"], view=MODAL)
    listener.answer = {"response_action": "update", "view": {**MODAL, "callback_id": "second"}}

    view_id = opened["view"]["id"]
    await workspace.submit(view_id, "Dana", {"words": {"words": {"value": "Hello"}}})

    values = last(listener)["view"]["state"]["values"]
    assert values["words"]["words"] == {"type": "plain_text_input", "value": "Hello"}
    assert values["note"]["note"]["value"] is None
    assert workspace.views.by_id[view_id]["callback_id"] == "second"


async def test_accepted_modal_closes(
    workspace: Workspace, client: AsyncWebClient, channel: Channel, listener: Listener
) -> None:
    await workspace.shortcut("Dana", "new_text")
    opened = await client.views_open(trigger_id=last(listener)["trigger_id"], view=MODAL)

    await workspace.submit(opened["view"]["id"], "Dana", {"words": {"words": {"value": "Hello"}}})

    assert workspace.views.stacks[workspace.member("Dana").id] == []


async def test_update_with_an_old_hash_conflicts(
    workspace: Workspace, client: AsyncWebClient, channel: Channel, listener: Listener
) -> None:
    await workspace.shortcut("Dana", "new_text")
    view = (await client.views_open(trigger_id=last(listener)["trigger_id"], view=MODAL))["view"]
    await client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)

    refused = await error_of(client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL))

    assert refused == "hash_conflict"


async def test_home_is_published_and_its_buttons_can_be_clicked(
    workspace: Workspace, client: AsyncWebClient, channel: Channel, listener: Listener
) -> None:
    dana = workspace.member("Dana")
    workspace.app.features = {"app_home": {"home_tab_enabled": True}}
    await workspace.open_home(dana)
    await workspace.wait_for(lambda: listener.events)

    await client.views_publish(user_id=dana.id, view={"type": "home", "blocks": BUTTONS})
    await workspace.click_in_view(workspace.views.homes[dana.id]["id"], "retry", dana)

    assert listener.events[0]["type"] == "app_home_opened"
    assert last(listener)["container"]["type"] == "view"
    assert "response_url" not in last(listener)


async def test_home_that_the_manifest_does_not_switch_on_is_refused(
    client: AsyncWebClient,
) -> None:
    view = {"type": "home", "blocks": BUTTONS}

    refused = await error_of(client.views_publish(user_id="U0ANYONE", view=view))

    assert refused == "not_enabled"


async def test_view_that_is_too_large_is_refused(client: AsyncWebClient) -> None:
    words = {"type": "section", "text": {"type": "plain_text", "text": "x" * 2600}}

    refused = await error_of(client.views_open(trigger_id="1.2.3", view={**MODAL, "blocks": [words] * 100}))

    assert refused == "view_too_large"


async def test_response_url_answers_one_person_five_times(
    workspace: Workspace, channel: Channel, listener: Listener, session: aiohttp.ClientSession
) -> None:
    await workspace.slash(channel, "Dana", "/text")
    url = last(listener, "slash_commands")["response_url"]

    statuses = [(await session.post(url, json={"text": f"{number}"})).status for number in range(6)]

    assert statuses == [200] * 5 + [404]
    assert [one["message"]["text"] for one in workspace.ephemerals("Dana")] == ["0", "1", "2", "3", "4"]


async def test_response_url_of_a_command_replaces_nothing(
    workspace: Workspace, channel: Channel, listener: Listener, session: aiohttp.ClientSession
) -> None:
    await workspace.slash(channel, "Dana", "/text")
    url = last(listener, "slash_commands")["response_url"]

    for words in ("Working on it", "Done"):
        await session.post(url, json={"text": words, "replace_original": True})

    assert [one["message"]["text"] for one in workspace.ephemerals("Dana")] == ["Working on it", "Done"]


async def test_response_url_replaces_what_was_clicked(
    workspace: Workspace,
    channel: Channel,
    client: AsyncWebClient,
    listener: Listener,
    session: aiohttp.ClientSession,
) -> None:
    ts = await card(client, channel)
    await workspace.click(channel, ts, "retry", "Dana")

    await session.post(last(listener)["response_url"], json={"text": "Done", "replace_original": True})

    assert workspace.words(workspace.message(channel, ts)) == "Done"

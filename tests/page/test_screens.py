"""Buttons, commands, shortcuts and modals on the page, with the real socket client at the other end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.page.scene import Scene
from bot.sandbox.slack.model import Channel
from bot.sandbox.slack.workspace import Workspace
from tests.browser import gallery_blocks as gallery
from tests.page.conftest import Json, Visitor
from tests.sandbox.conftest import Listener, connected

LATE = "Operation timed out. Apps need to respond within 3 seconds."
TROUBLE = "We had some trouble connecting. Try again?"
FILLED_IN = {"words": {"words": {"value": "Hi"}}}


@pytest.fixture
def workspace(scene: Scene) -> Workspace:
    workspace = scene.sandbox.workspace
    workspace.app.features = {"slash_commands": [{"command": "/text"}]}
    workspace.rules.retry_delays_s = ()
    return workspace


@pytest.fixture
def channel(scene: Scene) -> Channel:
    return scene.stage.channel


@pytest.fixture
def dana(workspace: Workspace) -> str:
    return workspace.member("Dana").id


@pytest.fixture
def client(scene: Scene, workspace: Workspace, visitor: Visitor) -> AsyncWebClient:
    token = workspace.app.bot_token
    return AsyncWebClient(token=token, base_url=scene.sandbox.slack_api_url, session=visitor.session)


@pytest.fixture
async def listener(workspace: Workspace, client: AsyncWebClient) -> AsyncIterator[Listener]:
    heard = Listener(workspace.core.bell)
    async with connected(workspace, client, heard):
        yield heard


@dataclass(frozen=True)
class Desk:
    """Dana before the page, and an app that hears of what she does."""

    visitor: Visitor
    workspace: Workspace
    client: AsyncWebClient
    listener: Listener
    dana: str

    @property
    def channel(self) -> Channel:
        return self.workspace.channel("sales-line")


@pytest.fixture
def desk(visitor: Visitor, workspace: Workspace, client: AsyncWebClient, listener: Listener) -> Desk:
    return Desk(visitor, workspace, client, listener, workspace.member("Dana").id)


def last(listener: Listener) -> Json:
    return dict([one for one in listener.requests if one.type != "events_api"][-1].payload)


async def posted(client: AsyncWebClient, channel: Channel, blocks: list[Json]) -> str:
    answer = await client.chat_postMessage(channel=channel.id, text="Blocks", blocks=blocks)
    return str(answer["ts"])


async def opened(workspace: Workspace, visitor: Visitor, client: AsyncWebClient, listener: Listener) -> str:
    """The id of a modal that is open for Dana."""
    await visitor.act("shortcut", member=workspace.member("Dana").id, callback_id="any")
    answer = await client.views_open(trigger_id=last(listener)["trigger_id"], view=gallery.modal())
    return str(answer["view"]["id"])


# --- Elements -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "action", "chosen"),
    [
        ("menus", "one", {"selected_option": gallery.OPTIONS[2]}),
        ("menus", "person", {"selected_user": "U0SAND00003"}),
        ("menus", "channel", {"selected_channel": "C0SAND00002"}),
        ("menus", "day", {"selected_date": "2026-12-24"}),
        ("menus", "hour", {"selected_time": "10:15"}),
        ("plain_buttons", "more", {"selected_option": gallery.OPTIONS[1]}),
        ("boxes", "boxes", {"selected_options": gallery.OPTIONS[:2]}),
        ("radios", "radios", {"selected_option": gallery.OPTIONS[0]}),
    ],
)
async def test_choice_reaches_the_app_as_slack_sends_it(desk: Desk, block: str, action: str, chosen: Json) -> None:
    ts = await posted(desk.client, desk.channel, gallery.buttons())
    values = {block: {action: chosen}}
    what = {"channel": desk.channel.id, "ts": ts, "member": desk.dana, "block_id": block, "action_id": action}

    answer = await desk.visitor.act("click", **what, chosen={**chosen, "value": "forged"}, values=values)

    sent = last(desk.listener)["actions"][0]
    assert answer == {}
    assert {name: sent[name] for name in chosen} == chosen
    assert sent.get("value") != "forged"


async def test_fields_around_a_click_come_with_it(
    visitor: Visitor, channel: Channel, client: AsyncWebClient, listener: Listener, dana: str
) -> None:
    ts = await posted(client, channel, gallery.buttons())
    values = {"menus": {"hour": {"selected_time": "10:15"}}}

    await visitor.act(
        "click",
        channel=channel.id,
        ts=ts,
        member=dana,
        block_id="plain_buttons",
        action_id="refund",
        values=values,
    )

    state = last(listener)["state"]["values"]
    assert state["menus"]["hour"] == {"type": "timepicker", "selected_time": "10:15"}
    assert state["menus"]["day"] == {"type": "datepicker", "selected_date": "2026-12-01"}
    assert state["menus"]["one"] == {"type": "static_select", "selected_option": None}
    assert state["boxes"]["boxes"]["selected_options"] == [gallery.OPTIONS[0]]
    assert "refund" not in state.get("plain_buttons", {})


async def test_click_without_an_answer_shows_what_slack_shows(desk: Desk) -> None:
    ts = await posted(desk.client, desk.channel, gallery.buttons())
    desk.workspace.rules.ack_timeout_s, desk.listener.acks = 0.02, False

    answer = await desk.visitor.act("click", channel=desk.channel.id, ts=ts, member=desk.dana, action_id="late")

    assert answer == {"refusal": LATE}


async def test_options_come_from_the_app(
    visitor: Visitor, channel: Channel, client: AsyncWebClient, listener: Listener, dana: str
) -> None:
    ts = await posted(client, channel, gallery.buttons())
    listener.answer = {"options": gallery.OPTIONS}

    what = {"channel": channel.id, "ts": ts, "member": dana, "block_id": "menus", "action_id": "external"}
    answer = await visitor.act("suggest", **what, words="fir")

    sent = last(listener)
    assert answer["answer"] == {"options": gallery.OPTIONS}
    assert (sent["type"], sent["value"], sent["action_id"]) == ("block_suggestion", "fir", "external")


# --- Commands and shortcuts ---------------------------------------------------------------------------


def whispered(workspace: Workspace) -> list[str]:
    return [workspace.words(one["message"]) for one in workspace.ephemerals("Dana")]


async def test_answer_to_a_command_is_shown_to_whoever_typed_it(
    visitor: Visitor, workspace: Workspace, channel: Channel, listener: Listener, dana: str
) -> None:
    listener.answer = {"text": "Whom?"}

    await visitor.act("slash", channel=channel.id, member=dana, words="/text  4155550134 Hi")

    assert (last(listener)["command"], last(listener)["text"]) == ("/text", "4155550134 Hi")
    assert whispered(workspace) == ["Whom?"]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("audit by=@sam", "audit by=<@{sam}>"),
        ("connect Support #general, please", "connect Support <#{general}>, please"),
        ('note "a & b <3" #general-2 a#general @sammy', 'note "a &amp; b &lt;3" #general-2 a#general @sammy'),
    ],
)
async def test_words_of_a_command_are_escaped_when_the_app_wants_that(desk: Desk, typed: str, text: str) -> None:
    workspace, visitor = desk.workspace, desk.visitor
    workspace.app.features = {"slash_commands": [{"command": "/text", "should_escape": True}]}
    sam, general = workspace.member("Sam"), workspace.add_channel("general")
    place = {"channel": desk.channel.id, "member": desk.dana}

    await visitor.act("slash", **place, words=f"/text {typed}")

    assert last(desk.listener)["text"] == text.format(sam=sam.id, general=general.id)


async def test_command_can_be_answered_for_everybody(
    visitor: Visitor, workspace: Workspace, channel: Channel, listener: Listener, dana: str
) -> None:
    listener.answer = {"text": "Done", "response_type": "in_channel"}

    await visitor.act("slash", channel=channel.id, member=dana, words="/text")

    assert [workspace.words(one) for one in workspace.messages(channel)] == ["Done"]


async def test_command_that_nobody_registered_is_not_sent(
    visitor: Visitor, workspace: Workspace, channel: Channel, listener: Listener, dana: str
) -> None:
    await visitor.act("slash", channel=channel.id, member=dana, words="/dance now")

    assert whispered(workspace) == ["`/dance` is not a valid command."]
    assert listener.requests == []


async def test_command_without_an_answer_fails_as_at_slack(
    visitor: Visitor, workspace: Workspace, channel: Channel, listener: Listener, dana: str
) -> None:
    workspace.rules.ack_timeout_s, listener.acks = 0.02, False

    await visitor.act("slash", channel=channel.id, member=dana, words="/text")

    assert whispered(workspace) == ['`/text` failed with the error "operation_timeout"']


async def test_command_while_the_bot_is_dead_fails_as_at_slack(
    visitor: Visitor, workspace: Workspace, channel: Channel, dana: str
) -> None:
    await visitor.act("slash", channel=channel.id, member=dana, words="/text")

    assert whispered(workspace) == ['`/text` failed with the error "dispatch_failed"']


async def test_message_shortcut_carries_its_message(
    visitor: Visitor, channel: Channel, client: AsyncWebClient, listener: Listener, dana: str
) -> None:
    ts = await posted(client, channel, gallery.buttons())

    answer = await visitor.act("shortcut", channel=channel.id, ts=ts, member=dana, callback_id="about")

    assert answer == {}
    assert (last(listener)["type"], last(listener)["message"]["ts"]) == ("message_action", ts)


# --- Modals -------------------------------------------------------------------------------------------


async def test_submitted_fields_arrive_with_those_nobody_touched(
    visitor: Visitor, workspace: Workspace, client: AsyncWebClient, listener: Listener, dana: str
) -> None:
    view_id = await opened(workspace, visitor, client, listener)

    answer = await visitor.act(
        "submit", view_id=view_id, member=dana, values={"words": {"words": {"value": "Hi"}}}
    )

    values = last(listener)["view"]["state"]["values"]
    assert answer == {}
    assert values["words"]["words"] == {"type": "plain_text_input", "value": "Hi"}
    assert values["long"]["long"]["value"] == "As it began"
    assert values["one"]["one"]["selected_option"] == gallery.OPTIONS[1]
    assert values["people"]["people"] == {"type": "multi_users_select", "selected_users": []}
    assert values["moment"]["moment"] == {"type": "datetimepicker", "selected_date_time": None}
    assert workspace.views.stacks[dana] == []


@pytest.mark.parametrize(
    ("payload", "answer", "open_views"),
    [
        ({"response_action": "errors", "errors": {"words": "Wrong."}}, {"errors": {"words": "Wrong."}}, 1),
        ({"response_action": "push", "view": gallery.note("Next", "One more")}, {}, 2),
        ({"response_action": "update", "view": gallery.note("Next", "Changed")}, {}, 1),
        ({"response_action": "update", "view": {"type": "modal", "blocks": []}}, {"refusal": TROUBLE}, 1),
        ({"response_action": "update"}, {"refusal": TROUBLE}, 1),
        ({"response_action": "clear"}, {}, 0),
    ],
)
async def test_modal_does_what_the_app_answers(desk: Desk, payload: Json, answer: Json, open_views: int) -> None:
    view_id = await opened(desk.workspace, desk.visitor, desk.client, desk.listener)
    desk.listener.answer = payload

    shown = await desk.visitor.act("submit", view_id=view_id, member=desk.dana, values=FILLED_IN)

    assert shown == answer
    assert len(desk.workspace.views.stacks[desk.dana]) == open_views


async def test_form_with_an_empty_field_is_not_sent(desk: Desk) -> None:
    view_id = await opened(desk.workspace, desk.visitor, desk.client, desk.listener)

    said = await desk.visitor.mistake("submit", view_id=view_id, member=desk.dana)

    assert said == "Slack does not send this form: words is empty"


async def test_submission_without_an_answer_keeps_the_modal_open(
    visitor: Visitor, workspace: Workspace, client: AsyncWebClient, listener: Listener, dana: str
) -> None:
    view_id = await opened(workspace, visitor, client, listener)
    workspace.rules.ack_timeout_s, listener.acks = 0.02, False

    shown = await visitor.act("submit", view_id=view_id, member=dana, values=FILLED_IN)

    assert shown == {"refusal": TROUBLE}
    assert workspace.views.stacks[dana] == [view_id]


async def test_closing_a_modal_is_told_to_an_app_that_asked(
    visitor: Visitor, workspace: Workspace, client: AsyncWebClient, listener: Listener, dana: str
) -> None:
    view_id = await opened(workspace, visitor, client, listener)

    await visitor.act("close_view", view_id=view_id, member=dana)

    assert last(listener)["type"] == "view_closed"
    assert workspace.views.stacks[dana] == []


async def test_file_for_a_modal_is_kept(visitor: Visitor, workspace: Workspace, dana: str) -> None:
    files: Any = [{"name": "a.txt", "content": "d29yZHM="}]

    answer = await visitor.act("attach", member=dana, files=files)

    assert workspace.core.files.contents[answer["files"][0]["id"]] == b"words"


async def test_home_is_opened_by_an_event(
    visitor: Visitor, workspace: Workspace, listener: Listener, dana: str
) -> None:
    answer = await visitor.act("open_home", member=dana)
    await workspace.wait_for(lambda: listener.events)

    assert (listener.events[0]["type"], listener.events[0]["tab"]) == ("app_home_opened", "home")
    assert answer["channel"] == workspace.direct_messages("Dana").id

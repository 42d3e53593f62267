"""The stream: everything first, then what changed."""

from __future__ import annotations

import pytest

from bot.sandbox.page.picture import Differ, rows
from bot.sandbox.page.scene import Scene
from bot.sandbox.slack.model import Message
from bot.sandbox.wire import Json
from tests.page.conftest import MARIA, Stream, Visitor


async def test_stream_begins_with_everything(stream: Stream, scene: Scene) -> None:
    dana = scene.sandbox.workspace.member("Dana")

    await stream.until("app")

    assert stream.rows[f"member/{dana.id}"] == {"id": dana.id, "name": "Dana", "kind": "full", "deleted": False}
    assert stream.rows[f"channel/{scene.stage.channel.id}"]["name"] == "sales-line"
    assert stream.rows[f"contact/{MARIA}"]["name"] == "Maria Lopez"
    assert stream.rows["line"] == {"name": "Sales line", "number": "+14155550100"}
    assert stream.rows["bot"]["state"] == "stopped"


async def test_stream_goes_on_with_what_changed_alone(stream: Stream, scene: Scene) -> None:
    await stream.until("app")
    before = len(stream.told)

    ts = await scene.sandbox.workspace.say(scene.stage.channel, "Dana", "Hello")
    await stream.until(f"message/{scene.stage.channel.id}/{ts}")

    news = stream.told[before:]
    assert all("app" not in one["set"] for one in news)
    assert stream.rows[f"message/{scene.stage.channel.id}/{ts}"]["text"] == "Hello"


async def test_what_is_deleted_is_dropped(stream: Stream, scene: Scene) -> None:
    workspace, channel = scene.sandbox.workspace, scene.stage.channel
    ts = await workspace.say(channel, "Dana", "Hello")
    await stream.until(f"message/{channel.id}/{ts}")

    await workspace.delete(channel, ts)

    await stream.until_gone(f"message/{channel.id}/{ts}")


async def test_phone_shows_how_far_a_text_got(stream: Stream, scene: Scene) -> None:
    scene.sandbox.textrequest.rules.statuses = ()
    text = await scene.sandbox.textrequest.staff_texts(MARIA, "Hello")
    await stream.until(f"text/{text.id}")

    scene.sandbox.textrequest.report(text, "error", "30003")
    row = {**stream.rows[f"text/{text.id}"], "status": "error", "code": "30003"}

    assert await stream.until(f"text/{text.id}", row) == row


async def test_message_metadata_stays_behind(stream: Stream, scene: Scene) -> None:
    core = scene.sandbox.workspace.core
    message: Message = {
        "type": "message",
        "ts": "1.000001",
        "text": "Card",
        "bot_id": core.bot.bot_id,
        "metadata": {"event_type": "x", "event_payload": {}},
    }
    core.post(scene.stage.channel, message)

    row = await stream.until(f"message/{scene.stage.channel.id}/1.000001")

    assert "metadata" not in row


async def test_second_page_gets_everything_as_well(stream: Stream, visitor: Visitor) -> None:
    await stream.until("app")

    async with visitor.session.get(f"{visitor.address}/events") as answer:
        second = Stream(answer)
        await second.until("app")

    assert second.rows == stream.rows


async def test_nothing_is_told_twice(scene: Scene) -> None:
    differ = Differ()

    first, second = differ.news(scene), differ.news(scene)

    assert first
    assert second == ""


async def test_log_of_the_bots_calls_holds_no_words(stream: Stream, scene: Scene, visitor: Visitor) -> None:
    url, token = scene.sandbox.slack_api_url, scene.sandbox.workspace.app.bot_token
    fields = {"channel": scene.stage.channel.id, "text": "A secret word"}

    async with visitor.session.post(
        f"{url}chat.postMessage", json=fields, headers={"Authorization": f"Bearer {token}"}
    ) as answer:
        assert (await answer.json())["ok"]
    row = await stream.until("passage/1")

    assert (row["where"], row["outcome"], row["good"], row["to_bot"]) == ("chat.postMessage", "ok", True, False)
    assert set(row) == {"number", "to_bot", "where", "outcome", "good", "ms", "at"}


async def test_log_names_a_refusal(stream: Stream, scene: Scene, visitor: Visitor) -> None:
    async with visitor.session.post(f"{scene.sandbox.slack_api_url}chat.postMessage", json={}) as answer:
        await answer.read()

    row = await stream.until("passage/1")

    assert (row["outcome"], row["good"]) == ("not_authed", False)


@pytest.mark.parametrize(
    ("tabs", "home", "takes_messages"),
    [
        ({}, False, False),
        ({"home_tab_enabled": True}, True, False),
        ({"messages_tab_enabled": True}, False, True),
        ({"messages_tab_enabled": True, "messages_tab_read_only_enabled": True}, False, False),
    ],
)
async def test_app_has_the_tabs_of_its_manifest(
    scene: Scene, tabs: Json, home: bool, takes_messages: bool
) -> None:
    scene.sandbox.workspace.app.features = {"app_home": tabs}

    app = dict(rows(scene))["app"]

    assert isinstance(app, dict)
    assert (app["home_tab"], app["takes_messages"]) == (home, takes_messages)

"""A click: acknowledged at once, decided once, and answered where it was made."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from bot.bridge import Bridge
from bot.errors import SlackError, UsageError
from bot.flows.decisions import Click
from bot.flows.home import HomeClick
from bot.flows.roots import RootClick
from bot.model import ChannelId, ConversationId, MemberId, MemberKind, Ts
from bot.views.buttons import Action
from bot.views.home import HomeAction
from bot.views.root_buttons import MENU, RootAction
from handlers.buttons import unpack, unpack_root
from handlers.events import Events
from handlers.home import unpack_home
from handlers.slack import bolt_app
from tests.handlers.conftest import RecordingSlack, Whisper

ROOT, TS = "1790000000.000001", "1790000005.000002"
UID = "0123456789abcdef" * 2


def click(action_id: str = "notice:retry", value: str = UID, **fields: Any) -> dict[str, Any]:
    """Dana's click on a button of a notice."""
    return {
        "type": "block_actions",
        "user": {"id": "U1", "team_id": "T0TEAM"},
        "team": {"id": "T0TEAM"},
        "channel": {"id": "C1"},
        "container": {"type": "message", "channel_id": "C1", "message_ts": TS, "thread_ts": ROOT},
        "message": {"ts": TS, "thread_ts": ROOT},
        "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": value}],
        **fields,
    }


@pytest.fixture
def app(bridge: Bridge) -> AsyncApp:
    """Bolt with every door."""
    return bolt_app(bridge, Events(bridge))


async def press(app: AsyncApp, body: dict[str, Any]) -> int:
    """The status that Slack gets, long before the three seconds that it waits for one."""
    async with asyncio.timeout(1):
        response = await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
    return int(response.status)


async def answered(slack: RecordingSlack) -> list[Whisper]:
    """What Dana was told; the door goes on after it acknowledged."""
    async with asyncio.timeout(5):
        await slack.asked.wait()
    return slack.whispers


async def test_click_on_a_button_that_nobody_knows_is_answered_in_its_thread(
    app: AsyncApp, slack: RecordingSlack
) -> None:
    status = await press(app, click())

    assert status == 200
    assert await answered(slack) == [Whisper("C1", "U1", "This button is too old to be used.", ROOT)]  # type: ignore[arg-type]  # plain words


async def test_click_on_a_button_of_another_version_says_so(app: AsyncApp, slack: RecordingSlack) -> None:
    status = await press(app, click("notice:dance"))

    assert status == 200
    assert (await answered(slack))[0].text.startswith("This button is of another version of Threadline")


async def test_click_of_a_guest_decides_nothing(app: AsyncApp, slack: RecordingSlack) -> None:
    slack.kind = MemberKind.GUEST

    await press(app, click())

    assert (await answered(slack))[0].text == "Only full members of this workspace decide about texts."


async def test_click_on_somebody_elses_button_is_acknowledged(app: AsyncApp, slack: RecordingSlack) -> None:
    assert await press(app, click("open_link")) == 200
    assert slack.whispers == []


async def test_click_while_slack_does_not_answer_breaks_nothing(
    app: AsyncApp, slack: RecordingSlack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.refuses = SlackError("no_answer", certain=False)

    with caplog.at_level(logging.WARNING):
        status = await press(app, click())
        await answered(slack)
        await asyncio.sleep(0)

    assert status == 200
    assert "an error could not be told: Slack answered no_answer" in caplog.text


# --- What was clicked ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", Action)
def test_click_is_read_as_its_button_its_notice_and_who(action: Action) -> None:
    assert unpack(click(str(action))) == Click(action, UID, MemberId("U1"))


@pytest.mark.parametrize("actions", [[{"action_id": "notice:dance"}], [{"action_id": None}], [{}], [], None])
def test_click_on_what_is_no_button_of_ours_is_refused(actions: object) -> None:
    with pytest.raises(UsageError):
        unpack(click(actions=actions))


# --- On a root card, and in App Home ------------------------------------------------------------------------


def root_click(action: dict[str, Any]) -> dict[str, Any]:
    """Dana's click on a root card."""
    container = {"type": "message", "channel_id": "C1", "message_ts": ROOT}
    return click(container=container, message={"ts": ROOT, "thread_ts": ROOT}, actions=[action], trigger_id="t1")


@pytest.mark.parametrize("action", RootAction)
def test_click_on_a_card_is_read_from_its_button_and_from_its_menu_alike(action: RootAction) -> None:
    option = {"value": f"{action.removeprefix('root:')}:42"}

    by_button = unpack_root(root_click({"action_id": str(action), "value": "42"}))
    by_menu = unpack_root(root_click({"action_id": MENU, "selected_option": option}))

    wanted = RootClick(action, ConversationId(42), MemberId("U1"), ChannelId("C1"), Ts(ROOT), "t1")
    assert by_button == by_menu == wanted


@pytest.mark.parametrize(
    "action",
    [
        {"action_id": "root:dance", "value": "42"},
        {"action_id": "root:take", "value": "Maria"},
        {"action_id": "root:take"},
        {"action_id": MENU},
        {"action_id": MENU, "selected_option": {"value": "dance:42"}},
        {"action_id": MENU, "selected_option": {"value": "take"}},
    ],
)
async def test_click_on_a_card_of_another_version_says_so_in_the_channel(
    app: AsyncApp, slack: RecordingSlack, action: dict[str, Any]
) -> None:
    status = await press(app, root_click({"type": "button", "block_id": "b", **action}))

    assert status == 200
    (told,) = await answered(slack)
    assert (told.text.startswith("This button is of another version"), told.thread_ts) == (True, None)


async def test_click_on_the_card_of_a_conversation_that_is_not_there_says_so(
    app: AsyncApp, slack: RecordingSlack
) -> None:
    await press(app, root_click({"type": "button", "block_id": "b", "action_id": "root:take", "value": "42"}))

    assert (await answered(slack))[0].text.startswith("This card is not used any more.")


def home_click(action_id: str, value: str = "42") -> dict[str, Any]:
    """Dana's click in App Home, as Slack tells of it: no channel, no address to answer at."""
    return {
        "type": "block_actions",
        "user": {"id": "U1", "team_id": "T0TEAM"},
        "team": {"id": "T0TEAM"},
        "container": {"type": "view", "view_id": "V1"},
        "view": {"id": "V1", "type": "home", "blocks": []},
        "trigger_id": "t1",
        "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": value}],
    }


@pytest.mark.parametrize("action", HomeAction)
def test_click_in_home_is_read_as_its_button_what_it_carries_and_who(action: HomeAction) -> None:
    assert unpack_home(home_click(str(action))) == HomeClick(action, "42", MemberId("U1"), "t1")


@pytest.mark.parametrize(
    ("action", "value", "told"),
    [
        ("home:dance", "42", "This button is of another version of Threadline"),
        ("home:take", "42", "That is not there any more."),
        ("home:take", "Maria", "That is not there any more."),
        ("home:settings", "42", "That is not there any more."),
        ("home:older", "mine:0", "That is not there any more."),
        ("home:older", "mine:-1", "That is not there any more."),
        ("home:older", "nonsense:2", "That is not there any more."),
        ("home:older", "mine:99999999", "That is not there any more."),
        ("notice:retry", UID, "This button is too old to be used."),
    ],
)
async def test_what_a_click_in_home_cannot_do_is_said_in_a_window(
    app: AsyncApp, slack: RecordingSlack, action: str, value: str, told: str
) -> None:
    assert await press(app, home_click(action, value)) == 200

    async with asyncio.timeout(5):
        await slack.asked.wait()
    assert told in str(slack.windows)

"""What an admin is told: in the alert channel or else each of them, once an hour for each matter."""

from __future__ import annotations

import pytest

from bot.bridge import Bridge
from bot.errors import SlackError
from bot.flows import alerts, channels
from bot.model import ChannelId, Claim, Kind
from bot.views.notices import alert
from storage.database import Row, Tx
from tests.databases import Clock
from tests.flows.conftest import Made
from tests.views.cases import LINE, conversation, leaves, message


async def told(bridge: Bridge) -> list[tuple[str, str]]:
    """Who is told what, in order."""

    async def unit(tx: Tx) -> list[Row]:
        return list(await tx.rows("select channel, body from messages where kind = 'alert' order by id"))

    return [(row["channel"], row["body"]) for row in await bridge.store.database.read(unit)]


async def test_alert_goes_to_the_alert_channel(made: Made) -> None:
    bridge = made(threadline_alert_channel="C0OPS", threadline_admins="U1")

    await alerts.tell(bridge, "topic", "words")

    assert await told(bridge) == [("C0OPS", "words")]


async def test_alert_goes_to_each_admin_where_there_is_no_channel(made: Made) -> None:
    bridge = made(threadline_admins="U1, U2")

    await alerts.tell(bridge, "topic", "words")

    assert await told(bridge) == [("U1", "words"), ("U2", "words")]


async def test_alert_without_anybody_to_tell_is_logged(made: Made, caplog: pytest.LogCaptureFixture) -> None:
    bridge = made()

    await alerts.tell(bridge, "is_archived:C1", "words")

    assert await told(bridge) == []
    assert "an alert has nobody to go to (is_archived): set THREADLINE_ADMINS" in caplog.text


async def test_what_others_called_something_has_no_effect_in_an_alert(made: Made) -> None:
    bridge = made(threadline_admins="U1")

    await alerts.tell(bridge, "topic", "“{line}” lost <#{channel}>.", line="a\n<#C0EVIL> {x}", channel="C1")

    ((_, body),) = await told(bridge)
    assert [leaf["type"] for leaf in leaves(alert(message(body, Kind.ALERT)))] == ["text", "channel", "text"]
    assert body.replace("\u2060", "") == "“a <#C0EVIL> {x}” lost <#C1>."


async def test_matter_is_told_once_an_hour(made: Made, clock: Clock) -> None:
    bridge = made(threadline_admins="U1")
    for words in ("first", "again"):
        await alerts.tell(bridge, "topic", words)
    await alerts.tell(bridge, "another", "other")

    clock.advance(3_600)
    await alerts.tell(bridge, "topic", "an hour later")

    assert [words for _, words in await told(bridge)] == ["first", "other", "an hour later"]


async def test_alert_that_slack_refuses_raises_no_alert(made: Made) -> None:
    bridge = made(threadline_admins="U1")
    claim = Claim(message("words", Kind.ALERT), None)

    await alerts.slack_refuses(bridge, claim, SlackError("channel_not_found"))

    assert await told(bridge) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("is_archived", "The texts of “Sales line” cannot be shown: Slack says is_archived for <#C1>."),
        ("no_permission", "A message of “Sales line” cannot be shown in Slack: Slack says no_permission."),
    ],
)
async def test_post_that_slack_refuses_is_told_with_what_to_do(made: Made, code: str, words: str) -> None:
    bridge = made(threadline_admins="U1")
    claim = Claim(message(), conversation())

    await alerts.slack_refuses(bridge, claim, SlackError(code))

    assert (await told(bridge))[0][1].startswith(words)


@pytest.mark.parametrize(
    "error", [SlackError("no_answer", certain=False), SlackError("ratelimited", retry_after_s=1)]
)
async def test_post_that_slack_does_not_take_just_now_is_told_to_nobody(made: Made, error: SlackError) -> None:
    bridge = made(threadline_admins="U1")

    await alerts.slack_refuses(bridge, Claim(message(), conversation()), error)

    assert await told(bridge) == []


@pytest.mark.parametrize("event", channels.LOST)
async def test_channel_that_is_lost_is_told_for_its_line(made: Made, event: str) -> None:
    bridge = made(threadline_admins="U1")
    await bridge.store.lines.add(LINE)

    await channels.lose(bridge, LINE.channel, event)

    assert (await told(bridge))[0][1].startswith(f"“Sales line” lost its channel <#C1>: {channels.LOST[event]}.")


async def test_channel_that_is_no_lines_is_told_to_nobody(made: Made) -> None:
    bridge = made(threadline_admins="U1")
    await bridge.store.lines.add(LINE)

    await channels.lose(bridge, ChannelId("C2"), "channel_archive")

    assert await told(bridge) == []

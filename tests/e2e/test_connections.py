"""How Slack reaches the bot: two sockets, or signed HTTP; and what the health routes say."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from bot.errors import SettingsError
from bot.sandbox.slack.signed import signature_headers
from tests.e2e.office import QUICK, Office

STALE = str(int(time.time()) - 400)
TICK = "white_check_mark"


@pytest.fixture
async def over_http(closed: Office) -> Office:
    """An office that Slack reaches by signed HTTP."""
    closed.sandbox.use_http_mode(f"{closed.url}/slack/events")
    await closed.start(slack_app_token="", slack_signing_secret=closed.workspace.app.signing_secret)
    return closed


async def post(team: Office, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    """Post to the door for Slack: status and text of the answer."""
    headers = {"Content-Type": "application/json", **headers}
    async with team.session.post(f"{team.url}/slack/events", data=body, headers=headers) as answer:
        return answer.status, await answer.text()


def signed(team: Office, body: bytes) -> dict[str, str]:
    """The headers that prove a body comes from Slack."""
    return signature_headers(team.workspace.app.signing_secret, body, int(time.time()))


def reply_event(team: Office, root: str) -> bytes:
    """An event about a reply, as anybody could make it up."""
    event: dict[str, Any] = {
        "type": "message",
        "channel": team.sales.id,
        "user": team.dana.id,
        "text": "forged",
        "ts": f"{time.time():.6f}",
        "thread_ts": root,
    }
    return json.dumps({"type": "event_callback", "event_id": "Ev0", "event": event}).encode()


# --- Sockets ------------------------------------------------------------------------------------------------


async def test_two_sockets_are_open(team: Office) -> None:
    assert team.workspace.sockets.count == 2


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
async def test_sockets_that_slack_refreshes_lose_nothing(team: Office, reason: str) -> None:
    root = await team.open()
    opened = team.workspace.sockets.opened

    team.workspace.sockets.disconnect(reason)
    ts = await team.say(root, "Yes")

    await team.gets("Yes")
    await team.reacts(ts, TICK)
    await team.see(lambda: team.workspace.sockets.opened >= opened + 2, "new sockets")
    assert team.phone() == ["Yes"]


async def test_sockets_that_break_are_opened_again(closed: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.slack.PING_S", 0.2)
    await closed.start()
    root = await closed.open()
    closed.workspace.sockets.cut()
    await closed.see(lambda: closed.workspace.sockets.count == 0, "no socket")
    await closed.see(lambda: closed.workspace.sockets.count == 2, "two sockets")

    await closed.say(root, "Yes")

    await closed.gets("Yes")


async def test_event_that_cannot_be_kept_is_not_acknowledged_and_comes_again(team: Office) -> None:
    team.workspace.rules.ack_timeout_s = 0.1
    root = await team.open()
    await team.settled()
    await team.change("alter table lines rename to gone")
    ts = await team.say(root, "Yes")
    await team.see(lambda: team.workspace.feed.redelivered, "a second delivery")

    await team.change("alter table gone rename to lines")

    await team.gets("Yes")
    await team.reacts(ts, TICK)


# --- HTTP ---------------------------------------------------------------------------------------------------


async def test_reply_and_click_reach_the_bot_over_http(over_http: Office) -> None:
    root = await over_http.open()
    ts = await over_http.say(root, "At tree")
    await over_http.reacts(ts, TICK)
    await over_http.workspace.edit(over_http.sales, ts, "At three")

    await over_http.click(await over_http.notice(root, "[ Send correction ]"), "correct")

    await over_http.gets("At tree", "At three")


async def test_request_with_a_wrong_signature_is_answered_401(over_http: Office) -> None:
    root = await over_http.open()
    body = reply_event(over_http, root)
    headers = signature_headers("another secret", body, int(time.time()))

    status, _ = await post(over_http, body, headers)

    assert status == 401
    assert await over_http.rows("select id from messages where kind = 'reply'") == []


@pytest.mark.parametrize("timestamp", [None, "soon", STALE], ids=["none", "no number", "stale"])
async def test_request_without_a_fresh_timestamp_is_answered_401(over_http: Office, timestamp: str | None) -> None:
    root = await over_http.open()
    body = reply_event(over_http, root)
    at = int(timestamp) if timestamp and timestamp.isdigit() else int(time.time())
    headers = signature_headers(over_http.workspace.app.signing_secret, body, at)
    del headers["X-Slack-Request-Timestamp"]

    status, _ = await post(
        over_http, body, headers | ({"X-Slack-Request-Timestamp": timestamp} if timestamp else {})
    )

    assert status == 401
    assert await over_http.rows("select id from messages where kind = 'reply'") == []


async def test_request_that_cannot_be_unpacked_is_answered_400(over_http: Office) -> None:
    root = await over_http.open()
    body = reply_event(over_http, root)

    status, _ = await post(over_http, body, signed(over_http, body) | {"Content-Encoding": "gzip"})

    assert status == 400


async def test_slacks_question_about_the_address_is_answered(over_http: Office) -> None:
    body = b'{"type": "url_verification", "challenge": "3eZbrw1aB", "token": "x"}'

    status, text = await post(over_http, body, signed(over_http, body))

    assert (status, json.loads(text)) == (200, {"challenge": "3eZbrw1aB"})


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[]", b"null", b"7", b'{"type": 7}', b"payload=%7B"])
@pytest.mark.parametrize("is_signed", [True, False])
async def test_body_of_another_shape_is_never_a_server_error(
    over_http: Office, body: bytes, is_signed: bool
) -> None:
    status, _ = await post(over_http, body, signed(over_http, body) if is_signed else {})

    assert status < 500


async def test_door_for_slack_is_closed_while_sockets_are_used(team: Office) -> None:
    status, _ = await post(team, b"{}", {})

    assert status == 404


# --- Starting -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("slack_app_token", "xapp-wrong", "SLACK_APP_TOKEN: Slack refused it (invalid_auth)."),
        ("slack_app_token", "xoxb-sandbox-bot-token", "SLACK_APP_TOKEN: is another token of your Slack app"),
        ("slack_bot_token", "xoxb-wrong", "SLACK_BOT_TOKEN: Slack refused it (invalid_auth)."),
        ("slack_bot_token", "", "SLACK_BOT_TOKEN is missing"),
        ("slack_app_token", "", "SLACK_APP_TOKEN is missing"),
    ],
)
async def test_wrong_token_is_named_at_once(closed: Office, variable: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as raised:
        await closed.start(QUICK, **{variable: value})

    assert str(raised.value).startswith(sentence)


async def test_port_that_is_taken_is_named(team: Office) -> None:
    other = Office(team.sandbox, team.session, f"{team.database}.other")
    other.port = team.port

    with pytest.raises(SettingsError, match=f"THREADLINE_PORT: 127.0.0.1:{team.port} cannot be used"):
        await other.start()


async def test_second_bot_on_one_file_is_refused(team: Office) -> None:
    other = Office(team.sandbox, team.session, team.database)

    with pytest.raises(SettingsError, match="Another Threadline runs on"):
        await other.start()


async def test_bot_that_knows_itself_starts_while_slack_is_down(closed: Office) -> None:
    await closed.start()
    root = await closed.open("one")
    await closed.stop()
    closed.fault("auth.test", "drop", times=0)
    closed.fault("chat.*", "drop", times=0)

    await closed.start()
    await closed.text("two")
    await closed.settled_webhooks()
    closed.trouble.clear()

    await closed.reads(root, "one", "two")


# --- Health -------------------------------------------------------------------------------------------------


async def health(team: Office) -> tuple[int, str]:
    """Status and text of the route that says whether the process lives."""
    async with team.session.get(f"{team.url}/healthz") as answer:
        return answer.status, await answer.text()


async def readiness(team: Office) -> tuple[int, list[str]]:
    """Status of the route that says whether every part works, and those that do not."""
    async with team.session.get(f"{team.url}/readyz") as answer:
        return answer.status, [part for part, works in (await answer.json()).items() if not works]


async def test_healthy_bot_says_so(team: Office) -> None:
    assert await health(team) == (200, "ok")
    assert await readiness(team) == (200, [])


async def test_bot_without_a_socket_is_alive_and_not_ready(team: Office) -> None:
    team.fault("apps.connections.open", "status", status=500, times=0)
    team.workspace.sockets.cut()
    await team.see(lambda: team.workspace.sockets.count == 0, "no socket")

    assert await health(team) == (200, "ok")
    assert await readiness(team) == (503, ["slack"])


async def test_bot_whose_database_fails_is_alive_and_not_ready(team: Office) -> None:
    await team.change("alter table facts rename to gone")

    assert await health(team) == (200, "ok")
    assert await readiness(team) == (503, ["database"])

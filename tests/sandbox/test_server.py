"""The one address of all stand-ins, and the remote control."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import aiohttp
import pytest

from bot.sandbox.server import NotLoopback, Sandbox, listen
from tests.sandbox.conftest import Ear

MARIA = "+14155550134"


async def act(session: aiohttp.ClientSession, url: str, name: str, body: Any = None) -> Any:
    async with session.post(f"{url}/_sandbox/{name}", json=body or {}) as answer:
        return await answer.json()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])  # noqa: S104  # the very thing refused
def test_address_that_others_can_reach_is_refused(host: str) -> None:
    with pytest.raises(NotLoopback):
        listen(host, 0)


async def test_unknown_address_is_not_found(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    paths = ("nothing", "slack/nothing", "textrequest/api/v3/nothing", "textrequest/dashboards", "_sandbox/dance")

    statuses = [(await session.get(f"{sandbox.url}/{path}")).status for path in paths]

    assert statuses == [404] * 5


async def test_conversation_by_remote_control(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    url = sandbox.url
    await act(session, url, "add_member", [{"name": "Dana"}, {"name": "Gus", "kind": "guest"}])
    await act(session, url, "add_channel", {"name": "sales", "members": ["Dana", "Gus"]})
    root = await act(session, url, "say", {"channel": "sales", "member": "Dana", "words": "Root"})

    reply = {"channel": "sales", "member": "Gus", "words": "Reply", "thread_ts": root["ts"]}
    await act(session, url, "say", reply)
    thread = await act(session, url, "thread", {"channel": "sales", "ts": root["ts"]})

    assert [one["text"] for one in thread] == ["Root", "Reply"]


async def test_texts_by_remote_control(sandbox: Sandbox, session: aiohttp.ClientSession, ear: Ear) -> None:
    desk = await act(session, sandbox.url, "add_dashboard", {"name": "Desk", "number": "+14155550100"})
    sandbox.textrequest.add_hook(desk["id"], "msg_received", ear.url)

    await act(session, sandbox.url, "contact_texts", [{"number": MARIA, "words": str(one)} for one in range(3)])
    await sandbox.bell.wait_for(lambda: sandbox.pusher.idle)
    stats = await act(session, sandbox.url, "stats")

    assert [one.json["conversation"]["message"] for one in ear.heard] == ["0", "1", "2"]
    assert stats["hooks"] == {"textrequest.hook.msg_received 200": 3}


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("say", {"channel": "nowhere", "member": "Dana", "words": "x"}, "There is no channel 'nowhere'."),
        ("say", {}, "'channel' is missing or not known."),
        ("trouble", {"where": "*", "kind": "gremlins"}, "'gremlins' is not a valid FaultKind"),
        ("contact_texts", {"number": MARIA, "words": "x"}, "The account has no number ''."),
    ],
)
async def test_mistake_is_a_sentence(
    sandbox: Sandbox, session: aiohttp.ClientSession, name: str, body: object, sentence: str
) -> None:
    answer = await act(session, sandbox.url, name, body)

    assert answer == {"error": sentence}


async def test_reset_empties_everything_and_keeps_the_addresses(
    sandbox: Sandbox, session: aiohttp.ClientSession
) -> None:
    before = sandbox.addresses()
    await act(session, sandbox.url, "add_channel", {"name": "sales"})
    await act(session, sandbox.url, "trouble", {"where": "auth.test", "kind": "drop", "times": 0})

    await act(session, sandbox.url, "reset")
    stats = await act(session, sandbox.url, "stats")

    assert sandbox.addresses() == before
    assert sandbox.workspace.core.directory.channels == {}
    assert stats["idle"] is True


async def test_process_of_its_own_prints_its_addresses_and_ends_when_told(session: aiohttp.ClientSession) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    started = json.loads(await process.stdout.readline())

    stats = await act(session, f"http://127.0.0.1:{started['port']}", "stats")
    process.terminate()

    assert stats["posts"] == 0
    assert started["SLACK_API_URL"] == f"http://127.0.0.1:{started['port']}/slack/api/"
    assert await process.wait() == 0

"""The bot as a process of its own: how it stops, how it is killed, and what its log holds."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.e2e.asking import type_
from tests.e2e.office import MARIA, Office

TICK = "white_check_mark"


@asynccontextmanager
async def running(team: Office, **more: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """`threadline run` until the block ends, ready when the block begins."""
    process = await launched(team, **more)
    try:
        await team.see(
            lambda: team.workspace.sockets.count == 2 and len(team.hooks()) == team.hooks_wanted,
            "the bot",
            timeout_s=15,
        )
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def launched(team: Office, **more: str) -> asyncio.subprocess.Process:
    """A bot with the office's settings and nothing else in its environment."""
    environment = {name.upper(): value for name, value in team.values(**more).items()}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "run"),
        env={"PATH": os.environ["PATH"], **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


def states(team: Office) -> list[str]:
    """How the replies on disk stand, without a bot."""
    return [state for (state,) in team.on_disk("select state from messages where kind = 'reply' order by id")]


async def refuses_events(team: Office, root: str) -> None:
    """Wait until the bot takes no more events: the end has begun."""
    team.workspace.rules.ack_timeout_s = 0.2
    while not team.workspace.feed.redelivered:
        await team.say(root, "Later")
        await team.see(lambda: team.workspace.feed.redelivered or team.workspace.feed.idle, "an answer")


async def test_send_in_flight_is_finished_and_recorded_before_the_process_ends(closed: Office) -> None:
    async with running(closed) as process:
        root = await closed.open()
        closed.fault("textrequest.send", "hold")
        await closed.say(root, "Yes")
        await closed.see(lambda: closed.trouble.held, "a send under way")

        process.send_signal(signal.SIGTERM)
        await refuses_events(closed, root)
        ended_before = process.returncode is not None
        closed.trouble.release()
        _, log = await asyncio.wait_for(process.communicate(), 10)

    assert (ended_before, process.returncode) == (False, 0)
    assert (closed.phone(), states(closed)[0]) == (["Yes"], "done")
    assert b"stopped: every call in flight has its outcome on disk" in log


async def test_command_under_way_is_done_and_answered_before_the_process_ends(closed: Office) -> None:
    async with running(closed) as process:
        root = await closed.open()
        closed.fault("textrequest.save_contact", "hold_after")
        await type_(closed, f'save "{MARIA}" note="Calls on Fridays"', "/contact")
        await closed.see(lambda: closed.trouble.held, "a call under way")

        process.send_signal(signal.SIGTERM)
        await refuses_events(closed, root)
        ended_before = process.returncode is not None
        closed.trouble.release()
        await asyncio.wait_for(process.communicate(), 10)

    assert (ended_before, process.returncode) == (False, 0)
    assert "Calls on Fridays" in closed.whispers(closed.dana)[-1]


async def test_text_that_was_sent_when_the_process_was_killed_is_found_and_not_sent_again(closed: Office) -> None:
    closed.textrequest.rules.statuses = ()
    async with running(closed) as process:
        root = await closed.open()
        closed.fault("textrequest.send", "hold_after")
        ts = await closed.say(root, "Yes")
        await closed.see(lambda: closed.trouble.held, "a send under way")
        process.kill()
        await process.wait()
    assert states(closed) == ["sending"]

    await closed.start()

    await closed.reacts(ts, "incoming_envelope")
    assert closed.phone() == ["Yes"]


async def test_root_that_was_posted_when_the_process_was_killed_is_found(closed: Office) -> None:
    async with running(closed) as process:
        closed.fault("chat.postMessage", "hold_after")
        await closed.text("one")
        await closed.see(lambda: closed.trouble.held, "a post under way")
        process.kill()
        await process.wait()

    await closed.start()

    await closed.see(lambda: closed.mirrored(MARIA), "the thread")
    assert len(closed.roots()) == 1
    assert closed.thread(closed.roots()[0]["ts"]) == ["one"]


async def test_log_holds_no_words_numbers_names_or_secrets(closed: Office) -> None:
    closed.textrequest.fail("+14155550177")
    async with running(closed, threadline_log_format="json") as process:
        root = await closed.open("The code is 4711", name="Maria Lopez")
        await closed.reacts(await closed.say(root, "Tell nobody"), TICK)
        closed.fault("textrequest.send", "garbage")
        await closed.reacts(await closed.say(root, "Really nobody"), TICK)
        closed.fault("chat.postMessage", "html")
        await closed.text("Promise")
        await closed.see(lambda: "Promise" in closed.thread(root), "the text")
        secret = closed.textrequest.hooks[2].url.split("/")[-1].partition("?")[0]
        process.send_signal(signal.SIGTERM)
        _, log = await asyncio.wait_for(process.communicate(), 10)

    said = log.decode()
    app, key = closed.workspace.app, closed.textrequest.api_key
    hidden = [
        "4711",
        "nobody",
        "Promise",
        "Maria",
        "4155550134",
        "555 0134",
        secret,
        key,
        app.bot_token,
        app.app_token,
    ]
    assert [each for each in hidden if each in said] == []
    assert "OutcomeUnknown" in said


async def test_wrong_token_ends_the_process_at_once_with_a_sentence(closed: Office) -> None:
    process = await launched(closed, slack_app_token="xapp-wrong")

    _, said = await asyncio.wait_for(process.communicate(), 10)

    assert process.returncode == 1
    assert said.decode().splitlines()[-1] == "SLACK_APP_TOKEN: Slack refused it (invalid_auth)."
    assert b"Traceback" not in said


async def test_resolving_is_told_to_the_provider_by_the_bot_that_comes_after_the_one_that_was_killed(
    closed: Office,
) -> None:
    async with running(closed) as process:
        root = await closed.open()
        closed.fault("textrequest.save_contact", "hold")
        await closed.workspace.click(closed.sales, root, "root:resolve", closed.dana)
        await closed.see(lambda: closed.trouble.held, "the provider being told")
        process.kill()
        await process.communicate()
    closed.trouble.clear()
    contact = closed.textrequest.contacts[closed.dashboard.id, MARIA]
    assert not contact.is_resolved

    async with running(closed):
        await closed.see(lambda: contact.is_resolved, "it resolved there")
        await closed.see(lambda: "✅ Done" in closed.card(root), "the card", timeout_s=15)

"""A start while Slack is away: texts are taken, a signal to stop is heeded, and Slack is joined again."""

from __future__ import annotations

import asyncio

import pytest

from bot.app import App
from bot.sandbox.bell import PATIENCE_S
from bot.settings import Settings
from tests.e2e.office import QUICK, Office

SLACK = ("apps.*", "auth.*", "chat.*", "conversations.*", "reactions.*", "users.*")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start without waiting long for Slack, and try again soon."""
    monkeypatch.setattr("bot.app.CONNECT_S", 0.05)
    monkeypatch.setattr("handlers.slack.PING_S", 0.2)


@pytest.fixture
async def known(closed: Office) -> Office:
    """An office whose bot has run, and knows who it is."""
    await closed.start()
    await closed.stop()
    return closed


def slack_goes_away(team: Office) -> None:
    """From now on Slack breaks every connection."""
    for where in SLACK:
        team.fault(where, "drop", times=0)


async def start_without_slack(team: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start the bot; what was missed cannot be read yet."""

    async def _as_it_is() -> None:
        return

    slack_goes_away(team)
    monkeypatch.setattr(team, "_caught_up", _as_it_is)
    await team.start()


async def test_text_that_comes_meanwhile_is_kept_and_mirrored_when_slack_is_back(
    known: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await start_without_slack(known, monkeypatch)

    await known.text("Hello?")
    await known.settled_webhooks()
    kept = await known.rows("select body from messages where kind = 'text'")
    known.trouble.clear()
    await known.let_pass(300)

    assert [row["body"] for row in kept] == ["Hello?"]
    await known.see(lambda: known.mirrored("+14155550134"), "the text")


async def test_bot_connects_when_slack_is_back(known: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    await start_without_slack(known, monkeypatch)
    without = known.workspace.sockets.count

    known.trouble.clear()

    await known.see(lambda: known.workspace.sockets.count == 2, "two sockets")
    assert without == 0


async def test_bot_that_could_not_connect_is_alive_and_not_ready(
    known: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await start_without_slack(known, monkeypatch)

    statuses = []
    for route in ("healthz", "readyz"):
        async with known.session.get(f"{known.url}/{route}") as answer:
            statuses.append(answer.status)

    assert statuses == [200, 503]


@pytest.mark.parametrize(("where", "ran_before"), [("auth.test", False), ("apps.connections.open", True)])
@pytest.mark.parametrize("kind", ["drop", "hold"])
async def test_signal_to_stop_ends_a_start_that_waits_for_slack(
    closed: Office, where: str, ran_before: bool, kind: str
) -> None:
    if ran_before:
        await closed.start()
        await closed.stop()
    closed.fault(where, kind, times=0)
    stop = asyncio.Event()
    settings = Settings.explicit(closed.values())
    running = asyncio.create_task(App(settings, QUICK).run(stop, lambda _: None))
    await closed.become(lambda: bool(closed.trouble.held or closed.trouble.struck))

    stop.set()

    await asyncio.wait_for(running, PATIENCE_S)


async def test_signal_to_stop_ends_a_bot_that_still_connects(
    known: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await start_without_slack(known, monkeypatch)

    await asyncio.wait_for(known.stop(), PATIENCE_S)

    assert known.workspace.sockets.count == 0


async def test_card_of_a_second_thread_is_redrawn_by_a_bot_that_slack_did_not_tell_who_it_is(
    closed: Office,
) -> None:
    await closed.start()
    old = await closed.open("one")
    await closed.workspace.delete(closed.sales, old)
    await closed.see(lambda: closed.workspace.feed.idle, "the event taken")
    new = await closed.open("two")
    await closed.settled()
    await closed.stop()
    closed.fault("auth.test", "drop", times=0)
    await closed.start()

    await closed.change(
        "update conversations set contact_name = 'Maria Wolf', card_wanted = card_wanted + 1, card_due_at = 0"
    )

    await closed.see(lambda: "Maria Wolf" in closed.card(new), "the name")
    assert "This continues an earlier thread" in closed.card(new)

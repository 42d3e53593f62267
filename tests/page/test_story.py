"""The story of the demo's page with the bot itself: it comes true, and fails when the bot breaks a promise."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot import replies
from bot.app import App, Running
from bot.cli.demo.child import ChildBot
from bot.cli.demo_bot import TUNING, add_line
from bot.errors import Unreachable
from bot.flows.cards import looking
from bot.model import Decided, MemberId
from bot.providers.asms import Asms
from bot.providers.jtel import Jtel
from bot.providers.textrequest import TextRequest
from bot.sandbox.server import Sandbox
from bot.sandbox.story.library import built_in
from bot.sandbox.story.player import Player
from bot.sandbox.story.screen import Screen
from bot.sandbox.story.stage import Stage
from bot.sandbox.story.waiting import StoryFailed
from bot.settings import Settings
from storage import signs
from storage.standings import Standings

Break = Callable[[pytest.MonkeyPatch], None]


class BotHere(ChildBot):
    """The demo's bot with its settings and its line, in this process: here it can be given a defect."""

    _task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        settings = Settings.explicit(self.values)
        await add_line(settings, self.line)
        self._stop, ready = asyncio.Event(), asyncio.Event()

        def on_ready(_: Running) -> None:
            ready.set()

        self._task = asyncio.create_task(App(settings, TUNING).run(self._stop, on_ready))
        await self._sandbox.bell.wait_for(self._reachable, what="the bot to come up")
        await ready.wait()

    async def kill(self) -> None:
        if self._task is not None:
            self._stop.set()
            await self._task


@pytest.fixture
async def stage(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """An empty stage, on which root cards are drawn anew without a pause."""
    monkeypatch.setattr(signs, "CARD_EVERY_US", 20_000)
    async with Sandbox.start() as sandbox:
        sandbox.textrequest.rules.status_delay_s = 0.0
        yield Stage(sandbox)


async def play(stage: Stage, folder: Path, patience_s: float = 20.0) -> list[str]:
    """Play the story; the lines that a terminal would show."""
    lines: list[str] = []
    bot = BotHere(stage, folder)
    await Player(stage, bot, Screen(lines.append), patience_s=patience_s).play(built_in("page"))
    return lines


async def test_story_of_the_page_comes_true(stage: Stage, tmp_path: Path) -> None:
    lines = await play(stage, tmp_path)

    assert "   (Maria Lopez opens the link and pays)" in lines
    payments = stage.provider.payments.by_id.values()
    assert [(one.dollars, one.status) for one in payments] == [("$12.50", "Sent"), ("$45.00", "Paid")]
    assert [event["Subject"] for event in stage.sandbox.jtel.queues.events.values()] == ["Order 4711"]
    assert "Radiator leaks in 2A" in [ticket.subject for ticket in stage.sandbox.asms.tickets.values()]


# --- Defects ------------------------------------------------------------------------------------------------


def texts_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replies, "starts_as_note", lambda _: False)


def takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async def take(_: Standings, __: object, who: MemberId) -> Decided:
        return Decided(done=True, by=who)

    monkeypatch.setattr(Standings, "take", take)


def resolves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async def put(*_: object, **__: object) -> Decided:
        return Decided(done=True)

    monkeypatch.setattr(Standings, "set", put)


def asks_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    request = TextRequest.request_payment

    async def twice(self: TextRequest, *asked: Any) -> object:
        await request(self, *asked)
        return await request(self, *asked)

    monkeypatch.setattr(TextRequest, "request_payment", twice)


def hears_of_no_payment(monkeypatch: pytest.MonkeyPatch) -> None:
    async def reported(*_: object) -> bool:
        return False

    monkeypatch.setattr(looking, "reported", reported)


def queues_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Jtel, "queue_callback", _unreachable)


def opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Asms, "create_ticket", _unreachable)


async def _unreachable(*_: object) -> None:
    raise Unreachable("Nobody is there.", provider="sandbox")


DEFECTS: Mapping[Break, str] = {
    texts_notes: "keep the door open",
    takes_nothing: "Owner @Sam",
    resolves_nothing: "✅ Done",
    asks_twice: "Please pay $12.50",
    hears_of_no_payment: "✅ Paid",
    queues_nothing: "Waiting for an agent",
    opens_nothing: "Radiator leaks in 2A · Open",
}


@pytest.mark.parametrize("defect", DEFECTS)
async def test_story_of_the_page_fails_with_a_bot_that_breaks_a_promise(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, defect: Break
) -> None:
    defect(monkeypatch)

    with pytest.raises(StoryFailed) as caught:
        await play(stage, tmp_path, patience_s=1.5)

    assert DEFECTS[defect] in str(caught.value.step)

"""A machine with an empty working directory, and commands typed on it against the sandbox."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.model import ChannelId, Line, LineId, Number, ProviderName
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.model import Channel, Member
from bot.sandbox.textrequest.shapes import Dashboard
from bot.settings import Settings
from bot.startup import opened_store
from tests.ports import free_port

SALES = "+14235550100"
MARIA = "+14155550134"
TEXTREQUEST = ProviderName("textrequest")
PUBLIC = "https://texts.example.com"


@dataclass(frozen=True)
class Ran:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    def line(self, words: str) -> str:
        """The one line of its output with these words in it; doctor's verdict is none."""
        found = [line for line in self.out.splitlines() if words in line and "to put right" not in line]
        assert len(found) == 1, self.out
        return found[0]


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and no variable of ours."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("SLACK_", "THREADLINE_", "TEXTREQUEST_", "CLICKSEND_", "JTEL_", "ASMS_")):
            monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture(autouse=True)
def own_logging() -> Iterator[None]:
    """Commands set the log up for their whole process; here it is put back after each test."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in list(root.manager.loggerDict)}
    yield
    root.handlers[:], root.level = handlers, level
    for name in list(root.manager.loggerDict):
        logging.getLogger(name).setLevel(levels.get(name, logging.NOTSET))


class Desk:
    """An admin's desk: a sandbox, a line that can be bound, and a shell."""

    def __init__(
        self, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.sandbox, self.monkeypatch, self.capsys = sandbox, monkeypatch, capsys
        self.workspace, self.textrequest, self.trouble = sandbox.workspace, sandbox.textrequest, sandbox.trouble
        self.dana: Member = self.workspace.add_member("Dana")
        self.sales: Channel = self.workspace.add_channel("sales", "Dana")
        self.dashboard: Dashboard = self.textrequest.add_dashboard("Sales", SALES)
        self.set(**sandbox.addresses(), THREADLINE_PORT=str(free_port()), THREADLINE_ADMINS=self.dana.id)

    def set(self, **variables: str) -> None:
        """Set variables of the environment; an empty one is taken away."""
        for name, value in variables.items():
            if value:
                self.monkeypatch.setenv(name, value)
            else:
                self.monkeypatch.delenv(name, raising=False)

    async def types(self, *words: str) -> Ran:
        """Type a command and wait until it ends. It has a loop and a thread of its own."""
        code = await asyncio.to_thread(main, words)
        said = self.capsys.readouterr()
        return Ran(code, said.out, said.err)

    async def adds_line(self, *more: str, number: str = SALES) -> Ran:
        """Bind the dashboard's number to #sales."""
        account = str(self.dashboard.id)
        words = ("--number", number, "--channel", self.sales.id, "--account", account, "--name", "Sales")
        return await self.types("lines", "add", "textrequest", *words, *more)

    async def binds(self, channel: str = "", provider: ProviderName = TEXTREQUEST, **more: str) -> None:
        """Bind the line without a command and without its webhooks; `more` are its account, number and name."""
        line = Line(
            id=LineId(0),
            provider=provider,
            account=more.get("account", str(self.dashboard.id)),
            number=Number(more.get("number", SALES)),
            channel=ChannelId(channel or self.sales.id),
            name=more.get("name", "Sales"),
        )
        async with opened_store(Settings.from_environment(), exclusive=False) as store:
            await store.lines.add(line)

    async def lines(self) -> list[Line]:
        """The lines as the database has them."""
        async with opened_store(Settings.from_environment(), exclusive=False) as store:
            return list(await store.lines.all())

    def hooks(self) -> list[str]:
        """The addresses that the provider posts to."""
        return [hook.url for hook in self.textrequest.hooks.values() if hook.connected]


@pytest.fixture
async def desk(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> AsyncIterator[Desk]:
    """A desk with Text Request set up, no public address, and no line yet."""
    async with Sandbox.start() as sandbox:
        yield Desk(sandbox, monkeypatch, capsys)

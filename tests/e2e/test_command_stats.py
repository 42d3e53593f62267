"""`/threadline stats` from end to end: the figures in the answer, the charts in direct messages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.errors import ChartsFailed
from bot.flows.commands import stats as module
from bot.model import Chart
from bot.sandbox.slack.model import Message
from tests.e2e.asking import answered, type_
from tests.e2e.office import OMAR, Office

pytestmark = pytest.mark.verb("threadline", "stats")
COMMAND = "/threadline"
TICK = "white_check_mark"


async def _drawn(charts: Sequence[Chart]) -> list[bytes]:
    return [f"a picture of {chart.name}".encode() for chart in charts]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures that need no drawing."""
    monkeypatch.setattr(module, "pictures", _drawn)


async def _talk(team: Office) -> None:
    """Maria is answered by Dana, Omar is not answered."""
    root = await team.open("Is 3 pm free?")
    await team.open("Hello?", OMAR, "Omar Haddad")
    reply = await team.say(root, "Yes, it is!")
    await team.reacts(reply, TICK)


def _direct(team: Office) -> list[Message]:
    return team.workspace.messages(team.workspace.direct_messages(team.dana))


@pytest.mark.usefixtures("quick")
async def test_member_reads_figures_and_gets_charts(team: Office) -> None:
    await _talk(team)

    await type_(team, "stats", COMMAND)

    said = await answered(team, "Sales, 30 days to")
    assert "Texts: 2 in, 1 out" in said
    assert "1 answered · 1 without an answer" in said
    assert "Dana: 1 text · half answered within" in said
    assert "The charts are in your direct messages with Threadline." in said
    (message,) = _direct(team)
    assert team.workspace.words(message).startswith("Sales, 30 days to")
    assert [file["name"] for file in message["files"]] == ["texts.png", "first-response.png", "members.png"]
    files = team.workspace.core.files
    assert files.contents[message["files"][0]["id"]] == b"a picture of texts"
    assert "Texts: 2 in, 1 out" in message["files"][0]["alt_txt"]


@pytest.mark.usefixtures("quick")
async def test_only_who_asks_gets_them(team: Office) -> None:
    await _talk(team)
    before = len(team.workspace.messages(team.sales))

    await type_(team, "stats 1 from=Sales", COMMAND)

    assert "today" in await answered(team, "Texts: 2 in, 1 out")
    assert len(team.workspace.messages(team.sales)) == before
    assert team.workspace.messages(team.workspace.direct_messages(team.eli)) == []


async def test_days_in_which_nothing_was_said_have_no_charts(team: Office) -> None:
    await type_(team, "stats 7", COMMAND)

    assert "Nothing was texted in these days." in await answered(team, "Sales, 7 days to")
    assert _direct(team) == []


async def test_without_charts_the_figures_are_told(team: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(_charts: Sequence[Chart]) -> list[bytes]:
        raise ChartsFailed("The charts could not be drawn.")

    monkeypatch.setattr(module, "pictures", fail)
    await _talk(team)

    await type_(team, "stats", COMMAND)

    assert "The charts could not be drawn." in await answered(team, "Texts: 2 in, 1 out")


@pytest.mark.usefixtures("quick")
async def test_charts_that_slack_does_not_take_take_no_figure_away(team: Office) -> None:
    await _talk(team)
    team.fault("files.getUploadURLExternal", "status", status=503)

    await type_(team, "stats", COMMAND)

    said = await answered(team, "Texts: 2 in, 1 out")
    assert "The charts could not be sent to you. Slack answered: " in said


@pytest.mark.usefixtures("quick")
async def test_failures_are_told(team: Office) -> None:
    root = await team.open()
    team.fault("textrequest.send", "status", status=400)
    await team.say(root, "Hello")
    await team.notice(root, "did not reach")

    await type_(team, "stats", COMMAND)

    assert "Did not go, or nobody knows: 1\n1 × " in await answered(team, "Texts: 1 in, 0 out")


@pytest.mark.parametrize("text", ["stats 0", "stats 366", "stats soon", "stats 7 from=Nowhere"])
async def test_days_and_lines_that_cannot_be_are_refused(team: Office, text: str) -> None:
    await type_(team, text, COMMAND)

    await team.see(lambda: team.whispers(team.dana), "an answer")
    assert "Texts:" not in team.whispers(team.dana)[-1]

"""Whatever is typed behind whatever command is answered: with what was asked for, or with a sentence."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from bot.errors import BotError
from bot.flows.commands.ask import Typed, ask
from bot.flows.forms.opening import Loading
from bot.grammar import SERVED, Command
from bot.model import Ask, ChannelId, MemberId, Post
from tests.e2e.office import Office, office
from tests.test_grammar.typed import TYPED
from tests.views.check_blocks import check_post

ANSWERED_S = 3.0
EXAMPLES = 25


@pytest.fixture
def run() -> Iterator[asyncio.Runner]:
    """A loop that outlives one example."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def team(run: asyncio.Runner, sqlite_url: str) -> Iterator[Office]:
    """An office whose bot runs; Dana is an admin, so that nothing is refused before it is done."""
    entered = office(sqlite_url)
    made = run.run(entered.__aenter__())
    run.run(made.bind())
    run.run(made.start(threadline_admins=made.dana.id))
    yield made
    run.run(entered.__aexit__(None, None, None))


@pytest.mark.parametrize("command", SERVED, ids=lambda command: command.name)
def test_anything_typed_behind_a_command_is_answered(command: Command, run: asyncio.Runner, team: Office) -> None:
    assert team.running is not None
    bridge, channel, dana = team.running.bridge, ChannelId(team.sales.id), MemberId(team.dana.id)

    async def answer(text: str) -> Post | Loading | str | None:
        try:
            async with asyncio.timeout(ANSWERED_S):
                return await ask(bridge, Typed(Ask(command.name, text), dana, channel, f"typed:{text}", "1.2.3"))
        except BotError as error:
            return str(error)

    @settings(max_examples=EXAMPLES)
    @given(text=TYPED)
    def everything_is_answered(text: str) -> None:
        answered = run.run(answer(text))

        if isinstance(answered, Post):
            check_post(answered)
        else:
            assert not isinstance(answered, str) or len(answered) > 10

    everything_is_answered()

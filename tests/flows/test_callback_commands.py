"""What `/callback` understands of times, and what the buttons of its questions give: the same, made clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bridge import Bridge
from bot.capabilities import ListsAgentGroups, Provider, QueuesCallbacks
from bot.errors import UsageError
from bot.flows.commands.begin import understood
from bot.flows.commands.callback_queue import queue, written
from bot.flows.commands.turn import Given, Turn, Unclear
from bot.grammar import parse
from bot.grammar.registry.callback import CALLBACK
from bot.markup.plain import clean
from bot.model import (
    AccountFacts,
    AcdEvent,
    Agent,
    AgentGroup,
    AgentGroupId,
    Ask,
    CallbackRequest,
    ChannelId,
    Member,
    MemberId,
    MemberKind,
    ProviderName,
)
from bot.model.cards import CardKind
from tests.flows.conftest import Made
from tests.storage.scene import LINE
from tests.test_grammar.contexts import CONTEXT, NEW_YORK

JTEL = ProviderName("jtel")
DANA = Member(MemberId("U1"), "Dana", MemberKind.MEMBER, "America/New_York")
BEFORE_THE_CLOCKS_ARE_SET_BACK = datetime(2026, 10, 31, 12, 0, tzinfo=NEW_YORK)
CARD = CardKind.CALLBACK
MARIA = '"+14155550134"'


class Centre(Provider, QueuesCallbacks, ListsAgentGroups):
    """A contact centre with two groups, which is never asked to call anybody here."""

    name: ClassVar[ProviderName] = JTEL
    title: ClassVar[str] = "jtel"
    turned_on_by: ClassVar[str] = "JTEL_TOKEN"

    async def check(self) -> AccountFacts:
        """All is well."""
        return AccountFacts("", None)

    async def close(self) -> None:
        """Nothing is open."""

    async def queue_callback(self, request: CallbackRequest) -> AcdEvent:
        """Nobody asks for that before the card is on disk."""
        raise AssertionError(request)

    async def list_agent_groups(self) -> Sequence[AgentGroup]:
        """Both."""
        return [AgentGroup(AgentGroupId(1), "Sales"), AgentGroup(AgentGroupId(2), "Support")]

    async def read_agent_group(self, group: AgentGroupId) -> AgentGroup:
        """The one of that number."""
        return next(each for each in await self.list_agent_groups() if each.id == group)

    async def find_agent_groups(self, name: str) -> Sequence[AgentGroup]:
        """Those in whose names it occurs."""
        return [each for each in await self.list_agent_groups() if name.casefold() in each.name.casefold()]

    async def list_agents(self) -> Sequence[Agent]:
        """Nobody."""
        return []


@pytest.fixture
async def bridge(made: Made) -> Bridge:
    """A bot with a line and a contact centre, shortly before clocks are set back."""
    bare = made()
    await bare.store.lines.add(LINE)
    return replace(bare, providers={JTEL: Centre()}, clock=lambda: BEFORE_THE_CLOCKS_ARE_SET_BACK)


async def turn(bridge: Bridge, words: str) -> Turn:
    """The command as Dana typed it."""
    ask = Ask("callback", words)
    return await understood(bridge, Given(ask, DANA, ChannelId("C1"), "key", "trigger"), CALLBACK)


async def test_hour_that_comes_twice_is_refused_when_a_clock_says_it(bridge: Bridge) -> None:
    with pytest.raises(UsageError, match="01:30 comes twice on 2026-11-01: clocks are set back"):
        await queue(await turn(bridge, f"{MARIA} tomorrow 01:30 group=Support"))

    assert await bridge.store.cards.open_ones(CARD, None, 9) == []


async def test_the_same_hour_is_taken_when_it_was_said_by_how_long_from_now(bridge: Bridge) -> None:
    await queue(await turn(bridge, f"{MARIA} in 14 h 30 min group=Support"))

    (card,) = await bridge.store.cards.open_ones(CARD, None, 9)
    assert card.says["due_at"] == "2026-11-01T06:30:00+00:00"  # the second 01:30
    assert card.remind_at == datetime.fromisoformat("2026-11-01T06:35:00+00:00")


async def test_question_freezes_the_time_that_was_typed(bridge: Bridge) -> None:
    with pytest.raises(Unclear) as caught:
        await queue(await turn(bridge, f'{MARIA} in 2 hours body="a b" Offer'))

    asks = [choice.ask.words for choice in caught.value.question.choices]
    line = f'from="{LINE.number}"'
    assert asks == [f'{MARIA} {line} 2026-10-31 14:00 group={number} body="a b" "Offer"' for number in (1, 2)]


WORDS = st.text(max_size=60).map(lambda words: clean(words).strip()).filter(bool)


@given(WORDS, WORDS, st.sampled_from(["", "tomorrow 10:00 ", "in 90 min ", "now "]))
def test_command_that_is_written_again_means_the_same(subject: str, body: str, when: str) -> None:
    typed = f"{MARIA} {when}group=240/241 agent=kim priority=0 crm=https://b.example/?a=1&amp;b=2 call me back"
    asked = parse(CALLBACK, typed, CONTEXT)
    asked = replace(asked, values={**asked.values, "subject": subject, "body": body, "data": body})

    again = parse(CALLBACK, written(asked, CONTEXT), CONTEXT)

    expected = parse(CALLBACK, written(again, CONTEXT), CONTEXT)
    assert again.values == expected.values
    assert {name: again.values.get(name) for name in ("to", "group", "agent", "priority", "crm", "when")} == {
        name: asked.values.get(name) for name in ("to", "group", "agent", "priority", "crm", "when")
    }

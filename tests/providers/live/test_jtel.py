"""A real jtel server, when `JTEL_API_URL`, `JTEL_CLIENTS_ID` and `JTEL_TOKEN` are in the environment:
`pytest -m live tests/providers/live/test_jtel.py`.

Promise: it only reads. No answer is printed, because it holds people's names and numbers.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

import pytest

from bot.errors import NotFound
from bot.jtel_paths import JTEL_PATHS
from bot.model import AcdEventId, AcdEventKind, DiallerContactId, UserData
from bot.providers.jtel import Jtel
from bot.providers.jtel.provider import NO_DATA, NO_ID
from bot.settings import Settings
from bot.startup import build_providers

pytestmark = pytest.mark.live

VARIABLES = ("JTEL_API_URL", "JTEL_CLIENTS_ID", "JTEL_TOKEN", "JTEL_TIME_ZONE", "JTEL_PATHS")


@pytest.fixture
async def provider() -> AsyncIterator[Jtel]:
    """As the bot builds it; skipped without its keys."""
    given = {name.lower(): os.environ[name] for name in VARIABLES if os.environ.get(name)}
    built = build_providers(Settings.explicit(given)).get(Jtel.name)
    if not isinstance(built, Jtel):
        pytest.skip("needs JTEL_API_URL, JTEL_CLIENTS_ID and JTEL_TOKEN of a real server")
    yield built
    await built.close()


async def test_when_the_key_is_asked_for_then_it_is_accepted_and_our_clocks_agree(provider: Jtel) -> None:
    facts = await provider.check()

    assert facts.clock_skew_s is None or abs(facts.clock_skew_s) < 60


async def test_when_its_words_are_listed_then_those_we_use_mean_what_we_think(provider: Jtel) -> None:
    kinds = {word.id: word.label for word in await provider.list_event_types()}
    states = {word.id: word.label for word in await provider.list_event_states()}

    assert (kinds[3], kinds[6]) == ("Callback", "WorkFlowConnector")
    assert (states[1], states[99]) == ("Distribute", "Done")


async def test_when_groups_agents_and_campaigns_are_listed_then_each_is_read_again(provider: Jtel) -> None:
    for group in (await provider.list_agent_groups())[:1]:
        assert await provider.read_agent_group(group.id) == group
        assert group in await provider.find_agent_groups(group.name)
    for campaign in (await provider.list_campaigns())[:1]:
        assert await provider.read_campaign(campaign.id) == campaign
        assert await provider.list_result_codes(campaign.id, 1)
    assert all(agent.name for agent in await provider.list_agents())


async def test_when_events_are_listed_then_every_one_can_be_read(provider: Jtel) -> None:
    async for event in provider.list_acd_events():
        assert await provider.read_acd_event(event.id) == event
        assert event.kind is not AcdEventKind.UNKNOWN
        break


async def test_when_nobody_has_it_then_they_say_so_in_one_of_the_two_ways(provider: Jtel) -> None:
    with pytest.raises(NotFound):
        await provider.read_acd_event(AcdEventId(NO_ID))

    assert await provider.find_dialler_contacts(DiallerContactId(NO_ID)) == []
    assert await provider.find_dialler_contacts(UserData(NO_DATA)) == []


@pytest.mark.parametrize("name", [name for name, endpoint in JTEL_PATHS.items() if endpoint.method == "GET"])
async def test_when_a_path_that_no_page_shows_is_tried_then_it_is_there(provider: Jtel, name: str) -> None:
    assert await provider.has_path(name)

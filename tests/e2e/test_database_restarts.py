"""PostgreSQL restarts under a running bot: what was under way and what comes next goes on by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from tests.databases import Cluster
from tests.e2e.office import QUICK, Office, office

# What a provider posts while the database is away is refused, and read from its list.
READS_OFTEN = replace(QUICK, backstop_s=0.1)
TICK = "white_check_mark"


@pytest.fixture
async def team(cluster: Cluster) -> AsyncIterator[Office]:
    """An office whose bot runs on a server that the test restarts."""
    async with office(cluster.address) as made:
        await made.bind()
        await made.start(READS_OFTEN)
        yield made


async def test_conversation_goes_on_after_the_server_restarted(team: Office, cluster: Cluster) -> None:
    root = await team.open("one")
    await team.settled()

    cluster.stop("fast")
    cluster.start()

    await team.text("two")
    await team.reads(root, "one", "two")
    ts = await team.say(root, "Yes")
    await team.gets("Yes")
    await team.reacts(ts, TICK)


async def test_outcomes_that_came_while_the_server_was_away_are_kept(team: Office, cluster: Cluster) -> None:
    root = await team.open("one")
    await team.settled()
    team.fault("textrequest.send", "hold")
    team.fault("chat.postMessage", "hold")
    await team.text("two")
    ts = await team.say(root, "Yes")
    await team.see(lambda: len(team.trouble.held) == 2, "a post and a send under way")

    cluster.stop("fast")
    team.trouble.release()
    await team.see(lambda: team.phone() == ["Yes"], "the text on the phone")
    cluster.start()

    await team.reacts(ts, TICK)
    await team.settled()
    assert team.phone() == ["Yes"]
    assert sorted(team.thread(root)) == ["Yes", "one", "two"]

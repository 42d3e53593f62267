"""Several bots on one PostgreSQL database: each text is mirrored once, each reply goes out once, in order."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.e2e.office import MARIA, OMAR, Office, office

TICK = "white_check_mark"


@pytest.fixture
async def pair(postgres_url: str) -> AsyncIterator[tuple[Office, Office]]:
    """An office with two bots; Slack gives each event to one of them, the provider posts to the first."""
    async with office(postgres_url) as first:
        await first.bind()
        await first.start()
        second = first.twin()
        await second.start()
        yield first, second
        await second.stop()


async def test_two_bots_mirror_and_send_each_message_once(pair: tuple[Office, Office]) -> None:
    team, _ = pair
    roots = {MARIA: await team.open("0"), OMAR: await team.open("0", OMAR, "Omar Haddad")}

    for number in range(1, 6):
        for contact, root in roots.items():
            await team.text(str(number), contact, "")
            await team.say(root, f"re {number}")
            await team.see(lambda: team.workspace.feed.idle, "Slack was answered")

    for contact in roots:
        await team.gets(*(f"re {number}" for number in range(1, 6)), number=contact)
    await team.see(lambda: all(len(team.thread(root)) == 11 for root in roots.values()), "every text")
    for root in roots.values():
        mirrored = [words for words in team.thread(root) if not words.startswith("re")]
        assert mirrored == [str(number) for number in range(6)]


async def test_bot_that_stops_leaves_its_work_to_the_other(pair: tuple[Office, Office]) -> None:
    team, other = pair
    root = await team.open()
    await other.stop()

    ts = await team.say(root, "Yes")

    await team.gets("Yes")
    await team.reacts(ts, TICK)


async def test_click_reaches_whichever_bot_and_decides_once(pair: tuple[Office, Office]) -> None:
    team, _ = pair
    root = await team.open()
    ts = await team.say(root, "At tree")
    await team.reacts(ts, TICK)
    await team.workspace.edit(team.sales, ts, "At three")
    notice = await team.notice(root, "[ Send correction ]")
    team.fault("chat.update", "hold", times=0)

    await team.click(notice, "correct", team.dana)
    await team.click(notice, "correct", team.eli)

    told = await team.see(lambda: team.whispers(team.dana) + team.whispers(team.eli), "the second is told")
    team.trouble.release()
    await team.gets("At tree", "At three")
    assert len(told) == 1
    assert told[0].startswith("This was decided already, by <@U")

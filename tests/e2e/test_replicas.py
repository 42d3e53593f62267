"""Several bots on one PostgreSQL database: each text is mirrored once, each reply goes out once, in order."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.e2e import till
from tests.e2e.cards import theirs, use
from tests.e2e.homes import at_home, home_says
from tests.e2e.office import MARIA, OMAR, QUICK, Office, office

TICK = "white_check_mark"


@pytest.fixture
async def pair(postgres_url: str) -> AsyncIterator[tuple[Office, Office]]:
    """An office with two bots; Slack gives each event to one of them, the provider posts to the first."""
    async with office(postgres_url) as first:
        await first.bind()
        await first.start(QUICK, threadline_rights="pay=everyone")
        second = first.twin()
        await second.start(QUICK, threadline_rights="pay=everyone")
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


async def test_two_bots_ask_for_each_payment_once_and_remind_once(pair: tuple[Office, Office]) -> None:
    team, _ = pair
    roots = [await till.asked_for(team, f"{amount} Deposit") for amount in (30, 40, 50)]
    await team.see(lambda: len(till.payments(team)) == 3, "the payments")
    await team.see(
        lambda: all("· Sent" in team.workspace.words(one) for one in till.cards(team, roots[0])), "cards"
    )

    await till.click(team, roots[0], "remind", team.dana)
    await till.click(team, roots[0], "remind", team.eli)

    await till.deed(team, "remind", "done")
    reminders = [words for words in team.phone() if words.startswith("Reminder")]
    assert (len(till.payments(team)), len(reminders), len(till.cards(team, roots[0]))) == (3, 1, 3)


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
    assert told[0].startswith("This was decided already, by @")


async def test_home_is_kept_up_by_whichever_bot_is_left(pair: tuple[Office, Office]) -> None:
    team, other = pair
    await at_home(team, "Nobody’s yet")
    await team.open("Hi there")
    await home_says(team, "Maria Lopez → Sales · 👋 New")

    await other.stop()
    await team.text("Anybody?")

    await home_says(team, "They: Anybody?")


async def test_what_a_provider_is_to_be_told_is_told_by_whichever_bot_is_left(pair: tuple[Office, Office]) -> None:
    team, other = pair
    root = await team.open()
    await other.stop()

    await use(team, root, "Resolve")

    await team.see(lambda: theirs(team).is_resolved, "it resolved there")

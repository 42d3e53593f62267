"""App Homes that were opened lately: drawn by one, at most once in two seconds, and not for ever."""

from __future__ import annotations

import pytest

from bot.model import MemberId
from bot.model.home import HomeList, OpenHome
from storage.store import Store
from tests.databases import Clock
from tests.storage.scene import DANA

ELI = MemberId("U2")


async def taken(store: Store) -> list[OpenHome]:
    return list(await store.homes.take(10))


async def test_home_that_was_opened_is_taken_by_one(store: Store, replica: Store) -> None:
    await store.homes.open(DANA)

    assert await taken(store) == [OpenHome(DANA, {}, "", "")]
    assert await taken(replica) == []


async def test_what_stands_there_is_remembered(store: Store, clock: Clock) -> None:
    await store.homes.open(DANA)
    (home,) = await taken(store)
    await store.homes.drawn(home, "digest", "hash")
    clock.advance(2)

    await store.homes.something_changed()

    assert await taken(store) == [OpenHome(DANA, {}, "digest", "hash")]


async def test_home_changes_at_most_once_in_two_seconds(store: Store, clock: Clock) -> None:
    await store.homes.open(DANA)
    (home,) = await taken(store)
    await store.homes.drawn(home, "digest", "hash")
    await store.homes.something_changed()
    assert (await taken(store), await store.homes.next_due_in_s()) == ([], 2.0)

    clock.advance(2)

    assert len(await taken(store)) == 1
    assert await store.homes.next_due_in_s() is None


async def test_change_while_it_is_drawn_is_not_lost(store: Store, clock: Clock) -> None:
    await store.homes.open(DANA)
    (home,) = await taken(store)
    await store.homes.something_changed()
    await store.homes.drawn(home, "digest", "hash")

    clock.advance(2)

    assert len(await taken(store)) == 1


async def test_who_opens_it_again_sees_it_drawn_at_once_whatever_stood_there(store: Store) -> None:
    await store.homes.open(DANA)
    await store.homes.turn(DANA, HomeList.MINE, 3)
    (home,) = await taken(store)
    await store.homes.drawn(home, "digest", "hash")

    await store.homes.open(DANA)

    assert await taken(store) == [OpenHome(DANA, {}, "", "hash")]


async def test_pages_are_turned_one_list_at_a_time(store: Store) -> None:
    await store.homes.turn(DANA, HomeList.MINE, 3)
    await store.homes.turn(DANA, HomeList.UNCLAIMED, 2)

    (home,) = await taken(store)

    assert home.pages == {HomeList.MINE: 3, HomeList.UNCLAIMED: 2}


async def test_home_that_slack_does_not_take_comes_later(store: Store, clock: Clock) -> None:
    await store.homes.open(DANA)
    (home,) = await taken(store)

    await store.homes.postpone(home, 60)

    assert await store.homes.next_due_in_s() == 60.0
    clock.advance(60)
    assert len(await taken(store)) == 1


async def test_worker_that_died_while_it_drew_leaves_it_to_the_next_change(store: Store, clock: Clock) -> None:
    await store.homes.open(DANA)
    await taken(store)
    await store.homes.something_changed()

    clock.advance(30)

    assert len(await taken(store)) == 1


@pytest.mark.parametrize(("hours", "open_"), [(0.9, True), (1.1, False)])
async def test_home_is_kept_up_for_an_hour(store: Store, clock: Clock, hours: float, open_: bool) -> None:
    await store.homes.open(DANA)
    clock.advance(hours * 3_600)

    await store.homes.something_changed()

    assert await store.homes.any_open() is open_
    assert bool(await taken(store)) is open_


async def test_closed_home_is_not_kept_up(store: Store) -> None:
    await store.homes.open(DANA)
    await store.homes.open(ELI)

    await store.homes.close(DANA)

    assert [home.member for home in await taken(store)] == [ELI]

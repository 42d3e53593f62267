"""Deeds on cards that cannot be done, and cards that cannot be looked at: each fails alone, and says why."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.bridge import Bridge
from bot.errors import Throttled, Unreachable
from bot.flows.cards import looking, working
from bot.flows.cards.kind import Case
from bot.flows.cards.payment import PAYMENT
from bot.model.cards import CREATE, CardClaim, CardDeed, CardKind, DeedState, Seen
from bot.worker import Worker
from storage.store import Store
from tests.databases import Clock
from tests.flows.conftest import Made
from tests.storage import card_scene as cards
from tests.storage.scene import LINE, Scene


@pytest.fixture
async def scene(store: Store, clock: Clock) -> Scene:
    """A line."""
    return Scene(store, clock, await store.lines.add(LINE))


async def test_deed_whose_provider_is_turned_off_fails_with_a_sentence(scene: Scene, made: Made) -> None:
    card = await cards.sent(scene)
    await cards.add(scene.store, card, "cancel", once="close")

    await working.perform(made(), await cards.claim_one(scene.store))

    failure = (await cards.now(scene.store, card)).failure
    assert failure is not None
    assert failure.reason == "Text Request is not set up here any more. An admin sets TEXTREQUEST_API_KEY again."


async def test_deed_of_another_version_fails_with_a_sentence(scene: Scene, made: Made) -> None:
    card = await cards.sent(scene)
    await cards.add(scene.store, card, "frame")

    await working.perform(made(), await cards.claim_one(scene.store))

    failure = (await cards.now(scene.store, card)).failure
    assert failure is not None
    assert "does not know what to do" in failure.reason


async def test_deed_of_another_version_that_a_dead_worker_left_asks_a_person(scene: Scene, made: Made) -> None:
    card = await cards.sent(scene)
    await cards.add(scene.store, card, "frame")
    await cards.claim_one(scene.store)

    for _ in range(6):
        scene.clock.advance(61)
        for orphan in await cards.orphans(scene.store):
            await working.look(made(), orphan)

    assert cards.state_of(await cards.now(scene.store, card), "frame") == DeedState.UNCERTAIN


async def test_claim_that_came_too_late_is_given_back_before_any_call(scene: Scene, made: Made) -> None:
    card = await cards.opened(scene)
    claim = replace(await cards.claim_one(scene.store), claimed_for_s=200.0)

    await working.perform(made(), claim)

    assert cards.state_of(await cards.now(scene.store, card)) == DeedState.QUEUED


async def test_deed_whose_thing_another_card_holds_is_looked_for_soon(
    scene: Scene, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def call(_: Case, __: CardDeed) -> Seen:
        return cards.seen(provider_id="2510")

    flow = replace(PAYMENT, deeds={CREATE: replace(PAYMENT.create, call=call)})
    monkeypatch.setattr(working, "FLOWS", {CardKind.PAYMENT: flow})
    await cards.sent(scene)
    await cards.opened(scene, "command:2")

    await working.perform(made(), await cards.claim_one(scene.store))

    scene.clock.advance(2)
    assert len(await cards.orphans(scene.store)) == 1


async def test_error_that_nobody_foresaw_is_told_to_an_admin_and_the_deed_is_looked_for(
    scene: Scene, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = asyncio.Event()

    async def fail(_: Bridge, __: CardClaim) -> None:
        tried.set()
        raise ZeroDivisionError("4155550134")

    monkeypatch.setattr(working, "perform", fail)
    card = await cards.opened(scene)
    worker = Worker(working.deeds(made(threadline_admins="U1")))
    running = asyncio.create_task(worker.run())

    await tried.wait()
    await worker.drain()
    await running

    (alert,) = await scene.rows("select body from messages where kind = 'alert'")
    assert "met an error that Threadline does not know (ZeroDivisionError)" in alert["body"]
    assert "4155550134" not in alert["body"]
    assert cards.state_of(await cards.now(scene.store, card)) == DeedState.SENDING


# --- Looking -----------------------------------------------------------------------------------------------------


async def _look(scene: Scene, made: Made, monkeypatch: pytest.MonkeyPatch, error: Exception) -> list[str]:
    """Look at two cards that are due; the first meets `error`. What was asked of the provider."""
    first, second = await cards.sent(scene), await cards.sent(scene, "command:2", "2511")
    asked: list[str] = []

    async def read(case: Case) -> Seen:
        asked.append(str(case.card.provider_id))
        if case.card.uid == first.uid:
            raise error
        return cards.seen("paid", "2511", settled=True)

    monkeypatch.setattr(looking, "FLOWS", {CardKind.PAYMENT: replace(PAYMENT, read=read)})
    scene.clock.advance(20)
    for card in await cards.to_look_at(scene.store):
        await looking.look(made(), card)
    assert (await cards.now(scene.store, second)).state == "paid"
    return asked


async def test_card_that_cannot_be_read_keeps_no_other_waiting(
    scene: Scene, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = await _look(scene, made, monkeypatch, Unreachable("Away.", provider="textrequest"))

    assert asked == ["2510", "2511"]
    assert await cards.to_look_at(scene.store) == []


async def test_provider_that_has_had_enough_is_asked_as_late_as_it_wants(
    scene: Scene, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _look(scene, made, monkeypatch, Throttled("Slower.", provider="textrequest", retry_after_s=30))

    scene.clock.advance(29)
    assert await cards.to_look_at(scene.store) == []
    scene.clock.advance(1)
    assert len(await cards.to_look_at(scene.store)) == 1


async def test_card_whose_provider_is_turned_off_is_asked_of_later(scene: Scene, made: Made) -> None:
    await cards.sent(scene)
    scene.clock.advance(20)

    for card in await cards.to_look_at(scene.store):
        await looking.look(made(), card)

    assert await cards.to_look_at(scene.store) == []
    scene.clock.advance(20)
    assert len(await cards.to_look_at(scene.store)) == 1

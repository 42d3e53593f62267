"""Orders that something nobody foresaw keeps from being sent."""

from __future__ import annotations

import pytest

from bot.bridge import Bridge
from bot.flows.orders import run, telling
from bot.model.kept_orders import Order, OrderNumber, OrderState, Wanted
from storage.store import Store
from tests.databases import Clock
from tests.flows.conftest import Made
from tests.storage.scene import LINE, Scene
from tests.storage.test_orders import queued


@pytest.fixture
async def scene(store: Store, clock: Clock) -> Scene:
    """A line."""
    return Scene(store, clock, await store.lines.add(LINE))


async def test_order_that_breaks_before_every_call_is_given_up_and_told(
    scene: Scene, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Order] = []

    async def fail(_: Bridge, __: Order) -> Wanted:
        raise ZeroDivisionError

    async def tell_all(bridge: Bridge) -> None:
        told.extend(await bridge.store.orders.untold(8, after=OrderNumber(0)))

    monkeypatch.setattr(run, "_prepared", fail)
    monkeypatch.setattr(telling, "tell_all", tell_all)
    number = await queued(scene)

    for _ in range(run.MOST_TRIES):
        with pytest.raises(ZeroDivisionError):
            await run.run(made())
        scene.clock.advance(61)
    await run.run(made())

    (order,) = told
    assert (order.number, order.state) == (number, OrderState.FAILED)
    assert "was not sent" in order.why

"""Which duties there are: for a line that webhooks reach, and for one that is read."""

from __future__ import annotations

from bot.bridge import Bridge
from bot.flows import upkeep
from bot.model import ProviderName
from tests.databases import Clock
from tests.flows.conftest import Made
from tests.views.cases import LINE

DAY_S = 86_400
ALWAYS = {"replies", "echoes", "unbound", "tidy"}


async def of_lines(bridge: Bridge) -> set[str]:
    """The kinds of duties that lines have."""
    return {name.partition(":")[0] for name in await upkeep.duties(bridge) if ":" in name}


async def test_line_with_webhooks_has_them_mended(made: Made) -> None:
    bridge = made(threadline_public_url="https://a.example")
    line = await bridge.store.lines.add(LINE)

    found = await upkeep.duties(bridge)

    assert {"texts", "hooks"} <= await of_lines(bridge)
    assert found[f"texts:{line.id}"].every_s == bridge.tuning.backstop_s


async def test_line_without_webhooks_is_read_often(made: Made) -> None:
    bridge = made()
    line = await bridge.store.lines.add(LINE)

    found = await upkeep.duties(bridge)

    assert await of_lines(bridge) == {"texts", "deliveries", "opt_outs"}
    assert found[f"texts:{line.id}"].every_s == bridge.tuning.poll_s


async def test_removed_line_has_no_duties(made: Made) -> None:
    bridge = made()
    await bridge.store.lines.add(LINE)
    await bridge.store.lines.remove(LINE.number, ProviderName("textrequest"))

    assert await of_lines(bridge) == set()


async def test_duty_that_is_due_is_taken_once(made: Made, clock: Clock) -> None:
    bridge = made()
    await upkeep.take_due(bridge)  # makes them known
    clock.advance(1)

    first, second = await upkeep.take_due(bridge), await upkeep.take_due(bridge)

    assert set(first) >= ALWAYS
    assert second == {}


async def test_duty_comes_round_again_after_its_time(made: Made, clock: Clock) -> None:
    bridge = made()
    await upkeep.take_due(bridge)
    clock.advance(1)
    for name, duty in (await upkeep.take_due(bridge)).items():
        await upkeep.perform(bridge, name, duty)
    clock.advance(5)

    due = await upkeep.take_due(bridge)

    assert {"echoes", "unbound"} <= set(due)
    assert "tidy" not in due


async def test_webhook_that_nobody_read_is_dropped_after_thirty_days_without_another(
    made: Made, clock: Clock
) -> None:
    bridge = made()
    await bridge.store.unread.keep("textrequest", "old", "not JSON", b"{")
    clock.advance(30 * DAY_S)
    await upkeep.tidy(bridge)
    on_the_last_day = await bridge.store.unread.count()

    clock.advance(1)
    await upkeep.tidy(bridge)

    assert (on_the_last_day, await bridge.store.unread.count()) == (1, 0)

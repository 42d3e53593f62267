"""The panel Trouble: every lever does what it says, and the switch ends only the bot it was given."""

from __future__ import annotations

import aiohttp
import pytest

from bot.sandbox.gate import Gate
from bot.sandbox.page.levers import LEVERS
from bot.sandbox.page.scene import Scene
from bot.sandbox.trouble import CALL_KINDS, PUSH_KINDS, Fault
from tests.page.conftest import MARIA, PretendBot, Stream, Visitor

EVERYTHING = CALL_KINDS | PUSH_KINDS
WITH_FAULT = [lever for lever in LEVERS if lever.fault]


def place(where: str) -> str:
    """A place that a fault's pattern means."""
    struck = {
        "chat.*": "chat.update",
        "event.*": "event.message",
        "[is][nl]*": "slash./text",
        "clicksend.[vflp]*_send": "clicksend.letters_send",
    }
    return struck.get(where, where)


def strikes(scene: Scene, fault: Fault | None) -> bool:
    assert fault is not None
    return scene.sandbox.trouble.take(place(fault.where), EVERYTHING) is not None


@pytest.mark.parametrize("lever", WITH_FAULT, ids=lambda lever: lever.id)
async def test_lever_strikes_until_it_is_off(visitor: Visitor, scene: Scene, lever: object) -> None:
    chosen = next(one for one in LEVERS if one is lever)

    await visitor.act("turn", lever=chosen.id, on=True)
    while_on = [strikes(scene, chosen.fault) for _ in range(3)]
    await visitor.act("turn", lever=chosen.id, on=False)

    assert while_on == [True, True, True]
    assert not strikes(scene, chosen.fault)


async def test_lever_strikes_once(visitor: Visitor, scene: Scene) -> None:
    await visitor.act("once", lever="provider_500")

    fault = next(lever.fault for lever in LEVERS if lever.id == "provider_500")
    assert [strikes(scene, fault), strikes(scene, fault)] == [True, False]


async def test_lever_shows_that_it_is_on_and_what_waits(visitor: Visitor, scene: Scene) -> None:
    await visitor.act("turn", lever="slack_429", on=True)
    await visitor.act("once", lever="slack_slow")
    await visitor.act("once", lever="slack_slow")

    shown = {one["id"]: one for one in scene.levers.state()["levers"]}
    assert (shown["slack_429"]["on"], shown["slack_429"]["waiting"]) == (True, 0)
    assert (shown["slack_slow"]["on"], shown["slack_slow"]["waiting"]) == (False, 2)


async def test_all_off_makes_everything_work_again(visitor: Visitor, scene: Scene, gate: Gate) -> None:
    for lever in LEVERS:
        await visitor.act("turn", lever=lever.id, on=True)

    await visitor.act("all_off")

    assert not any(one["on"] or one["waiting"] for one in scene.levers.state()["levers"])
    assert not any(strikes(scene, lever.fault) for lever in WITH_FAULT)
    assert gate.is_open


async def test_without_receipts_a_text_stays_as_it_was_accepted(visitor: Visitor, scene: Scene) -> None:
    await visitor.act("turn", lever="no_receipts", on=True)
    off = scene.sandbox.textrequest.rules.statuses
    await visitor.act("turn", lever="no_receipts", on=False)

    assert off == ()
    assert scene.sandbox.textrequest.rules.statuses == ("sent", "delivered")


# --- The gate -----------------------------------------------------------------------------------------


async def dashboards(gate: Gate, key: str) -> int:
    async with (
        aiohttp.ClientSession(headers={"x-api-key": key}) as session,
        session.get(f"{gate.textrequest_api_url}/dashboards") as answer,
    ):
        return answer.status


async def test_provider_that_cannot_be_reached_refuses_the_connection(
    visitor: Visitor, scene: Scene, gate: Gate
) -> None:
    key = scene.sandbox.textrequest.api_key
    before = await dashboards(gate, key)

    await visitor.act("turn", lever="provider_unreachable", on=True)
    with pytest.raises(aiohttp.ClientConnectorError):
        await dashboards(gate, key)
    await visitor.act("turn", lever="provider_unreachable", on=False)

    assert (before, await dashboards(gate, key)) == (200, 200)


async def test_shut_gate_breaks_kept_connections(scene: Scene, gate: Gate) -> None:
    headers = {"x-api-key": scene.sandbox.textrequest.api_key}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.get(f"{gate.textrequest_api_url}/dashboards") as answer:
            await answer.read()

        await gate.shut()

        with pytest.raises(aiohttp.ClientConnectionError):
            await session.get(f"{gate.textrequest_api_url}/dashboards")


async def test_gate_is_shut_and_opened_again_without_harm(gate: Gate, scene: Scene) -> None:
    await gate.shut()
    await gate.shut()
    await gate.open()
    await gate.open()

    assert await dashboards(gate, scene.sandbox.textrequest.api_key) == 200


# --- The bot ------------------------------------------------------------------------------------------


async def test_bot_is_started_killed_and_started_again(visitor: Visitor, bot: PretendBot) -> None:
    first = await visitor.act("start")
    second = await visitor.act("kill")
    third = await visitor.act("restart")

    assert [one["state"] for one in (first, second, third)] == ["running", "stopped", "running"]
    assert bot.told == ["start", "kill", "kill", "start"]


async def test_bot_that_runs_is_not_started_again(visitor: Visitor, bot: PretendBot) -> None:
    await visitor.act("start")
    await visitor.act("start")

    assert bot.told == ["start"]


async def test_bot_that_ends_by_itself_is_seen(
    visitor: Visitor, bot: PretendBot, scene: Scene, stream: Stream
) -> None:
    await visitor.act("start")

    bot.dead.set()
    await scene.sandbox.bell.wait_for(lambda: scene.bot.state["state"] == "stopped")

    assert await stream.until("bot", scene.bot.state)


async def test_bot_that_does_not_come_up_says_why(visitor: Visitor, bot: PretendBot, scene: Scene) -> None:
    bot.refuses = True

    sentence = await visitor.mistake("start")

    assert sentence == "It did not come up."
    assert scene.bot.state["state"] == "stopped"


async def test_connections_to_slack_are_cut(visitor: Visitor, scene: Scene) -> None:
    await visitor.act("cut")

    assert scene.sandbox.workspace.sockets.count == 0


async def test_text_is_confirmed_only_when_the_bot_answered(visitor: Visitor, scene: Scene) -> None:
    await visitor.act("text", number=MARIA, words="Is anybody there?")

    assert not scene.sandbox.textrequest.log.all[0].heard

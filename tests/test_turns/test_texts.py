"""Texts get through while reads wait, and a 429 on a read holds them back."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from pydantic import SecretStr

from bot.bridge import Bridge, Tuning
from bot.errors import Throttled
from bot.flows import lookups
from bot.http.turns import BLOCK_S
from bot.model import TextSent
from bot.pace import per_minute, provider_pace
from bot.providers.clicksend import ClickSend
from bot.settings import Settings
from bot.slack import Slack
from bot.startup import NOBODY, build_providers
from storage.store import Store
from tests.providers.case import now
from tests.providers.cases.textrequest import TR_TEXT
from tests.providers.far_end import Answer
from tests.storage.scene import PROVIDER, Scene
from tests.test_turns.conftest import (
    A_MINUTE,
    PACE,
    Office,
    text_request_of,
    with_replies,
)

# --- Texts ------------------------------------------------------------------------------------------------


async def test_texts_get_through_while_reads_wait(office: Office, scene: Scene) -> None:
    await with_replies(scene, 12)
    await office.use_up()

    wait_s = await office.paces.take(PACE, leave=1 / 3)
    claims = await scene.claim(12)

    assert wait_s > 0
    assert len(claims) == 10


async def test_texts_go_first_when_the_pace_opens_again(office: Office, scene: Scene) -> None:
    await with_replies(scene, 12)
    await office.use_up()
    await scene.claim(12)
    office.clock.advance(per_minute(A_MINUTE).interval_us / 1_000_000)

    wait_s = await office.paces.take(PACE, leave=1 / 3)
    claims = await scene.claim(12)

    assert wait_s > 0
    assert len(claims) == 1


async def test_text_takes_no_second_turn(office: Office) -> None:
    await office.is_closed(3_600)
    office.far_end.will_answer(Answer(200, b'{"message_id": "1", "delivery_status": "accepted"}'))
    provider = text_request_of(office)

    sent = await provider.send_text(TR_TEXT)

    assert (sent.text_id, office.slept) == ("1", [])
    await provider.close()


async def test_look_up_that_waits_too_long_ends_before_its_lease(
    monkeypatch: pytest.MonkeyPatch, store: Store, scene: Scene
) -> None:
    async def wait(*_: object) -> list[TextSent]:
        await asyncio.Event().wait()
        return []

    monkeypatch.setattr(lookups, "candidates_for", wait)
    await with_replies(scene, 1)
    (claim,) = await scene.claim()
    slack, settings, ours = Slack("", ""), Settings.explicit({}), NOBODY
    bridge = Bridge(store, slack, {}, settings, ours, replace(Tuning(), lease_s=0.02))

    await lookups.look(bridge, claim)

    (row,) = await scene.rows("select state from messages where id = :id", id=claim.message.id)
    assert row["state"] == "sending"


# --- 429 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("headers", "wait_s"), [({"retry-after": "30"}, 30.0), ({}, BLOCK_S)])
async def test_read_refused_for_coming_too_often_makes_texts_wait(
    office: Office, scene: Scene, headers: dict[str, str], wait_s: float
) -> None:
    await with_replies(scene, 1)
    office.far_end.will_answer(Answer(429, headers=headers))

    assert not await office.try_to_read()
    at_once = await scene.claim(12)
    office.clock.advance(wait_s)
    later = await scene.claim(12)

    assert (len(at_once), len(later)) == (0, 1)


async def test_read_waits_for_the_end_of_a_block(office: Office) -> None:
    await office.is_closed(30)

    await office.http.read("/list")

    assert office.slept == [30.0]


async def test_read_does_not_wait_for_a_long_block(office: Office) -> None:
    await office.is_closed(600)

    with pytest.raises(Throttled) as caught:
        await office.http.read("/list")

    assert (caught.value.retry_after_s, caught.value.provider, office.slept) == (600.0, PROVIDER, [])
    assert office.far_end.at == []


async def test_refusal_inside_an_answer_closes_the_pace_as_well(office: Office) -> None:
    office.far_end.will_answer(Answer(200, b'{"http_code": 429, "response_code": "TOO_MANY_REQUESTS"}'))
    provider = ClickSend(
        username="u", api_key=SecretStr("k"), api_url=office.far_end.url, clock=now, turns=office.turns
    )

    with pytest.raises(Throttled):
        await provider.check()

    assert await office.paces.take(provider_pace("clicksend")) == BLOCK_S
    await provider.close()


# --- Where they come from ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [True, False])
async def test_providers_go_by_the_pace_of_the_store_if_there_is_one(
    office: Office, store: Store, kept: bool
) -> None:
    values = {"textrequest_api_key": "k", "clicksend_username": "u", "clicksend_api_key": "k"}
    urls = {"textrequest_api_url": office.far_end.url, "clicksend_api_url": office.far_end.url}
    providers = build_providers(Settings.explicit(values | urls), store if kept else None)
    for name in providers:
        await store.paces.block(provider_pace(name), 600)

    outcomes = await asyncio.gather(*(one.check() for one in providers.values()), return_exceptions=True)

    assert [isinstance(outcome, Throttled) for outcome in outcomes] == [kept, kept]
    for provider in providers.values():
        await provider.close()

"""An opt-out that the provider told of is lifted when the provider says so, or by START where it never says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

import pytest

from bot.bridge import Bridge
from bot.capabilities import ListsTexts, Provider
from bot.errors import NotFound
from bot.flows import catchup, texts, upkeep
from bot.model import AccountFacts, Line, Number, OptOut, ProviderName, TextReceived, TextSent
from storage.database import instant
from storage.store import Store
from tests.databases import Clock
from tests.flows.conftest import Made
from tests.storage.scene import CONTACT, LINE, OUR_NUMBER, PROVIDER, Scene


class Silent(Provider, ListsTexts):
    """A provider that never says who opted out."""

    name: ClassVar[ProviderName] = PROVIDER
    title: ClassVar[str] = "Text Request"
    turned_on_by: ClassVar[str] = "TEXTREQUEST_API_KEY"
    tells_opt_outs: ClassVar[bool] = False

    def __init__(self, held: Mapping[str, bool | None]) -> None:
        self.held = held
        self.asked: list[str] = []

    async def check(self) -> AccountFacts:
        return AccountFacts("", None)

    async def close(self) -> None:
        return

    async def list_texts(self, line: Line, since: datetime) -> AsyncIterator[TextReceived | TextSent]:
        return
        yield

    async def read_opt_out(self, line: Line, contact: Number) -> bool | None:
        self.asked.append(contact)
        if contact not in self.held:
            raise NotFound("There is no such contact.", provider=self.name)
        return self.held[contact]


class Telling(Silent):
    """A provider that says who opted out."""

    tells_opt_outs: ClassVar[bool] = True


@pytest.fixture
async def scene(store: Store, clock: Clock) -> Scene:
    """A line."""
    return Scene(store, clock, await store.lines.add(LINE))


def _with(bridge: Bridge, provider: Silent) -> Bridge:
    return replace(bridge, providers={PROVIDER: provider})


async def _opted_out(scene: Scene, contact: Number = CONTACT) -> None:
    """The provider refused a text to this contact."""
    await scene.text("hello", contact=contact)
    await scene.mirror_all()
    row = (await scene.rows("select root_ts from conversations where contact = :contact", contact=contact))[0]
    await scene.reply("yes", at=5 + scene.posts, thread_ts=row["root_ts"])
    await scene.store.outcomes.refused(await scene.claim_one(), "opted_out", code="30004")
    await scene.mirror_all()


async def _start(scene: Scene, bridge: Bridge) -> None:
    event = TextReceived(
        provider=PROVIDER,
        account="7",
        line_number=OUR_NUMBER,
        contact=CONTACT,
        text_id="in-start",
        body="START",
        sent_at=instant(scene.clock()),
    )
    await texts.receive_text(bridge, event)


@pytest.mark.parametrize(("provider", "lifted"), [(Silent, True), (Telling, False)])
async def test_start_lifts_what_a_provider_holds_that_never_says(
    scene: Scene, made: Made, provider: type[Silent], lifted: bool
) -> None:
    await _opted_out(scene)

    await _start(scene, _with(made(), provider({})))

    assert (await scene.conversation()).opted_out is (None if lifted else OptOut.PROVIDER)


async def test_contact_whom_the_provider_does_not_know_keeps_nobody_from_being_asked_for(
    scene: Scene, made: Made
) -> None:
    contacts = [Number(f"+1415555030{n}") for n in range(6)]
    for contact in contacts:
        await _opted_out(scene, contact)
    provider = Telling({contacts[0]: False, contacts[1]: True})

    await catchup.ask_opt_outs(_with(made(), provider), scene.line)

    assert sorted(provider.asked) == contacts
    held = await scene.rows("select contact from conversations where opted_out = 'provider' order by contact")
    assert [row["contact"] for row in held] == contacts[1:]


@pytest.mark.parametrize("public_url", ["", "https://bot.example.org"])
async def test_opt_outs_are_asked_for_with_webhooks_and_without(scene: Scene, made: Made, public_url: str) -> None:
    bridge = _with(made(threadline_public_url=public_url), Telling({}))

    assert f"opt_outs:{scene.line.id}" in await upkeep.duties(bridge)

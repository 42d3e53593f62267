"""What leaves is what holds at the moment of leaving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

import pytest

from bot.capabilities import Provider, SendsTexts
from bot.flows import texts
from bot.model import (
    AccountFacts,
    Claim,
    Member,
    MemberKind,
    OutgoingText,
    ProviderName,
    SentText,
    TextLimit,
    TextSent,
    Wish,
)
from storage.store import Store
from tests.databases import Clock
from tests.flows.conftest import Made
from tests.storage.scene import DANA, LEASE_S, LINE, PROVIDER, Scene, room

AGE_S = 600.0


class Sender(Provider, SendsTexts):
    """A provider that takes every text."""

    name: ClassVar[ProviderName] = PROVIDER
    title: ClassVar[str] = "Text Request"
    turned_on_by: ClassVar[str] = "TEXTREQUEST_API_KEY"
    text_limit: ClassVar[TextLimit] = TextLimit(gsm=160, ucs2=70)

    def __init__(self) -> None:
        self.left: list[OutgoingText] = []

    async def check(self) -> AccountFacts:
        return AccountFacts("", None)

    async def close(self) -> None:
        return

    async def send_text(self, text: OutgoingText) -> SentText:
        self.left.append(text)
        return SentText("out-1")

    async def find_texts(self, text: OutgoingText, since: datetime) -> Sequence[TextSent]:
        return []


@pytest.fixture
async def scene(store: Store, clock: Clock) -> Scene:
    """A line, an open thread, a secret for webhooks, and Dana, of whom Slack told just now."""
    made = Scene(store, clock, await store.lines.add(LINE))
    await made.open_thread()
    await store.members.note(Member(DANA, "Dana", MemberKind.MEMBER))
    await store.secrets.present(PROVIDER)
    return made


async def _claimed(scene: Scene) -> Claim:
    await scene.reply("Our offer ends today", at=5)
    return (await scene.store.claims.take(room(8), LEASE_S, looking=0, member_age_s=AGE_S)).fresh[0]


@pytest.mark.parametrize("public_url", ["", "https://bot.example.org"])
async def test_reply_leaves_in_the_name_that_came_with_its_claim(
    scene: Scene, made: Made, public_url: str
) -> None:
    provider = Sender()
    bridge = replace(made(threadline_public_url=public_url), providers={PROVIDER: provider})

    answer = await texts.send(bridge, await _claimed(scene))

    assert answer == SentText("out-1")
    assert [(text.author, text.status_callback is None) for text in provider.left] == [("Dana", not public_url)]


async def test_stop_that_came_since_the_claim_counts_where_the_database_is_asked(scene: Scene, made: Made) -> None:
    provider = Sender()
    bridge = replace(made(threadline_public_url="https://bot.example.org"), providers={PROVIDER: provider})
    claim = await _claimed(scene)
    await scene.text("STOP", wish=Wish.STOP)

    answer = await texts.send(bridge, claim)

    assert answer == texts.Refusal("opted_out")
    assert provider.left == []


async def test_claim_brings_no_author_of_whom_slack_told_too_long_ago(scene: Scene) -> None:
    scene.clock.advance(AGE_S + 1)

    assert (await _claimed(scene)).author is None

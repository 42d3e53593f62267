"""Echoes are compared as a person reads them."""

from __future__ import annotations

from bot.flows import reports
from bot.markup.mentions import mention
from storage.store import Store
from tests.databases import Clock
from tests.flows.conftest import Made
from tests.storage.scene import LINE, Scene


async def test_echo_of_a_reply_with_a_mention_is_not_mirrored(made: Made, store: Store, clock: Clock) -> None:
    scene = Scene(store, clock, await store.lines.add(LINE))
    await scene.open_thread()
    await scene.reply(f"ask {mention('U2')} tomorrow", at=5)
    await scene.claim_one()
    await scene.echo("ask @Eli tomorrow", "out-1")
    clock.advance(31)

    settled = await reports.settle_echoes(made())

    assert settled == 1
    assert await scene.rows("select id from messages where kind = 'echo'") == []

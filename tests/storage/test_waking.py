"""Whatever leaves something to deliver wakes the workers; nobody has to wait for a poll."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import pytest

from bot.model import Delivery, MemberId, Ts
from bot.pace import UNPACED
from storage.database import Database
from storage.store import Store
from tests.databases import Clock
from tests.storage.scene import CHANNEL, LINE, ROOT, Scene
from tests.storage.wrapped import Recording

EMIL = MemberId("U2")

Deed = Callable[[Scene], Awaitable[object]]


async def _reopen(scene: Scene) -> None:
    await scene.store.signs.forget_root(CHANNEL, ROOT)
    await scene.store.threads.reopen((await scene.conversation()).id)


async def _decide(scene: Scene) -> None:
    await scene.store.decisions.send((await scene.notice("uncertain")).uid, EMIL, "sent_again")


DEEDS: Mapping[str, Deed] = {
    "a text": lambda scene: scene.text("again"),
    "a reply": lambda scene: scene.reply("words", at=20),
    "a reply in an unknown thread": lambda scene: scene.reply("words", at=20, thread_ts=Ts("1790000000.900000")),
    "an alert": lambda scene: scene.store.health.alert(("C7",), "hooks", "words"),
    "a failure": lambda scene: scene.report(Delivery.FAILED, "out-1"),
    "an edit after it was sent": lambda scene: scene.edit(5, "other words", changed_at=30),
    "a deletion that frees the lane": lambda scene: scene.delete(7, changed_at=30),
    "a thread to open": _reopen,
    "a line": lambda scene: scene.store.lines.add(LINE),
    "a retry": _decide,
}


@pytest.mark.parametrize("name", DEEDS)
async def test_something_to_deliver_wakes_the_workers(database: Database, clock: Clock, name: str) -> None:
    recording = Recording(database)
    store = Store(recording, lambda _: UNPACED)
    scene = Scene(store, clock, await store.lines.add(LINE))
    await scene.open_thread()
    await scene.send_reply("sent", at=5, text_id="out-1")
    await scene.uncertain_reply("uncertain", at=6)
    await scene.reply("waits", at=7)
    before = recording.wake_ups

    await DEEDS[name](scene)

    assert recording.wake_ups > before

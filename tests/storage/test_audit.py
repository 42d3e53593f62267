"""The log of what people did: written with the deed, read newest first, by whom or to whom."""

from __future__ import annotations

from bot.model import MemberId, NewDeed, Number, Started
from tests.storage.scene import CONTACT, DANA, Scene

ELI = MemberId("U2")
OMAR = Number("+14155550177")


async def _deeds(scene: Scene, by: MemberId | None = None, to: Number | None = None) -> list[tuple[str, str]]:
    found = await scene.store.audit.page(by=by, to=to, skip=0, limit=10)
    return [(deed.who, deed.what) for deed in found]


async def test_deeds_are_read_newest_first_by_whom_and_to_whom(scene: Scene) -> None:
    for number, (who, to) in enumerate([(DANA, CONTACT), (ELI, OMAR), (DANA, OMAR)]):
        await scene.store.started.accept(Started(f"command:{number}", scene.line.id, to, "Hello", who))

    assert await _deeds(scene) == [(DANA, "text"), (ELI, "text"), (DANA, "text")]
    assert await _deeds(scene, by=ELI) == [(ELI, "text")]
    assert await _deeds(scene, to=OMAR) == [(DANA, "text"), (ELI, "text")]
    assert await _deeds(scene, by=ELI, to=CONTACT) == []


async def test_text_that_comes_twice_is_one_deed(scene: Scene) -> None:
    for _ in range(2):
        await scene.store.started.accept(Started("command:1", scene.line.id, CONTACT, "Hello", DANA))

    assert await _deeds(scene) == [(DANA, "text")]


async def test_deed_without_a_contact_keeps_its_result(scene: Scene) -> None:
    await scene.store.audit.add(NewDeed(DANA, "line connect", result="refused"))

    (deed,) = await scene.store.audit.page(by=None, to=None, skip=0, limit=10)

    assert (deed.what, deed.result, deed.contact) == ("line connect", "refused", None)


async def test_decision_is_a_deed(scene: Scene) -> None:
    await scene.open_thread()
    await scene.refused_reply("one", at=1)
    notice = await scene.notice("failed")

    await scene.store.decisions.send(notice.uid, ELI, "retried")

    (deed,) = await scene.store.audit.page(by=None, to=CONTACT, skip=0, limit=10)
    assert (deed.who, deed.what) == (ELI, "retried")

"""Who says that a contact wants no texts, and who may lift that."""

from __future__ import annotations

import pytest

from bot.model import OptOut, OptOutReported, Wish
from tests.storage.scene import CONTACT, OUR_NUMBER, PROVIDER, Scene


async def _happen(scene: Scene, what: str) -> None:
    if what in ("stop", "start"):
        await scene.text(what, wish=Wish(what))
    else:
        event = OptOutReported(PROVIDER, "7", OUR_NUMBER, CONTACT, opted_out=what == "provider out")
        await scene.store.opt_outs.report(event)


@pytest.mark.parametrize(
    ("events", "stands"),
    [
        (["stop"], OptOut.KEYWORD),
        (["provider out"], OptOut.PROVIDER),
        (["stop", "start"], None),
        (["provider out", "provider in"], None),
        (["provider out", "start"], OptOut.PROVIDER),
        (["stop", "provider in"], OptOut.KEYWORD),
        (["stop", "provider out"], OptOut.PROVIDER),
        (["stop", "provider out", "start"], OptOut.PROVIDER),
        (["stop", "provider out", "provider in"], None),
        (["provider out", "stop"], OptOut.PROVIDER),
        (["start"], None),
    ],
)
async def test_opt_out_is_lifted_only_by_whoever_set_it(
    scene: Scene, events: list[str], stands: OptOut | None
) -> None:
    await scene.open_thread()

    for event in events:
        await _happen(scene, event)

    assert (await scene.conversation()).opted_out == stands


async def test_first_text_of_a_contact_can_be_a_stop(scene: Scene) -> None:
    await scene.text("STOP", wish=Wish.STOP)

    assert (await scene.conversation()).opted_out == OptOut.KEYWORD


async def test_stop_that_comes_twice_does_not_undo_a_start_between(scene: Scene) -> None:
    await scene.text("STOP", "in-1", Wish.STOP)
    await scene.text("START", "in-2", Wish.START)

    await scene.text("STOP", "in-1", Wish.STOP)

    assert (await scene.conversation()).opted_out is None


async def test_opt_out_redraws_the_card(scene: Scene) -> None:
    before = await scene.open_thread()

    await _happen(scene, "provider out")

    assert (await scene.conversation()).card > before.card


async def test_opt_out_that_is_known_already_changes_nothing(scene: Scene) -> None:
    await scene.open_thread()
    event = OptOutReported(PROVIDER, "7", OUR_NUMBER, CONTACT, opted_out=True)
    first = await scene.store.opt_outs.report(event)

    second = await scene.store.opt_outs.report(event)

    assert first is not None
    assert second is None


@pytest.mark.parametrize(("number", "account"), [(OUR_NUMBER, ""), (None, "7"), (None, "")])
async def test_opt_out_finds_its_conversation_by_number_or_account(
    scene: Scene, number: str | None, account: str
) -> None:
    await scene.open_thread()

    event = OptOutReported(PROVIDER, account, number, CONTACT, opted_out=True)  # type: ignore[arg-type]  # a NewType
    changed = await scene.store.opt_outs.report(event)

    assert changed is not None
    assert (await scene.conversation()).opted_out == OptOut.PROVIDER


async def test_opt_out_of_another_account_changes_nothing(scene: Scene) -> None:
    await scene.open_thread()

    event = OptOutReported(PROVIDER, "8", None, CONTACT, opted_out=True)
    changed = await scene.store.opt_outs.report(event)

    assert changed is None
    assert (await scene.conversation()).opted_out is None


async def test_opt_out_of_an_unknown_contact_changes_nothing(scene: Scene) -> None:
    event = OptOutReported(PROVIDER, "7", OUR_NUMBER, CONTACT, opted_out=True)

    assert await scene.store.opt_outs.report(event) is None


async def test_refusal_because_of_an_opt_out_marks_the_contact(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("hello?", at=5)

    await scene.store.outcomes.refused(await scene.claim_one(), "opted_out", code="21610")

    assert (await scene.conversation()).opted_out == OptOut.PROVIDER


async def test_refusal_of_our_own_because_of_a_stop_stays_the_contacts_own(scene: Scene) -> None:
    await scene.open_thread()
    await _happen(scene, "stop")
    await scene.mirror_all()
    await scene.reply("hello?", at=5)

    await scene.store.outcomes.refused(await scene.claim_one(), "opted_out")

    assert (await scene.conversation()).opted_out == OptOut.KEYWORD

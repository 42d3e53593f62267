"""A text that is sent again: what is said late of the try before proves nothing about the present one, and the
text of that try stays ours.
"""

from __future__ import annotations

import pytest

from bot.model import Claim, Delivery, Direction, State
from tests.storage.scene import DANA, PROVIDER, Scene

FIRST, SECOND = "out-first", "out-second"


async def _retried(scene: Scene) -> tuple[Claim, Claim]:
    """The claim of a text that failed, and the claim of its second try, which is under way."""
    await scene.open_thread()
    first = await scene.send_reply("yes", at=5, text_id=FIRST)
    await scene.report(Delivery.FAILED, FIRST, token=first.message.token)
    await scene.mirror_all()
    scene.clock.advance(5)
    await scene.store.decisions.send((await scene.notice("failed")).uid, DANA, "retried")
    (second,) = [claim for claim in await scene.claim() if claim.message.direction == Direction.OUT]
    return first, second


@pytest.mark.parametrize("delivery", [Delivery.SENT, Delivery.DELIVERED, Delivery.FAILED])
@pytest.mark.parametrize("text_id", [FIRST, None])
async def test_late_report_of_the_first_try_is_no_evidence_for_the_second(
    scene: Scene, delivery: Delivery, text_id: str | None
) -> None:
    first, second = await _retried(scene)

    await scene.report(delivery, text_id, token=first.message.token)

    assert await scene.store.reports.evidence(second) is None


@pytest.mark.parametrize("text_id", [FIRST, None])
async def test_late_report_of_the_first_try_does_not_settle_an_uncertain_second(
    scene: Scene, text_id: str | None
) -> None:
    first, second = await _retried(scene)
    await scene.store.outcomes.uncertain(second)

    await scene.report(Delivery.DELIVERED, text_id, token=first.message.token)
    await scene.settle_echoes()

    assert (await scene.reply_at(5)).state == State.UNCERTAIN


async def test_late_failure_of_the_first_try_leaves_the_second_as_it_is(scene: Scene) -> None:
    first, second = await _retried(scene)
    await scene.send(second, SECOND)
    await scene.report(Delivery.DELIVERED, SECOND, token=second.message.token)

    await scene.report(Delivery.FAILED, FIRST, token=first.message.token)

    assert (await scene.reply_at(5)).delivery == Delivery.DELIVERED
    assert len(await scene.notices("failed")) == 1


async def test_report_of_the_second_try_counts(scene: Scene) -> None:
    _, second = await _retried(scene)
    await scene.store.outcomes.uncertain(second)

    await scene.report(Delivery.DELIVERED, None, token=second.message.token)

    assert (await scene.reply_at(5)).delivery == Delivery.DELIVERED


async def test_first_try_that_is_listed_again_is_no_echo(scene: Scene) -> None:
    _, second = await _retried(scene)
    await scene.send(second, SECOND)

    await scene.echo("yes", FIRST)
    await scene.settle_echoes()

    assert await scene.rows("select id from messages where kind = 'echo'") == []
    assert await scene.rows("select id from reports") == []


async def test_first_try_that_is_listed_again_does_not_settle_an_uncertain_second(scene: Scene) -> None:
    _, second = await _retried(scene)
    await scene.store.outcomes.uncertain(second)

    await scene.echo("yes", FIRST)
    await scene.settle_echoes()

    assert (await scene.reply_at(5)).state == State.UNCERTAIN


async def test_look_up_leaves_out_the_text_of_the_first_try(scene: Scene) -> None:
    await _retried(scene)

    assert await scene.store.reports.held(PROVIDER, [FIRST, SECOND]) == {FIRST}


async def test_person_who_checks_cannot_bind_the_text_of_the_first_try(scene: Scene) -> None:
    _, second = await _retried(scene)
    await scene.store.outcomes.uncertain(second)

    found = await scene.store.decisions.found(second.message.id, FIRST)

    assert found is False
    assert (await scene.reply_at(5)).state == State.UNCERTAIN

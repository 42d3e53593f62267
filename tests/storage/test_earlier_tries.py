"""A text that is sent again: what is said late of the try before proves nothing about the present one, and the
text of that try stays ours.
"""

from __future__ import annotations

import pytest

from bot.model import Claim, Delivery, Direction, Number, SentText, State
from tests.storage.scene import CONTACT, DANA, PROVIDER, Scene

OTHER = Number("+14155550177")
SENT_AGAIN_AFTER_S = 90
FIRST, SECOND = "out-first", "out-second"


async def _sent_again(scene: Scene, words: str = "yes") -> tuple[Claim, Claim]:
    """The claim of a text whose outcome nobody learned, and the claim of its second try, which is done."""
    await scene.open_thread()
    first = await scene.uncertain_reply(words, at=5)
    scene.clock.advance(SENT_AGAIN_AFTER_S)
    await scene.store.decisions.send((await scene.notice("uncertain")).uid, DANA, "sent_again")
    (second,) = [claim for claim in await scene.claim() if claim.message.direction == Direction.OUT]
    await scene.send(second, SECOND)
    return first, second


async def _echoes(scene: Scene) -> list[str]:
    return [row["body"] for row in await scene.rows("select body from messages where kind = 'echo'")]


async def test_late_echo_of_an_uncertain_first_try_is_ours(scene: Scene) -> None:
    await _sent_again(scene)

    await scene.echo("yes", FIRST, age_s=89)
    await scene.settle_echoes()

    assert await _echoes(scene) == []
    assert await scene.store.reports.held(PROVIDER, [FIRST, SECOND]) == {FIRST, SECOND}
    assert await scene.rows("select id from reports") == []


async def test_echo_with_the_token_of_an_uncertain_first_try_is_ours_at_once(scene: Scene) -> None:
    first, _ = await _sent_again(scene)

    await scene.echo("yes, {edited there}", FIRST, age_s=80_000, token=first.message.token)

    assert await scene.rows("select id from reports") == []
    assert await scene.store.reports.held(PROVIDER, [FIRST]) == {FIRST}


async def test_late_echo_of_a_first_try_leaves_the_second_as_it_is(scene: Scene) -> None:
    await _sent_again(scene)
    await scene.report(Delivery.DELIVERED, SECOND)

    await scene.echo("yes", FIRST, age_s=89)
    await scene.settle_echoes()
    await scene.report(Delivery.FAILED, FIRST)

    (row,) = await scene.rows("select provider_id, delivery from messages where kind = 'reply'")
    assert (row["provider_id"], row["delivery"]) == (SECOND, "delivered")
    assert await scene.notices("failed") == []


async def test_answer_to_a_first_try_that_comes_after_the_second_says_whose_text_it_is(scene: Scene) -> None:
    first, _ = await _sent_again(scene)

    settled = await scene.store.outcomes.sent(first, SentText(FIRST))
    await scene.echo("yes, as the provider spells it", FIRST, age_s=89)
    await scene.settle_echoes()

    assert settled is False
    assert await _echoes(scene) == []
    (row,) = await scene.rows("select provider_id from messages where kind = 'reply'")
    assert row["provider_id"] == SECOND


async def test_one_earlier_try_answers_for_one_text(scene: Scene) -> None:
    await _sent_again(scene)

    for text_id in (FIRST, "out-third"):
        await scene.echo("yes", text_id, age_s=89)
        await scene.settle_echoes()

    assert await _echoes(scene) == ["yes"]


@pytest.mark.parametrize(
    ("words", "after_s", "contact"),
    [("no", 1, CONTACT), ("yes", -61, CONTACT), ("yes", 601, CONTACT), ("yes", 1, OTHER)],
)
async def test_text_that_cannot_be_the_earlier_try_was_sent_elsewhere(
    scene: Scene, words: str, after_s: float, contact: Number
) -> None:
    await _sent_again(scene)
    scene.clock.advance(1_000)

    await scene.echo(words, FIRST, age_s=SENT_AGAIN_AFTER_S + 1_000 - after_s, contact=contact)
    await scene.settle_echoes()

    assert await _echoes(scene) == [words]


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

    found = await scene.store.decisions.found(second.message.id, SentText(FIRST))

    assert found is False
    assert (await scene.reply_at(5)).state == State.UNCERTAIN

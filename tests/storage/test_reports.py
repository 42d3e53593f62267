"""How far a text got: it never steps back, it may be told before the answer, and a failure is told once a try."""

from __future__ import annotations

import itertools

import pytest

from bot.model import Delivery, DeliveryReported, MemberId, ProviderName, SentText, State
from tests.storage.scene import LEASE_S, PROVIDER, Scene, orphans_of

A, S, D, F = Delivery.ACCEPTED, Delivery.SENT, Delivery.DELIVERED, Delivery.FAILED
EMIL = MemberId("U2")


async def test_report_says_how_far_the_text_got(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5, text_id="out-1")

    await scene.report(D, "out-1")

    reply = await scene.reply_at(5)
    assert (reply.delivery, reply.wanted) == (D, "delivered")
    assert await scene.notices() == []


@pytest.mark.parametrize("order", list(itertools.permutations([A, S, D])))
async def test_delivery_never_steps_back_whatever_the_order(scene: Scene, order: tuple[Delivery, ...]) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5, text_id="out-1")

    for delivery in order:
        await scene.report(delivery, "out-1")

    assert (await scene.reply_at(5)).delivery == D


@pytest.mark.parametrize(("first", "second"), [(D, F), (F, D)])
async def test_first_final_report_stands(scene: Scene, first: Delivery, second: Delivery) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5, text_id="out-1")

    await scene.report(first, "out-1")
    await scene.report(second, "out-1")

    assert (await scene.reply_at(5)).delivery == first


@pytest.mark.parametrize("by_token", [True, False])
async def test_report_that_overtakes_the_answer_is_applied_after_it(scene: Scene, by_token: bool) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)
    claim = await scene.claim_one()
    await scene.report(D, "out-1", claim.message.token if by_token else None)
    before = await scene.reply_at(5)

    await scene.send(claim, "out-1")

    assert (before.state, before.delivery) == (State.SENDING, None)
    assert (await scene.reply_at(5)).delivery == D
    assert await scene.rows("select id from reports") == []


async def test_reports_that_overtake_the_answer_in_the_wrong_order_never_step_back(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)
    claim = await scene.claim_one()
    await scene.report(D, "out-1")
    await scene.report(S, "out-1")

    await scene.send(claim, "out-1")

    assert (await scene.reply_at(5)).delivery == D


async def test_report_by_token_alone_finds_its_text(scene: Scene) -> None:
    await scene.open_thread()
    claim = await scene.send_reply("yes", at=5, text_id="out-1")

    await scene.report(D, None, claim.message.token)

    assert (await scene.reply_at(5)).delivery == D


async def test_report_of_another_provider_with_the_same_id_is_kept_for_its_own(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5, text_id="17")

    await scene.store.reports.accept(DeliveryReported(ProviderName("clicksend"), "17", None, D))

    assert (await scene.reply_at(5)).delivery == A
    assert len(await scene.rows("select id from reports")) == 1


async def test_report_that_nobody_claims_is_forgotten_after_three_days(scene: Scene) -> None:
    await scene.report(D, "out-1")
    scene.clock.advance(72 * 3600)
    await scene.store.reports.forget_old()
    kept = await scene.rows("select id from reports")

    scene.clock.advance(1)
    await scene.store.reports.forget_old()

    assert len(kept) == 1
    assert await scene.rows("select id from reports") == []


async def test_failure_tells_the_author_once_however_often_it_is_reported(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5, text_id="out-1")

    for _ in range(3):
        await scene.report(F, "out-1", code="30003")

    (notice,) = await scene.notices()
    assert (notice.reason, notice.code, notice.author) == ("failed", "30003", "U1")
    assert (await scene.reply_at(5)).wanted == "failed"


async def test_failure_of_the_second_try_is_told_too(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5, text_id="out-1")
    await scene.report(F, "out-1")
    await scene.mirror_all()
    await scene.store.decisions.send((await scene.notice("failed")).uid, EMIL, "retried")
    await scene.send(await scene.claim_one(), "out-2")

    await scene.report(F, "out-2")

    assert len(await scene.notices("failed")) == 2


@pytest.mark.parametrize("when", ["queued", "sending", "done"])
async def test_report_of_an_earlier_try_changes_nothing(scene: Scene, when: str) -> None:
    await scene.open_thread()
    first = await scene.send_reply("yes", at=5, text_id="out-1")
    await scene.report(F, "out-1")
    await scene.mirror_all()
    await scene.store.decisions.send((await scene.notice("failed")).uid, EMIL, "retried")
    if when == "queued":
        await scene.report(F, "out-1", first.message.token)
    claim = await scene.claim_one()
    if when == "sending":
        await scene.report(F, "out-1", first.message.token)
    await scene.send(claim, "out-2")
    if when == "done":
        await scene.report(F, "out-1", first.message.token)

    assert (await scene.reply_at(5)).delivery == A
    assert len(await scene.notices("failed")) == 1


async def test_report_by_token_settles_an_uncertain_text_and_its_notice(scene: Scene) -> None:
    await scene.open_thread()
    claim = await scene.uncertain_reply("yes", at=5)

    await scene.report(S, "out-1", claim.message.token)

    reply, (notice,) = await scene.reply_at(5), await scene.notices()
    assert (reply.state, reply.delivery, reply.wanted) == (State.DONE, S, "accepted")
    assert (notice.settled_how, notice.wanted) == ("reported", "settled")
    assert (await scene.conversation()).replied is True


async def test_report_that_came_before_nobody_knew_settles_it_at_once(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)
    claim = await scene.claim_one()
    await scene.report(S, "out-1", claim.message.token)

    await scene.store.outcomes.uncertain(claim)

    assert (await scene.reply_at(5)).state == State.DONE
    assert [notice.settled_how for notice in await scene.notices()] == ["reported"]


async def test_failure_of_an_uncertain_text_is_told(scene: Scene) -> None:
    await scene.open_thread()
    claim = await scene.uncertain_reply("yes", at=5)

    await scene.report(F, "out-1", claim.message.token)

    assert (await scene.reply_at(5)).delivery == F
    assert [notice.reason for notice in await scene.notices()] == ["uncertain", "failed"]


async def test_text_that_a_report_settled_is_known_by_its_id_from_then_on(scene: Scene) -> None:
    await scene.open_thread()
    claim = await scene.uncertain_reply("yes", at=5)
    await scene.report(S, "out-1", claim.message.token)

    await scene.report(D, "out-1")

    assert (await scene.reply_at(5)).delivery == D
    assert await scene.store.reports.held(PROVIDER, ["out-1", "out-2"]) == {"out-1"}


async def test_reports_that_came_before_the_text_was_found_are_applied_then(scene: Scene) -> None:
    await scene.open_thread()
    claim = await scene.uncertain_reply("yes", at=5)
    await scene.report(D, "out-1")

    found = await scene.store.decisions.found(claim.message.id, SentText("out-1"))

    assert found is True
    assert (await scene.reply_at(5)).delivery == D


async def test_kept_report_is_evidence_that_a_text_was_sent(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)
    claim = await scene.claim_one()
    nothing_yet = await scene.store.reports.evidence(claim)

    await scene.report(S, "out-1", claim.message.token)

    assert nothing_yet is None
    assert await scene.store.reports.evidence(claim) == SentText("out-1")


async def test_evidence_settles_the_orphan_and_the_report_with_it(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("yes", at=5)
    claim = await scene.claim_one()
    await scene.report(D, "out-1", claim.message.token)
    scene.clock.advance(LEASE_S)
    (orphan,) = await orphans_of(scene.store, 8)
    evidence = await scene.store.reports.evidence(orphan)

    assert evidence is not None
    await scene.store.outcomes.sent(orphan, evidence)

    assert (await scene.reply_at(5)).delivery == D
    assert await scene.rows("select id from reports") == []


async def test_report_without_a_text_is_looked_at_twice_and_then_kept_for_its_text(scene: Scene) -> None:
    await scene.report(Delivery.DELIVERED, "out-1")

    looked_at = [await scene.settle_echoes(after_s) for after_s in (2, 2, 30, 60)]

    assert looked_at == [1, 0, 1, 0]

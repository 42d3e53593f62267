"""Every far end has slots of its own: one that hangs keeps nobody else waiting."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Claim, Direction, Number
from bot.pace import FIND, far_end, provider_pace
from tests.storage.scene import LEASE_S, PROVIDER, Scene, claims_of

SLACK, TEXTS = far_end(FIND), far_end(provider_pace(PROVIDER))


async def _both_wait(scene: Scene) -> None:
    """Replies in three conversations, and a text of a fourth contact."""
    for n in range(3):
        await scene.text(contact=Number(f"+1415555020{n}"))
    await scene.mirror_all()
    for n, row in enumerate(await scene.rows("select root_ts from conversations order by id")):
        await scene.reply("yes", at=5 + n, thread_ts=row["root_ts"])
    await scene.text(contact=Number("+14155550209"))


def _directions(claims: Sequence[Claim]) -> list[str]:
    return sorted(claim.message.direction for claim in claims)


async def test_provider_without_a_free_slot_holds_back_no_post(scene: Scene) -> None:
    await _both_wait(scene)

    claims = (await scene.store.claims.take(lambda end: {SLACK: 8}.get(end, 0), LEASE_S, looking=0)).fresh

    assert _directions(claims) == [Direction.IN]


async def test_slack_without_a_free_slot_holds_back_no_text(scene: Scene) -> None:
    await _both_wait(scene)

    claims = (await scene.store.claims.take(lambda end: {TEXTS: 8}.get(end, 0), LEASE_S, looking=0)).fresh

    assert _directions(claims) == [Direction.OUT] * 3


async def test_one_far_end_takes_no_more_than_its_slots(scene: Scene) -> None:
    await _both_wait(scene)

    claims = await claims_of(scene.store, 2)

    assert _directions(claims) == [Direction.IN, Direction.OUT, Direction.OUT]


async def test_claim_knows_which_pace_it_was_taken_from(scene: Scene) -> None:
    await _both_wait(scene)

    claims = await claims_of(scene.store, 8)

    assert {far_end(claim.pace) for claim in claims} == {SLACK, TEXTS}

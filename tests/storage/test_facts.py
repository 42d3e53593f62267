"""Facts, path secrets, members, and webhooks that nobody could read."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from bot.model import Member, MemberId, MemberKind
from storage.facts import UNREAD_BODY, UNREAD_ROWS
from storage.store import Store
from tests.storage.scene import Scene

DAY_S = 24 * 3600
DANA = Member(MemberId("U1"), "Dana", MemberKind.MEMBER)


async def test_fact_is_what_was_noted_last(scene: Scene) -> None:
    await scene.store.facts.note("team", "T1")

    await scene.store.facts.note("team", "T2")

    assert await scene.store.facts.find("team") == "T2"
    assert await scene.store.facts.find("nothing") is None


async def test_instant_is_noted_to_the_microsecond(scene: Scene) -> None:
    at = datetime(2026, 11, 22, 9, 30, 1, 234567, tzinfo=UTC)

    await scene.store.facts.note_time("slack.seen_until", at)

    assert await scene.store.facts.find_time("slack.seen_until") == at
    assert await scene.store.facts.find_time("nothing") is None


# --- Secrets


async def test_secret_is_made_once(scene: Scene) -> None:
    before = await scene.store.secrets.find("textrequest")

    secrets = {await scene.store.secrets.present("textrequest") for _ in range(3)}

    assert before is None
    assert len(secrets) == 1
    assert await scene.store.secrets.find("textrequest") in secrets


async def test_secret_is_long_and_each_provider_has_its_own(scene: Scene) -> None:
    one, other = await scene.store.secrets.present("textrequest"), await scene.store.secrets.present("clicksend")

    assert one != other
    assert len(one) >= 43  # 32 bytes in base64


async def test_secret_that_two_bots_ask_for_at_once_is_one(scene: Scene, replica: Store) -> None:
    asked = await asyncio.gather(
        *(store.secrets.present("textrequest") for _ in range(4) for store in (scene.store, replica))
    )

    assert len(set(asked)) == 1


async def test_only_its_own_provider_accepts_a_secret(scene: Scene) -> None:
    secret = await scene.store.secrets.present("textrequest")

    assert await scene.store.secrets.accepts("textrequest", secret) is True
    assert await scene.store.secrets.accepts("clicksend", secret) is False
    assert await scene.store.secrets.accepts("textrequest", secret[:-1] + "é") is False
    assert await scene.store.secrets.accepts("textrequest", "") is False


async def test_old_secret_is_accepted_for_a_day(scene: Scene) -> None:
    old = await scene.store.secrets.present("textrequest")

    rotated = await scene.store.secrets.rotate("textrequest")

    scene.clock.advance(DAY_S - 1)
    within_a_day = await scene.store.secrets.accepts("textrequest", old)
    scene.clock.advance(1)
    assert rotated[0] == old
    assert rotated[1] == await scene.store.secrets.present("textrequest") != old
    assert within_a_day is True
    assert await scene.store.secrets.accepts("textrequest", old) is False
    assert await scene.store.secrets.accepts("textrequest", rotated[1]) is True


async def test_first_rotation_has_no_old_secret(scene: Scene) -> None:
    old, new = await scene.store.secrets.rotate("textrequest")

    assert old is None
    assert await scene.store.secrets.find("textrequest") == new


# --- Members


async def test_member_is_known_for_as_long_as_asked(scene: Scene) -> None:
    await scene.store.members.note(DANA)
    scene.clock.advance(599)
    still = await scene.store.members.find(DANA.id, 600)

    scene.clock.advance(1)

    assert still == DANA
    assert await scene.store.members.find(DANA.id, 600) is None


async def test_member_who_changed_is_known_anew(scene: Scene) -> None:
    await scene.store.members.note(DANA)
    scene.clock.advance(700)

    await scene.store.members.note(Member(DANA.id, "Dana R.", MemberKind.GUEST))

    assert await scene.store.members.find(DANA.id, 600) == Member(DANA.id, "Dana R.", MemberKind.GUEST)


# --- Webhooks that nobody could read


async def test_unread_webhook_is_kept_as_far_as_it_is_text(scene: Scene) -> None:
    await scene.store.unread.keep("textrequest", "x" * 200, "not JSON", b"\xff\x00" + b"y" * UNREAD_BODY)

    (row,) = await scene.rows("select event, body from unread_webhooks")
    assert len(row["event"]) == 100
    assert row["body"].startswith("\ufffd\ufffdyy")
    assert len(row["body"]) == UNREAD_BODY


async def test_unread_webhooks_are_capped_and_the_oldest_go(scene: Scene) -> None:
    keep = scene.store.unread.keep
    await asyncio.gather(*(keep("textrequest", f"{n}", "not JSON", b"") for n in range(UNREAD_ROWS + 20)))

    (oldest,) = await scene.rows("select event from unread_webhooks order by id limit 1")
    assert await scene.store.unread.count() == UNREAD_ROWS
    assert int(oldest["event"]) >= 15


async def test_unread_webhook_is_dropped_after_thirty_days(scene: Scene) -> None:
    await scene.store.unread.keep("textrequest", "old", "not JSON", b"")
    scene.clock.advance(30 * DAY_S + 1)

    await scene.store.unread.keep("textrequest", "new", "not JSON", b"")

    assert [row["event"] for row in await scene.rows("select event from unread_webhooks")] == ["new"]

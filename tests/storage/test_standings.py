"""Whose a conversation is and where it stands, as members say; the next text says it anew."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.model import Conversation, Kind, MemberId, NewDeed, Standing, StandingReported, Status
from storage.store import Store
from tests.storage.scene import CONTACT, DANA, PROVIDER, Scene

ELI = MemberId("U2")
DEED = NewDeed(DANA, "resolved")
DONE, OPEN = Standing(resolved=True), Standing(resolved=False)
AWAY, BACK = Standing(archived=True), Standing(archived=False)


async def _cards(scene: Scene) -> int:
    return int((await scene.rows("select card_wanted from conversations"))[0]["card_wanted"])


async def _set(scene: Scene, standing: Standing, *, tell: bool = False, who: MemberId = DANA) -> bool:
    conversation = await scene.conversation()
    deed = NewDeed(who, DEED.what, conversation.id)
    return (await scene.store.standings.set(conversation.id, standing, deed, tell=tell)).done


async def _untold(scene: Scene) -> set[tuple[str, bool]]:
    rows = await scene.rows("select what, wanted from untold")
    return {(row["what"], bool(row["wanted"])) for row in rows}


async def _stands(scene: Scene) -> tuple[Status, bool]:
    conversation = await scene.conversation()
    return conversation.status, conversation.archived


# --- Whose it is --------------------------------------------------------------------------------------------


async def test_first_one_who_takes_it_has_it_and_the_second_is_told_who(scene: Scene) -> None:
    conversation = await scene.open_thread()
    before = await _cards(scene)

    first = await scene.store.standings.take(conversation.id, DANA)
    second = await scene.store.standings.take(conversation.id, ELI)

    assert (first.done, second.done, second.by) == (True, False, DANA)
    assert (await scene.conversation()).owner == DANA
    assert await _cards(scene) == before + 1
    assert [row["who"] for row in await scene.rows("select who from audit where what = 'taken'")] == [DANA]


async def test_of_two_clicks_at_once_one_takes_it(scene: Scene, replica: Store) -> None:
    conversation = await scene.open_thread()

    takes = (store.standings.take(conversation.id, who) for store, who in ((scene.store, DANA), (replica, ELI)))
    one, other = await asyncio.gather(*takes)

    assert {one.done, other.done} == {True, False}
    assert one.by == other.by == (await scene.conversation()).owner


async def test_conversation_that_is_taken_is_open(scene: Scene) -> None:
    conversation = await scene.open_thread()

    await scene.store.standings.take(conversation.id, DANA)
    await scene.text("more")

    assert (await scene.conversation()).status == Status.OPEN


async def test_done_conversation_that_is_taken_stays_done(scene: Scene) -> None:
    conversation = await scene.open_thread()
    await _set(scene, DONE)

    await scene.store.standings.take(conversation.id, DANA)

    assert (await scene.conversation()).status == Status.DONE


async def test_who_is_assigned_something_is_told_in_the_thread(scene: Scene) -> None:
    conversation = await scene.open_thread()

    deed = NewDeed(DANA, "assigned", conversation.id, about="Eli")
    changed = await scene.store.standings.assign(conversation.id, ELI, deed, "Dana")

    (notice,) = await scene.mirror_all()
    assert changed
    assert (await scene.conversation()).owner == ELI
    assert (notice.kind, notice.reason, notice.author, notice.body) == (Kind.NOTICE, "assigned", ELI, "Dana")


@pytest.mark.parametrize("to", [DANA, None])
async def test_nobody_is_told_of_what_they_did_themselves(scene: Scene, to: MemberId | None) -> None:
    conversation = await scene.open_thread()
    await scene.store.standings.take(conversation.id, ELI)

    await scene.store.standings.assign(conversation.id, to, NewDeed(DANA, "assigned", conversation.id), "Dana")

    assert (await scene.conversation()).owner == to
    assert await scene.mirror_all() == []


async def test_assigning_it_to_whom_it_is_changes_nothing(scene: Scene) -> None:
    conversation = await scene.open_thread()
    await scene.store.standings.take(conversation.id, DANA)
    before = await _cards(scene)

    changed = await scene.store.standings.assign(
        conversation.id, DANA, NewDeed(ELI, "assigned", conversation.id), "Eli"
    )

    assert not changed
    assert await _cards(scene) == before


async def test_conversation_that_is_nobodys_again_is_new_until_somebody_answered(scene: Scene) -> None:
    conversation = await scene.open_thread()
    await scene.store.standings.take(conversation.id, DANA)

    await scene.store.standings.assign(conversation.id, None, NewDeed(DANA, "unassigned", conversation.id), "Dana")

    assert (await scene.conversation()).status == Status.NEW


# --- Where it stands ----------------------------------------------------------------------------------------


async def test_finished_conversation_is_done_on_its_card_once(scene: Scene) -> None:
    await scene.open_thread()
    before = await _cards(scene)

    done = [await _set(scene, DONE) for _ in range(2)]

    assert done == [True, False]
    assert (await scene.conversation()).status == Status.DONE
    assert await _cards(scene) == before + 1
    assert len(await scene.rows("select id from audit where what = 'resolved'")) == 2


async def test_whoever_comes_later_is_told_who_was_first(scene: Scene) -> None:
    conversation = await scene.open_thread()
    await _set(scene, DONE, who=ELI, tell=True)

    for who in (DANA, MemberId("U3")):
        deed = NewDeed(who, "resolved", conversation.id)
        later = await scene.store.standings.set(conversation.id, DONE, deed, tell=True)
        assert (later.done, later.by) == (False, ELI)
    assert len(await scene.rows("select id from audit where what = 'resolved'")) == 1


async def test_nobody_is_named_for_what_was_done_at_the_provider(scene: Scene) -> None:
    conversation = await scene.open_thread()
    for what, standing in (("resolved", DONE), ("reopened", OPEN)):
        await scene.store.standings.set(conversation.id, standing, NewDeed(ELI, what, conversation.id), tell=False)
    await _say(scene, resolved=True)

    deed = NewDeed(DANA, "resolved", conversation.id)
    second = await scene.store.standings.set(conversation.id, DONE, deed, tell=True)

    assert (second.done, second.by) == (False, None)


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ((), Status.NEW),
        (("taken",), Status.OPEN),
        (("we",), Status.WAITING),
        (("we", "they"), Status.OPEN),
        (("we", "they", "we"), Status.WAITING),
    ],
)
async def test_reopened_conversation_stands_where_the_last_word_left_it(
    scene: Scene, said: tuple[str, ...], stands: Status
) -> None:
    conversation = await scene.open_thread()
    for number, who in enumerate(said):
        scene.clock.advance(60)
        if who == "taken":
            await scene.store.standings.take(conversation.id, DANA)
        elif who == "we":
            await scene.send_reply("yes", at=100 * (number + 1), text_id=f"out-{number}")
        else:
            await scene.text("more")
            await scene.mirror_all()
    await _set(scene, DONE)

    await _set(scene, OPEN)

    assert (await scene.conversation()).status == stands


@pytest.mark.parametrize("standing", [OPEN, BACK])
async def test_conversation_that_is_not_done_stays_as_it_is(scene: Scene, standing: Standing) -> None:
    await scene.open_thread()
    before = await _cards(scene)

    assert not await _set(scene, standing)
    assert await _cards(scene) == before


async def test_what_is_put_away_is_done_and_what_comes_back_is_not(scene: Scene) -> None:
    await scene.open_thread()

    await _set(scene, AWAY)
    assert await _stands(scene) == (Status.DONE, True)
    await _set(scene, OPEN)

    assert await _stands(scene) == (Status.NEW, False)


async def test_what_is_resolved_can_still_be_put_away(scene: Scene) -> None:
    await scene.open_thread()
    await _set(scene, DONE)

    assert await _set(scene, AWAY)
    assert await _stands(scene) == (Status.DONE, True)


async def test_blocked_contact_is_blocked_on_the_card(scene: Scene) -> None:
    await scene.open_thread()
    before = await _cards(scene)

    assert await _set(scene, Standing(blocked=True))

    assert (await scene.conversation()).blocked
    assert await _cards(scene) == before + 1


# --- A word either way --------------------------------------------------------------------------------------


async def test_text_opens_what_is_done_and_says_so_in_the_thread(scene: Scene) -> None:
    await scene.open_thread()
    await _set(scene, AWAY)

    await scene.text("one more thing")

    posted = await scene.mirror_all()
    assert await _stands(scene) == (Status.NEW, False)
    assert [(each.kind, each.reason) for each in posted] == [(Kind.TEXT, ""), (Kind.NOTICE, "reopened")]


async def test_text_of_an_open_conversation_says_nothing_else(scene: Scene) -> None:
    await scene.open_thread()

    await scene.text("one more thing")

    assert [each.kind for each in await scene.mirror_all()] == [Kind.TEXT]


async def test_reply_after_it_was_done_opens_it(scene: Scene) -> None:
    await scene.open_thread()
    await _set(scene, AWAY, tell=True)
    scene.clock.advance(200)

    await scene.send_reply("by the way", at=200)

    assert await _stands(scene) == (Status.WAITING, False)
    assert await _untold(scene) == {("resolved", False), ("archived", False)}


async def test_reply_that_was_under_way_when_it_was_done_leaves_it_done(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("bye", at=5)
    claim = await scene.claim_one()
    scene.clock.advance(60)
    await _set(scene, DONE)

    await scene.send(claim)

    assert (await scene.conversation()).status == Status.DONE


# --- What the provider is told, and says --------------------------------------------------------------------


async def test_what_is_to_be_told_is_on_disk_with_what_was_said(scene: Scene) -> None:
    await scene.open_thread()

    await _set(scene, replace(DONE, blocked=True), tell=True)
    await _set(scene, BACK, tell=False)

    assert await _untold(scene) == {("resolved", True), ("blocked", True)}


async def test_what_is_opened_again_is_taken_out_of_the_archive_as_well(scene: Scene) -> None:
    await scene.open_thread()
    await _set(scene, AWAY, tell=True)

    await _set(scene, OPEN, tell=True)

    assert await _untold(scene) == {("resolved", False), ("archived", False)}


async def test_text_that_comes_before_the_provider_was_told_wins(scene: Scene) -> None:
    await scene.open_thread()
    await _set(scene, DONE, tell=True)
    await _set(scene, AWAY, tell=True)

    await scene.text("one more thing")

    assert await _untold(scene) == {("resolved", False), ("archived", False)}


async def _say(scene: Scene, **says: bool) -> Conversation:
    await scene.store.standings.report(StandingReported(PROVIDER, "7", CONTACT, **says))
    return await scene.conversation()


@pytest.mark.parametrize(
    ("before", "says", "stands"),
    [
        (None, {"resolved": True}, (Status.DONE, False)),
        (None, {"archived": True, "resolved": False}, (Status.DONE, True)),
        (None, {"resolved": False, "archived": False}, (Status.NEW, False)),
        (DONE, {"resolved": False}, (Status.NEW, False)),
        (DONE, {"archived": False}, (Status.DONE, False)),
        (DONE, {"resolved": True, "archived": False}, (Status.DONE, False)),
        (DONE, {"blocked": True}, (Status.DONE, False)),
        (AWAY, {"resolved": False}, (Status.DONE, True)),
        (AWAY, {"resolved": False, "archived": True}, (Status.DONE, True)),
        (AWAY, {"resolved": False, "archived": False}, (Status.NEW, False)),
        (AWAY, {"archived": False}, (Status.NEW, False)),
    ],
)
async def test_what_the_provider_says_is_so_here(
    scene: Scene, before: Standing | None, says: dict[str, bool], stands: tuple[Status, bool]
) -> None:
    await scene.open_thread()
    if before is not None:
        await _set(scene, before)

    conversation = await _say(scene, **says)

    assert await _stands(scene) == stands
    assert conversation.blocked == says.get("blocked", False)


async def test_what_the_provider_says_counts_less_than_what_it_is_still_to_be_told(scene: Scene) -> None:
    await scene.open_thread()
    await _set(scene, replace(DONE, blocked=True), tell=True)

    conversation = await _say(scene, resolved=False, archived=False, blocked=False)

    assert (conversation.status, conversation.blocked) == (Status.DONE, True)


async def test_what_the_provider_says_of_strangers_changes_nothing(scene: Scene) -> None:
    await scene.open_thread()

    await scene.store.standings.report(StandingReported(PROVIDER, "8", CONTACT, resolved=True))

    assert (await scene.conversation()).status == Status.NEW

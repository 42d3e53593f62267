"""Notes for the ticket of a thread: on disk with the message, for the latest open ticket, or for none."""

from __future__ import annotations

from typing import Any

import pytest

from bot.model import TICKET_NOTE, Reply, TicketKind, TicketTerms, Verdict
from bot.model.cards import Card, CardKind, DeedState, NewCard, Seen
from bot.model.ticket_terms import CLOSED
from tests.storage.card_scene import claim_one, now
from tests.storage.scene import CHANNEL, CONTACT, DANA, PROVIDER, ROOT, Scene, ts

TERMS = TicketTerms("Printer broken", TicketKind.INCIDENT, 12, 31, 204)


async def opened(scene: Scene, key: str, **fields: Any) -> Card:
    """A ticket that was asked for."""
    values = {"line": scene.line.id, "contact": CONTACT, **fields}
    new = NewCard(
        key=key,
        kind=CardKind.TICKET,
        provider=PROVIDER,
        author=DANA,
        reference=f"ref-{key}",
        title="Printer broken",
        says=TERMS.says(),
        **values,
    )
    return await scene.store.cards.open(new)


async def there(scene: Scene, code: str, state: str = "17") -> Card:
    """A ticket that the service desk has."""
    card = await opened(scene, code)
    await scene.store.deeds.done(await claim_one(scene.store), Seen(code, state, TERMS.says(), settled=False))
    return await now(scene.store, card)


async def noted(scene: Scene) -> list[tuple[int, str, str]]:
    """The notes that are to be added: on which card, which words, whose."""
    rows = await scene.rows("select card_id, words, member from deeds where what = 'note' order by id")
    return [(row["card_id"], row["words"], row["member"]) for row in rows]


async def said(scene: Scene, words: str, at: float) -> None:
    """Dana writes a note for the ticket."""
    await scene.reply(words, at, verdict=Verdict.NOTE, reason=TICKET_NOTE)


async def notices(scene: Scene) -> list[str]:
    """What the thread is told of notes that were not added."""
    return [row["reason"] for row in await scene.rows("select reason from messages where kind = 'notice'")]


async def test_note_is_on_disk_with_the_message_once_and_stays_inside(scene: Scene) -> None:
    await scene.open_thread()
    card = await there(scene, "RF-200")

    for _ in range(2):
        await said(scene, "ticket: second floor", 5)

    assert await noted(scene) == [(card.id, "ticket: second floor", DANA)]
    message = await scene.reply_at(5)
    assert (message.kind, message.state, message.wanted, message.reason) == ("note", "done", "internal", "")


async def test_latest_ticket_that_is_open_gets_it(scene: Scene) -> None:
    await scene.open_thread()
    first = await there(scene, "RF-200")
    await there(scene, "RF-201", CLOSED)

    await said(scene, "ticket: one", 5)
    third = await opened(scene, "RF-202")
    await said(scene, "ticket: two", 6)

    assert [card for card, _, _ in await noted(scene)] == [first.id, third.id]


async def test_ticket_that_was_not_opened_or_of_which_nobody_knows_that_gets_none(scene: Scene) -> None:
    await scene.open_thread()
    await opened(scene, "one")
    await scene.store.deeds.failed(await claim_one(scene.store), "No.")
    await opened(scene, "two")
    await scene.store.deeds.uncertain(await claim_one(scene.store))

    await said(scene, "ticket: one", 5)

    assert await noted(scene) == []
    assert "no_ticket" in await notices(scene)


async def test_ticket_of_another_contact_gets_none(scene: Scene) -> None:
    await scene.open_thread()
    await opened(scene, "one", contact="+14155550177")

    await said(scene, "ticket: one", 5)

    assert await noted(scene) == []


async def test_note_that_came_before_its_thread_was_known_is_added_then(scene: Scene) -> None:
    await said(scene, "ticket: early", 5)
    assert await noted(scene) == []

    await scene.open_thread()

    assert await noted(scene) == []
    assert await notices(scene) == ["no_ticket"]


async def test_reply_that_becomes_a_note_for_the_ticket_before_it_goes_out_is_added(scene: Scene) -> None:
    await scene.open_thread()
    card = await there(scene, "RF-200")
    await scene.reply("second floor", 5)

    await scene.edit(5, "ticket: second floor", 6, Verdict.NOTE, TICKET_NOTE)

    assert await noted(scene) == [(card.id, "ticket: second floor", DANA)]


async def test_deleted_note_is_added_to_nothing(scene: Scene) -> None:
    await scene.open_thread()
    await there(scene, "RF-200")
    await scene.delete(5, 6)

    await said(scene, "ticket: second floor", 5)

    assert await noted(scene) == []


async def test_files_go_with_the_note_and_alone_need_no_words(scene: Scene) -> None:
    await scene.open_thread()
    await there(scene, "RF-200")

    for at, words in ((5, "ticket: see this"), (6, "ticket:")):
        reply = Reply(CHANNEL, ts(at), ROOT, DANA, words, Verdict.NOTE, TICKET_NOTE, (f"F{at}",))
        await scene.store.replies.accept(reply)

    rows = await scene.rows("select what, words from deeds where what <> 'create' order by id")
    assert [(row["what"], row["words"]) for row in rows] == [
        ("note", "ticket: see this"),
        ("attach", "F5"),
        ("attach", "F6"),
    ]


# --- Changed by who wrote it ------------------------------------------------------------------------------------


async def states(scene: Scene) -> list[tuple[str, str]]:
    """The deeds for the ticket beside its opening: how they stand, and their words."""
    rows = await scene.rows("select state, words from deeds where what <> 'create' order by id")
    return [(row["state"], row["words"]) for row in rows]


async def test_note_that_is_edited_before_it_is_added_says_the_newer_words(scene: Scene) -> None:
    await scene.open_thread()
    await there(scene, "RF-200")
    await said(scene, "ticket: second floor", 5)

    await scene.edit(5, "ticket: third floor", 6, Verdict.NOTE, TICKET_NOTE)

    assert await states(scene) == [("queued", "ticket: third floor")]
    assert await notices(scene) == []


@pytest.mark.parametrize("taken_back", ["deleted", "made a plain note"])
async def test_note_that_is_taken_back_before_it_is_added_is_not_added_nor_its_files(
    scene: Scene, taken_back: str
) -> None:
    await scene.open_thread()
    await there(scene, "RF-200")
    await scene.reply("ticket: see this", 5, verdict=Verdict.NOTE, reason=TICKET_NOTE, files=("F1",))

    if taken_back == "deleted":
        await scene.delete(5, 6)
    else:
        await scene.edit(5, "// see this", 6, Verdict.NOTE)

    assert await states(scene) == [("dropped", "ticket: see this"), ("dropped", "F1")]
    assert await notices(scene) == []


async def test_note_that_is_one_for_the_ticket_again_is_added_once(scene: Scene) -> None:
    await scene.open_thread()
    await there(scene, "RF-200")
    await said(scene, "ticket: second floor", 5)
    await scene.edit(5, "// second floor", 6, Verdict.NOTE)

    await scene.edit(5, "ticket: third floor", 7, Verdict.NOTE, TICKET_NOTE)

    assert await states(scene) == [("queued", "ticket: third floor")]


@pytest.mark.parametrize("how", ["sending", "doubted", "done"])
async def test_note_that_may_be_at_the_service_desk_stays_and_its_author_is_told(scene: Scene, how: str) -> None:
    await scene.open_thread()
    card = await there(scene, "RF-200")
    await said(scene, "ticket: second floor", 5)
    claim = await claim_one(scene.store)
    if how == "doubted":
        await scene.store.deeds.uncertain(claim)
        await scene.store.card_decisions.again(card.uid, DANA, DeedState.UNCERTAIN)
    elif how == "done":
        await scene.store.deeds.done(claim, Seen("RF-200", "17", TERMS.says(), settled=False))
    before = await states(scene)

    await scene.edit(5, "ticket: third floor", 6, Verdict.NOTE, TICKET_NOTE)
    await scene.delete(5, 7)

    assert await states(scene) == before
    assert [words for _, words in before] == ["ticket: second floor"]
    assert [reason for reason in await notices(scene) if reason != "card"] == ["note_stays", "note_stays"]


async def test_note_that_was_refused_says_the_newer_words_when_it_is_tried_again(scene: Scene) -> None:
    await scene.open_thread()
    await there(scene, "RF-200")
    await said(scene, "ticket: second floor", 5)
    await scene.store.deeds.failed(await claim_one(scene.store), "No.")

    await scene.edit(5, "ticket: third floor", 6, Verdict.NOTE, TICKET_NOTE)

    assert await states(scene) == [("failed", "ticket: third floor")]
    assert "note_stays" not in await notices(scene)

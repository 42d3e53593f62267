"""What stands in App Home: theirs, what is nobody's, what waits for them, and only on lines that they may use."""

from __future__ import annotations

from dataclasses import replace

from bot.model import LineId, MemberId, NewDeed, Number, Standing
from storage.database import micros
from tests.storage.card_scene import new_card, opened
from tests.storage.scene import CONTACT, DANA, LINE, Scene

ELI = MemberId("U2")
OMAR = Number("+14155550177")


async def _mine(scene: Scene, member: MemberId = DANA, *, skip: int = 0) -> list[tuple[Number, str]]:
    found = await scene.store.home_lists.mine(member, [scene.line.id], skip, 10)
    return [(each.conversation.contact, each.said.body if each.said else "") for each in found]


async def _unclaimed(scene: Scene) -> list[Number]:
    found = await scene.store.home_lists.unclaimed([scene.line.id], 0, 10)
    return [each.conversation.contact for each in found]


async def _sends(scene: Scene, member: MemberId | None) -> list[tuple[str, str]]:
    found = await scene.store.home_lists.sends(member, [scene.line.id], 0, 10)
    return [(each.notice.reason, each.words) for each in found]


async def test_theirs_are_listed_with_the_last_words_the_latest_first(scene: Scene) -> None:
    for contact in (CONTACT, OMAR):
        await scene.text("hello", contact=contact)
        await scene.store.standings.take((await scene.conversation(contact)).id, DANA)
        scene.clock.advance(1)
    await scene.text("still there?")

    assert await _mine(scene) == [(CONTACT, "still there?"), (OMAR, "hello")]
    assert await _mine(scene, skip=1) == [(OMAR, "hello")]
    assert await _mine(scene, ELI) == []


async def test_last_words_are_none_that_the_contact_never_got(scene: Scene) -> None:
    conversation = await scene.open_thread()
    await scene.store.standings.take(conversation.id, DANA)
    await scene.text("can I bring my dog?")
    await scene.mirror_all()

    await scene.refused_reply("No dogs, sorry", at=5)
    assert await _mine(scene) == [(CONTACT, "can I bring my dog?")]

    await scene.send_reply("Of course", at=7)
    assert await _mine(scene) == [(CONTACT, "Of course")]


async def test_last_words_are_those_said_last_though_others_were_heard_of_later(scene: Scene) -> None:
    conversation = await scene.open_thread()
    await scene.store.standings.take(conversation.id, DANA)
    scene.clock.advance(40)
    await scene.text("still there?")

    await scene.echo("Please pay here", "e-1", age_s=20)
    await scene.settle_echoes()

    assert await _mine(scene) == [(CONTACT, "still there?")]


async def test_what_is_done_is_on_no_list(scene: Scene) -> None:
    conversation = await scene.open_thread()
    await scene.store.standings.take(conversation.id, DANA)

    deed = NewDeed(DANA, "resolved", conversation.id)
    await scene.store.standings.set(conversation.id, Standing(resolved=True), deed, tell=False)

    assert (await _mine(scene), await _unclaimed(scene)) == ([], [])


async def test_what_is_nobodys_is_listed_until_it_is_taken_or_answered(scene: Scene) -> None:
    conversation = await scene.open_thread()
    await scene.text("hello", contact=OMAR)
    await scene.mirror_all()
    assert await _unclaimed(scene) == [OMAR, CONTACT]

    await scene.send_reply("yes", at=5)
    assert await _unclaimed(scene) == [OMAR]
    scene.clock.advance(1)
    await scene.text("and now?")
    assert await _unclaimed(scene) == [CONTACT, OMAR]
    await scene.store.standings.take(conversation.id, ELI)

    assert await _unclaimed(scene) == [OMAR]


async def test_text_that_waits_is_on_the_lists_of_its_author_and_of_the_owner(scene: Scene) -> None:
    conversation = await scene.open_thread()
    await scene.refused_reply("At 3 pm", at=5)
    await scene.uncertain_reply("At 4 pm", at=6)
    await scene.store.standings.take(conversation.id, ELI)

    waits = [("uncertain", "At 4 pm"), ("failed", "At 3 pm")]
    assert await _sends(scene, DANA) == waits
    assert await _sends(scene, ELI) == waits
    assert await _sends(scene, None) == waits
    assert await _sends(scene, MemberId("U3")) == []


async def test_text_that_somebody_decided_about_waits_no_more(scene: Scene) -> None:
    await scene.open_thread()
    await scene.refused_reply("At 3 pm", at=5)

    await scene.store.decisions.send((await scene.notice("failed")).uid, DANA, "retried")

    assert await _sends(scene, DANA) == []


async def test_nothing_is_shown_of_lines_that_they_may_not_use(scene: Scene) -> None:
    conversation = await scene.open_thread()
    await scene.refused_reply("At 3 pm", at=5)
    await scene.store.standings.take(conversation.id, DANA)
    lists = scene.store.home_lists

    for lines in ([], [LineId(scene.line.id + 1)]):
        assert await lists.mine(DANA, lines, 0, 10) == []
        assert await lists.unclaimed(lines, 0, 10) == []
        assert await lists.sends(None, lines, 0, 10) == []
        assert await lists.due(DANA, lines, 0, 10) == []


async def test_line_tells_when_it_was_used_last_and_what_waits(scene: Scene) -> None:
    await scene.open_thread()
    await scene.send_reply("yes", at=5)
    conversation = await scene.conversation()
    scene.clock.advance(1)
    other = await scene.store.lines.add(replace(LINE, number=Number("+14235550199")))
    await scene.text("hello", contact=OMAR)

    traffic, waiting = await scene.store.home_lists.traffic(), await scene.store.home_lists.waiting()

    assert conversation.last_out_at is not None
    assert traffic[scene.line.id] == ((await scene.conversation(OMAR)).last_in_at, conversation.last_out_at)
    count, oldest = waiting[scene.line.id]
    assert (count, oldest and micros(oldest)) == (2, scene.clock())
    assert other.id not in traffic
    assert other.id not in waiting


async def _due(scene: Scene, member: MemberId, lines: list[LineId]) -> list[tuple[str, str]]:
    found = await scene.store.home_lists.due(member, lines, 0, 10)
    return [(each.title, each.state) for each in found]


async def test_what_is_to_come_is_on_the_lists_of_who_asked_and_of_the_owner(scene: Scene) -> None:
    card = await opened(scene)
    assert card.conversation_id is not None
    await scene.store.standings.take(card.conversation_id, ELI)
    stranger = MemberId("U3")

    for member in (card.author, ELI):
        assert await _due(scene, member, [scene.line.id]) == [(card.title, "")]
    assert await _due(scene, stranger, [scene.line.id]) == []
    assert await _due(scene, ELI, []) == []


async def test_what_is_to_come_leads_to_its_card_once_that_stands_there(scene: Scene) -> None:
    card = await opened(scene)
    await scene.mirror_all()

    (due,) = await scene.store.home_lists.due(card.author, [scene.line.id], 0, 10)

    assert (due.channel, due.ts is not None) == (scene.line.channel, True)
    assert due.conversation is not None


async def test_what_was_asked_for_outside_a_thread_is_for_who_asked_alone(scene: Scene) -> None:
    new = replace(new_card(scene), key="elsewhere", line=None, contact=None, channel=scene.line.channel)
    card = await scene.store.cards.open(new)

    assert await _due(scene, card.author, []) == [(card.title, "")]
    assert await _due(scene, ELI, [scene.line.id]) == []

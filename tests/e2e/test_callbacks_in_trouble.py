"""Callbacks when the contact centre is slow, away or confused, when processes die, and with several bots: whatever
happens there is one callback, never two, and one card."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.e2e.asking import answered, gesture, press, type_
from tests.e2e.callbacks import CALLBACK, asked_for, card, cards, click, events, furnished, labels
from tests.e2e.office import MARIA, QUICK, Office, office
from tests.e2e.test_process import running

CREATE = "jtel.create_event"
WAITING = "· Waiting for an agent"
UNKNOWN = "❔ It is not known whether the callback was queued."


def stands_once(team: Office, root: str) -> bool:
    """Whether there is one callback, and one card of it."""
    return (len(events(team)), len(cards(team, root))) == (1, 1)


@pytest.mark.parametrize("fault", ["drop_after", "garbage", "html"])
async def test_callback_whose_answer_is_lost_is_found_by_its_key_and_not_queued_again(
    centre: Office, fault: str
) -> None:
    furnished(centre)
    centre.fault(CREATE, fault)

    root = await asked_for(centre)

    await card(centre, root, WAITING)
    assert stands_once(centre, root)


@pytest.mark.parametrize("status", [500, 503])
async def test_callback_that_a_server_fault_may_have_queued_asks_a_person(centre: Office, status: int) -> None:
    furnished(centre)
    centre.fault(CREATE, "status", status=status)
    root = await asked_for(centre)

    shown = await card(centre, root, UNKNOWN)
    await centre.notice(root, "it is not known whether it was done. Its card asks what to do.")
    await click(centre, root, "check")
    await centre.told(centre.dana, "The provider has no trace of it yet.")

    assert labels(shown) == ["Check", "Do it again", "It did happen", "Forget it"]
    assert events(centre) == []


async def test_callback_with_the_same_key_is_no_proof_of_another_one(centre: Office) -> None:
    furnished(centre)
    root = await asked_for(centre, "group=Support data=K-1 Offer")
    await card(centre, root, WAITING)
    centre.fault(CREATE, "drop")

    await asked_for(centre, "group=Support data=K-1 Invoice")

    await card(centre, root, UNKNOWN)
    assert len(events(centre)) == 1


async def test_of_two_members_who_have_it_done_again_at_once_one_is_told_who_was_first(centre: Office) -> None:
    furnished(centre)
    centre.fault(CREATE, "drop")
    root = await asked_for(centre)
    await card(centre, root, UNKNOWN)

    await asyncio.gather(*(click(centre, root, "again", who) for who in (centre.dana, centre.eli)))

    await centre.see(
        lambda: "was first" in " ".join(centre.whispers(centre.dana) + centre.whispers(centre.eli)),
        "who was first",
    )
    await card(centre, root, WAITING)
    assert stands_once(centre, root)


async def test_callback_that_a_person_lets_be_is_not_queued(centre: Office) -> None:
    furnished(centre)
    centre.fault(CREATE, "drop")
    root = await asked_for(centre)
    await card(centre, root, UNKNOWN)

    await click(centre, root, "forget")

    assert labels(await card(centre, root, "Forgotten")) == []
    assert events(centre) == []


async def test_centre_that_has_had_enough_is_asked_again_later(centre: Office) -> None:
    furnished(centre)
    centre.fault(CREATE, "status", status=429, retry_after_s=60)
    root = await asked_for(centre)
    await centre.found("select id from deeds where state = 'queued' and due_at > :now")
    assert events(centre) == []

    await centre.let_pass(61)

    await card(centre, root, WAITING)
    assert stands_once(centre, root)


async def test_centre_that_refuses_is_told_and_it_can_be_tried_again(centre: Office) -> None:
    furnished(centre)
    centre.fault(CREATE, "status", status=400)
    root = await asked_for(centre)

    shown = await card(centre, root, "⚠️ It was not queued.")
    await centre.notice(root, "⚠️ Callback · Offer:")
    assert labels(shown) == ["Try again", "Forget it"]
    await click(centre, root, "retry")

    await card(centre, root, WAITING)
    assert stands_once(centre, root)


async def test_group_that_is_gone_before_it_is_queued_is_told_with_what_to_do(centre: Office) -> None:
    support, _ = furnished(centre)
    centre.fault(CREATE, "hold")
    root = await asked_for(centre)
    await centre.see(lambda: CREATE in centre.trouble.held, "a call under way")
    del centre.jtel.queues.groups[support]
    centre.trouble.release()

    await card(centre, root, "⚠️ It was not queued. The contact centre does not know the group or the agent")

    assert events(centre) == []


async def test_slow_centre_shows_that_it_is_under_way(centre: Office) -> None:
    furnished(centre)
    centre.fault(CREATE, "hold")
    root = await asked_for(centre)

    shown = await card(centre, root, "⏳ The callback is being queued …")
    assert labels(shown) == []
    await centre.see(lambda: CREATE in centre.trouble.held, "a call under way")
    centre.trouble.release()

    await card(centre, root, WAITING)
    assert stands_once(centre, root)


async def test_centre_that_cannot_be_read_leaves_the_card_as_it_was(centre: Office) -> None:
    furnished(centre)
    root = await asked_for(centre)
    await card(centre, root, WAITING)
    centre.fault("jtel.event", "status", status=500, times=0)
    await centre.let_pass(20)
    await centre.struck("jtel.event")
    centre.trouble.clear()

    centre.jtel.queues.move(events(centre)[0]["ID"], 99)
    await click(centre, root, "refresh")

    await card(centre, root, "✅ Done")


async def test_command_says_when_the_centre_cannot_be_asked_and_keeps_nothing(centre: Office) -> None:
    furnished(centre)
    centre.fault("jtel.*", "status", status=500, times=0)

    await type_(centre, f'"{MARIA}" group=Support Offer', CALLBACK)

    await answered(centre, "jtel")
    assert await centre.rows("select id from cards") == []


async def test_question_that_is_agreed_to_twice_queues_one(centre: Office) -> None:
    furnished(centre)
    root = await centre.open()
    await type_(centre, "Maria group=Support Offer", CALLBACK)
    await answered(centre, "Have Maria Lopez")

    await asyncio.gather(press(centre, "Queue it"), press(centre, "Queue it"))

    await answered(centre, "This was decided already.")
    await card(centre, root, WAITING)
    assert stands_once(centre, root)


# --- Without a line ---------------------------------------------------------------------------------------------


@pytest.fixture
async def lineless(sqlite_url: str) -> AsyncIterator[Office]:
    """An office with a contact centre and no line."""
    async with office(sqlite_url) as made:
        made.hooks_wanted = 0
        made.sales.members.add(made.workspace.bot.id)
        await made.start(QUICK, **made.with_jtel, threadline_admins=made.dana.id)
        furnished(made)
        yield made


async def test_without_a_line_the_card_goes_to_the_channel_and_its_news_too(lineless: Office) -> None:
    await type_(lineless, f'"{MARIA}" group=Support Offer', CALLBACK)
    await answered(lineless, "Its card says how far it is in the channel.")

    def said() -> str:
        return "\n".join(map(lineless.workspace.words, lineless.workspace.messages(lineless.sales)))

    await lineless.see(lambda: "📞 Callback to +1 415 555 0134 · Offer" in said(), "the card")
    await lineless.see(lambda: WAITING in said(), "its state")
    await lineless.let_pass(400)
    await lineless.see(lambda: "@Dana ⏰ Callback · Offer: its time has come" in said(), "the reminder")
    lineless.jtel.queues.move(events(lineless)[0]["ID"], 99)
    ts = next(each["ts"] for each in lineless.workspace.messages(lineless.sales) if "📞" in str(each["blocks"]))
    await lineless.workspace.click(lineless.sales, ts, "card:refresh", lineless.dana)
    await lineless.see(lambda: "@Dana ✅ Callback · Offer: done." in said(), "the end")
    assert said().count("⏰") == 1


async def test_without_a_line_a_channel_that_the_bot_is_not_in_is_refused(lineless: Office) -> None:
    lineless.sales.members.discard(lineless.workspace.bot.id)

    await type_(lineless, f'"{MARIA}" group=Support Offer', CALLBACK)

    await answered(lineless, "Do this in a channel that Threadline is in: its card goes there.")
    assert await lineless.rows("select id from cards") == []


@pytest.mark.verb("callback", "queue")
async def test_number_without_a_conversation_asks_for_the_line_where_there_are_several(centre: Office) -> None:
    furnished(centre)
    other, third = centre.workspace.add_channel("support"), centre.workspace.add_channel("lobby")
    for channel in (other, third):
        channel.members |= {centre.dana.id, centre.workspace.bot.id}
    await centre.bind(other, "+14235550199")
    ack = await centre.workspace.slash(third, centre.dana, CALLBACK, f'"{MARIA}" in 2 days "A & B"')
    assert ack.acked

    for question, label in (("From which line?", "Sales"), ("Which group of agents?", "Support")):
        await answered(centre, question)
        shown = centre.workspace.ephemerals(centre.dana)[-1]["message"]
        chosen = next(each for each in labels(shown) if label in each)
        assert (await centre.workspace.click(third, shown["ts"], gesture(shown, chosen), centre.dana)).acked

    await answered(centre, "Queueing a callback to +1 415 555 0134")
    (root,) = await centre.see(centre.roots, "a thread")
    said = centre.workspace.words(await card(centre, root["ts"], WAITING))
    assert "📞 Callback · A & B · 20" in said
    assert "· group Support ·" in said


# --- Processes and replicas -------------------------------------------------------------------------------------


async def killed_while_queueing(team: Office, kind: str) -> str:
    """A process is killed while the contact centre is asked for a callback; the ts of the thread's root."""
    async with running(team, **team.with_jtel) as process:
        furnished(team)
        root = await team.open()
        team.fault(CREATE, kind)
        await asked_for(team)
        await team.see(lambda: CREATE in team.trouble.held, "a call under way")
        process.kill()
        await process.wait()
    return root


async def test_callback_that_was_queued_when_the_process_was_killed_is_found(closed: Office) -> None:
    root = await killed_while_queueing(closed, "hold_after")
    assert len(events(closed)) == 1

    await closed.start(QUICK, **closed.with_jtel)

    await card(closed, root, WAITING)
    assert stands_once(closed, root)


async def test_callback_that_never_reached_the_centre_is_queued_when_a_person_says_so(closed: Office) -> None:
    root = await killed_while_queueing(closed, "hold")
    closed.trouble.clear()
    await closed.start(QUICK, **closed.with_jtel)
    await card(closed, root, UNKNOWN)
    assert events(closed) == []

    await click(closed, root, "again")

    await card(closed, root, WAITING)
    assert stands_once(closed, root)


@pytest.fixture
async def pair(postgres_url: str) -> AsyncIterator[tuple[Office, Office]]:
    """An office with a contact centre and two bots; Slack gives each event to one of them."""
    async with office(postgres_url) as first:
        await first.bind()
        await first.start(QUICK, **first.with_jtel)
        second = first.twin()
        await second.start(QUICK, **first.with_jtel)
        furnished(first)
        yield first, second
        await second.stop()


async def test_two_bots_queue_once_follow_and_remind_once(pair: tuple[Office, Office]) -> None:
    team, _ = pair
    root = await asked_for(team)
    await card(team, root, WAITING)

    for _ in range(3):
        await team.let_pass(400)
        await click(team, root, "refresh")

    await team.notice(root, "⏰ Callback · Offer")
    team.jtel.queues.move(events(team)[0]["ID"], 99)
    await team.let_pass(400)
    await card(team, root, "✅ Done")
    await team.notice(root, "✅ Callback · Offer: done.")
    assert (len(events(team)), len(team.notices(root, "⏰")), len(team.notices(root, "Offer: done."))) == (1, 1, 1)


async def test_bot_that_stops_leaves_its_callbacks_to_the_other(pair: tuple[Office, Office]) -> None:
    team, other = pair
    await other.stop()

    root = await asked_for(team)

    await card(team, root, WAITING)
    assert stands_once(team, root)

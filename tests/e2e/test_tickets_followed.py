"""Tickets in their threads: what the service desk does to them is told once, and what members do goes there."""

from __future__ import annotations

import asyncio

import pytest

from bot.sandbox.asms import catalog
from bot.sandbox.asms.shapes import Ticket
from bot.sandbox.slack.files import MemberFile
from tests.e2e.desk import ask
from tests.e2e.office import OMAR, Office
from tests.e2e.tickets import PRINTER, address, card, cards, click, labels, new, ticket, tickets
from tests.e2e.windows import choose, fields, opened, reads, send

OPEN, IN_PROGRESS, RESOLVED, CLOSED = 17, 18, 22, 23
OTHER = "+14235550111"
MUTE = "mute"


async def made(desk: Office) -> tuple[str, Ticket]:
    """A ticket in Maria's thread; the root's ts, and what the service desk has."""
    root = await desk.open()
    await new(desk, root)
    return root, await ticket(desk)


async def posted(desk: Office, body: str, url: str = "") -> int:
    """Post to where a rule of the service desk posts; the answer's status."""
    async with desk.session.post(url or await address(desk), data=body.encode()) as answer:
        return answer.status


async def shown(desk: Office, root: str, name: str) -> None:
    """Dana shows a file in the thread."""
    await desk.say(root, "", files=[MemberFile(name, b"a photo")])


def told(desk: Office, root: str, words: str) -> int:
    """How many lines of the thread say this."""
    return len(desk.notices(root, words))


# --- What the service desk does -----------------------------------------------------------------------------


async def test_change_of_its_state_that_a_rule_posts_is_told_once_and_stands_on_the_card(desk: Office) -> None:
    root, there = await made(desk)
    desk.asms.rules.webhook = await address(desk)

    desk.asms.staff_moves(there.code, IN_PROGRESS)

    await desk.notice(root, f"🎫 {there.code} · {PRINTER}: Open → In progress.")
    await card(desk, root, "· In progress")
    assert len(cards(desk, root)) == 1


async def test_state_with_a_long_and_odd_name_is_told_in_short_words(
    each_desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = each_desk
    monkeypatch.setitem(catalog.STATES, 99, f"On\x00 hold\u202e\n{'x' * 9_000}")
    root, there = await made(desk)

    desk.asms.staff_moves(there.code, 99)
    await click(desk, root, "refresh")

    await desk.notice(root, "Open → On hold xxx")
    await card(desk, root, "· On hold xxx")
    desk.asms.staff_moves(there.code, IN_PROGRESS)
    await click(desk, root, "refresh")
    await desk.notice(root, "… → In progress.")


async def test_note_of_nobody_in_particular_is_told_as_the_service_desks(desk: Office) -> None:
    root, there = await made(desk)

    desk.asms.staff_notes(there.code, f"A part is ordered \ue000{desk.eli.id}\ue001", author="")
    await click(desk, root, "refresh")

    shown = await desk.notice(root, "· the service desk: A part is ordered")
    assert "Eli" not in desk.workspace.words(shown)


async def test_change_that_nobody_posts_is_found(desk: Office) -> None:
    root, there = await made(desk)
    desk.asms.staff_moves(there.code, IN_PROGRESS)

    await desk.let_pass(20)

    await desk.notice(root, "Open → In progress.")


async def test_webhook_that_comes_twice_and_late_tells_each_change_once(desk: Office) -> None:
    root, there = await made(desk)
    body = f'{{"event":"case.updated","idByProject":"{there.code}","stateName":"%s","subject":"a "quoted" one"}}'
    desk.asms.staff_moves(there.code, IN_PROGRESS)
    for _ in range(2):
        assert await posted(desk, body % "In progress") == 200
    await desk.notice(root, "Open → In progress.")
    desk.asms.staff_moves(there.code, RESOLVED)
    assert await posted(desk, body % "Resolved") == 200
    await desk.notice(root, "In progress → Resolved.")

    assert await posted(desk, body % "In progress") == 200  # overtaken by the one before
    await desk.settled()

    await card(desk, root, "· Resolved")
    assert (told(desk, root, "→ In progress"), told(desk, root, "→ Resolved")) == (1, 1)


async def test_state_that_comes_back_is_told_again(desk: Office) -> None:
    root, there = await made(desk)
    desk.asms.rules.webhook = await address(desk)

    for state, words in ((IN_PROGRESS, "Open → In progress."), (17, "In progress → Open."), (IN_PROGRESS, "")):
        desk.asms.staff_moves(there.code, state)
        if words:
            await desk.notice(root, words)

    await desk.see(lambda: told(desk, root, "Open → In progress.") == 2, "the second time")


async def test_webhook_with_another_secret_or_about_nothing_changes_nothing(desk: Office) -> None:
    root, there = await made(desk)
    desk.asms.staff_moves(there.code, IN_PROGRESS)
    url = await address(desk)
    body = f'{{"idByProject":"{there.code}"}}'

    forged = await posted(desk, body, url.replace("/asms/", "/asms/x"))
    of_nobody = await posted(desk, '{"idByProject":"RF-999"}')
    unreadable = await posted(desk, "<html>")
    await desk.settled()

    assert (forged, of_nobody, unreadable) == (404, 200, 202)
    assert told(desk, root, "→ In progress") == 0
    await card(desk, root, "· Open")


async def test_what_a_webhook_says_is_not_believed(desk: Office) -> None:
    root, there = await made(desk)

    await posted(desk, f'{{"idByProject":"{there.code}","stateName":"Closed","subject":"Hacked"}}')
    await desk.settled()

    await card(desk, root, f"{PRINTER} · Open")


async def test_closed_ticket_is_followed_for_a_week_and_no_longer(desk: Office) -> None:
    root, there = await made(desk)
    desk.asms.rules.webhook = await address(desk)
    desk.asms.staff_moves(there.code, CLOSED)
    await card(desk, root, "✅ Closed")
    desk.asms.staff_moves(there.code, IN_PROGRESS)
    await desk.notice(root, "Closed → In progress.")
    desk.asms.staff_moves(there.code, CLOSED)
    await desk.see(lambda: told(desk, root, "In progress → Closed.") == 1, "closed again")

    await desk.let_pass(8 * 86_400)

    await desk.see(lambda: labels(cards(desk, root)[-1]) == [], "a card without buttons")


async def test_ticket_that_is_gone_there_is_not_followed_when_it_stays_so(desk: Office) -> None:
    root, there = await made(desk)
    del desk.asms.tickets[there.code]
    await click(desk, root, "refresh")
    await card(desk, root, "The service desk does not have it any more")
    assert labels(cards(desk, root)[-1]) == ["Refresh"]
    desk.asms.tickets[there.code] = there
    await click(desk, root, "refresh")
    await card(desk, root, "· Open")
    del desk.asms.tickets[there.code]
    await click(desk, root, "refresh")
    await card(desk, root, "The service desk does not have it any more")

    await desk.let_pass(2 * 86_400)

    await desk.see(lambda: labels(cards(desk, root)[-1]) == [], "a card without buttons")


async def test_note_that_the_service_desk_writes_is_told_once_and_a_private_one_never(desk: Office) -> None:
    root, there = await made(desk)
    desk.asms.rules.webhook = await address(desk)
    desk.asms.staff_notes(there.code, "The <b>pump</b> is broken.")
    await desk.notice(root, f"📝 {there.code} · {PRINTER} · M. Torres: The pump is broken.")

    desk.asms.staff_notes(there.code, "They never pay.", private=True)
    desk.asms.staff_moves(there.code, IN_PROGRESS)
    await desk.notice(root, "Open → In progress.")
    desk.asms.staff_notes(there.code, "It works again.")
    await desk.notice(root, "M. Torres: It works again.")

    assert told(desk, root, "The pump is broken.") == 1
    assert told(desk, root, "They never pay.") == 0


async def test_note_for_a_ticket_that_is_over_by_then_stays_in_the_window(desk: Office) -> None:
    root, _ = await made(desk)
    await click(desk, root, "note")
    await opened(desk, "Note")
    await desk.change("update cards set settled = 1")

    await send(desk, {"words": "They have not paid"})

    view = await opened(desk, "⚠️ This ticket is not followed here any more.")
    assert fields(view)["words"] == "They have not paid"


async def test_note_that_is_refused_is_given_back_and_a_reply_is_not(desk: Office) -> None:
    root, _ = await made(desk)
    await click(desk, root, "note")
    await opened(desk, "Note")
    desk.asms.tickets.clear()

    await send(desk, {"words": "They have not paid"})
    await desk.notice(root, "\nThis was to be written there: They have not paid")
    await desk.say(root, "ticket: They have paid")

    await desk.see(lambda: len(desk.notices(root, "does not know this id")) == 2, "another refusal")
    assert desk.notices(root, "there: They have paid") == []


async def test_note_of_a_member_does_not_come_back(desk: Office) -> None:
    root, there = await made(desk)
    desk.asms.rules.webhook = await address(desk)
    await desk.say(root, "ticket: second floor")
    await desk.notice(root, "📝 Your note is on")

    desk.asms.staff_notes(there.code, "Thank you.")

    await desk.notice(root, "M. Torres: Thank you.")
    assert told(desk, root, "second floor") == 1  # the reply itself


async def test_note_of_a_member_that_mentions_another_does_not_come_back(desk: Office) -> None:
    root, there = await made(desk)
    desk.asms.rules.webhook = await address(desk)
    await desk.say(root, f"ticket: ask <@{desk.eli.id}>: he has the key")
    await desk.notice(root, "📝 Your note is on")
    assert [step.new for step in there.steps if step.action == "Note"] == ["Dana: ask @Eli: he has the key"]

    desk.asms.staff_notes(there.code, "Thank you.")

    await desk.notice(root, "M. Torres: Thank you.")
    assert told(desk, root, "he has the key") == 1  # the reply itself


async def test_note_from_there_that_ends_as_one_of_ours_is_told(desk: Office) -> None:
    root, there = await made(desk)
    await desk.say(root, "ticket: paid")
    await desk.notice(root, "📝 Your note is on")

    desk.asms.staff_notes(there.code, "They have not paid")
    await desk.let_pass(20)

    await desk.notice(root, "They have not paid")


async def test_history_that_cannot_be_read_hides_no_change_and_its_notes_come_later(desk: Office) -> None:
    root, there = await made(desk)
    desk.fault("asms.history", "status", times=0, status=500)
    desk.asms.staff_notes(there.code, "The pump is broken.")
    desk.asms.staff_moves(there.code, IN_PROGRESS)
    await click(desk, root, "refresh")
    await desk.notice(root, "Open → In progress.")
    assert told(desk, root, "The pump is broken.") == 0
    desk.trouble.clear()

    await click(desk, root, "refresh")

    await desk.notice(root, "The pump is broken.")


# --- Notes --------------------------------------------------------------------------------------------------


async def test_reply_for_the_ticket_is_a_note_there_and_never_texted(desk: Office) -> None:
    root, there = await made(desk)

    ts = await desk.say(root, "ticket: second floor, by the <stairs>")

    await desk.notice(root, f"📝 Your note is on {there.code} · {PRINTER}.")
    await desk.reacts(ts, MUTE)
    assert [step.new for step in there.steps if step.action == "Note"] == ["Dana: second floor, by the ‹stairs>"]
    assert desk.phone() == []


async def test_file_below_a_reply_for_the_ticket_is_attached_with_and_without_words(desk: Office) -> None:
    root, there = await made(desk)

    await desk.say(root, "ticket: see the boiler", files=[MemberFile("boiler.jpg", b"a photo")])
    await desk.notice(root, f"📎 “boiler.jpg” is attached to {there.code}")
    await desk.say(root, "ticket:", files=[MemberFile("valve.jpg", b"another")])
    await desk.notice(root, "📎 “valve.jpg” is attached")
    await desk.settled()

    assert [step.new for step in there.steps if step.action == "Note"] == ["Dana: see the boiler"]
    assert [(file.name, file.content) for file in there.files] == [
        ("boiler.jpg", b"a photo"),
        ("valve.jpg", b"another"),
    ]
    assert desk.notices(root, "🚫") == []


async def test_note_goes_to_the_latest_ticket_that_is_open(desk: Office) -> None:
    root, first = await made(desk)
    await new(desk, root, "urgency=High")
    second = tickets(desk)[-1]

    await desk.say(root, "Ticket : one")
    await desk.notice(root, f"📝 Your note is on {second.code}")
    desk.asms.staff_moves(second.code, CLOSED)
    await desk.let_pass(20)
    await card(desk, root, "✅ Closed")
    await desk.say(root, "ticket: two")
    await desk.notice(root, f"📝 Your note is on {first.code}")

    assert [step.new for step in second.steps if step.action == "Note"] == ["Dana: one"]
    assert [step.new for step in first.steps if step.action == "Note"] == ["Dana: two"]


async def test_reply_for_a_ticket_that_is_not_there_is_kept_inside_and_its_author_told(desk: Office) -> None:
    root = await desk.open()

    ts = await desk.say(root, "ticket: second floor")

    await desk.notice(root, "📝 Not added: this thread has no open ticket")
    await desk.reacts(ts, MUTE)
    assert desk.phone() == []


async def test_note_that_is_too_long_or_empty_says_so_in_the_thread(desk: Office) -> None:
    root, there = await made(desk)

    await desk.say(root, f"ticket: {'word ' * 60}")
    await desk.notice(root, "A note has 254 characters at the most, with your name")
    await desk.say(root, "ticket:")

    await desk.notice(root, "There are no words for the note.")
    assert [step for step in there.steps if step.action == "Note"] == []


async def test_guest_writes_no_note(desk: Office) -> None:
    root, there = await made(desk)
    guest = desk.workspace.add_member("Gil", kind="guest")
    desk.sales.members.add(guest.id)

    await desk.say(root, "ticket: let me in", guest)

    await desk.notice(root, "Only full members of this workspace may use this.")
    assert [step for step in there.steps if step.action == "Note"] == []


async def test_note_written_before_the_ticket_is_there_waits_for_it(desk: Office) -> None:
    root = await desk.open()
    desk.fault("asms.create_ticket", "hold")
    await ask(desk, f'new {PRINTER} project=12 service=31 category=204 to="+14155550134"', "Opening")
    await desk.see(lambda: desk.trouble.held, "a ticket on its way")

    await desk.say(root, "ticket: second floor")
    desk.trouble.release()

    await desk.notice(root, "📝 Your note is on RF-200")


async def test_note_of_an_edited_reply_goes_there_once(desk: Office) -> None:
    root, there = await made(desk)
    ts = await desk.say(root, "ticket: second floor")
    await desk.notice(root, "📝 Your note is on")

    await desk.workspace.edit(desk.sales, ts, "ticket: third floor")

    await desk.notice(root, "📝 The service desk has your note as it was")
    await desk.settled()
    assert len([step for step in there.steps if step.action == "Note"]) == 1


async def test_note_that_is_made_one_for_the_ticket_goes_there_once(desk: Office) -> None:
    root, there = await made(desk)
    ts = await desk.say(root, "// second floor")
    await desk.reacts(ts, MUTE)

    await desk.workspace.edit(desk.sales, ts, "ticket: third floor")
    await desk.notice(root, "📝 Your note is on")
    for words in ("ticket: fourth floor", "// nothing", "ticket: fifth floor"):
        await desk.workspace.edit(desk.sales, ts, words)
        await desk.settled()

    assert [step.new for step in there.steps if step.action == "Note"] == ["Dana: third floor"]
    assert desk.phone() == []


async def test_note_of_the_cards_window_goes_there_once_however_often_it_is_sent(desk: Office) -> None:
    root, there = await made(desk)
    await click(desk, root, "note")
    assert "At most 248 characters" in reads(await opened(desk, "Note"))

    await asyncio.gather(*(send(desk, {"words": "They called again"}) for _ in range(2)))

    await opened(desk, f"On its way to {there.code}")
    await desk.notice(root, f"📝 Your note is on {there.code}")
    assert [step.new for step in there.steps if step.action == "Note"] == ["Dana: They called again"]


# --- States -------------------------------------------------------------------------------------------------


async def test_state_that_somebody_else_changed_meanwhile_is_not_changed_back(desk: Office) -> None:
    root, there = await made(desk)
    await click(desk, root, "move")
    await opened(desk, "State")
    desk.asms.staff_moves(there.code, IN_PROGRESS)
    await desk.let_pass(600)
    await card(desk, root, "· In progress")

    ack = await send(desk, {"state": "In progress"})

    assert "it is “In progress” now" in str(ack.payload)


async def test_state_is_changed_with_a_reason_that_depends_on_it(desk: Office) -> None:
    root, there = await made(desk)
    await click(desk, root, "move")
    options = (await opened(desk, "State"))["blocks"][0]["element"]["options"]
    assert [option["text"]["text"] for option in options] == ["In progress", "Resolved", "Closed"]
    view = await choose(desk, "state", "Resolved", {"solution": "Reset."})
    assert fields(view)["solution"] == "Reset."

    await send(desk, {"state": "Resolved", "reason.22": "Repaired", "solution": "Reset."})

    await desk.notice(root, f"🎫 {there.code} · {PRINTER}: Open → Resolved.")
    await card(desk, root, "· Resolved")
    assert (there.roles["state"], there.roles["reason"], there.solution) == (RESOLVED, 3, "Reset.")
    assert told(desk, root, "Open → Resolved.") == 1


async def test_who_left_the_channel_of_the_card_changes_nothing_with_a_window_still_open(desk: Office) -> None:
    root, there = await made(desk)
    elsewhere = desk.workspace.add_channel("support", desk.eli)
    await desk.bind(elsewhere, number=OTHER)
    await click(desk, root, "move", desk.eli)
    await opened(desk, "State", desk.eli)
    desk.sales.members.discard(desk.eli.id)
    await desk.change("delete from circles")

    await send(desk, {"state": "In progress"}, desk.eli)

    await opened(desk, "Only who is in a line's channel may do that.", desk.eli)
    await desk.settled()
    assert (there.roles["state"], await desk.rows("select id from deeds where what = 'move'")) == (OPEN, [])


# --- Files --------------------------------------------------------------------------------------------------


async def test_file_of_the_thread_is_attached(desk: Office) -> None:
    root, there = await made(desk)
    await desk.workspace.say(
        desk.sales, desk.dana, "", thread_ts=root, files=[MemberFile("boiler.jpg", b"a photo")]
    )
    await click(desk, root, "attach")
    await opened(desk, "Files of this thread")

    await send(desk, {"shared": ["boiler.jpg"]})

    await desk.notice(root, f"📎 “boiler.jpg” is attached to {there.code} · {PRINTER}.")
    assert [(file.name, file.content) for file in there.files] == [("boiler.jpg", b"a photo")]


@pytest.mark.parametrize("code", ["thread_not_found", "not_in_channel"])
async def test_file_is_brought_where_the_thread_is_not_there(desk: Office, code: str) -> None:
    root, _ = await made(desk)
    desk.fault("conversations.replies", "error", error=code, times=0)

    await click(desk, root, "attach")

    await opened(desk, "Of 10 MB each at the most.")


async def test_file_that_is_brought_is_attached_and_none_is_refused(desk: Office) -> None:
    root, there = await made(desk)
    await shown(desk, root, "a.jpg")
    await click(desk, root, "attach")
    await opened(desk, "Other files")
    ack = await send(desk, {})
    assert "Choose a file" in str(ack.payload)

    await send(desk, {"brought": [desk.workspace.core.files.attach(desk.dana, MemberFile("b.txt", b"words"))]})

    await desk.notice(root, "📎 “b.txt” is attached")
    assert [file.name for file in there.files] == ["b.txt"]


async def test_file_that_slack_does_not_give_is_told(desk: Office) -> None:
    root, there = await made(desk)
    await shown(desk, root, "a.jpg")
    await click(desk, root, "attach")
    await opened(desk, "Files of this thread")
    desk.workspace.app.scopes -= {"files:read"}

    await send(desk, {"shared": ["a.jpg"]})

    await desk.notice(root, "without the right files:read")
    assert there.files == []


# --- Whose thread -------------------------------------------------------------------------------------------


async def test_note_stays_in_its_own_thread(desk: Office) -> None:
    _, there = await made(desk)
    other = await desk.open("Hello", OMAR, "Omar")

    await desk.say(other, "ticket: mine")

    await desk.notice(other, "📝 Not added")
    assert [step for step in there.steps if step.action == "Note"] == []


async def test_note_and_its_ticket_on_each_database(each_desk: Office) -> None:
    root, there = await made(each_desk)

    await each_desk.say(root, "ticket: second floor")

    await each_desk.notice(root, f"📝 Your note is on {there.code}")

"""Tickets while the service desk is slow, away or odd, and while the process dies: each is opened once."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import Process
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.slack.files import MemberFile
from tests.e2e.asking import type_
from tests.e2e.desk import TICKET, ask
from tests.e2e.office import MARIA, QUICK, Office
from tests.e2e.test_process import running
from tests.e2e.tickets import NEW, PRINTER, card, cards, click, fill_in, labels, new, ticket, tickets
from tests.e2e.windows import opened, send

OPENS = f'{NEW} to="{MARIA}"'
WITH_DESK = {"asms_calls_per_minute": "0"}


def notes(desk: Office) -> list[str]:
    """The notes of the only ticket."""
    (there,) = tickets(desk)
    return [step.new for step in there.steps if step.action == "Note"]


# --- Opening ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["drop_after", "garbage", "html"])
async def test_ticket_whose_answer_was_lost_is_found_by_its_reference(desk: Office, kind: str) -> None:
    root = await desk.open()
    desk.fault("asms.create_ticket", kind)

    await ask(desk, OPENS, "Opening")

    await card(desk, root, f"🎫 RF-200 · {PRINTER} · Open")
    assert len(tickets(desk)) == 1


@pytest.mark.parametrize(
    ("code", "says"),
    [("IT/HR\n7", "🎫 RF-IT/HR 7 · "), ("x" * 9_000, "❔ It is not known whether it was opened.")],
    ids=["odd", "long"],
)
async def test_ticket_whose_code_is_odd_is_never_said_not_to_be_opened(
    desk: Office, monkeypatch: pytest.MonkeyPatch, code: str, says: str
) -> None:
    root = await desk.open()
    monkeypatch.setattr(desk.asms, "_codes", iter([code]))

    await ask(desk, OPENS, "Opening")

    await card(desk, root, says)
    assert "not opened" not in str(desk.thread(root))
    assert len(tickets(desk)) == 1


@pytest.mark.parametrize(("kind", "status"), [("drop", 500), ("status", 500), ("status", 503)])
async def test_ticket_of_which_nobody_knows_asks_a_person_and_is_never_opened_again_by_itself(
    desk: Office, kind: str, status: int
) -> None:
    root = await desk.open()
    desk.fault("asms.create_ticket", kind, status=status)
    await ask(desk, OPENS, "Opening")
    shown = await card(desk, root, "❔ It is not known whether it was opened.")
    assert labels(shown) == ["Check", "Do it again", "It did happen", "Forget it"]
    assert tickets(desk) == []

    await click(desk, root, "again")

    await card(desk, root, "🎫 RF-200")
    assert len(tickets(desk)) == 1


async def test_two_tickets_with_the_reference_are_no_proof(desk: Office) -> None:
    root = await desk.open()
    desk.fault("asms.create_ticket", "drop_after")
    desk.fault("asms.find_tickets", "status", times=0, status=503)
    await ask(desk, OPENS, "Opening")
    await card(desk, root, "❔ It is not known whether it was opened.")
    copy = desk.asms.open_ticket(
        "Incidents", 12, {"subject": "Copy", "description": (await ticket(desk)).description}
    )
    desk.trouble.clear()

    await click(desk, root, "check")

    await desk.told(desk.dana, "The provider has no trace of it yet.")
    del desk.asms.tickets[copy.code]
    await click(desk, root, "check")
    await card(desk, root, "🎫 RF-200")


async def test_ticket_is_opened_once_the_service_desk_takes_calls_again(desk: Office) -> None:
    root = await desk.open()
    desk.fault("asms.create_ticket", "status", status=429, retry_after_s=1)

    await ask(desk, OPENS, "Opening")

    await card(desk, root, "🎫 RF-200")
    assert len(tickets(desk)) == 1


async def test_window_says_that_a_slow_ticket_is_on_its_way(closed: Office) -> None:
    patient = replace(QUICK, outcome_s=0.2)
    await closed.start(patient, **closed.with_asms, **WITH_DESK, threadline_admins=closed.dana.id)
    await type_(closed, "", TICKET)
    await opened(closed, "Project")
    closed.fault("asms.create_ticket", "hold")

    await fill_in(closed)

    await opened(closed, f"Opening “{PRINTER}”.")
    closed.trouble.release()
    await ticket(closed)


async def test_double_click_on_try_again_opens_one_ticket(desk: Office) -> None:
    desk.asms.rules.required = ("317",)
    root = await desk.open()
    await ask(desk, OPENS, "Opening")
    shown = await card(desk, root, "⚠️ It was not opened.")
    desk.asms.rules.required = ()

    clicks = [desk.workspace.click(desk.sales, shown["ts"], "card:retry", who) for who in (desk.dana, desk.eli)]
    await asyncio.gather(*clicks)

    await card(desk, root, "🎫 RF-200")
    await desk.settled()
    assert len(tickets(desk)) == 1


# --- The process dies ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "lost"), [("hold_after", False), ("hold", True)])
async def test_ticket_that_was_being_opened_when_the_process_was_killed_is_there_once(
    closed: Office, kind: str, lost: bool
) -> None:
    settings = {**closed.with_asms, **WITH_DESK}
    async with running(closed, **settings) as process:
        root = await closed.open()
        closed.fault("asms.create_ticket", kind)
        await type_(closed, OPENS, TICKET)
        await closed.see(lambda: "asms.create_ticket" in closed.trouble.held, "a call under way")
        process.kill()
        await process.wait()
    closed.trouble.release()
    assert len(tickets(closed)) == (0 if lost else 1)

    await closed.start(QUICK, **settings)

    if lost:
        await card(closed, root, "❔ It is not known whether it was opened.")
        await click(closed, root, "again")
    await card(closed, root, f"🎫 RF-200 · {PRINTER} · Open")
    assert (len(tickets(closed)), len(cards(closed, root))) == (1, 1)


async def test_note_that_was_written_when_the_process_was_killed_is_there_once(closed: Office) -> None:
    settings = {**closed.with_asms, **WITH_DESK}
    async with running(closed, **settings) as process:
        root = await closed.open()
        await type_(closed, OPENS, TICKET)
        await card(closed, root, "🎫 RF-200")
        closed.fault("asms.note", "hold_after")
        await closed.say(root, "ticket: second floor")
        await closed.see(lambda: "asms.note" in closed.trouble.held, "a note under way")
        process.kill()
        await process.wait()

    await closed.start(QUICK, **settings)

    await closed.found("select id from deeds where what = 'note' and state = 'done'")
    assert notes(closed) == ["Dana: second floor"]


@pytest.mark.parametrize(("kind", "lost"), [("hold_after", False), ("hold", True)])
async def test_state_that_was_being_changed_when_the_process_was_killed_is_changed_once(
    closed: Office, kind: str, lost: bool
) -> None:
    settings = {**closed.with_asms, **WITH_DESK}
    async with running(closed, **settings) as process:
        root = await closed.open()
        await new(closed, root)
        await click(closed, root, "move")
        await opened(closed, "State")
        await _die_in(closed, process, "asms.update_ticket", kind, {"state": "In progress"})

    await closed.start(QUICK, **settings)

    if lost:
        await card(closed, root, "❔ It is not known whether its state was changed.")
        await click(closed, root, "again")
    await closed.notice(root, "Open → In progress.")
    await card(closed, root, "· In progress")
    (there,) = tickets(closed)
    assert [step.new for step in there.steps if step.field == "State"] == ["In progress"]


@pytest.mark.parametrize(("kind", "lost"), [("hold_after", False), ("hold", True)])
async def test_file_that_was_being_attached_when_the_process_was_killed_is_there_once(
    closed: Office, kind: str, lost: bool
) -> None:
    settings = {**closed.with_asms, **WITH_DESK}
    async with running(closed, **settings) as process:
        root = await closed.open()
        await new(closed, root)
        await click(closed, root, "attach")
        await opened(closed, "Files")
        brought = closed.workspace.core.files.attach(closed.dana, MemberFile("boiler.png", b"a picture"))
        await _die_in(closed, process, "asms.attach", kind, {"brought": [brought]})

    await closed.start(QUICK, **settings)

    if lost:
        await card(closed, root, "❔ It is not known whether the file was attached.")
        await click(closed, root, "again")
    await closed.notice(root, "📎 “boiler.png” is attached")
    (there,) = tickets(closed)
    assert [file.content for file in there.files] == [b"a picture"]


async def _die_in(desk: Office, process: Process, where: str, kind: str, values: Mapping[str, Any]) -> None:
    """The process is killed between the call that sending the window leads to and its answer."""
    desk.fault(where, kind)
    await send(desk, values)
    await desk.see(lambda: where in desk.trouble.held, "a call under way")
    process.kill()
    await process.wait()
    desk.trouble.release()


# --- What is done to one ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["drop_after", "html"])
async def test_note_whose_answer_was_lost_is_found_in_the_history(desk: Office, kind: str) -> None:
    root = await desk.open()
    await new(desk, root)
    desk.fault("asms.note", kind)

    await desk.say(root, "ticket: second floor")

    await desk.notice(root, "📝 Your note is on")
    assert notes(desk) == ["Dana: second floor"]


async def test_note_that_takes_long_leaves_the_card_as_it_was_seen_since(desk: Office) -> None:
    root = await desk.open()
    await new(desk, root)
    desk.fault("asms.note", "hold_after")
    await desk.say(root, "ticket: second floor")
    await desk.see(lambda: "asms.note" in desk.trouble.held, "a note under way")
    desk.asms.staff_moves((await ticket(desk)).code, 18)
    await click(desk, root, "refresh")
    await card(desk, root, "· In progress")
    desk.fault("asms.ticket", "status", times=0)

    desk.trouble.release("asms.note")

    await desk.notice(root, "📝 Your note is on")
    assert [row["state"] for row in await desk.rows("select state from cards")] == ["18"]


async def test_note_that_is_there_by_now_is_not_written_again_by_a_click(desk: Office) -> None:
    root = await desk.open()
    await new(desk, root)
    desk.fault("asms.history", "status", times=0)
    desk.fault("asms.note", "drop_after")
    await desk.say(root, "ticket: second floor")
    await card(desk, root, "❔ It is not known whether the note was added.")
    (there,), long_ago = tickets(desk), timedelta(minutes=5)
    there.steps[:] = [replace(step, at=step.at - long_ago) for step in there.steps]
    await desk.change(
        "update deeds set created_at = created_at - :by, claimed_at = claimed_at - :by where what = 'note'",
        by=long_ago // timedelta(microseconds=1),
    )
    desk.trouble.clear()

    await click(desk, root, "again")

    await desk.found("select id from deeds where what = 'note' and state = 'done'")
    assert notes(desk) == ["Dana: second floor"]


async def test_second_note_with_the_same_words_is_not_taken_for_the_first(desk: Office) -> None:
    root = await desk.open()
    await new(desk, root)
    await desk.say(root, "ticket: called")
    await desk.notice(root, "📝 Your note is on")
    desk.fault("asms.note", "drop")

    await desk.say(root, "ticket: called")

    await card(desk, root, "❔ It is not known whether the note was added.")
    assert notes(desk) == ["Dana: called"]


async def _bring(desk: Office, root: str) -> None:
    """Two files of one name for the ticket."""
    await click(desk, root, "attach")
    await opened(desk, "Files")
    files = [MemberFile("image.png", content) for content in (b"one", b"two")]
    await send(desk, {"brought": [desk.workspace.core.files.attach(desk.dana, each) for each in files]})


async def test_file_whose_answer_was_lost_is_found_beside_one_of_the_same_name(desk: Office) -> None:
    root = await desk.open()
    await new(desk, root)
    desk.fault("asms.attach", "drop_after", after=1)

    await _bring(desk, root)

    await desk.found(
        """select a.id from deeds a join deeds b on b.id > a.id
        where a.what = 'attach' and b.what = 'attach' and a.state = 'done' and b.state = 'done'"""
    )
    assert [file.content for file in (await ticket(desk)).files] == [b"one", b"two"]


async def test_file_whose_answer_was_lost_is_found_though_the_ticket_was_looked_at_since(desk: Office) -> None:
    root = await desk.open()
    await new(desk, root)
    desk.fault("asms.attach", "hold_after")
    await click(desk, root, "attach")
    await opened(desk, "Files")
    file = MemberFile("boiler.png", b"a picture")
    await send(desk, {"brought": [desk.workspace.core.files.attach(desk.dana, file)]})
    await desk.see(lambda: "asms.attach" in desk.trouble.held, "a file on its way")
    desk.asms.staff_moves((await ticket(desk)).code, 18)
    await click(desk, root, "refresh")
    await card(desk, root, "· In progress")

    await desk.change("update deeds set lease_until = 0 where what = 'attach'")

    await desk.notice(root, "📎 “boiler.png” is attached")
    assert [each.name for each in (await ticket(desk)).files] == ["boiler.png"]


async def test_file_whose_answer_was_lost_is_found_by_the_name_that_it_got(desk: Office) -> None:
    root = await desk.open()
    await new(desk, root)
    desk.fault("asms.attach", "drop_after")

    await desk.say(root, "ticket:", files=[MemberFile(f'..:"{"x" * 300}<\u202egpj>\n.exe', b"one")])

    await desk.notice(root, f"📎 “{'x' * 91}_gpj_.exe” is attached")
    assert [file.content for file in (await ticket(desk)).files] == [b"one"]


async def test_file_is_no_proof_of_another_one_of_the_same_name(desk: Office) -> None:
    root = await desk.open()
    await new(desk, root)
    desk.fault("asms.ticket", "status")  # how the ticket stands after the first file is not known
    desk.fault("asms.attach", "drop", after=1)

    await _bring(desk, root)

    await card(desk, root, "❔ It is not known whether the file was attached.")
    assert [file.content for file in (await ticket(desk)).files] == [b"one"]


async def test_state_whose_answer_was_lost_is_read(desk: Office) -> None:
    root = await desk.open()
    await new(desk, root)
    desk.fault("asms.update_ticket", "drop_after")
    await click(desk, root, "move")
    await opened(desk, "State")

    await send(desk, {"state": "In progress"})

    await card(desk, root, "· In progress")
    await desk.notice(root, "Open → In progress.")


async def test_state_that_is_refused_says_why(desk: Office) -> None:
    root = await desk.open()
    await new(desk, root)
    await click(desk, root, "move")
    await opened(desk, "State")
    desk.fault("asms.update_ticket", "error", status=400, error="FailedToCloseTaskPendingCloseTasksPredecessors")

    await send(desk, {"state": "Closed"})

    await desk.notice(root, "This cannot be closed yet: tasks before it are still open.")
    await card(desk, root, "⚠️ Its state was not changed.")


async def test_card_stands_while_the_service_desk_is_away(desk: Office) -> None:
    root = await desk.open()
    await new(desk, root)
    desk.fault("asms.ticket", "html", times=0)

    await click(desk, root, "refresh")
    await desk.settled()

    await card(desk, root, "🎫 RF-200")

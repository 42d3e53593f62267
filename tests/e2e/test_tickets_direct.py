"""Tickets where Aranda is asked without its adapter: what it offers works as ever, and nothing else is offered."""

from __future__ import annotations

import pytest

from bot.sandbox.slack.files import MemberFile
from tests.e2e.asking import type_
from tests.e2e.desk import TICKET, ask
from tests.e2e.office import MARIA, QUICK, Office
from tests.e2e.test_process import running
from tests.e2e.tickets import NEW, PRINTER, address, card, cards, click, fill_in, labels, new, ticket, tickets
from tests.e2e.windows import opened, send

OPENS = f'{NEW} to="{MARIA}"'
UNLIMITED = {"asms_calls_per_minute": "0"}
IN_PROGRESS = 18


@pytest.fixture
async def own(closed: Office) -> Office:
    """An open office whose service desk is asked itself."""
    await closed.start(QUICK, **closed.with_own_asms, **UNLIMITED, threadline_admins=closed.dana.id)
    return closed


async def test_ticket_lives_its_life_and_no_note_is_offered(own: Office) -> None:
    root = await own.open()
    await type_(own, "", TICKET)
    await opened(own, "Project")
    await fill_in(own)
    await opened(own, "Opened")
    made = await ticket(own)
    assert made.roles["category"] == 204

    shown = await new(own, root)
    assert labels(shown) == ["Change state", "Attach file", "Refresh"]

    await click(own, root, "move")
    await opened(own, "State")
    await send(own, {"state": "Resolved"})
    await own.notice(root, "Open → Resolved.")
    await card(own, root, "· Resolved")

    await click(own, root, "attach")
    await opened(own, "Files")
    file = MemberFile("boiler.png", b"a picture")
    await send(own, {"brought": [own.workspace.core.files.attach(own.dana, file)]})
    await own.notice(root, "📎 “boiler.png” is attached")
    assert [each.name for each in tickets(own)[-1].files] == ["boiler.png"]


async def test_note_says_what_it_needs_and_texts_nobody(own: Office) -> None:
    root = await own.open()
    await new(own, root)
    (there,) = tickets(own)

    await own.say(root, "ticket: second floor")

    await own.notice(root, "ASMS_API_URL, ASMS_TOKEN and ASMS_INSTANCE_URL")
    assert await ask(own, f"note {there.code} second floor", "cannot be asked for that the way it is set up here")
    assert [step.action for step in there.steps] == ["Created"]
    assert own.phone() == []


async def test_ticket_is_shown_found_and_its_history_and_files_are_read(own: Office) -> None:
    await ask(own, NEW, "Opening")
    (there,) = [await ticket(own)]
    own.asms.staff_notes(there.code, "The pump is broken.")
    own.asms.staff_attaches(there.code, "pump.jpg", b"a photo")

    assert "Heating" in await ask(own, there.code, PRINTER)
    assert there.code in await ask(own, "find printer type=incident", "Tickets")
    assert "The pump is broken." in await ask(own, f"history {there.code}", "History of")
    assert "pump.jpg" in await ask(own, f"files {there.code}", "Files of")


async def test_what_happens_there_is_told_but_for_notes(own: Office) -> None:
    root = await own.open()
    await new(own, root)
    (there,) = tickets(own)
    own.asms.rules.webhook = await address(own)

    own.asms.staff_notes(there.code, "For us alone.")
    own.asms.staff_moves(there.code, IN_PROGRESS)

    await own.notice(root, "Open → In progress.")
    assert "For us alone." not in " ".join(own.thread(root))


@pytest.mark.parametrize("kind", ["drop_after", "garbage", "html"])
async def test_ticket_whose_answer_was_lost_is_found_by_its_reference(own: Office, kind: str) -> None:
    root = await own.open()
    own.fault("asms.create_ticket", kind)

    await ask(own, OPENS, "Opening")

    await card(own, root, f"🎫 RF-200 · {PRINTER} · Open")
    assert len(tickets(own)) == 1


async def test_ticket_of_which_nobody_knows_asks_a_person(own: Office) -> None:
    root = await own.open()
    own.fault("asms.create_ticket", "drop")

    await ask(own, OPENS, "Opening")

    shown = await card(own, root, "❔ It is not known whether it was opened.")
    assert labels(shown) == ["Check", "Do it again", "It did happen", "Forget it"]
    assert tickets(own) == []


@pytest.mark.parametrize("kind", ["hold_after", "hold"])
async def test_ticket_that_was_being_opened_when_the_process_was_killed_is_never_there_twice(
    closed: Office, kind: str
) -> None:
    settings = {**closed.with_own_asms, **UNLIMITED}
    async with running(closed, **settings) as process:
        root = await closed.open()
        closed.fault("asms.create_ticket", kind)
        await type_(closed, OPENS, TICKET)
        await closed.see(lambda: "asms.create_ticket" in closed.trouble.held, "a call under way")
        process.kill()
        await process.wait()
    closed.trouble.release()

    await closed.start(QUICK, **settings)

    if kind == "hold":
        await card(closed, root, "❔ It is not known whether it was opened.")
        await click(closed, root, "again")
    await card(closed, root, f"🎫 RF-200 · {PRINTER} · Open")
    assert (len(tickets(closed)), len(cards(closed, root))) == (1, 1)


async def test_session_that_ends_is_begun_anew_and_nothing_is_done_twice(closed: Office) -> None:
    login = {"asms_token": "", "asms_username": closed.asms.username, "asms_password": closed.asms.password}
    await closed.start(QUICK, **closed.with_own_asms | login, **UNLIMITED)
    root = await closed.open()
    await new(closed, root)
    closed.asms.sessions.clear()

    await new(closed, root)

    assert len(tickets(closed)) == 2


async def test_field_that_the_project_wants_is_asked_for_in_the_window(own: Office) -> None:
    own.asms.rules.required, own.asms.rules.field_names = ("317",), {"317": "Flat"}
    await type_(own, "", TICKET)
    await opened(own, "Project")
    await fill_in(own)
    await opened(own, "Flat")

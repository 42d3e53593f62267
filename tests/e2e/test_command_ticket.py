"""`/ticket` from end to end: tickets shown, found and changed."""

from __future__ import annotations

import pytest

from bot.sandbox.asms.shapes import Ticket
from bot.sandbox.slack.files import MemberFile
from tests.e2e.asking import answered, press, type_
from tests.e2e.desk import TICKET, ask, chosen, opens
from tests.e2e.office import Office
from tests.e2e.windows import opened, send

OPEN = 17
REFUSED = [
    ("state=gone", "No state is called “gone” here. There is “Open”, “In progress”, “Resolved”, “Closed”."),
    ("reason=Repaired", "No reason is called “Repaired”, and there is no other to choose here."),
    ("customer=Ana", "Aranda has no menu for a ticket's customer. Write its id."),
    ("ci=Boiler", "No configuration item is called “Boiler”, and there is no other to choose here."),
    ("state=99", "This ticket cannot have this state. Choose another."),
    ('subject=""', "A ticket needs a subject."),
    ("field:Flat=4B", "There is no field “Flat” here. Write its number, like field:317=4B."),
]


@pytest.fixture
def cold(desk: Office) -> Ticket:
    """A ticket of the desk's."""
    return opens(desk, "No hot water")


# --- Showing ------------------------------------------------------------------------------------------------


async def test_ticket_is_shown_whole_and_anew(desk: Office, cold: Ticket) -> None:
    shown = await ask(desk, cold.code, f"{cold.code} · No hot water")
    for words in ("Open · incident · Facilities", "M. Torres", "Service: Heating", "it is cold"):
        assert words in shown

    desk.asms.staff_moves(cold.code, 18)

    await chosen(desk, "Refresh", "In progress · incident")


@pytest.mark.verb("ticket", "history")
async def test_ticket_that_is_not_there_is_said(desk: Office) -> None:
    for words in ("", "update {} subject=x", "files {}", "file {} 1", "note {} x", "history {}"):
        await ask(desk, (words or "{}").format("RF-999"), "Aranda does not know this id or name.")


@pytest.mark.verb("ticket", "history")
async def test_history_is_read_newest_first_with_the_notes_of_the_team(desk: Office, cold: Ticket) -> None:
    desk.asms.staff_notes(cold.code, "The pump is broken.", private=True)
    desk.asms.staff_moves(cold.code, 18)

    told = await ask(desk, f"history {cold.code}", "State: Open → In progress")

    assert told.index("State: Open → In progress") < told.index("The pump is broken.") < told.index("Opened · ")
    assert "Note · M. Torres" in told
    assert "for the team alone" in told


@pytest.mark.verb("ticket", "history")
async def test_long_history_comes_in_pages(desk: Office, cold: Ticket) -> None:
    for number in range(10):
        desk.asms.staff_notes(cold.code, f"Note-{number:02}")
    first = await ask(desk, f"history {cold.code}", "Note-09")

    second = await chosen(desk, "Older", "Opened · ")

    assert "Opened · " not in first
    assert "Note-09" not in second


# --- Files --------------------------------------------------------------------------------------------------


@pytest.mark.verb("ticket", "files")
async def test_file_is_brought_to_whoever_asks_and_to_nobody_else(desk: Office, cold: Ticket) -> None:
    desk.asms.staff_attaches(cold.code, "boiler.jpg", b"a photo")
    await ask(desk, f"files {cold.code}", "boiler.jpg (#")

    await chosen(desk, "Send it to me", "“boiler.jpg” is in your direct messages with Threadline.")

    (message,) = desk.workspace.messages(desk.workspace.direct_messages(desk.dana))
    assert desk.workspace.core.files.contents[message["files"][0]["id"]] == b"a photo"
    assert desk.workspace.messages(desk.sales) == []


@pytest.mark.verb("ticket", "files")
async def test_ticket_without_files_says_so(desk: Office, cold: Ticket) -> None:
    await ask(desk, f"files {cold.code}", "has no files.")


@pytest.mark.verb("ticket", "file")
async def test_right_that_slack_does_not_give_is_named(desk: Office, cold: Ticket) -> None:
    file = desk.asms.staff_attaches(cold.code, "boiler.jpg", b"a photo")
    desk.workspace.app.scopes -= {"files:write"}

    await ask(desk, f"file {cold.code} {file.id}", "without the right files:write")


@pytest.mark.verb("ticket", "attach")
async def test_files_are_attached_in_a_window(desk: Office, cold: Ticket) -> None:
    await type_(desk, f"attach {cold.code}", TICKET)
    await opened(desk, f"Files for {cold.code}")
    brought = [_brought(desk, "a.pdf", b"%PDF"), _brought(desk, "b.txt", b"words")]
    await send(desk, {"files": brought})

    await opened(desk, f"Attached 2 files to {cold.code}.")

    assert [(file.name, file.content) for file in cold.files] == [("a.pdf", b"%PDF"), ("b.txt", b"words")]


async def test_button_under_a_ticket_opens_the_window_for_files(desk: Office, cold: Ticket) -> None:
    await ask(desk, cold.code, cold.subject)

    await press(desk, "Attach files")

    await opened(desk, f"Files for {cold.code}")


@pytest.mark.verb("ticket", "attach")
async def test_files_that_are_there_already_are_told_when_one_is_refused(desk: Office, cold: Ticket) -> None:
    desk.asms.rules.most_bytes = 4
    await type_(desk, f"attach {cold.code}", TICKET)
    await opened(desk, "Files for")

    await send(desk, {"files": [_brought(desk, "a.txt", b"abcd"), _brought(desk, "b.txt", b"abcde")]})

    await opened(desk, f"Attached 1 of 2 files to {cold.code}, then this happened: Aranda did not take the file.")
    assert [file.name for file in cold.files] == ["a.txt"]


@pytest.mark.verb("ticket", "attach")
async def test_file_that_threadline_may_not_read_is_not_attached(desk: Office, cold: Ticket) -> None:
    desk.workspace.app.scopes -= {"files:read"}
    await type_(desk, f"attach {cold.code}", TICKET)
    await opened(desk, "Files for")

    await send(desk, {"files": [_brought(desk, "a.txt", b"abcd")]})

    await opened(desk, "without the right files:read")
    assert cold.files == []


def _brought(desk: Office, name: str, content: bytes) -> object:
    return desk.workspace.core.files.attach(desk.dana, MemberFile(name, content))


# --- Finding ------------------------------------------------------------------------------------------------


@pytest.mark.verb("ticket", "find")
async def test_words_are_found_in_the_subject_and_in_the_description(desk: Office) -> None:
    opens(desk, "Boiler 4B")
    opens(desk, "No hot water", "The boiler is cold")
    opens(desk, "Lost keys")

    found = await ask(desk, "find boiler", "Boiler 4B")

    assert "No hot water" in found
    assert "Lost keys" not in found
    await chosen(desk, "Show", "Service: Heating")


@pytest.mark.verb("ticket", "find")
async def test_ticket_is_found_by_fields_with_names_and_ids(desk: Office, cold: Ticket) -> None:
    opens(desk, "Cold again").roles["state"] = 22

    found = await ask(desk, "find cold state=Resolved group=5 type=incident opened-after=2020-01-01", "Cold again")

    assert "No hot water" not in found
    await ask(desk, "find state=Resolved group=6", "Tickets: none.")


@pytest.mark.verb("ticket", "find")
async def test_many_tickets_come_in_pages_and_that_there_may_be_more_is_said(desk: Office) -> None:
    for number in range(51):
        opens(desk, f"Boiler-{number:02}")
    first = await ask(desk, "find service=Heating", "Boiler-50")
    assert "There may be more" in first

    second = await chosen(desk, "Older", "Boiler-40")

    assert "Boiler-41" in first
    assert "Boiler-41" not in second


# --- Changing -----------------------------------------------------------------------------------------------


@pytest.mark.verb("ticket", "update")
@pytest.mark.verb("threadline", "audit")
@pytest.mark.verb("ticket", "update")
async def test_ticket_is_changed_by_names_that_depend_on_each_other(desk: Office, cold: Ticket) -> None:
    cold.additional["317"] = ["4A"]
    words = (
        f'update {cold.code} reason=repaired state=resolved commentary="Reset." field:317=4B field:"Field 318"=x'
    )
    await ask(desk, words, "There is no field “Field 318” here. There is “Field 317”.")

    shown = await ask(desk, words.replace('field:"Field 318"=x', ""), f"Changed {cold.code} · No hot water.")

    assert "Resolved · incident" in shown
    assert "Solution: Reset." in shown
    assert (cold.roles["state"], cold.roles["reason"], cold.additional) == (22, 3, {"317": ["4B"]})
    await type_(desk, "audit", "/threadline")
    await answered(desk, f"Dana changed a ticket · {cold.code}")


async def test_change_that_is_refused_changes_nothing(desk: Office, cold: Ticket) -> None:
    for words, sentence in REFUSED:
        await ask(desk, f"update {cold.code} {words}", sentence)

    assert (cold.roles["state"], cold.subject) == (OPEN, "No hot water")


@pytest.mark.verb("ticket", "note")
async def test_note_is_added(desk: Office, cold: Ticket) -> None:
    await ask(desk, f'note {cold.code} They said "tomorrow" & hung up', f"Added the note to {cold.code}.")

    assert cold.steps[-1].new == 'They said "tomorrow" & hung up'


@pytest.mark.verb("ticket", "note")
async def test_words_of_a_note_that_is_too_long_are_given_back(desk: Office, cold: Ticket) -> None:
    told = await ask(desk, f"note {cold.code} {'word ' * 60}", "A note has 254 characters at the most")

    assert "word word word" in told
    assert [step.action for step in cold.steps] == ["Created"]


# --- Without it ---------------------------------------------------------------------------------------------


async def test_who_is_in_no_lines_channel_may_not(desk: Office, cold: Ticket) -> None:
    fay = desk.workspace.add_member("Fay")

    await type_(desk, cold.code, TICKET, fay)

    await answered(desk, "Only who is in a line's channel may do that.", fay)


@pytest.mark.verb("ticket", "show")
async def test_desk_that_is_not_set_up_says_what_turns_it_on(desk: Office) -> None:
    await desk.stop()
    await desk.start(threadline_admins=desk.dana.id)

    await ask(desk, "RF-200", "An admin turns it on: ASMS_INSTANCE_URL and ASMS_TOKEN.")

"""`/contact import` from end to end: a file, a dry run, progress, and a file with what was not saved."""

from __future__ import annotations

import pytest

from bot.providers.textrequest import TextRequest
from bot.sandbox.slack.fields import elements_of
from bot.sandbox.slack.files import MemberFile
from bot.sandbox.slack.model import Message
from bot.sandbox.textrequest.shapes import Contact
from bot.sandbox.wire import Json
from tests.e2e.asking import answered, type_
from tests.e2e.office import MARIA, OMAR, Office
from tests.e2e.windows import opened, press_there, reads, send

CONTACT = "/contact"
LATER_S = 5  # until a duty that failed comes round again
TWO = f"Number,Name,Note\n{MARIA},Maria S.,likes tea\n{OMAR},Omar A.,\n"


async def look_at(team: Office, content: str) -> str:
    """Bring a file; what the window says of it."""
    await type_(team, "import", CONTACT)
    await opened(team, "A CSV file.")
    file = team.workspace.core.files.attach(team.dana, MemberFile("a.csv", content.encode()))
    await send(team, {"file": [file]})
    return reads(await team.see(lambda: _done(team), "the dry run"))


def _done(team: Office) -> Json | None:
    stack = team.workspace.views.stacks.get(team.dana.id)
    view = team.workspace.views.by_id[stack[-1]] if stack else None
    return view if view and ("a.csv" in reads(view) or "⚠️" in reads(view)) else None


def direct(team: Office) -> list[Message]:
    """What Dana reads in her direct messages with the bot."""
    return team.workspace.messages(team.workspace.direct_messages(team.dana))


async def told(team: Office, words: str) -> Message:
    """Wait until the message of the import says so."""
    return (
        await team.see(lambda: [one for one in direct(team) if words in team.workspace.words(one)], f"“{words}”")
    )[0]


def known(team: Office, number: str) -> Contact:
    return team.textrequest.contacts[team.dashboard.id, number]


def brought(team: Office) -> list[str]:
    """The files that the bot brought."""
    files = team.workspace.core.files
    return [
        files.contents[id_].decode("utf-8-sig") for id_, each in files.by_id.items() if "not-saved" in each["name"]
    ]


async def test_file_is_looked_at_and_saved_once_the_button_says_so(team: Office) -> None:
    root = await team.open()
    dry = await look_at(team, TWO)
    assert "2 contacts of a.csv can be imported to Sales: 1 new, 1 known." in dry
    assert "Nothing is saved yet." in dry
    assert known(team, MARIA).note == ""

    await press_there(team, "Import 2 contacts")

    await opened(team, "A direct message tells you how far it is.")
    await told(team, "Imported 2 contacts from a.csv.")
    assert (known(team, MARIA).note, known(team, OMAR).name) == ("likes tea", "Omar A.")
    assert brought(team) == []
    await team.found("select 1 as gone where not exists (select id from imports)")
    await team.let_pass(LATER_S)
    await team.see(lambda: "Maria S." in team.card(root), "the new name")


async def test_rows_that_cannot_be_are_told_before_and_brought_after(team: Office) -> None:
    dry = await look_at(team, f"Number,Shoe size\n{MARIA},42\n415555,43\n")
    assert "Row 3: " in dry
    assert "left out: Shoe size" in dry

    await press_there(team, "Import 1 contact")

    await told(team, "Imported 1 contact from a.csv · 1 not saved.")
    (file,) = brought(team)
    assert file.splitlines()[0] == "Why not,Number,Shoe size"
    assert file.splitlines()[1].endswith("415555,43")


async def test_refused_row_is_found_among_the_others(team: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TextRequest, "contacts_per_call", 4)
    team.textrequest.labels.add_tag(team.dashboard.id, "VIP")
    rows = [f"+1415555{number:04},{'VIP' if number == 105 else ''}" for number in range(100, 107)]
    await look_at(team, "\n".join(["Number,Tags", *rows]))
    team.textrequest.labels.tags.clear()

    await press_there(team, "Import 7 contacts")

    await told(team, "Imported 6 contacts from a.csv · 1 not saved.")
    (row,) = [line for line in brought(team)[0].splitlines() if "+1415" in line]
    assert row.endswith("+14155550105,VIP")


async def test_import_goes_on_after_a_restart_without_an_answer(team: Office) -> None:
    await look_at(team, TWO)
    team.fault("textrequest.import_contacts", "drop_after")
    await press_there(team, "Import 2 contacts")
    await team.found("select id from imports where tries = 1")

    await team.stop()
    await team.start()
    await team.let_pass(LATER_S)

    await told(team, "Imported 2 contacts from a.csv.")
    assert len(direct(team)) == 1


async def test_contacts_without_an_answer_are_given_back_in_the_end(team: Office) -> None:
    await look_at(team, TWO)
    team.fault("textrequest.import_contacts", "drop_after", times=3)
    await press_there(team, "Import 2 contacts")
    for tries in (1, 2):
        await team.found("select id from imports where tries = :tries", tries=tries)
        await team.found("select name from duties where name = 'imports' and lease_until = 0 and due_at > 1")
        await team.let_pass(LATER_S)

    await told(team, "Imported 0 contacts from a.csv · 2 not saved.")
    assert "it may be saved" in brought(team)[0]


async def test_import_is_stopped_between_two_parts(team: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TextRequest, "contacts_per_call", 1)
    await look_at(team, TWO)
    team.fault("textrequest.import_contacts", "hold")
    await press_there(team, "Import 2 contacts")
    message = await told(team, "Importing from a.csv")
    await team.struck("textrequest.import_contacts")

    button = next(each for each in elements_of(message) if each.get("text", {}).get("text") == "Stop")
    place = team.workspace.direct_messages(team.dana)
    await team.workspace.click(place, message["ts"], button["action_id"], team.dana)
    await team.found("select id from imports where state = 'stopped'")
    team.trouble.release()

    await told(team, "Imported 1 contact from a.csv · 1 not saved.")
    assert "It was stopped before." in brought(team)[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "has no rows"), ("Name\nMaria", "No column is called Number."), ("Number\n415", "Nothing in a.csv")],
)
async def test_file_that_cannot_be_imported_is_said(team: Office, content: str, said: str) -> None:
    assert said in await look_at(team, content)


@pytest.mark.verb("contact", "import")
async def test_import_of_somebody_else_is_not_begun(team: Office) -> None:
    await look_at(team, TWO)
    (row,) = await team.rows("select id from imports")

    await type_(team, f"import start={row['id']}", CONTACT, team.eli)

    await answered(team, "This import is not yours, was begun before, or is over.", team.eli)

"""*Edit* of a contact, *Rename* of a group, and *Text* beside a contact, from end to end."""

from __future__ import annotations

import pytest

from tests.e2e.asking import answered, press, type_
from tests.e2e.office import MARIA, OMAR, Office
from tests.e2e.test_command_contact import CONTACT, kept, known
from tests.e2e.windows import look, opened, reads, send

GROUP = "/group"


async def edit(team: Office, number: str = MARIA) -> None:
    """Open the window of a contact who is known."""
    await type_(team, number, CONTACT)
    await answered(team, " on Sales")
    await press(team, "Edit")
    await opened(team, "First name")


async def test_contact_is_edited_with_everything(team: Office) -> None:
    await team.open()
    labels = team.textrequest.labels
    vip, gold = (labels.add_tag(team.dashboard.id, name) for name in ("VIP", "Gold"))
    buyers = labels.add_group(team.dashboard.id, "Buyers")
    town, code = (labels.add_field(team.dashboard.id, name) for name in ("Town", "Postal code"))
    kept(team, MARIA, tags=[vip.id], fields={town.id: "Bath", code.id: "1"}, note="likes tea")
    await edit(team)
    assert "Postal code" in reads(await opened(team))

    assert await look(team, "tags", "go") == ["Gold"]
    assert await look(team, "groups") == ["Buyers"]
    await send(
        team,
        {
            "first": "Maria",
            "last": "Santos",
            "name": "Maria S.",
            "tags": ["Gold"],
            "groups": ["Buyers"],
            f"field:{code.id}": "37402",
            "state": ["Suppressed: their texts do not go to the top"],
            "reason": "moved",
        },
    )

    await opened(team, "Saved Maria S. · +1 415 555 0134 on Sales.")
    maria = known(team)
    assert (maria.first_name, maria.last_name, maria.name, maria.note) == (
        "Maria",
        "Santos",
        "Maria S.",
        "likes tea",
    )
    assert (maria.tags, maria.groups, maria.fields) == (
        [gold.id],
        [buyers.id],
        {town.id: "Bath", code.id: "37402"},
    )
    assert (maria.is_suppressed, maria.suppressed_reason, maria.is_blocked) == (True, "moved", False)


async def test_note_that_is_longer_than_a_field_stays_whole(team: Office) -> None:
    long = "x" * 3_500
    await team.open()
    kept(team, MARIA, note=long)
    await edit(team)

    await send(team, {"name": "Maria S."})

    await opened(team, "Saved Maria S.")
    assert known(team).note == long


async def test_who_is_no_contact_becomes_one(team: Office) -> None:
    await type_(team, OMAR, CONTACT)
    await answered(team, "+1 415 555 0177 is no contact on “Sales” yet.")
    await press(team, "Make one")
    await opened(team, "First name")

    await send(team, {"first": "Omar", "last": "Aziz"})

    await opened(team, "Saved Omar Aziz · +1 415 555 0177 on Sales.")
    assert known(team, OMAR).first_name == "Omar"


async def test_refusal_brings_the_form_back(team: Office) -> None:
    await team.open()
    await edit(team)
    team.fault("textrequest.save_contact", "status", status=400)

    await send(team, {"first": "Ann"})

    assert "Text Request" in reads(await opened(team, "⚠️"))
    assert known(team).first_name == ""


@pytest.mark.parametrize("kind", ["drop_after", "garbage"])
async def test_change_without_an_answer_is_never_said_to_be_done(team: Office, kind: str) -> None:
    await team.open()
    await edit(team)
    team.fault("textrequest.save_contact", kind)

    await send(team, {"first": "Ann"})

    await opened(team, "Not done")


async def test_text_beside_a_contact_begins_with_their_number(team: Office) -> None:
    await team.open()
    await type_(team, "find maria", CONTACT)
    await answered(team, "Contacts on Sales")
    await press(team, "Text")
    view = await opened(team, "New text")
    assert MARIA in str(view["blocks"])

    await send(team, {"to": MARIA, "words": "See you at 3"})

    await team.gets("See you at 3")


async def test_group_is_renamed(team: Office) -> None:
    group = team.textrequest.labels.add_group(team.dashboard.id, "Old", "since May")
    await type_(team, "old", GROUP)
    await answered(team, f"Old (#{group.id})")
    await press(team, "Rename")
    await opened(team, "Name")

    await send(team, {"name": "  ", "note": ""})
    await send(team, {"name": "Platinum", "note": ""})

    await opened(team, f"Changed Platinum (#{group.id}).")
    assert (group.name, group.notes) == ("Platinum", "")

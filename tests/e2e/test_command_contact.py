"""`/contact` from end to end."""

from __future__ import annotations

import pytest

from bot.sandbox.textrequest.shapes import Contact
from tests.e2e.asking import answered, press, type_
from tests.e2e.office import MARIA, OMAR, Office

CONTACT = "/contact"
CARD_S = 5  # between two changes of a root card


@pytest.fixture
async def admins(closed: Office) -> Office:
    """A team whose admin is Dana."""
    await closed.start(threadline_admins=closed.dana.id)
    return closed


def known(team: Office, number: str = MARIA) -> Contact:
    """The contact as the provider has it."""
    return team.textrequest.contacts[team.dashboard.id, number]


def kept(team: Office, number: str = OMAR, **fields: object) -> Contact:
    """A contact at the provider who never texted."""
    contact = team.textrequest.contact(team.dashboard, number)
    for name, value in fields.items():
        setattr(contact, name, value)
    return contact


# --- Show ---------------------------------------------------------------------------------------------------


@pytest.mark.verb("contact", "show")
async def test_contact_is_shown_with_its_labels_and_a_link_to_the_thread(team: Office) -> None:
    await team.open()
    labels = team.textrequest.labels
    tag, group = labels.add_tag(team.dashboard.id, "VIP"), labels.add_group(team.dashboard.id, "Gold")
    field = labels.add_field(team.dashboard.id, "Customer no.")
    kept(team, MARIA, tags=[tag.id], groups=[group.id], fields={field.id: "A-1009"}, note="likes tea")

    await type_(team, "maria", CONTACT)

    answer = await answered(team, "Maria Lopez · +1 415 555 0134 on Sales")
    assert "Open the thread" in answer
    for piece in ("Tags: VIP", "Groups: Gold", "Customer no.: A-1009", "Note: likes tea", "Texts: 1 from them"):
        assert piece in answer


@pytest.mark.verb("contact", "show")
async def test_contact_is_found_by_a_name_that_only_the_provider_knows(team: Office) -> None:
    kept(team, OMAR, name="Omar Aziz")
    kept(team, "+14155550178", name="Omar Khan")

    await type_(team, "omar", CONTACT)
    await answered(team, "Which “omar”?")
    await press(team, "Omar Khan · +1 415 555 0178")

    await answered(team, "Omar Khan · +1 415 555 0178 on Sales")


@pytest.mark.verb("contact", "show")
async def test_who_is_no_contact_is_said(team: Office) -> None:
    await type_(team, OMAR, CONTACT)
    await answered(team, "+1 415 555 0177 is no contact on “Sales” yet.")

    await type_(team, "zoe", CONTACT)
    await answered(team, "Nobody on “Sales” is called “zoe”.")


async def test_contact_of_a_thread_is_shown_there(team: Office) -> None:
    root = await team.open()

    await team.say(root, f"<@{team.workspace.bot.id}> contact")

    await answered(team, "Maria Lopez · +1 415 555 0134 on Sales")


# --- Find ---------------------------------------------------------------------------------------------------


@pytest.mark.verb("contact", "find")
async def test_contacts_are_found_by_every_filter(team: Office) -> None:
    await team.open()
    labels = team.textrequest.labels
    tag, group = labels.add_tag(team.dashboard.id, "VIP"), labels.add_group(team.dashboard.id, "Gold buyers")
    field = labels.add_field(team.dashboard.id, "Postal code")
    kept(team, OMAR, name="Omar", tags=[tag.id], groups=[group.id], fields={field.id: "37402"}, is_blocked=True)
    finds_omar = (
        "omar blocked=yes resolved=no archived=no suppressed=no opted-out=no has-texts=no tag=vip "
        'group="gold buyers" "field:Postal code=37402" created-after=2020-01-01 created-before=tomorrow'
    )

    await type_(team, f"find {finds_omar}", CONTACT)
    omar = await answered(team, "Omar · +1 415 555 0177")
    await type_(
        team, "find last-received-after=today last-message-after=today last-sent-after=2020-01-01", CONTACT
    )
    await answered(team, "Contacts on Sales: none.")
    await type_(team, "find last-received-after=today last-message-after=today", CONTACT)
    maria = await answered(team, "Maria Lopez")

    assert "blocked" in omar
    assert "Maria" not in omar
    assert "Omar" not in maria


@pytest.mark.verb("contact", "find")
@pytest.mark.parametrize("words", ["4155550177", "0177", "aziz", "prefers mail"])
async def test_contacts_are_found_by_name_number_and_note(team: Office, words: str) -> None:
    await team.open()
    kept(team, OMAR, name="Omar Aziz", note="Prefers mail")

    await type_(team, f"find {words}", CONTACT)

    assert "Maria" not in await answered(team, "Omar Aziz · +1 415 555 0177")


@pytest.mark.verb("contact", "find")
@pytest.mark.parametrize(
    ("filter_", "said"),
    [
        ("tag=gold", "No tag on “Sales” is called “gold”. /contact tags lists them."),
        ("group=12", "No group on “Sales” is called “12”. /group lists them."),
        ("field:Town=x", "No field on “Sales” is called “Town”. /contact fields lists them."),
    ],
)
async def test_label_that_the_line_does_not_have_is_said(team: Office, filter_: str, said: str) -> None:
    await type_(team, f"find {filter_}", CONTACT)

    await answered(team, said)


@pytest.mark.verb("contact", "find")
async def test_contacts_come_in_pages(team: Office) -> None:
    for number in range(12):
        kept(team, f"+141555502{number:02}", name=f"Contact {number:02}", note="same")
    kept(team, "+14155550300", name="Other")
    await type_(team, "find same", CONTACT)
    assert "Contact 10" not in await answered(team, "Contact 09")

    await press(team, "Older")

    await team.see(lambda: "Contact 11" in team.whispers(team.dana)[-1], "the second page")
    assert "Other" not in team.whispers(team.dana)[-1]


# --- Save ---------------------------------------------------------------------------------------------------


@pytest.mark.verb("contact", "save")
async def test_contact_is_made_with_everything(team: Office) -> None:
    labels = team.textrequest.labels
    tag, group = labels.add_tag(team.dashboard.id, "VIP"), labels.add_group(team.dashboard.id, "Gold")
    field = labels.add_field(team.dashboard.id, "Postal code")

    await type_(
        team,
        f'save {OMAR} first=Omar last=Aziz name="Omar A." note="likes tea" tags=vip groups=gold '
        '"field:Postal code=37402" suppressed=yes reason=moved resolved=yes',
        CONTACT,
    )

    answer = await answered(team, "Saved Omar A. · +1 415 555 0177 on Sales.")
    assert "Tags: VIP" in answer
    omar = known(team, OMAR)
    assert (omar.first_name, omar.last_name, omar.name, omar.note) == ("Omar", "Aziz", "Omar A.", "likes tea")
    assert (omar.tags, omar.groups, omar.fields) == ([tag.id], [group.id], {field.id: "37402"})
    assert (omar.is_suppressed, omar.suppressed_reason, omar.is_resolved) == (True, "moved", True)


@pytest.mark.verb("contact", "save")
async def test_what_was_not_typed_stays(team: Office) -> None:
    await team.open()
    labels = team.textrequest.labels
    town, code = (labels.add_field(team.dashboard.id, name) for name in ("Town", "Code"))
    tag = labels.add_tag(team.dashboard.id, "VIP")
    kept(team, MARIA, note="likes tea", tags=[tag.id], fields={town.id: "Bath", code.id: "1"})

    await type_(team, "save maria field:Code=2", CONTACT)
    await answered(team, "Saved Maria Lopez")
    assert (known(team).note, known(team).tags) == ("likes tea", [tag.id])
    assert known(team).fields == {town.id: "Bath", code.id: "2"}
    await type_(team, "save maria tags= note=", CONTACT)
    await team.see(lambda: known(team).tags == [], "no tags")

    assert known(team).note == ""


@pytest.mark.verb("contact", "save")
async def test_new_name_is_seen_on_the_card(team: Office) -> None:
    root = await team.open()

    await type_(team, f'save {MARIA} name="Maria Santos"', CONTACT)

    await answered(team, "Saved Maria Santos")
    await team.let_pass(CARD_S)
    await team.see(lambda: "Maria Santos" in team.card(root), "the card")


@pytest.mark.verb("contact", "save")
async def test_resolved_contact_is_done_and_reopened(team: Office) -> None:
    await team.open()

    await type_(team, f"save {MARIA} resolved=yes", CONTACT)
    await team.found("select id from conversations where status = 'done'")
    await type_(team, f"save {MARIA} resolved=no", CONTACT)
    await team.found("select id from conversations where status = 'new'")

    await team.found("select what from audit where what = 'contact_saved' group by what having count(*) = 2")


@pytest.mark.verb("contact", "show")
async def test_blocking_asks_first_and_can_be_taken_back(team: Office) -> None:
    await team.open()
    await type_(team, "maria", CONTACT)
    await answered(team, "Maria Lopez · +1 415 555 0134 on Sales")

    await press(team, "Block")
    await answered(
        team, "Block Maria Lopez · +1 415 555 0134 on Sales? Their texts are then neither received nor kept."
    )
    assert not known(team).is_blocked
    await press(team, "Block")
    await answered(team, "State: blocked")
    await press(team, "Unblock")

    await team.found("select id from audit where what = 'contact_unblocked'")
    assert not known(team).is_blocked
    assert len(await team.rows("select id from audit where what = 'contact_blocked'")) == 1


@pytest.mark.verb("contact", "save")
async def test_name_of_several_is_saved_for_the_one_that_was_meant(team: Office) -> None:
    await team.open(number=MARIA, name="Maria Lopez")
    await team.open(number=OMAR, name="Maria Santos")

    await type_(team, 'save Maria note="said: Maria & co"', CONTACT)
    await answered(team, "Which “Maria”?")
    await press(team, "Maria Santos · +1 415 555 0177")

    await answered(team, "Saved Maria Santos")
    assert (known(team, OMAR).note, known(team).note) == ("said: Maria & co", "")


# --- Delete, tags and fields --------------------------------------------------------------------------------


@pytest.mark.verb("contact", "delete")
async def test_contact_is_deleted_once_an_admin_says_so(admins: Office) -> None:
    kept(admins, OMAR, name="Omar Aziz")
    await type_(admins, f"delete {OMAR}", CONTACT)
    await answered(admins, "Delete Omar Aziz · +1 415 555 0177 on Sales at the provider?")
    assert (admins.dashboard.id, OMAR) in admins.textrequest.contacts

    await press(admins, "Delete")

    await answered(admins, "Deleted Omar Aziz · +1 415 555 0177 on Sales.")
    assert (admins.dashboard.id, OMAR) not in admins.textrequest.contacts


@pytest.mark.verb("contact", "delete")
async def test_contact_with_texts_stays(admins: Office) -> None:
    await admins.open()
    await type_(admins, f"delete {MARIA}", CONTACT)
    await answered(admins, "Delete Maria Lopez")

    await press(admins, "Delete")

    await answered(admins, "Text Request keeps contacts that have texts. Archive or block this one instead.")


@pytest.mark.verb("contact", "delete")
async def test_only_admins_delete(team: Office) -> None:
    await type_(team, f"delete {OMAR}", CONTACT)

    await answered(team, "Only admins may do that")


@pytest.mark.verb("contact", "tags")
async def test_tags_lead_to_their_contacts(team: Office) -> None:
    tag = team.textrequest.labels.add_tag(team.dashboard.id, "VIP, gold", "#FF8800")
    kept(team, OMAR, name="Omar Aziz", tags=[tag.id])
    await type_(team, "tags", CONTACT)
    await answered(team, "VIP, gold · #FF8800")

    await press(team, "Contacts")

    await answered(team, "Omar Aziz · +1 415 555 0177")


@pytest.mark.verb("contact", "fields")
async def test_fields_say_how_they_are_typed(team: Office) -> None:
    team.textrequest.labels.add_field(team.dashboard.id, "Postal code")

    await type_(team, "fields", CONTACT)

    assert 'field:"Postal code"=…' in await answered(team, "Custom fields on Sales")


@pytest.mark.verb("contact", "help")
async def test_help_is_shown_for_the_command_alone(team: Office) -> None:
    await type_(team, "", CONTACT)

    await answered(team, "/contact find [words]")

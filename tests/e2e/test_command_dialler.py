"""`/dialler` from end to end."""

from __future__ import annotations

import pytest

from bot.sandbox.jtel.dialler import Dialler
from tests.e2e.asking import answered, press, type_
from tests.e2e.office import MARIA, OMAR, Office

DIALLER = "/dialler"
OF_CAMPAIGNS = (
    *("nowhere", "results nowhere", "clone nowhere Autumn", "delete nowhere", "contacts nowhere"),
    "add nowhere Lopez 4155550134",
)
OF_CONTACTS = (
    *("contact data:nobody", "update data:nobody city=Oslo", "drop data:nobody", "lock data:nobody"),
    *("unlock data:nobody", "reset data:nobody", "history data:nobody"),
)


@pytest.fixture
def dialler(centre: Office) -> Dialler:
    """The dialler that the bot of the centre uses."""
    return centre.jtel.dialler


async def ask(centre: Office, text: str, answer: str) -> str:
    """What Dana is answered, once it has these words in it."""
    await type_(centre, text, DIALLER)
    return await answered(centre, answer)


async def chosen(centre: Office, label: str, answer: str) -> str:
    """What Dana is answered to a button."""
    await press(centre, label)
    return await answered(centre, answer)


# --- Campaigns ----------------------------------------------------------------------------------------------


@pytest.mark.verb("dialler", "all")
async def test_campaigns_are_listed_with_what_can_be_done_with_them(centre: Office, dialler: Dialler) -> None:
    spring = dialler.add_campaign("Spring", "crm-7")
    dialler.add_contact(spring, "Lopez", MARIA)

    listed = await ask(centre, "", "Campaigns")
    assert f"Spring (#{spring}) · key crm-7" in listed
    assert "Lopez" in await chosen(centre, "Contacts", f"Contacts of Spring (#{spring})")


@pytest.mark.verb("dialler", "all")
async def test_campaigns_come_in_pages(centre: Office, dialler: Dialler) -> None:
    for number in range(11):
        dialler.add_campaign(f"Campaign-{number:02}")
    first = await ask(centre, "", "Campaigns")

    second = await chosen(centre, "Older", "Campaign-10")

    assert "Campaign-09" in first
    assert "Campaign-09" not in second


@pytest.mark.verb("dialler", "show")
@pytest.mark.verb("dialler", "results")
async def test_campaign_is_shown_by_its_id_and_by_its_name_in_any_capitals(
    centre: Office, dialler: Dialler
) -> None:
    spring = dialler.add_campaign("Spring")
    dialler.add_campaign("Spring again")

    await ask(centre, str(spring), f"Spring (#{spring})")
    await ask(centre, "results SPRING", f"How calls of Spring (#{spring}) may end")


@pytest.mark.verb("dialler", "add")
async def test_part_of_a_name_asks_which_and_the_rest_stays_as_typed(centre: Office, dialler: Dialler) -> None:
    for name in ("Spring", "Autumn"):
        dialler.add_campaign(f"{name} sale")

    await ask(centre, 'add sale "Maria Lopez" 4155550134 city=Oslo', "Which “sale”?")
    await chosen(centre, f"Autumn sale (#{_campaign(dialler, 'Autumn sale')})", "Added Maria Lopez")

    (made,) = dialler.contacts.values()
    assert (made["DiallerCampaignsID"], made["City"]) == (_campaign(dialler, "Autumn sale"), "Oslo")


@pytest.mark.verb("dialler", "results")
async def test_results_say_what_they_mean(centre: Office, dialler: Dialler) -> None:
    spring = dialler.add_campaign("Spring")

    told = await ask(centre, f"results {spring}", "may end")

    assert "Completed · finished" in told
    assert "Busy · called again later" in told


@pytest.mark.verb("dialler", "clone")
async def test_campaign_is_copied_without_its_contacts(centre: Office, dialler: Dialler) -> None:
    spring = dialler.add_campaign("Spring")
    dialler.add_contact(spring, "Lopez", MARIA)

    await ask(centre, "clone Spring Autumn data=crm-8", f"Copied Spring (#{spring}) to Autumn (#")

    copy = dialler.campaigns[_campaign(dialler, "Autumn")]
    assert copy["UserData"] == "crm-8"
    assert {row["DiallerCampaignsID"] for row in dialler.contacts.values()} == {spring}


@pytest.mark.verb("dialler", "clone")
async def test_copy_under_a_name_that_is_taken_is_refused(centre: Office, dialler: Dialler) -> None:
    for name in ("Spring", "Autumn"):
        dialler.add_campaign(name)

    await ask(centre, "clone Spring Autumn", "jtel says that this exists already")


@pytest.mark.verb("dialler", "delete")
@pytest.mark.verb("threadline", "audit")
async def test_campaign_is_deleted_with_its_contacts_once_an_admin_agrees(
    centre: Office, dialler: Dialler
) -> None:
    spring = dialler.add_campaign("Spring")
    dialler.add_contact(spring, "Lopez", MARIA)

    await ask(centre, "delete Spring", f"Delete Spring (#{spring}), all its contacts")
    assert spring in dialler.campaigns
    await chosen(centre, "Delete", f"Deleted Spring (#{spring})")

    assert (dialler.campaigns, dialler.contacts) == ({}, {})
    await type_(centre, "audit", "/threadline")
    await answered(centre, f"Dana deleted a campaign · Spring (#{spring})")


# --- Contacts -----------------------------------------------------------------------------------------------


@pytest.mark.verb("dialler", "contact")
async def test_contact_is_added_shown_called_and_its_calls_are_told(centre: Office, dialler: Dialler) -> None:
    dialler.add_campaign("Spring")
    typed = 'data=crm-1 first-name=Maria amount=12.50 comment="Ask first"'
    await ask(centre, f"add Spring Lopez +1 415 555 0134 4155550177 {typed}", "Added Maria Lopez (#")
    (contact,) = dialler.contacts
    dialler.dial(contact, "Busy")

    card = await ask(centre, "contact data:crm-1", "Last result: Busy")
    assert "Maria Lopez" in card
    assert "Spring (#" in card
    assert "+1 415 555 0134, +1 415 555 0177" in card
    assert "Amount: 12.5\nAsk first" in card
    assert "We called" in await chosen(centre, "History", f"Calls: Maria Lopez (#{contact})")


@pytest.mark.verb("dialler", "contacts")
async def test_contacts_of_one_campaign_or_of_all_are_listed(centre: Office, dialler: Dialler) -> None:
    spring, autumn = dialler.add_campaign("Spring"), dialler.add_campaign("Autumn")
    dialler.add_contact(spring, "Lopez", MARIA)
    dialler.add_contact(autumn, "Haddad", OMAR)

    assert "Haddad" not in await ask(centre, "contacts Spring", "Lopez")
    of_all = await ask(centre, "contacts all", "Contacts of all campaigns")
    assert f"Autumn (#{autumn})" in of_all
    assert f"Spring (#{spring})" in of_all


@pytest.mark.verb("dialler", "update")
async def test_contact_is_changed_and_what_was_not_typed_stays(centre: Office, dialler: Dialler) -> None:
    contact = dialler.add_contact(dialler.add_campaign("Spring"), "Lopez", MARIA, City="Oslo", PhoneNumber3="0911")

    await ask(centre, f'update {contact} name="Lopez Ruiz" phone-number2=4155550177', "Changed Lopez Ruiz")

    row = dialler.contacts[contact]
    assert (row["Name"], row["City"]) == ("Lopez Ruiz", "Oslo")
    assert [row[f"PhoneNumber{place}"] for place in (1, 2, 3)] == [MARIA, OMAR.lstrip("+"), "0911"]


@pytest.mark.verb("dialler", "lock")
async def test_contact_is_locked_and_unlocked(centre: Office, dialler: Dialler) -> None:
    contact = dialler.add_contact(dialler.add_campaign("Spring"), "Lopez", MARIA)

    await ask(centre, f"lock {contact}", f"Locked Lopez (#{contact})")
    assert not dialler.dial(contact)
    await chosen(centre, "Unlock", f"Unlocked Lopez (#{contact})")

    assert dialler.dial(contact)


@pytest.mark.verb("dialler", "unlock")
async def test_locked_contact_is_unlocked_by_its_key(centre: Office, dialler: Dialler) -> None:
    contact = dialler.add_contact(dialler.add_campaign("Spring"), "Lopez", MARIA, UserData="crm-1")
    await ask(centre, "lock data:crm-1", f"Locked Lopez (#{contact})")

    await ask(centre, "unlock data:crm-1", f"Unlocked Lopez (#{contact})")

    assert dialler.dial(contact)


@pytest.mark.verb("dialler", "reset")
async def test_contact_is_called_anew_once_somebody_agrees(centre: Office, dialler: Dialler) -> None:
    contact = dialler.add_contact(dialler.add_campaign("Spring"), "Lopez", MARIA)
    dialler.dial(contact)

    await ask(centre, f"reset {contact}", f"Have Lopez (#{contact}) called anew?")
    assert dialler.contacts[contact]["nTriesPhoneNumber1"] == 1
    await chosen(centre, "Reset", f"Reset Lopez (#{contact})")

    assert dialler.contacts[contact]["nTriesPhoneNumber1"] == 0


@pytest.mark.verb("dialler", "drop")
async def test_contact_is_deleted_once_an_admin_agrees(centre: Office, dialler: Dialler) -> None:
    contact = dialler.add_contact(dialler.add_campaign("Spring"), "Lopez", MARIA)

    await ask(centre, f"drop {contact}", f"Delete Lopez (#{contact})")
    assert contact in dialler.contacts
    await chosen(centre, "Delete", f"Deleted Lopez (#{contact})")

    assert dialler.contacts == {}


@pytest.mark.verb("dialler", "contact")
@pytest.mark.verb("dialler", "lock")
@pytest.mark.verb("dialler", "history")
async def test_key_of_several_contacts_asks_whose_it_is(centre: Office, dialler: Dialler) -> None:
    spring = dialler.add_campaign("Spring")
    first, second = (dialler.add_contact(spring, name, MARIA, UserData="crm 1") for name in ("Lopez", "Haddad"))
    dialler.dial(second)

    shown = await ask(centre, 'contact data:"crm 1"', "2 contacts with data:crm 1")
    assert "Lopez" in shown
    assert f"Haddad (#{second})" in await ask(centre, 'history data:"crm 1"', "Calls: 2 contacts")
    await ask(centre, 'lock data:"crm 1"', "Which contact with data:crm 1?")
    await chosen(centre, f"Haddad (#{second})", f"Locked Haddad (#{second})")

    assert (dialler.locked, first in dialler.contacts) == ({second}, True)


@pytest.mark.verb("dialler", "history")
@pytest.mark.verb("dialler", "contact")
async def test_key_of_many_contacts_shows_the_first_and_pages_their_calls(
    centre: Office, dialler: Dialler
) -> None:
    spring, key = dialler.add_campaign("Spring"), 'a "b" & c=d'
    ids = [dialler.add_contact(spring, f"Lopez-{number:02}", MARIA, UserData=key) for number in range(11)]
    for contact in ids:
        dialler.dial(contact)
    typed = r'"data:a \"b\" &amp; c=d"'

    assert "Lopez-10" not in await ask(centre, f"contact {typed}", "And 1 more with this key.")
    first = await ask(centre, f"history {typed}", f"Calls: 11 contacts with data:{key}")
    second = await chosen(centre, "Older", "[ Newer ]")

    assert (first.count("We called"), second.count("We called")) == (10, 1)


async def test_key_that_somebody_has_is_not_overwritten_unasked(centre: Office, dialler: Dialler) -> None:
    contact = dialler.add_contact(dialler.add_campaign("Spring"), "Lopez", MARIA, UserData="crm-1")
    again = "add Spring Haddad 4155550177 data=crm-1"

    await ask(centre, again, f"Lopez (#{contact}) has this key already. Overwrite")
    await ask(centre, f"{again} overwrite=no", "Nothing was changed.")
    assert dialler.contacts[contact]["Name"] == "Lopez"
    await chosen(centre, "Overwrite", f"Overwrote Haddad (#{contact})")

    assert [row["Name"] for row in dialler.contacts.values()] == ["Haddad"]


@pytest.mark.verb("dialler", "add")
async def test_key_of_several_contacts_overwrites_none(centre: Office, dialler: Dialler) -> None:
    spring = dialler.add_campaign("Spring")
    ids = [dialler.add_contact(spring, name, MARIA, UserData="crm-1") for name in ("Lopez", "Haddad")]

    told = await ask(centre, "add Spring Ruiz 4155550177 data=crm-1 overwrite=yes", "Several contacts")

    assert all(f"#{contact}" in told for contact in ids)
    assert {row["Name"] for row in dialler.contacts.values()} == {"Lopez", "Haddad"}


# --- What is not there, or not allowed ----------------------------------------------------------------------


async def test_what_is_not_there_is_said(centre: Office) -> None:
    answers = {
        **dict.fromkeys(OF_CAMPAIGNS, "No campaign is called “nowhere”. /dialler lists them."),
        **dict.fromkeys(OF_CONTACTS, "The dialler has no contact with data:nobody."),
        "results 99999": "jtel does not know this id or name.",
        "reset 99998": "The dialler has no contact #99998.",
    }

    for text in answers:
        await type_(centre, text, DIALLER)

    def told() -> list[str]:
        said = centre.whispers(centre.dana)
        return [answer for whisper in said for answer in {*answers.values()} if answer in whisper]

    await centre.see(lambda: sorted(told()) == sorted(answers.values()), "every answer once")


async def test_only_admins_delete(centre: Office, dialler: Dialler) -> None:
    contact = dialler.add_contact(dialler.add_campaign("Spring"), "Lopez", MARIA)

    for text in ("delete Spring", f"drop {contact}"):
        await type_(centre, text, DIALLER, centre.eli)

    def refused() -> int:
        return sum("Only admins may do that" in told for told in centre.whispers(centre.eli))

    await centre.see(lambda: refused() == 2, "two refusals")
    assert contact in dialler.contacts


@pytest.mark.verb("dialler", "update")
async def test_field_that_does_not_fit_is_refused_before_anything_is_changed(
    centre: Office, dialler: Dialler
) -> None:
    contact = dialler.add_contact(dialler.add_campaign("Spring"), "Lopez", MARIA)

    await ask(centre, f"update {contact} postal-code=12345678901 city=Oslo", "PostalCode has room for 10")

    assert dialler.contacts[contact]["City"] is None


@pytest.mark.verb("dialler", "lock")
async def test_change_without_an_answer_is_said_to_be_in_doubt(centre: Office, dialler: Dialler) -> None:
    contact = dialler.add_contact(dialler.add_campaign("Spring"), "Lopez", MARIA)
    centre.fault("jtel.lock", "drop_after")

    await ask(centre, f"lock {contact}", "it may have been done. Check before you do it again.")


@pytest.mark.verb("dialler", "all")
async def test_without_jtel_the_settings_that_turn_it_on_are_named(team: Office) -> None:
    await type_(team, "", DIALLER)

    await answered(team, "JTEL_API_URL, JTEL_CLIENTS_ID and JTEL_TOKEN")


def _campaign(dialler: Dialler, name: str) -> int:
    return next(number for number, row in dialler.campaigns.items() if row["Name"] == name)

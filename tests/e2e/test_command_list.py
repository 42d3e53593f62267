"""`/list` from end to end: a team that texts over Text Request and keeps its lists at ClickSend."""

from __future__ import annotations

import pytest

from bot.sandbox.clicksend.contact_lists import ContactLists
from tests.e2e.asking import answered, press, type_
from tests.e2e.office import MARIA, OMAR, QUICK, Office

LIST = "/list"


@pytest.fixture
async def team(closed: Office) -> Office:
    """A team with lists, whose admin is Dana."""
    addresses = {name.lower(): value for name, value in closed.sandbox.clicksend_addresses().items()}
    await closed.start(QUICK, **addresses, clicksend_calls_per_minute="0", threadline_admins=closed.dana.id)
    return closed


def lists(team: Office) -> ContactLists:
    """The lists at ClickSend."""
    return team.sandbox.clicksend.lists


@pytest.mark.verb("list", "delete")
async def test_list_that_is_named_is_deleted_and_the_others_stay(team: Office) -> None:
    spring, autumn = lists(team).add("Spring"), lists(team).add("Autumn")
    await type_(team, "delete Spring", LIST)
    await answered(team, f"Delete Spring (#{spring.id}) · 0 contacts?")

    await press(team, "Delete")

    await answered(team, f"Deleted Spring (#{spring.id})")
    assert list(lists(team).all) == [autumn.id]


@pytest.mark.verb("list", "new")
@pytest.mark.verb("list", "add")
@pytest.mark.verb("list", "show")
async def test_list_is_made_filled_shown_and_emptied(team: Office) -> None:
    await type_(team, "new Spring sale", LIST)
    await answered(team, "Made Spring sale (#")
    await type_(
        team,
        f'add "spring sale" {MARIA} Ana "Ruiz Diaz" email=ana@b.example fax=4155550135 organization="B Corp" '
        'address="1 Main St" address2="Floor 2" city=Bath state=TN postal-code=37402 country=US '
        "custom1=a custom4=d",
        LIST,
    )
    await answered(team, "Put Ana Ruiz Diaz · +1 415 555 0134 (#")

    await type_(team, '"Spring sale"', LIST)

    (only,) = lists(team).all.values()
    shown = await answered(team, f"Spring sale (#{only.id})\nAna Ruiz Diaz")
    assert "B Corp · ana@b.example · Fax +1 415 555 0135" in shown
    assert "1 Main St, Floor 2, 37402 Bath TN, US" in shown
    assert "a · d" in shown
    await press(team, "Remove")
    await answered(team, "Take Ana Ruiz Diaz · +1 415 555 0134 (#")
    await press(team, "Remove")
    await answered(team, "Took Ana Ruiz Diaz")
    assert only.contacts == {}


@pytest.mark.verb("list", "all")
async def test_list_is_deleted_once_an_admin_says_so(team: Office) -> None:
    spring = lists(team).add("Spring")
    lists(team).add_contact(spring, first_name="Ana", phone_number=MARIA)
    await type_(team, "", LIST)
    await answered(team, f"Spring (#{spring.id}) · 1 contact")

    await press(team, "Delete")
    await answered(team, f"Delete Spring (#{spring.id}) · 1 contact? Everybody on it is deleted from it for good.")
    assert lists(team).all
    await press(team, "Delete")

    await answered(team, f"Deleted Spring (#{spring.id}) and who was on it.")
    assert not lists(team).all


@pytest.mark.verb("list", "add")
async def test_contact_of_the_thread_is_put_on_a_list_by_name(team: Office) -> None:
    await team.open(number=MARIA, name="Maria Lopez")
    await team.open(number=OMAR, name="Maria Santos")
    spring = lists(team).add("Spring")
    lists(team).add("SPRING")

    await type_(team, "add spring Maria Maria Santos", LIST)
    await answered(team, "Which “Maria”?")
    await press(team, "Maria Santos · +1 415 555 0177")
    await answered(team, "Which “spring”?")
    await press(team, f"Spring (#{spring.id}) · 0 contacts")

    await answered(team, "Put Maria Santos · +1 415 555 0177 (#")
    (contact,) = spring.contacts.values()
    assert (contact["phone_number"], contact["first_name"], contact["last_name"]) == (OMAR, "Maria", "Santos")


@pytest.mark.verb("list", "remove")
async def test_one_of_two_of_a_name_is_taken_off(team: Office) -> None:
    spring = lists(team).add("Spring")
    first, second = (
        lists(team).add_contact(spring, first_name="Ana", last_name="Ruiz", phone_number=number)
        for number in (MARIA, OMAR)
    )
    await type_(team, 'remove Spring "ana ruiz"', LIST)
    await answered(team, "Which “ana ruiz”?")

    await press(team, f"Ana Ruiz · +1 415 555 0177 (#{second['contact_id']})")
    await answered(team, "Take Ana Ruiz · +1 415 555 0177")
    await press(team, "Remove")

    await answered(team, "Took Ana Ruiz · +1 415 555 0177")
    assert list(spring.contacts) == [first["contact_id"]]


@pytest.mark.verb("list", "find")
async def test_search_finds_lists_and_contacts(team: Office) -> None:
    spring = lists(team).add("Ana's friends")
    lists(team).add_contact(spring, first_name="Ana", phone_number=MARIA)

    await type_(team, "find ana", LIST)

    found = await answered(team, "Lists and contacts with “ana”")
    assert "Ana (#" in found
    assert f"List Ana's friends (#{spring.id}) · 1 contact" in found


@pytest.mark.verb("list", "all")
async def test_lists_come_in_pages(team: Office) -> None:
    for number in range(11):
        lists(team).add(f"List-{number:02}")
    await type_(team, "", LIST)
    assert "List-10" not in await answered(team, "List-09")

    await press(team, "Older")

    await answered(team, "List-10")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("nowhere", "No list is called “nowhere”. /list lists them."),
        ("delete 999", "No list is called “999”. /list lists them."),
        ("remove Spring Zoe", "Nobody on Spring is called “Zoe”. Type /list"),
        ("add Spring Zoe Zoe Ruiz", "Nobody on a line is called “Zoe”."),
        ("add Spring +14155550134 Ana", "/list add needs <last>."),
        ("from=Sales", "from= is not known here."),
    ],
)
async def test_what_is_not_there_is_said(team: Office, typed: str, said: str) -> None:
    lists(team).add("Spring")

    await type_(team, typed, LIST)

    await answered(team, said)


async def test_only_admins_delete_and_remove(team: Office) -> None:
    for typed in ("delete Spring", "remove Spring 77"):
        await type_(team, typed, LIST, team.eli)

        await team.see(lambda: "Only admins may do that" in (team.whispers(team.eli) or [""])[-1], typed)
        team.workspace.ephemerals(team.eli).clear()


@pytest.mark.verb("list", "all")
async def test_lists_need_clicksend(closed: Office) -> None:
    await closed.start()

    await type_(closed, "", LIST)

    await answered(closed, "This needs ClickSend, which is not set up here.")

"""`/group` from end to end."""

from __future__ import annotations

import pytest

from tests.e2e.asking import answered, press, type_
from tests.e2e.office import Office

GROUP = "/group"


@pytest.fixture
async def admins(closed: Office) -> Office:
    """A team whose admin is Dana."""
    await closed.start(threadline_admins=closed.dana.id)
    return closed


@pytest.mark.verb("group", "new")
@pytest.mark.verb("group", "edit")
@pytest.mark.verb("group", "show")
async def test_group_is_made_shown_changed_and_found_by_its_name(team: Office) -> None:
    await type_(team, 'new "Gold buyers" note="since May"', GROUP)
    made = await answered(team, "Made Gold buyers (#")
    assert "since May" in made
    number = made.partition("(#")[2].partition(")")[0]

    await type_(team, f"edit {number} name=Platinum", GROUP)
    await answered(team, f"Changed Platinum (#{number})")
    await type_(team, "platinum", GROUP)

    assert "since May" in await answered(team, f"Platinum (#{number}) · 0 contacts")


@pytest.mark.verb("group", "all")
@pytest.mark.verb("group", "new")
async def test_groups_come_in_pages(team: Office) -> None:
    for number in range(11):
        await type_(team, f"new Group-{number:02}", GROUP)
        await answered(team, f"Made Group-{number:02}")
    await type_(team, "", GROUP)
    first = await answered(team, "Groups on Sales")
    assert "Group-09" in first
    assert "Group-10" not in first

    await press(team, "Older")

    await team.see(lambda: "Group-10" in team.whispers(team.dana)[-1], "the second page")
    assert "Groups on Sales" in team.whispers(team.dana)[-1]


@pytest.mark.verb("group", "new")
@pytest.mark.verb("group", "delete")
async def test_group_is_deleted_once_an_admin_says_so(admins: Office) -> None:
    await type_(admins, "new Old", GROUP)
    made = await answered(admins, "Made Old (#")
    number = made.partition("(#")[2].partition(")")[0]

    await type_(admins, f"delete {number}", GROUP)
    await answered(admins, f"Delete Old (#{number}) on Sales? Its contacts stay.")
    await press(admins, "Delete")
    await answered(admins, f"Deleted Old (#{number})")

    await type_(admins, number, GROUP)
    await answered(admins, "Text Request does not know this id or name.")


@pytest.mark.verb("group", "delete")
async def test_group_is_deleted_by_its_name_and_of_two_of_one_name_the_one_that_is_chosen(admins: Office) -> None:
    first, second = (admins.textrequest.labels.add_group(admins.dashboard.id, "VIP") for _ in range(2))

    await type_(admins, "delete vip", GROUP)
    await answered(admins, "Which “vip”?")
    await press(admins, f"VIP (#{second.id})")
    await answered(admins, f"Delete VIP (#{second.id}) on Sales? Its contacts stay.")
    await press(admins, "Delete")
    await answered(admins, f"Deleted VIP (#{second.id})")

    await type_(admins, "delete VIP", GROUP)
    await answered(admins, f"Delete VIP (#{first.id}) on Sales? Its contacts stay.")


@pytest.mark.verb("group", "show")
async def test_group_that_is_not_there_is_said(team: Office) -> None:
    await type_(team, "nowhere", GROUP)

    await answered(team, "No group on “Sales” is called “nowhere”. /group lists them.")


@pytest.mark.verb("group", "delete")
async def test_only_admins_delete(team: Office) -> None:
    await type_(team, "delete 12", GROUP)

    await answered(team, "Only admins may do that")

"""Commands that take long: the person hears of it once, and then has the answer."""

from __future__ import annotations

from tests.e2e.asking import answered, press, type_
from tests.e2e.office import Office

GROUP = "/group"
WORKING = "Working on it …"


async def test_slow_command_is_announced_once_and_answered_below(team: Office) -> None:
    team.fault("textrequest.groups", "hold")
    await type_(team, "", GROUP)
    await answered(team, WORKING)

    team.trouble.release()

    await answered(team, "Groups on Sales")
    first, second = team.whispers(team.dana)
    assert first == WORKING
    assert "Groups on Sales" in second


async def test_slow_button_announces_itself_where_its_answer_then_stands(team: Office) -> None:
    await type_(team, "new Gold", GROUP)
    await answered(team, "Made Gold")
    for number in range(10):
        await type_(team, f"new Group-{number:02}", GROUP)
        await answered(team, f"Made Group-{number:02}")
    await type_(team, "", GROUP)
    await answered(team, "Groups on Sales")
    before = len(team.whispers(team.dana))
    team.fault("textrequest.groups", "hold")
    await press(team, "Older")
    await answered(team, WORKING)

    team.trouble.release()

    await team.see(lambda: WORKING not in team.whispers(team.dana)[-1], "the answer in its place")
    assert len(team.whispers(team.dana)) == before

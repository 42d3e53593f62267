"""`/line` from end to end."""

from __future__ import annotations

import pytest

from bot.model import Number
from bot.sandbox.slack.model import Channel
from tests.e2e.asking import answered, press, type_
from tests.e2e.office import MARIA, SALES, Office
from tests.e2e.windows import opened, send

LINE = "/line"
SUPPORT = "+14235550177"


@pytest.fixture
async def admins(closed: Office) -> Office:
    """A team whose admin is Dana; the account has a second number, which nobody mirrors."""
    closed.textrequest.add_dashboard("Support", SUPPORT)
    await closed.start(threadline_admins=closed.dana.id)
    return closed


@pytest.fixture
def helpdesk(admins: Office) -> Channel:
    """Another channel with Dana and the bot in it."""
    return admins.workspace.add_channel("helpdesk", admins.dana)


async def _lines(team: Office) -> list[tuple[str, str, str]]:
    """What is mirrored: number, name and channel."""
    assert team.running is not None
    lines = await team.running.bridge.store.lines.all()
    return [(line.number, line.name, line.channel) for line in lines]


async def _log(team: Office) -> str:
    await type_(team, "audit", "/threadline")
    return await answered(team, "Who did what")


@pytest.mark.verb("line", "all")
async def test_admin_sees_lines_that_are_mirrored_and_those_that_are_not(admins: Office) -> None:
    await type_(admins, "", LINE)

    said = await answered(admins, "Lines")
    assert "Sales · +1 423 555 0100\nMirrored in #sales" in said
    assert "Support · +1 423 555 0177\nNot connected to a channel" in said


@pytest.mark.verb("line", "all")
async def test_member_sees_the_lines_of_their_channels_and_no_buttons(team: Office) -> None:
    team.textrequest.add_dashboard("Support", SUPPORT)

    await type_(team, "", LINE)

    said = await answered(team, "Mirrored in #sales")
    assert "Support" not in said
    assert "overflow" not in str(team.workspace.ephemerals(team.dana)[-1])


@pytest.mark.verb("line", "all")
@pytest.mark.verb("line", "show")
async def test_channel_that_cannot_show_a_line_is_told_with_what_to_do(admins: Office, helpdesk: Channel) -> None:
    await type_(admins, f"connect Support <#{helpdesk.id}|helpdesk>", LINE)
    await answered(admins, "is mirrored in #helpdesk from now on.")
    await admins.workspace.remove_bot(helpdesk)

    where = "Mirrored in #helpdesk, where I am not: type /invite @Threadline there"
    await type_(admins, "", LINE)
    await answered(admins, f"Support · +1 423 555 0177\n{where}")
    await type_(admins, "Support", LINE)
    await answered(admins, f"{where}\nAt Text Request")
    await admins.workspace.join(helpdesk, admins.workspace.bot)
    await admins.workspace.archive(helpdesk, admins.dana)
    await type_(admins, "", LINE)
    await answered(admins, "Mirrored in #helpdesk, which is archived: texts wait")


@pytest.mark.verb("line", "all")
async def test_lines_that_are_mirrored_are_shown_though_the_provider_is_away(admins: Office) -> None:
    admins.fault("textrequest.dashboards", "status", status=503)

    await type_(admins, "", LINE)

    said = await answered(admins, "Mirrored in #sales")
    assert "Those that are not connected are missing here" in said


@pytest.mark.parametrize("name", ["sales", SALES, '"(423) 555-0100"'])
async def test_line_is_shown_by_its_name_or_its_number(team: Office, name: str) -> None:
    await type_(team, name, LINE)

    said = await answered(team, "At Text Request, dashboard")
    assert "Texts that nobody attends to are shown in the channel too." in said


@pytest.mark.verb("line", "show")
async def test_line_that_is_not_there_is_said(admins: Office) -> None:
    await type_(admins, "nowhere", LINE)

    await answered(admins, "No line is called “nowhere”. /line lists them.")


@pytest.mark.verb("line", "show")
@pytest.mark.parametrize(("typed", "shown"), [("sal", "At Text Request"), ("SUPP", "Not connected")])
async def test_line_is_found_by_how_its_name_begins(admins: Office, typed: str, shown: str) -> None:
    await type_(admins, typed, LINE)

    await answered(admins, shown)


@pytest.mark.verb("line", "show")
async def test_name_of_several_asks_which(admins: Office) -> None:
    admins.textrequest.add_dashboard("Support", "+14235550188")
    await type_(admins, "support", LINE)
    await answered(admins, "Which “support”?")

    await press(admins, "Support · +1 423 555 0188")

    await answered(admins, "Support · +1 423 555 0188\nNot connected")


# --- The mirror -------------------------------------------------------------------------------------------------


@pytest.mark.verb("line", "connect")
async def test_line_is_connected_and_texts_come_to_the_channel(admins: Office, helpdesk: Channel) -> None:
    await type_(admins, f"connect support <#{helpdesk.id}|helpdesk>", LINE)
    said = await answered(admins, "is mirrored in #helpdesk from now on.")
    assert "Webhooks: 5 connected." in said

    await admins.textrequest.contact_texts(MARIA, "Help", to=SUPPORT, name="Maria")

    await admins.see(lambda: admins.roots(MARIA, helpdesk), "a thread")
    assert "Dana connected a line to a channel · Support" in await _log(admins)


@pytest.mark.verb("line", "connect")
async def test_channel_can_be_written_by_its_name(admins: Office, helpdesk: Channel) -> None:
    await type_(admins, "connect support #helpdesk", LINE)
    await answered(admins, "is mirrored in #helpdesk")

    await type_(admins, "connect support #nowhere", LINE)

    await answered(admins, "Pick the channel from Slack's list")


@pytest.mark.verb("line", "connect")
@pytest.mark.verb("line", "show")
async def test_line_that_is_connected_elsewhere_moves_and_keeps_what_it_has(
    admins: Office, helpdesk: Channel
) -> None:
    await admins.change("update lines set name = 'Till', settings = '{\"broadcasts\": false}'")

    await type_(admins, f"connect till <#{helpdesk.id}>", LINE)

    said = await answered(admins, "Till · +1 423 555 0100 is mirrored in #helpdesk")
    assert "Webhooks" in said
    assert await _lines(admins) == [(SALES, "Till", helpdesk.id)]
    await type_(admins, "till", LINE)
    await answered(admins, "Texts are shown in their threads alone.")


@pytest.mark.verb("line", "disconnect")
async def test_line_is_disconnected_and_connected_again_by_one_button(admins: Office) -> None:
    await type_(admins, "disconnect sales", LINE)
    await answered(admins, "Sales · +1 423 555 0100 is not mirrored any more.")
    assert await _lines(admins) == []
    assert admins.hooks() == []

    await press(admins, "Connect again")

    await answered(admins, "is mirrored in #sales")
    assert await _lines(admins) == [(SALES, "Sales", admins.sales.id)]


@pytest.mark.verb("line", "disconnect")
@pytest.mark.verb("line", "settings")
async def test_line_that_is_not_connected_cannot_be_disconnected_or_set(admins: Office) -> None:
    await type_(admins, "disconnect support", LINE)
    await answered(admins, "Support · +1 423 555 0177 is not connected to a channel.")

    await type_(admins, "settings support", LINE)

    await answered(admins, "Connect it first: /line connect")


@pytest.mark.verb("line", "settings")
@pytest.mark.verb("line", "show")
async def test_settings_are_changed_in_a_window(admins: Office) -> None:
    await type_(admins, "settings sales", LINE)
    await opened(admins, "Line settings")

    await send(admins, {"name": "Till", "shows": []})

    await opened(admins, "Saved the settings of Till")
    await type_(admins, "till", LINE)
    await answered(admins, "Texts are shown in their threads alone.")
    assert admins.dashboard.name == "Sales"


@pytest.mark.verb("line", "settings")
async def test_settings_without_a_name_are_refused_beside_it(admins: Office) -> None:
    await type_(admins, "settings sales", LINE)
    await opened(admins, "Line settings")

    ack = await send(admins, {"name": "  "})

    assert ack.payload is not None
    assert ack.payload["errors"] == {"name": "A line needs a name."}


# --- At the provider ------------------------------------------------------------------------------------------


@pytest.mark.verb("line", "rename")
async def test_line_is_renamed_at_the_provider_and_here(admins: Office) -> None:
    await type_(admins, "rename sales Front desk", LINE)

    await answered(admins, "is called Front desk now, here and at Text Request.")
    assert admins.dashboard.name == "Front desk"
    assert [name for _, name, _ in await _lines(admins)] == ["Front desk"]


@pytest.mark.verb("line", "show")
async def test_line_is_renamed_in_a_window(admins: Office) -> None:
    await type_(admins, "support", LINE)
    await answered(admins, "Not connected")
    await press(admins, "Rename …")
    await opened(admins, "Rename the line")

    await send(admins, {"name": "Help"})

    await opened(admins, "is called Help now")
    await type_(admins, '"Help"', LINE)
    await answered(admins, "Help · +1 423 555 0177")


@pytest.mark.verb("line", "new")
async def test_line_is_made_once_an_admin_says_so(admins: Office) -> None:
    await type_(admins, 'new "Night shift" +14235550166', LINE)
    await answered(admins, "Make the line Night shift with the number +1 423 555 0166 at Text Request? It may be")
    await press(admins, "Make it")
    await answered(admins, "Made Night shift · +1 423 555 0166.")

    await press(admins, "Connect to this channel")

    await answered(admins, "Night shift · +1 423 555 0166 is mirrored in #sales")
    assert "Dana made a line · Night shift" in await _log(admins)


@pytest.mark.verb("line", "new")
async def test_line_whose_number_is_taken_is_refused(admins: Office) -> None:
    await type_(admins, f"new Again {SUPPORT}", LINE)
    await answered(admins, "Make the line Again")

    await press(admins, "Make it")

    await answered(admins, "Text Request makes no dashboard for this number")


@pytest.mark.verb("line", "new")
async def test_line_that_may_have_been_made_is_in_the_log(admins: Office) -> None:
    admins.fault("textrequest.create_dashboard", "drop_after")
    await type_(admins, "new Night +14235550166", LINE)
    await answered(admins, "Make the line Night")

    await press(admins, "Make it")

    await admins.see(lambda: "Make" not in admins.whispers(admins.dana)[-1], "what became of it")
    assert "made a line · Night · +1 423 555 0166 · it is not known" in await _log(admins)


@pytest.mark.verb("line", "delete-dashboard")
async def test_line_is_deleted_once_its_number_is_typed(admins: Office) -> None:
    await type_(admins, "delete-dashboard sales", LINE)
    await opened(admins, "Type +1 423 555 0100 to delete it.")
    await send(admins, {"typed": "yes"})
    await opened(admins, "⚠️ That is not the line that would be deleted.")
    assert admins.dashboard.id in admins.textrequest.dashboards

    await send(admins, {"typed": "(423) 555-0100"})

    await opened(admins, "Deleted Sales · +1 423 555 0100 at Text Request.")
    assert admins.dashboard.id not in admins.textrequest.dashboards
    assert await _lines(admins) == []


@pytest.mark.parametrize(
    "words",
    [
        "rename sales Till",
        f"new Night {SUPPORT}",
        "delete-dashboard sales",
        "connect sales #sales",
        "disconnect sales",
        "settings sales",
    ],
)
async def test_only_admins_change_lines(team: Office, words: str) -> None:
    await type_(team, words, LINE)

    await answered(team, "Only admins may do that")
    assert await _lines(team) == [(Number(SALES), "Sales", team.sales.id)]

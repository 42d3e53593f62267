"""Slash commands from end to end: typed in the sandbox's Slack, answered to who typed them."""

from __future__ import annotations

import pytest

from bot.grammar import SERVED
from bot.sandbox.slack.model import Channel
from tests.e2e.asking import answered, press, type_
from tests.e2e.office import MARIA, OMAR, Office

TICK = "white_check_mark"


@pytest.mark.verb("text", "send")
async def test_text_to_a_number_is_sent_and_its_thread_linked(team: Office) -> None:
    await type_(team, f"{MARIA} Your order is ready")

    await team.gets("Your order is ready")
    assert "On its way to +1 415 555 0134." in await answered(team, "On its way")
    root = (await team.see(lambda: team.roots(MARIA), "a thread"))[0]["ts"]
    said = await team.notice(root, "Your order is ready")
    await team.reacts(said["ts"], TICK)


@pytest.mark.verb("text", "send")
async def test_text_to_a_name_asks_first_and_is_sent_once(team: Office) -> None:
    await team.open()
    await type_(team, "Maria See you at 3")
    asked = await answered(team, "To Maria Lopez")
    assert "“See you at 3”" in asked
    assert team.phone() == []

    await press(team, "Send")
    await team.gets("See you at 3")
    await answered(team, "On its way to Maria Lopez")

    assert team.phone() == ["See you at 3"]


@pytest.mark.verb("text", "send")
async def test_text_that_was_agreed_to_is_sent_as_it_was_typed(team: Office) -> None:
    await team.open()
    await type_(team, "Maria if 3 &lt; 4 type &amp;lt; and “page=2”")
    await answered(team, "To Maria Lopez")

    await press(team, "Send")

    await team.gets("if 3 < 4 type &lt; and “page=2”")


@pytest.mark.verb("text", "send")
async def test_cancelled_text_is_not_sent(team: Office) -> None:
    await team.open()
    await type_(team, "Maria See you at 3")
    await answered(team, "To Maria Lopez")

    await press(team, "Cancel")

    await answered(team, "Cancelled: nothing was done.")
    assert team.phone() == []


@pytest.mark.verb("text", "send")
async def test_name_of_several_asks_which(team: Office) -> None:
    await team.open(number=MARIA, name="Maria Lopez")
    await team.open(number=OMAR, name="Maria Santos")
    await type_(team, "Maria See you at 3")
    await answered(team, "Which “Maria”?")

    await press(team, "Maria Santos · +1 415 555 0177")

    await team.gets("See you at 3", number=OMAR)
    assert team.phone(MARIA) == []


@pytest.mark.verb("text", "send")
async def test_nobody_of_that_name_is_said(team: Office) -> None:
    await type_(team, "Zoe hello")

    await answered(team, "Nobody on “Sales” is called “Zoe”.")


@pytest.mark.verb("text", "send")
async def test_text_to_who_opted_out_is_refused_at_once(team: Office) -> None:
    root = await team.open()
    await team.text("STOP")
    await team.see(lambda: "Opted out" in team.card(root), "the opt-out")

    await type_(team, f"{MARIA} hello")

    await answered(team, "opted out of texts from this line")
    assert team.phone() == []


@pytest.mark.verb("text", "history")
async def test_history_is_read_newest_first(team: Office) -> None:
    root = await team.open("Hi there")
    ts = await team.say(root, "Hello Maria")
    await team.reacts(ts, TICK)

    await type_(team, f"history {MARIA}")

    answer = await answered(team, "Maria Lopez · +1 415 555 0134 on Sales")
    assert answer.index("Hello Maria") < answer.index("Hi there")
    assert "delivered" in answer


@pytest.mark.verb("text", "history")
async def test_long_history_comes_in_pages(team: Office) -> None:
    for number in range(11):
        await team.text(f"text number {number:02}")
    await team.see(lambda: len(team.mirrored(MARIA)) == 12, "all of them")
    await type_(team, f"history {MARIA}")
    first = await answered(team, "text number 10")
    assert "text number 00" not in first

    await press(team, "Older")

    assert "text number 10" not in await answered(team, "text number 00")


@pytest.mark.verb("text", "send")
async def test_guest_may_not(team: Office) -> None:
    guest = team.workspace.add_member("Gil", kind="guest")
    team.sales.members.add(guest.id)

    await type_(team, f"{MARIA} hello", member=guest)

    await answered(team, "Only full members of this workspace may use this.", guest)
    assert team.phone() == []


@pytest.mark.parametrize("text", ["history", "+1 hello", "archvie", '"', "<@U1> <!channel> &amp;"])
async def test_anything_typed_isanswered(team: Office, text: str) -> None:
    await type_(team, text)

    await team.see(lambda: team.whispers(team.dana), "an answer")


@pytest.mark.verb("threadline", "help")
async def test_help_names_every_command(team: Office) -> None:
    await type_(team, "", command="/threadline")

    answer = await answered(team, "What I do")
    assert "/text" in answer
    assert "/threadline" in answer


HELPED = {
    "text": "/text history <to>",
    "contact": "/contact find [words]",
    "group": "/group new <name>",
    "list": "/list find <words>",
    "pay": "/pay remind <id>",
    "line": "/line settings <line>",
    "send": "/send letter",
    "callback": "/callback groups",
    "dialler": "/dialler clone <from> <to>",
    "ticket": "/ticket note <code> <words>",
    "threadline": "/threadline",
}


@pytest.mark.verb("text", "help")
@pytest.mark.verb("group", "help")
@pytest.mark.verb("list", "help")
@pytest.mark.verb("line", "help")
@pytest.mark.verb("callback", "help")
@pytest.mark.verb("dialler", "help")
async def test_every_command_answers_help(team: Office) -> None:
    assert HELPED.keys() == {command.name for command in SERVED}
    for name, line in HELPED.items():
        await type_(team, "help", command=f"/{name}")

        await answered(team, line)


@pytest.mark.verb("text", "history")
async def test_verb_that_was_misspelled_before_a_name_is_told(team: Office) -> None:
    await team.open()

    await type_(team, "histroy Maria")

    assert "Did you mean /text history?" in await answered(team, "Nobody on “Sales” is called “histroy”.")


@pytest.mark.verb("text", "send")
async def test_name_that_is_no_misspelled_verb_is_only_said_to_be_nobodys(team: Office) -> None:
    await type_(team, "Zebulon hello")

    assert "Did you mean" not in await answered(team, "is called “Zebulon”.")


@pytest.mark.verb("text", "history")
async def test_history_tells_who_is_mentioned_by_name(team: Office) -> None:
    root = await team.open("Hi there")
    ts = await team.say(root, f"<@{team.dana.id}> she paid")
    await team.reacts(ts, "mute")

    await type_(team, "history Maria")

    assert "@Dana she paid" in await answered(team, "Hi there")


@pytest.mark.verb("text", "history")
async def test_history_has_no_commands_in_it_but_notes(team: Office) -> None:
    root, bot = await team.open("Hi there"), f"<@{team.workspace.bot.id}>"
    for words in ("archive", "Note: she likes the balcony", "history"):
        await team.reacts(await team.say(root, f"{bot} {words}"), "mute")

    await type_(team, "history Maria")

    told = await answered(team, "Hi there")
    assert "she likes the balcony" in told
    assert "archive" not in told


@pytest.mark.verb("text", "send")
@pytest.mark.verb("threadline", "audit")
async def test_admin_reads_who_did_what(team: Office) -> None:
    await team.stop()
    await team.start(threadline_admins=team.dana.id)
    await type_(team, f"{MARIA} Your order is ready")
    await answered(team, "On its way")

    await type_(team, "audit", command="/threadline")

    assert "Dana started a text · +1 415 555 0134" in await answered(team, "Who did what")
    await type_(team, "audit page=9", command="/threadline")
    await answered(team, "There is no page 9.")


@pytest.mark.verb("threadline", "audit")
async def test_only_admins_read_who_did_what(team: Office) -> None:
    await type_(team, "audit", command="/threadline")

    await answered(team, "Only admins may do that")


# --- Who may ------------------------------------------------------------------------------------------------


@pytest.mark.verb("text", "send")
async def test_who_is_not_in_a_lines_channel_may_not(team: Office) -> None:
    fay = team.workspace.add_member("Fay")

    await type_(team, f"{MARIA} hello", member=fay)

    await answered(team, "Only who is in a line's channel may do that.", fay)
    assert team.phone() == []


@pytest.mark.verb("text", "send")
@pytest.mark.verb("text", "history")
async def test_setting_says_who_may(team: Office) -> None:
    await team.stop()
    await team.start(threadline_rights=f"text={team.eli.id}; text.history=everyone", threadline_admins="U0ADMIN")

    await type_(team, f"{MARIA} hello")
    await answered(team, "the setting THREADLINE_RIGHTS names others")
    await type_(team, f"{MARIA} hello", member=team.eli)
    await team.gets("hello")
    await type_(team, f"history {MARIA}")

    await answered(team, "+1 415 555 0134 on Sales")


@pytest.mark.verb("text", "send")
async def test_nobody_passes_while_slack_does_not_say_who_is_in_the_channel(team: Office) -> None:
    team.fault("conversations.members", "status", status=429, retry_after_s=1)

    await type_(team, f"{MARIA} hello")

    await answered(team, "Slack answered: ratelimited.")
    assert team.phone() == []


@pytest.mark.verb("text", "history")
async def test_channel_that_is_no_more_keeps_nobody_from_another_line(team: Office) -> None:
    await team.open("Hi there")
    await team.bind(Channel(id="C0DELETED", name="deleted"), number="+14235550111")

    await type_(team, f"history {MARIA}")

    await answered(team, "+1 415 555 0134 on Sales")


@pytest.mark.verb("text", "send")
@pytest.mark.parametrize("rights", ["", "text=S0GONE"], ids=["channel", "group"])
async def test_nobody_is_in_what_is_no_more(closed: Office, rights: str) -> None:
    await closed.start(threadline_rights=rights, threadline_admins=closed.eli.id)
    closed.fault("conversations.members", "error", error="channel_not_found")
    closed.fault("usergroups.users.list", "error", error="no_such_subteam")

    await type_(closed, f"{MARIA} hello")

    await answered(closed, "sk an admin: @Eli")
    assert closed.phone() == []


@pytest.mark.verb("threadline", "doctor")
async def test_admin_asks_the_doctor(team: Office) -> None:
    await team.stop()
    await team.start(threadline_admins=team.dana.id)

    await type_(team, "doctor", command="/threadline")

    found = await answered(team, "Settings: readable.")
    assert "✓ Text Request: our key is accepted" in found
    assert "✓ “Sales”" in found

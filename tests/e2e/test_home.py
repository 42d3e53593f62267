"""App Home from end to end: drawn when it is opened and when something changes, and for nobody else."""

from __future__ import annotations

import pytest

from tests.e2e.cards import use
from tests.e2e.homes import at_home, home_says, home_without, reads, use_home, view_of
from tests.e2e.office import MARIA, OMAR, QUICK, Office
from tests.e2e.windows import opened, send, window
from tests.e2e.windows import reads as window_reads


async def test_home_shows_what_is_theirs_and_what_is_nobodys(team: Office) -> None:
    root = await team.open("Is the slot free?")
    await team.open("Hello", number=OMAR, name="Omar Aziz")
    await use(team, root, "Take")
    await team.found("select owner from conversations where owner <> ''")

    view = await at_home(team, "Your open conversations")

    mine, free = reads(view).split("Nobody’s yet")
    assert "Maria Lopez → Sales · 💬 Open" in mine
    assert "They: Is the slot free?" in mine
    assert "Omar Aziz → Sales · 👋 New" in free


async def test_home_follows_what_happens(team: Office) -> None:
    await at_home(team, "Nobody’s yet")

    await team.open("Hi there")
    await home_says(team, "Maria Lopez → Sales · 👋 New")
    await team.text("Anybody?")

    await home_says(team, "They: Anybody?")


async def test_home_of_who_did_not_open_it_is_not_published(team: Office) -> None:
    await at_home(team, "Nobody’s yet")

    await team.open("Hi there")
    await home_says(team, "Maria Lopez")

    assert view_of(team, team.eli) == {"blocks": []}


async def test_conversation_is_taken_from_home(team: Office) -> None:
    await team.open("Hi there")
    await at_home(team, "Maria Lopez → Sales · 👋 New")

    await use_home(team, "Take")

    await team.found("select id from conversations where owner = :dana", dana=team.dana.id)
    await home_says(team, "Maria Lopez → Sales · 💬 Open")


async def test_who_comes_second_reads_in_a_window_who_was_first(team: Office) -> None:
    await team.open("Hi there")
    await at_home(team, "Maria Lopez")
    await team.running.bridge.store.standings.take(  # type: ignore[union-attr]  # it runs
        (await team.rows("select id from conversations"))[0]["id"],
        team.eli.id,  # type: ignore[arg-type]  # an id
    )

    await use_home(team, "Take")

    await opened(team, "was first and has it.")


async def test_home_that_was_opened_long_ago_is_kept_up_from_a_click_on(team: Office) -> None:
    await team.open("Hi there")
    await at_home(team, "Maria Lopez → Sales · 👋 New")
    await team.change("update homes set opened_at = 0")

    await use_home(team, "Take")

    await home_says(team, "Maria Lopez → Sales · 💬 Open")


async def test_failed_text_is_sent_again_from_home(team: Office) -> None:
    root = await team.open()
    team.fault("textrequest.send", "status", status=400)
    await team.say(root, "At 3 pm")
    await team.notice(root, "⚠️")
    await at_home(team, "⚠️ Did not arrive: Maria Lopez")

    await use_home(team, "Retry")

    await team.gets("At 3 pm")
    await home_without(team, "Did not arrive")


async def test_sentence_about_a_text_that_waits_is_read_in_a_window(team: Office) -> None:
    root = await team.open()
    team.fault("textrequest.send", "drop", times=1)
    await team.say(root, "At 3 pm")
    await team.notice(root, "❔")
    await at_home(team, "❔ Nobody knows whether this arrived")

    await use_home(team, "Check")

    await opened(team, "The provider has no trace of it yet.")


async def test_sentence_that_comes_too_late_for_a_window_is_told_directly(team: Office) -> None:
    await at_home(team, "Nobody’s yet")
    team.workspace.rules.trigger_life_s = 0

    await use_home(team, "New text")

    inbox = team.workspace.direct_messages(team.dana)
    await team.see(
        lambda: "once more" in str(list(map(team.workspace.words, team.workspace.messages(inbox)))), "it"
    )


@pytest.mark.verb("text", "open")
async def test_new_text_is_started_from_home(team: Office) -> None:
    await at_home(team, "Nobody’s yet")
    await use_home(team, "New text")
    await opened(team, "New text")

    await send(team, {"to": MARIA, "words": "Hello from home"})

    await team.gets("Hello from home")


async def test_lists_are_turned_page_by_page(team: Office) -> None:
    for number in range(9):
        await team.text("hi", number=f"+141555501{number:02}", name=f"Contact {number:02}")
    await team.found("select count(*) as n from conversations having count(*) = 9")
    first = await at_home(team, "Contact 08")
    assert "Contact 00" not in reads(first)

    await use_home(team, "Older")

    await home_says(team, "Contact 00")
    await use_home(team, "Newer")
    await home_says(team, "Contact 08")


@pytest.mark.verb("line", "settings")
async def test_admin_sees_how_the_lines_do_and_opens_their_settings(closed: Office) -> None:
    await closed.start(QUICK, threadline_admins=closed.dana.id)
    await closed.open("Hi there")

    view = await at_home(closed, "webhooks connected · credentials accepted")
    assert "🟢 Sales · +1 423 555 0100" in reads(view)
    await at_home(closed, "Nobody’s yet", closed.eli)
    assert "webhooks" not in reads(view_of(closed, closed.eli))

    await use_home(closed, "Settings")
    await opened(closed, "Line settings")
    assert "Being seen" in window_reads(window(closed))


async def test_admin_sees_why_a_line_is_in_trouble(closed: Office) -> None:
    closed.fault("textrequest.messages", "status", status=401, times=0)
    await closed.start(QUICK, threadline_admins=closed.dana.id, threadline_public_url="")

    await at_home(closed, "🔴 Sales")


async def test_admin_sees_that_a_line_cannot_be_shown_until_it_can(closed: Office) -> None:
    await closed.start(QUICK, threadline_admins=closed.dana.id)
    await closed.open("Hi there")
    await closed.workspace.archive(closed.sales, closed.dana)
    await at_home(closed, "⚠️ Texts wait, as the channel cannot show them (it was archived)")

    await closed.workspace.unarchive(closed.sales, closed.dana)

    await home_says(closed, "🟢 Sales")


async def test_line_whose_channel_came_back_while_the_bot_was_down_is_well_again(closed: Office) -> None:
    await closed.start(QUICK, threadline_admins=closed.dana.id)
    await closed.open("Hi there")
    await closed.workspace.remove_bot(closed.sales)
    await at_home(closed, "🔴 Sales")
    await closed.stop()
    await closed.workspace.join(closed.sales, closed.workspace.bot)

    await closed.start(QUICK, threadline_admins=closed.dana.id)
    await closed.change("update duties set due_at = 0 where name = 'unshown'")

    await home_says(closed, "🟢 Sales")


async def test_guest_sees_nothing_of_it(team: Office) -> None:
    guest = team.workspace.add_member("Gil", kind="guest")
    team.sales.members.add(guest.id)
    await team.open("Hi there")

    view = await at_home(team, "Threadline is for full members of this workspace.", guest)

    assert len(view["blocks"]) == 1
    await team.found("select 1 as forgotten where not exists (select member from homes)")


async def test_member_who_became_a_guest_sees_nothing_any_more(team: Office) -> None:
    await team.open("Hi there")
    await at_home(team, "Maria Lopez")
    await team.change("update members set kind = 'guest'")

    await team.text("Anybody?")

    await home_says(team, "Threadline is for full members of this workspace.")


async def test_who_is_in_no_lines_channel_reads_which_to_join(team: Office) -> None:
    fay = team.workspace.add_member("Fay")
    await team.open("Hi there")

    view = await at_home(team, "Only who is in a line's channel may do that.", fay)

    assert "Maria" not in reads(view)


async def test_restarted_bot_keeps_homes_up(team: Office) -> None:
    await at_home(team, "Nobody’s yet")
    await team.stop()
    await team.start()

    await team.open("Hi there")

    await home_says(team, "Maria Lopez")


async def test_home_in_whose_place_something_else_stands_is_drawn_anew(team: Office) -> None:
    await at_home(team, "Nobody’s yet")
    view = view_of(team)
    team.workspace.views.publish(team.dana.id, {"type": "home", "blocks": view["blocks"][:1]})

    await team.open("Hi there")

    await home_says(team, "Maria Lopez")


async def test_home_that_slack_does_not_take_now_is_shown_later(team: Office) -> None:
    team.fault("views.publish", "status", status=429, retry_after_s=1)

    await team.workspace.open_home(team.dana)
    await team.struck("views.publish")

    await home_says(team, "Nobody’s yet")

"""A root card's buttons from end to end: whose a conversation is, where it stands, and what the provider has."""

from __future__ import annotations

import asyncio

import pytest

from tests.e2e.asking import press
from tests.e2e.cards import showing, theirs, use
from tests.e2e.office import QUICK, Office
from tests.e2e.windows import opened, reads, send, window


@pytest.mark.verb("thread", "take")
async def test_who_takes_a_conversation_is_its_owner_and_mentioned_with_the_next_text(team: Office) -> None:
    root = await team.open()

    await use(team, root, "Take")

    await showing(team, root, "💬 Open · Owner @Dana")
    await showing(team, root, "[Assign]")
    await team.text("Is the slot free?")
    await team.notice(root, "For @Dana")
    assert team.whispers(team.dana) == []


async def test_of_two_who_click_at_once_one_is_told_who_was_first(team: Office) -> None:
    root = await team.open()

    await asyncio.gather(use(team, root, "Take", team.dana), use(team, root, "Take", team.eli))

    def told() -> list[str]:
        return team.whispers(team.dana) + team.whispers(team.eli)

    await team.see(told, "who was first")
    (row,) = await team.rows("select owner from conversations")
    first = {team.dana.id: "Dana", team.eli.id: "Eli"}[row["owner"]]
    assert told() == [f"@{first} was first and has it. Assign it to yourself if it shall be yours."]


@pytest.mark.verb("thread", "assign")
async def test_conversation_is_handed_on_in_a_window(team: Office) -> None:
    root = await team.open()
    await use(team, root, "Take")
    await use(team, root, "Assign")
    await opened(team, "Owner")

    await send(team, {"owner": team.eli.id})

    await opened(team, "Maria Lopez · +1 415 555 0134 is Eli’s.")
    await team.notice(root, "@Eli 👋 Dana assigned Maria Lopez to you.")
    await showing(team, root, "Owner @Eli")


@pytest.mark.verb("thread", "resolve")
@pytest.mark.verb("thread", "reopen")
async def test_resolved_conversation_is_resolved_at_the_provider_until_it_is_reopened(team: Office) -> None:
    root = await team.open()

    await use(team, root, "Resolve")
    await showing(team, root, "✅ Done")
    await team.see(lambda: theirs(team).is_resolved, "it resolved there")
    await use(team, root, "Reopen")

    await showing(team, root, "👋 New")
    await team.see(lambda: not theirs(team).is_resolved, "it open there")


async def test_text_opens_what_is_done_and_says_so(team: Office) -> None:
    root = await team.open("Hi there")
    await use(team, root, "Take")
    await use(team, root, "Resolve")
    await showing(team, root, "✅ Done")
    await team.see(lambda: theirs(team).is_resolved, "it resolved there")

    await team.text("One more thing")

    await team.reads(root, "Hi there", "One more thing\nFor @Dana", "💬 Open again: Maria Lopez texted.")
    assert "One more thing" in " ".join(map(team.workspace.words, team.workspace.messages(team.sales)))
    await showing(team, root, "💬 Open")


async def test_second_one_who_resolves_it_is_told_who_was_first(team: Office) -> None:
    root = await team.open()
    await asyncio.gather(use(team, root, "Resolve", team.dana), use(team, root, "Resolve", team.eli))

    def told() -> list[str]:
        return team.whispers(team.dana) + team.whispers(team.eli)

    await team.see(told, "who was first")
    assert told() in (["It is so already: @Dana was first."], ["It is so already: @Eli was first."])


async def test_conversation_is_put_away_and_brought_back_from_the_menu(team: Office) -> None:
    root = await team.open()

    await use(team, root, "Archive")
    await team.told(team.dana, "Archived Maria Lopez · +1 415 555 0134 on Sales.")
    await team.see(lambda: theirs(team).is_archived, "it archived there")
    await use(team, root, "Unarchive")

    await team.see(lambda: not theirs(team).is_archived, "it back there")
    await showing(team, root, "[Archive]")


@pytest.mark.verb("thread", "block")
@pytest.mark.verb("thread", "unblock")
async def test_contact_is_blocked_after_a_question(team: Office) -> None:
    root = await team.open()

    await use(team, root, "Block …")
    await team.told(team.dana, "Block Maria Lopez · +1 415 555 0134 on Sales? Their texts are then neither")
    assert not theirs(team).is_blocked
    await press(team, "Block")

    await team.see(lambda: theirs(team).is_blocked, "them blocked there")
    await showing(team, root, "🚫 Blocked")
    await use(team, root, "Unblock")
    await team.see(lambda: not theirs(team).is_blocked, "them not blocked there")


@pytest.mark.verb("contact", "show")
async def test_details_of_the_contact_are_shown(team: Office) -> None:
    root = await team.open()

    await use(team, root, "Contact details")

    await team.told(team.dana, "Maria Lopez · +1 415 555 0134 on Sales")
    (shown,) = team.workspace.ephemerals(team.dana)
    assert shown["thread_ts"] == ""


async def test_card_whose_place_another_took_leads_there(team: Office) -> None:
    root = await team.open()
    support = team.workspace.add_channel("support", team.dana)
    await team.bind(support)
    await team.text("Still there?")
    new = await team.see(lambda: team.roots(channel=support), "a card there")
    await team.see(lambda: team.thread(new[0]["ts"], support) == ["Still there?"], "the text below it")

    await use(team, root, "Take")

    await team.told(team.dana, "This card is not used any more, another one is. Open the thread")
    assert (await team.rows("select owner from conversations"))[0]["owner"] == ""


async def test_guest_takes_nothing(team: Office) -> None:
    gus = team.workspace.add_member("Gus", kind="guest")
    team.sales.members.add(gus.id)
    root = await team.open()

    await use(team, root, "Take", gus)

    await team.told(gus, "Only full members of this workspace may use this.")
    assert (await team.rows("select owner from conversations"))[0]["owner"] == ""


# --- At the provider ----------------------------------------------------------------------------------------


async def test_refusal_of_the_provider_is_told_in_the_thread_once(team: Office) -> None:
    root = await team.open()
    team.fault("textrequest.save_contact", "status", status=400)

    await use(team, root, "Resolve")

    await team.notice(root, "⚠️ The provider does not have it as resolved.")
    await team.settled()
    assert len(team.notices(root, "as resolved")) == 1
    await showing(team, root, "✅ Done")


async def test_provider_that_is_away_is_told_when_it_is_back(team: Office) -> None:
    root = await team.open()
    team.fault("textrequest.save_contact", "status", status=503, times=2)

    await use(team, root, "Resolve")
    for tries in (1, 2):
        await team.found("select uid from untold where tries = :tries", tries=tries)
        await team.change("update untold set due_at = 0", "update duties set due_at = 0 where name = 'standings'")

    await team.see(lambda: theirs(team).is_resolved, "it resolved there")
    assert team.notices(root, "resolved") == []


@pytest.mark.parametrize("kind", ["drop", "drop_after", "garbage"])
async def test_call_whose_outcome_nobody_knows_is_made_again(team: Office, kind: str) -> None:
    root = await team.open()
    team.fault("textrequest.save_contact", kind)

    await use(team, root, "Resolve")
    await team.found("select uid from untold where tries = 1")
    await team.change("update untold set due_at = 0", "update duties set due_at = 0 where name = 'standings'")

    await team.found("select 1 as told where not exists (select uid from untold)")
    assert theirs(team).is_resolved
    assert team.notices(root, "resolved") == []


@pytest.mark.parametrize(
    ("change", "shown"), [({"is_resolved": True}, "✅ Done"), ({"is_blocked": True}, "🚫 Blocked")]
)
async def test_what_is_changed_at_the_provider_is_shown(team: Office, change: dict[str, bool], shown: str) -> None:
    root = await team.open()
    contact = theirs(team)
    for name, value in change.items():
        setattr(contact, name, value)

    team.textrequest.updated(team.dashboard, contact)

    await showing(team, root, shown)


async def test_line_whose_provider_keeps_nothing_is_done_here_alone(closed: Office) -> None:
    await closed.start(QUICK)
    root = await closed.open()
    await closed.stop()
    clicksend = {name.lower(): value for name, value in closed.sandbox.clicksend_addresses().items()}
    await closed.start(QUICK, **clicksend, textrequest_api_key="", threadline_public_url="")

    await use(closed, root, "Resolve")

    await showing(closed, root, "✅ Done")


# --- In the thread ------------------------------------------------------------------------------------------


async def _say(team: Office, root: str, words: str) -> None:
    await team.say(root, f"<@{team.workspace.bot.id}> {words}")


async def test_what_the_buttons_do_can_be_said_as_well(team: Office) -> None:
    root = await team.open()

    await _say(team, root, "take")
    await showing(team, root, "Owner @Dana")
    await _say(team, root, f"assign <@{team.eli.id}>")
    await showing(team, root, "Owner @Eli")
    await _say(team, root, "resolve")
    await showing(team, root, "✅ Done")
    await _say(team, root, "reopen")
    await showing(team, root, "💬 Open")
    await _say(team, root, "archive")
    await team.see(lambda: theirs(team).is_archived, "it archived there")


async def test_assigning_without_a_name_asks_for_one_in_a_window(team: Office) -> None:
    root = await team.open()

    await _say(team, root, "assign")
    await team.told(team.dana, "This is done in a window.")
    await press(team, "Open it")

    await opened(team, "Owner")
    assert "leave Maria Lopez" in reads(window(team))


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("assign @Nobody", "Name somebody with @, as Slack completes it."),
        ("assign Eli please", "Usage: @Threadline assign [@member]"),
    ],
)
async def test_name_that_is_no_mention_is_not_guessed(team: Office, words: str, answer: str) -> None:
    root = await team.open()

    await _say(team, root, words)

    await team.told(team.dana, answer)

"""Callbacks from end to end: asked for in every way, queued once, followed, reminded of; each with one card."""

from __future__ import annotations

import pytest

from tests.e2e.asking import answered, press, type_
from tests.e2e.callbacks import CALLBACK, CRM, asked_for, card, cards, click, events, furnished, labels
from tests.e2e.cards import use
from tests.e2e.office import MARIA, OMAR, QUICK, Office
from tests.e2e.windows import window

NEW, SEEN, DONE, ERROR = 20, 30, 99, 100
WAITING = "· Waiting for an agent"


@pytest.mark.verb("callback", "queue")
async def test_callback_is_queued_and_its_card_stands_in_the_contacts_thread(centre: Office) -> None:
    support, _ = furnished(centre)
    root = await asked_for(centre)

    shown = await card(centre, root, WAITING)

    (event,) = events(centre)
    assert (event["AcdEventTypesID"], event["AcdGroupsID"], event["UsersID"]) == (3, support, None)
    assert (event["Sender"], event["Subject"]) == (MARIA.lstrip("+"), "Offer")
    assert event["UserData"].startswith("tl-")
    said = centre.workspace.words(shown)
    assert "📞 Callback · Offer · as soon as possible · group Support · asked by @Dana" in said
    assert labels(shown) == ["Refresh"]
    assert len(cards(centre, root)) == 1


@pytest.mark.verb("callback", "queue")
async def test_every_key_reaches_the_contact_centre(centre: Office) -> None:
    support, kim = furnished(centre)
    keys = (
        f'agent=kim priority=60 receiver=+4989123456 body="Ring <twice>" crm={CRM}?a=1&amp;b=2 data=crm-17 '
        f"group={support}"
    )
    root = await asked_for(centre, f"{keys} About the offer")

    shown = await card(centre, root, WAITING)

    (event,) = events(centre)
    assert (event["UsersID"], event["nPriority"], event["Receiver"]) == (kim, 60, "4989123456")
    assert (event["UserData"], event["Subject"]) == ("crm-17", "About the offer")
    assert event["CrmURL"] == f"{CRM}?a=1&b=2"
    assert "Ring ‹twice›" in event["EventData"]
    assert "· group Support · agent kim ·" in centre.workspace.words(shown)
    assert labels(shown) == ["Refresh", "Open in CRM"]


@pytest.mark.verb("callback", "queue")
async def test_time_is_the_members_and_told_on_both_clocks(centre: Office) -> None:
    furnished(centre)
    root = await centre.open()

    await type_(centre, f'"{MARIA}" in 3 days group=Support Offer', CALLBACK)
    said = await answered(centre, "Queueing a callback to Maria Lopez · +1 415 555 0134, ")

    assert " for them), at group Support." in said
    assert " for them) · group Support" in centre.workspace.words(await card(centre, root, WAITING))
    (terms,) = await centre.rows("select says from cards")
    assert '"due_at": "20' in terms["says"]


@pytest.mark.verb("callback", "queue")
async def test_two_halves_of_a_group_are_both_named(centre: Office) -> None:
    support, _ = furnished(centre)
    sales = next(iter(centre.jtel.queues.groups))

    root = await asked_for(centre, f"group={sales}/{support}")

    assert "· group Sales / Support ·" in centre.workspace.words(await card(centre, root, WAITING))
    assert events(centre)[0]["Subject"] == "Call back Maria Lopez · +1 415 555 0134"


@pytest.mark.verb("callback", "queue")
async def test_group_that_was_not_said_is_asked_for_and_nothing_else_is_lost(centre: Office) -> None:
    furnished(centre)
    root = await centre.open()
    await type_(centre, f'"{MARIA}" in 2 days agent=kim body="a \\"b\\"" Offer & more', CALLBACK)
    await answered(centre, "Which group of agents?")

    await press(centre, next(label for label in _labels(centre) if "Support" in label))

    await answered(centre, "Queueing a callback to Maria Lopez")
    shown = centre.workspace.words(await card(centre, root, WAITING))
    assert "📞 Callback · Offer & more · " in shown
    assert "· group Support · agent kim ·" in shown
    assert 'a "b"' in events(centre)[0]["EventData"].replace("&quot;", '"')


def _labels(team: Office) -> list[str]:
    message = team.workspace.ephemerals(team.dana)[-1]["message"]
    return labels(message)


@pytest.mark.verb("callback", "queue")
async def test_only_group_is_taken_without_a_question(centre: Office) -> None:
    centre.jtel.rules.steps = ()
    centre.jtel.queues.add_group("Everybody")

    root = await asked_for(centre, "")

    await card(centre, root, "· group Everybody ·")


@pytest.mark.verb("callback", "queue")
async def test_contact_by_name_is_asked_about_before_anything_is_queued(centre: Office) -> None:
    furnished(centre)
    root = await centre.open()

    await type_(centre, "Maria in 2 days group=Support Offer", CALLBACK)
    await answered(centre, "Have Maria Lopez · +1 415 555 0134 called back, ")
    assert await centre.rows("select id from cards") == []
    await press(centre, "Queue it")

    await card(centre, root, WAITING)
    assert len(events(centre)) == 1


@pytest.mark.verb("callback", "queue")
async def test_name_of_several_asks_which(centre: Office) -> None:
    furnished(centre)
    await centre.open()
    root = await centre.open(number=OMAR, name="Maria Santos")

    await type_(centre, 'Maria group=Support "Offer"', CALLBACK)
    await answered(centre, "Which “Maria”?")
    await press(centre, "Maria Santos · +1 415 555 0177")

    await answered(centre, "Queueing a callback to Maria Santos")
    await card(centre, root, WAITING)


@pytest.mark.verb("callback", "queue")
async def test_number_without_a_conversation_gets_a_thread(centre: Office) -> None:
    furnished(centre)

    await type_(centre, f'"{OMAR}" group=Support Offer', CALLBACK)

    (root,) = await centre.see(lambda: centre.roots(OMAR), "a thread")
    await card(centre, root["ts"], WAITING)


@pytest.mark.verb("callback", "queue")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("group=nowhere Offer", "No group of agents is called “nowhere”. /callback groups lists them."),
        ("group=99999 Offer", "There is no group of agents #99999 any more."),
        ("group=1/99999 Offer", "There is no group of agents #1 any more."),
        ("group=Support agent=nobody", "No agent is called “nobody”."),
        ("group=Support agent=77777", "No agent is called “77777”."),
        ("2020-01-01 10:00 group=Support", "is past. Choose a time ahead"),
        ("tomorrow group=Support", "Say a time as well"),
        ("group=Support priority=201", "priority is a whole number from 0 to 200."),
        ("group=Support crm=example", "is no web address"),
        (f"group=Support {'x' * 201}", "The subject has 201 characters, 200 is the most."),
    ],
)
async def test_what_cannot_be_is_said_with_what_to_do(centre: Office, words: str, said: str) -> None:
    furnished(centre)

    await type_(centre, f'"{MARIA}" {words}', CALLBACK)

    await answered(centre, said)
    assert await centre.rows("select id from cards") == []


@pytest.mark.verb("callback", "queue")
async def test_number_that_cannot_be_called_is_refused_before_anything_is_kept(centre: Office) -> None:
    furnished(centre)
    await centre.open()
    await centre.change("update conversations set contact = '72345'")

    await type_(centre, "Maria group=Support", CALLBACK)

    await answered(centre, "jtel calls whole phone numbers only")
    assert await centre.rows("select id from cards") == []


@pytest.mark.verb("callback", "queue")
async def test_without_the_servers_zone_there_are_callbacks_for_now_only(closed: Office) -> None:
    await closed.start(QUICK, **{**closed.with_jtel, "jtel_time_zone": ""})
    furnished(closed)

    await type_(closed, f'"{MARIA}" in 2 days group=Support', CALLBACK)
    await answered(closed, "ask an admin to set JTEL_TIME_ZONE.")
    await type_(closed, f'"{MARIA}" now group=Support', CALLBACK)

    await closed.see(lambda: events(closed), "the callback")


@pytest.mark.verb("callback", "queue")
async def test_without_jtel_the_settings_that_turn_it_on_are_named(team: Office) -> None:
    root = await team.open()

    await type_(team, f'"{MARIA}" Offer', CALLBACK)

    await answered(team, "JTEL_API_URL, JTEL_CLIENTS_ID and JTEL_TOKEN")
    assert "Call back" not in team.card(root)


async def test_what_is_said_in_a_thread_is_for_its_contact(centre: Office) -> None:
    furnished(centre)
    root = await centre.open()

    await centre.say(root, f"<@{centre.workspace.bot.id}> callback in 2 days group=Support about the offer")

    await answered(centre, "Queueing a callback to Maria Lopez")
    await card(centre, root, "📞 Callback · about the offer · ")


@pytest.mark.verb("callback", "queue")
@pytest.mark.verb("callback", "open")
async def test_who_may_is_looked_at_for_the_command_the_window_and_the_card(closed: Office) -> None:
    rights = "callback.queue=admins; callback.show=admins"
    await closed.start(QUICK, **closed.with_jtel, threadline_rights=rights, threadline_admins=closed.dana.id)
    furnished(closed)
    root = await asked_for(closed)
    await card(closed, root, WAITING)

    await type_(closed, f'"{MARIA}" group=Support Offer', CALLBACK, closed.eli)
    await refused(closed, 1)
    await click(closed, root, "refresh", closed.eli)
    await refused(closed, 2)
    await use(closed, root, "Call back", closed.eli)
    await refused(closed, 3)

    assert (len(events(closed)), window(closed, closed.eli)) == (1, None)


@pytest.mark.verb("callback", "queue")
async def test_centre_without_groups_cannot_be_asked(centre: Office) -> None:
    await type_(centre, f'"{MARIA}" Offer', CALLBACK)

    await answered(centre, "The contact centre has no group of agents yet.")


@pytest.mark.verb("callback", "queue")
async def test_where_agents_are_not_listed_their_number_is_taken_as_it_is(centre: Office) -> None:
    _, kim = furnished(centre)
    centre.jtel.rules.missing = ("users",)

    await type_(centre, f'"{MARIA}" group=Support agent=kim', CALLBACK)
    await answered(centre, "This contact centre does not tell who its agents are: write the agent's number.")
    root = await asked_for(centre, f"group=Support agent={kim}")

    assert f"· agent #{kim} ·" in centre.workspace.words(await card(centre, root, WAITING))
    assert events(centre)[0]["UsersID"] == kim


@pytest.mark.verb("callback", "show")
async def test_callback_is_shown_with_the_way_to_its_card(centre: Office) -> None:
    furnished(centre)
    root = await asked_for(centre)
    shown = await card(centre, root, WAITING)

    await type_(centre, f"#{events(centre)[0]['ID']}", CALLBACK)

    await answered(centre, "Open its card")
    assert f"p{shown['ts'].replace('.', '')}" in str(centre.workspace.ephemerals(centre.dana)[-1]["message"])


async def refused(team: Office, times: int) -> None:
    """Wait until Eli was told so often that the setting names others."""
    said = "You may not do that here: the setting THREADLINE_RIGHTS names others. Ask an admin: @Dana."
    await team.see(lambda: team.whispers(team.eli) == [said] * times, f"refusal {times}")


# --- Followed ---------------------------------------------------------------------------------------------------


async def test_card_follows_the_callback_to_the_agent_and_to_its_end(centre: Office) -> None:
    furnished(centre)
    root = await asked_for(centre)
    await card(centre, root, WAITING)
    event = events(centre)[0]["ID"]

    centre.jtel.queues.move(event, SEEN)
    await centre.let_pass(20)
    opened = centre.workspace.words(await card(centre, root, "Opened by an agent"))
    centre.jtel.queues.move(event, DONE)
    await centre.let_pass(20)

    assert "· agent kim ·" in opened
    shown = await card(centre, root, "✅ Done")
    assert labels(shown) == []
    await centre.notice(root, "@Dana ✅ Callback · Offer: done.")
    assert len(cards(centre, root)) == 1


async def test_failure_is_told_and_what_to_do(centre: Office) -> None:
    furnished(centre)
    root = await asked_for(centre)
    await card(centre, root, WAITING)

    centre.jtel.queues.move(events(centre)[0]["ID"], ERROR)
    await click(centre, root, "refresh")

    await card(centre, root, "⚠️ It failed")
    await centre.notice(root, "it failed at the contact centre. Call them, or queue it anew.")


async def test_state_that_nobody_knows_is_shown_and_followed(centre: Office) -> None:
    furnished(centre)
    root = await asked_for(centre)
    await card(centre, root, WAITING)

    centre.jtel.queues.move(events(centre)[0]["ID"], 77)
    await click(centre, root, "refresh")

    assert labels(await card(centre, root, "At the contact centre: state 77")) == ["Refresh"]


async def test_refresh_says_when_nothing_has_changed(centre: Office) -> None:
    furnished(centre)
    root = await asked_for(centre)
    await card(centre, root, WAITING)

    await click(centre, root, "refresh")

    await answered(centre, "Nothing has changed since.")


async def test_callback_that_is_gone_at_the_centre_is_said_and_may_come_back(centre: Office) -> None:
    furnished(centre)
    root = await asked_for(centre)
    await card(centre, root, WAITING)
    there = dict(centre.jtel.queues.events)
    centre.jtel.queues.events.clear()
    await centre.let_pass(20)
    await card(centre, root, "No longer at the contact centre")
    await centre.notice(root, "the contact centre does not have it any more.")

    centre.jtel.queues.events.update(there)
    await click(centre, root, "refresh")

    await card(centre, root, WAITING)


async def test_agents_without_a_name_are_numbered(centre: Office) -> None:
    _, kim = furnished(centre)
    root = await asked_for(centre)
    await card(centre, root, WAITING)
    centre.jtel.rules.missing = ("users",)
    centre.jtel.queues.move(events(centre)[0]["ID"], NEW)

    await click(centre, root, "refresh")

    await card(centre, root, f"· agent #{kim} ·")


# --- One that is there already ----------------------------------------------------------------------------------


async def test_callback_that_is_added_to_another_leads_to_its_card(centre: Office) -> None:
    centre.jtel.rules.steps = ()
    centre.jtel.queues.add_group("Strict", forbids_duplicates=True)
    root = await asked_for(centre, "group=Strict First")
    first = await card(centre, root, WAITING)

    await asked_for(centre, "group=Strict Second")

    second = await card(centre, root, "➕ Added to one that was there")
    assert labels(second) == []
    assert f"p{first['ts'].replace('.', '')}" in str(second["blocks"])
    assert len(events(centre)) == 1
    centre.jtel.queues.move(events(centre)[0]["ID"], DONE)
    await centre.let_pass(20)
    await centre.see(lambda: "✅ Done" in centre.workspace.words(cards(centre, root)[0]), "the first one done")


async def test_callback_that_was_queued_elsewhere_is_followed_by_what_was_added_to_it(
    centre: Office,
) -> None:
    centre.jtel.rules.steps = ()
    group = centre.jtel.queues.add_group("Strict", forbids_duplicates=True)
    asked = {"AcdEventTypesID": 3, "AcdGroupsID": group, "Sender": MARIA.lstrip("+"), "Subject": "By phone"}
    event = centre.jtel.queues.create(asked)["ID"]

    root = await asked_for(centre, "group=Strict Offer")

    shown = await card(centre, root, "jtel had a callback to them, and added this to it.")
    assert labels(shown) == ["Refresh"]
    centre.jtel.queues.move(event, DONE)
    await centre.let_pass(20)
    await card(centre, root, "✅ Done")


async def test_callback_that_is_added_to_before_its_own_answer_came_leads_to_the_other(
    centre: Office,
) -> None:
    centre.jtel.rules.steps = ()
    centre.jtel.queues.add_group("Strict", forbids_duplicates=True)
    centre.fault("jtel.create_event", "hold_after")
    root = await asked_for(centre, "group=Strict First")
    await centre.see(lambda: centre.trouble.held, "a call under way")

    await asked_for(centre, "group=Strict Second")
    await card(centre, root, "jtel had a callback to them, and added this to it.")
    centre.trouble.release()

    def first() -> str:
        return centre.workspace.words(cards(centre, root)[0])

    await centre.see(lambda: "➕ Added to one that was there" in first(), "the first one settled")
    assert (len(events(centre)), labels(cards(centre, root)[1])) == (1, ["Refresh"])


async def test_of_two_callbacks_whose_answers_are_the_same_one_leads_to_the_other(centre: Office) -> None:
    centre.jtel.rules.steps = ()
    centre.jtel.queues.add_group("Strict", forbids_duplicates=True)
    centre.fault("jtel.create_event", "hold_after", times=2)
    root = await asked_for(centre, "group=Strict First")
    await asked_for(centre, "group=Strict Second")
    await centre.see(lambda: len(centre.trouble.held) == 2, "both calls under way")

    centre.trouble.release()

    def said() -> list[str]:
        return sorted(
            next(each for each in ("➕ Added", WAITING, "") if each in centre.workspace.words(shown))
            for shown in cards(centre, root)
        )

    await centre.see(lambda: said() == sorted(["➕ Added", WAITING]), "the callback, and the way to it")
    assert len(events(centre)) == 1


# --- Reminders --------------------------------------------------------------------------------------------------


async def test_callback_whose_time_has_come_reminds_its_channel_once(centre: Office) -> None:
    furnished(centre)
    root = await asked_for(centre, "in 1 hour group=Support Offer")
    await card(centre, root, WAITING)
    await centre.let_pass(3_600)
    await centre.settled()
    assert centre.notices(root, "⏰") == []

    for _ in range(3):
        await centre.let_pass(400)
        await click(centre, root, "refresh")
        await centre.settled()

    notice = await centre.notice(
        root, "@Dana ⏰ Callback · Offer: its time has come, and no agent has opened it yet."
    )
    assert notice.get("subtype") == "thread_broadcast"
    assert len(centre.notices(root, "⏰")) == 1


async def test_callback_that_was_opened_in_time_reminds_nobody(centre: Office) -> None:
    furnished(centre)
    root = await asked_for(centre)
    await card(centre, root, WAITING)
    centre.jtel.queues.move(events(centre)[0]["ID"], SEEN)

    await centre.let_pass(400)

    await card(centre, root, "Opened by an agent")
    await centre.settled()
    assert centre.notices(root, "⏰") == []


async def test_reminder_is_told_once_by_a_bot_that_was_started_again(centre: Office) -> None:
    furnished(centre)
    root = await asked_for(centre)
    await card(centre, root, WAITING)
    await centre.let_pass(400)
    await centre.notice(root, "⏰")

    await centre.stop()
    await centre.start(QUICK, **centre.with_jtel)
    await centre.let_pass(400)
    await click(centre, root, "refresh")
    await answered(centre, "Nothing has changed since.")

    assert len(centre.notices(root, "⏰")) == 1

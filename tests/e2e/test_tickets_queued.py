"""`/ticket queue` from end to end: tickets for the agents of the contact centre, as cards."""

from __future__ import annotations

import pytest

from bot.sandbox.wire import Json
from tests.e2e.asking import answered, press, type_
from tests.e2e.callbacks import events, furnished
from tests.e2e.desk import TICKET
from tests.e2e.office import MARIA, Office
from tests.e2e.tickets import card, cards, click, labels

QUEUE = f'queue Lost keys group=Support to="{MARIA}"'
SEEN, DONE = 30, 99


async def queued(centre: Office, words: str = QUEUE) -> tuple[str, Json]:
    """A ticket in the queue, whose card stands in Maria's thread; the root's ts, and what the centre has."""
    furnished(centre)
    root = await centre.open()
    await type_(centre, words, TICKET)
    await answered(centre, "Queueing “Lost keys")
    await card(centre, root, "Waiting for an agent")
    (event,) = events(centre)
    return root, event


@pytest.mark.verb("ticket", "queue")
async def test_ticket_is_queued_and_followed_until_the_agents_are_done(centre: Office) -> None:
    root, event = await queued(centre, f"{QUEUE} body=Blue crm=https://crm.example.com/17 data=K-1")
    assert (event["AcdEventTypesID"], event["Sender"], event["Subject"]) == (
        6,
        MARIA.lstrip("+"),
        "Lost keys · Blue",
    )
    assert (event["UserData"], "https://crm.example.com/17" in str(event)) == ("K-1", True)
    assert labels(await card(centre, root, f"🎫 #{event['ID']} · Lost keys · Blue")) == ["Refresh", "Open in CRM"]

    centre.jtel.queues.move(event["ID"], SEEN)
    await click(centre, root, "refresh")
    await card(centre, root, "· Opened")
    centre.jtel.queues.move(event["ID"], DONE)
    await centre.let_pass(20)

    await centre.notice(root, f"✅ #{event['ID']} · Lost keys · Blue: the agents are done with it.")
    assert labels(await card(centre, root, "✅ Done")) == ["Open in CRM"]


async def test_ticket_that_is_nobodys_has_its_card_in_the_channel(centre: Office) -> None:
    furnished(centre)

    await type_(centre, "queue Lost keys group=Support", TICKET)

    def in_channel() -> bool:
        shown = map(centre.workspace.words, centre.workspace.messages(centre.sales))
        return any("Lost keys · Waiting" in words for words in shown)

    await centre.see(in_channel, "a card in the channel")
    assert events(centre)[0]["Sender"] == "14235550100"


async def test_group_is_asked_for_and_a_wrong_one_is_said(centre: Office) -> None:
    furnished(centre)
    await type_(centre, "queue Lost keys group=Gone", TICKET)
    await answered(centre, "No group of agents is called “Gone”.")
    await type_(centre, "queue Lost keys", TICKET)
    await answered(centre, "Which group of agents?")

    await type_(centre, "queue Lost keys group=S", TICKET)
    await centre.see(lambda: sum("Which group" in said for said in centre.whispers(centre.dana)) == 2, "both")

    await press(centre, f"Support (#{max(centre.jtel.queues.groups)})")

    await centre.see(lambda: events(centre), "a ticket")


async def test_ticket_whose_answer_was_lost_is_found_by_its_key(centre: Office) -> None:
    centre.fault("jtel.create_event", "drop_after")

    await queued(centre)

    assert len(events(centre)) == 1


async def test_ticket_of_which_nobody_knows_asks_a_person(centre: Office) -> None:
    furnished(centre)
    root = await centre.open()
    centre.fault("jtel.create_event", "drop")
    await type_(centre, QUEUE, TICKET)
    shown = await card(centre, root, "❔ It is not known whether it was queued.")
    assert labels(shown) == ["Check", "Do it again", "It did happen", "Forget it"]

    await click(centre, root, "again")

    await card(centre, root, "Waiting for an agent")
    assert len(events(centre)) == 1


async def test_ticket_with_the_same_key_is_no_proof_of_another_one(centre: Office) -> None:
    root, _ = await queued(centre, f"{QUEUE} data=K-1")
    centre.fault("jtel.create_event", "drop")

    await type_(centre, f"{QUEUE} data=K-1", TICKET)

    await card(centre, root, "❔ It is not known whether it was queued.")
    assert len(events(centre)) == 1


async def test_ticket_that_the_group_has_already_is_said(centre: Office) -> None:
    furnished(centre)
    centre.jtel.queues.strict |= set(centre.jtel.queues.groups)
    root = await centre.open()
    await type_(centre, QUEUE, TICKET)
    await card(centre, root, "Waiting for an agent")

    await type_(centre, QUEUE.replace("keys", "purse"), TICKET)

    shown = await card(centre, root, "jtel had such a ticket, and added this to it. See its card")
    assert labels(shown) == []
    assert (len(events(centre)), len(cards(centre, root))) == (1, 2)


async def test_ticket_that_the_centre_does_not_have_any_more_says_so(centre: Office) -> None:
    root, event = await queued(centre)
    del centre.jtel.queues.events[event["ID"]]

    await click(centre, root, "refresh")

    assert labels(await card(centre, root, "The contact centre does not have it any more")) == ["Refresh"]


async def test_without_a_centre_the_settings_that_turn_it_on_are_named(team: Office) -> None:
    await type_(team, "queue Lost keys", TICKET)

    await answered(team, "JTEL_API_URL")

"""The window *Call back*: opened in every way, filled in, sent; what is wrong stands beside its field."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.wire import Json
from tests.e2e.asking import answered, type_
from tests.e2e.callbacks import CALLBACK, CRM, card, cards, events, furnished
from tests.e2e.cards import showing, use
from tests.e2e.office import MARIA, OMAR, QUICK, Office
from tests.e2e.windows import look, opened, reads, send, window

WAITING = "· Waiting for an agent"


def day_ahead(team: Office, days: int = 2) -> str:
    """A day ahead, as the date picker has it."""
    assert team.running is not None
    return (team.running.bridge.now() + timedelta(days=days)).date().isoformat()


def errors(ack: Any) -> dict[str, str]:
    """What stands beside the fields of a form that was not taken."""
    assert ack.payload["response_action"] == "errors"
    return dict(ack.payload["errors"])


async def open_window(team: Office) -> Json:
    """Dana types /callback and has its window, with the groups and agents that it found."""
    await type_(team, "", CALLBACK)
    shown = await opened(team, "Group of agents")
    await look(team, "group")
    await look(team, "agent")
    return shown


def chosen(team: Office, name: str) -> str:
    """A group's option, by its name."""
    number = next(each["ID"] for each in team.jtel.queues.groups.values() if each["Name"] == name)
    return f"{name} (#{number})"


@pytest.mark.verb("callback", "open")
async def test_command_alone_opens_the_window_and_what_is_sent_is_queued(centre: Office) -> None:
    support, kim = furnished(centre)
    root = await centre.open()
    await open_window(centre)

    await send(
        centre,
        {
            "to": "Maria Lopez",
            "day": day_ahead(centre),
            "time": "10:00",
            "group": chosen(centre, "Support"),
            "agent": "kim",
            "subject": "Offer",
            "body": "Ring\ntwice",
            "priority": "60",
            "link": CRM,
        },
    )

    said = reads(await opened(centre, "Queueing a callback to Maria Lopez"))
    assert ", 10:00" in said
    shown = centre.workspace.words(await card(centre, root, WAITING))
    assert "📞 Callback · Offer · " in shown
    assert "[ Open in CRM ]" in shown
    (event,) = events(centre)
    assert (event["AcdGroupsID"], event["UsersID"], event["nPriority"]) == (support, kim, 60)
    assert "Ring\r\ntwice" in event["EventData"]


async def test_button_of_the_root_card_opens_it_for_the_contact_of_the_thread(centre: Office) -> None:
    furnished(centre)
    root = await centre.open()

    await use(centre, root, "Call back")
    view = await opened(centre, "Group of agents")
    await look(centre, "group", "sup")
    await send(centre, {"group": chosen(centre, "Support")})

    assert MARIA in str(view["blocks"])
    assert "On their clock it is " in reads(view)
    await opened(centre, "Queueing a callback to Maria Lopez · +1 415 555 0134, as soon as possible")
    await card(centre, root, WAITING)


async def test_shortcut_of_a_message_opens_it_for_the_contact_of_the_thread(centre: Office) -> None:
    furnished(centre)
    root = await centre.open()
    message = centre.workspace.thread(centre.sales, root)[1]

    await centre.workspace.message_shortcut(centre.sales, message["ts"], "schedule_callback", centre.dana)

    assert MARIA in str((await opened(centre, "Group of agents"))["blocks"])


async def test_button_is_not_there_without_a_contact_centre(team: Office) -> None:
    root = await team.open()

    await showing(team, root, "[Take]")

    assert "Call back" not in team.card(root)


@pytest.mark.verb("callback", "open")
async def test_only_group_is_chosen_already(centre: Office) -> None:
    centre.jtel.queues.add_group("Everybody")
    await type_(centre, "", CALLBACK)

    view = await opened(centre, "Group of agents")

    assert "Everybody (#" in str(next(block for block in view["blocks"] if block["block_id"] == "group"))


@pytest.mark.verb("callback", "open")
async def test_groups_and_agents_are_found_while_one_types(centre: Office) -> None:
    furnished(centre)
    centre.jtel.queues.add_user("robin")
    await open_window(centre)

    assert await look(centre, "group", "SUPP") == [chosen(centre, "Support")]
    assert await look(centre, "agent", "Ro") == ["robin"]
    assert await look(centre, "agent", "nobody") == []


@pytest.mark.verb("callback", "open")
async def test_menu_says_why_it_is_empty_when_the_centre_is_away(centre: Office) -> None:
    furnished(centre)
    await open_window(centre)
    centre.fault("jtel.*", "status", status=503, times=0)

    (said,) = await look(centre, "group")

    assert "jtel" in said


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"to": "Zoe"}, "to", "Nobody on a line is called “Zoe”."),
        ({"to": "Maria"}, "to", "Several are called so: Maria"),
        ({"day": "2020-01-01", "time": "10:00"}, "time", "That is past. Choose a time ahead"),
        ({"day": "2099-01-01", "time": "10:00"}, "time", "is more than a year ahead."),
        ({"day": "2099-01-01"}, "time", "Choose a time as well, or leave both empty for now."),
        ({"time": "10:00"}, "day", "Choose the day as well, or leave both empty for now."),
        ({"priority": "201"}, "priority", "priority is a whole number from 0 to 200."),
        ({"priority": "low"}, "priority", "priority is a whole number"),
        ({"link": "crm"}, "link", "is no web address"),
    ],
)
@pytest.mark.verb("callback", "open")
async def test_what_is_wrong_stands_beside_its_field(
    centre: Office, values: dict[str, str], field: str, sentence: str
) -> None:
    furnished(centre)
    await centre.open(number=MARIA, name="Maria Lopez")
    await centre.open(number=OMAR, name="Maria Santos")
    await open_window(centre)

    ack = await send(centre, {"to": MARIA, "group": chosen(centre, "Support"), **values})

    assert sentence in errors(ack)[field]
    assert await centre.rows("select id from cards") == []


@pytest.mark.verb("callback", "open")
async def test_group_that_is_gone_by_then_stands_beside_its_field(centre: Office) -> None:
    support, _ = furnished(centre)
    await open_window(centre)
    group = chosen(centre, "Support")
    del centre.jtel.queues.groups[support]

    await send(centre, {"to": MARIA, "group": group})

    await opened(centre, f"⚠️ There is no group of agents #{support} any more.")
    assert await centre.rows("select id from cards") == []


@pytest.mark.verb("callback", "open")
async def test_agent_who_is_gone_by_then_stands_beside_the_field(centre: Office) -> None:
    _, kim = furnished(centre)
    await open_window(centre)
    group = chosen(centre, "Support")
    del centre.jtel.queues.users[kim]

    await send(centre, {"to": MARIA, "group": group, "agent": "kim"})

    await opened(centre, f"⚠️ No agent is called “#{kim}”.")
    assert await centre.rows("select id from cards") == []


@pytest.mark.verb("callback", "open")
async def test_time_that_the_server_cannot_be_told_brings_the_form_back(closed: Office) -> None:
    await closed.start(QUICK, **{**closed.with_jtel, "jtel_time_zone": ""})
    furnished(closed)
    await open_window(closed)

    values = {"to": MARIA, "day": day_ahead(closed), "time": "10:00", "group": chosen(closed, "Support")}
    await send(closed, values)

    await opened(closed, "ask an admin to set JTEL_TIME_ZONE.")
    assert await closed.rows("select id from cards") == []


@pytest.mark.verb("callback", "open")
async def test_window_says_what_to_set_up_without_a_contact_centre(team: Office) -> None:
    await type_(team, "", CALLBACK)

    await answered(team, "JTEL_API_URL, JTEL_CLIENTS_ID and JTEL_TOKEN")
    assert window(team) is None


@pytest.mark.verb("callback", "open")
async def test_line_is_chosen_where_there_are_several(centre: Office) -> None:
    furnished(centre)
    other = centre.workspace.add_channel("support")
    other.members |= {centre.dana.id, centre.workspace.bot.id}
    await centre.bind(other, "+14235550199")
    await open_window(centre)

    await send(centre, {"to": OMAR, "line": "Sales · +1 423 555 0199", "group": chosen(centre, "Support")})

    await opened(centre, "Queueing a callback to +1 415 555 0177")
    (root,) = await centre.see(lambda: centre.roots(OMAR, other), "a thread")
    await centre.see(lambda: WAITING in " ".join(centre.thread(root["ts"], other)), "the card")
    assert cards(centre, root["ts"]) == []


async def test_form_that_is_sent_twice_is_one_callback(centre: Office) -> None:
    furnished(centre)
    root = await centre.open()
    await open_window(centre)
    values = {"to": MARIA, "group": chosen(centre, "Support")}

    acks = await asyncio.gather(*(send(centre, values) for _ in range(2)))

    assert all(ack.acked for ack in acks)
    await card(centre, root, WAITING)
    assert (len(events(centre)), len(cards(centre, root))) == (1, 1)

"""Opening tickets from end to end: from every place, with what the thread tells, and once."""

from __future__ import annotations

import asyncio

import pytest

from bot.sandbox.asms import catalog
from tests.e2e.asking import answered, press, type_
from tests.e2e.cards import use
from tests.e2e.desk import BOILERS, HEATING, PLUMBERS, TICKET, TORRES, ask
from tests.e2e.office import MARIA, OMAR, Office
from tests.e2e.tickets import NEW, PRINTER, card, cards, fill_in, labels, said, ticket, tickets
from tests.e2e.windows import choose, fields, opened, pick, reads, send, window

SERVICE, CATEGORY = "service.incident.12", "category.incident.31"


# --- From everywhere ----------------------------------------------------------------------------------------


async def test_ticket_of_a_thread_is_opened_from_its_card_and_stands_there_as_a_card(desk: Office) -> None:
    root = await desk.open("It is cold here")
    await use(desk, root, "New ticket")
    view = await opened(desk, "Project")
    assert "Maria Lopez · +1 415 555 0134, on Sales" in fields(view)["description"]
    assert "It is cold here" in fields(view)["description"]

    await fill_in(desk)

    await opened(desk, f"Opened RF-200 · {PRINTER}.")
    made = await ticket(desk)
    assert (made.kind, made.project, made.roles["service"], made.roles["category"]) == ("Incidents", 12, 31, 204)
    shown = await card(desk, root, f"🎫 RF-200 · {PRINTER} · Open")
    assert labels(shown) == ["Add note", "Change state", "Attach file", "Refresh"]
    assert len(cards(desk, root)) == 1
    assert "Threadline tl-" in made.description


@pytest.mark.verb("ticket", "open")
async def test_command_alone_opens_the_window_and_its_card_stands_in_the_channel(desk: Office) -> None:
    await type_(desk, "", TICKET)
    view = await opened(desk, "Project")
    assert fields(view)["description"] == ""

    await fill_in(desk)

    await opened(desk, "Opened RF-200")

    def in_channel() -> bool:
        shown = map(desk.workspace.words, desk.workspace.messages(desk.sales))
        return any(f"🎫 RF-200 · {PRINTER} · Open" in words for words in shown)

    await desk.see(in_channel, "a card in the channel")


async def test_shortcut_of_a_message_opens_the_window_for_the_contact(desk: Office) -> None:
    root = await desk.open("It is cold here")
    await desk.workspace.message_shortcut(
        desk.sales, desk.workspace.thread(desk.sales, root)[1]["ts"], "create_ticket", desk.dana
    )
    await opened(desk, "Project")

    await fill_in(desk)

    await card(desk, root, "🎫 RF-200")


async def test_words_said_in_a_thread_are_the_subject_of_the_window(desk: Office) -> None:
    root = await desk.open()
    await said(desk, root, "ticket printer broken")
    await answered(desk, "This is done in a window.")

    await press(desk, "Open it")

    view = await opened(desk, "Project")
    assert fields(view)["subject"] == "printer broken"
    assert "Maria Lopez" in fields(view)["description"]
    assert desk.phone() == []


async def test_enough_said_in_a_thread_opens_the_ticket_at_once(desk: Office) -> None:
    root = await desk.open("My pin is 4711")

    await said(desk, root, "ticket printer broken project=12 service=31 category=204")

    await card(desk, root, "🎫 RF-200 · printer broken · Open")
    description = (await ticket(desk)).description
    assert "Maria Lopez · +1 415 555 0134, on Sales" in description
    assert "4711" not in description  # nobody saw that it would go there


@pytest.mark.verb("ticket", "new")
async def test_ticket_is_opened_by_the_command_with_names_that_depend_on_each_other(desk: Office) -> None:
    root = await desk.open()
    more = 'group=Plumbers responsible="M. Torres" urgency=High description="It smokes" field:317=4B'

    await ask(desk, f'{NEW} to="{MARIA}" {more}', f"Opening “{PRINTER}”.")

    await card(desk, root, "Plumbers · M. Torres · asked for by")
    made = await ticket(desk)
    roles = {name: made.roles[name] for name in ("service", "category", "group", "responsible", "urgency")}
    assert roles == {
        "service": HEATING,
        "category": BOILERS,
        "group": PLUMBERS,
        "responsible": TORRES,
        "urgency": 2,
    }
    assert made.additional == {"317": ["4B"]}
    assert made.description.startswith("It smokes")


async def test_what_can_be_nothing_else_is_not_asked_for(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog, "PROJECTS", {13: "IT"})
    root = await desk.open()

    await ask(desk, f'new {PRINTER} to="{MARIA}"', "Opening")

    await card(desk, root, f"🎫 RF-200 · {PRINTER} · Open")


async def test_command_that_says_too_little_opens_the_window_with_all_that_it_says(desk: Office) -> None:
    await type_(
        desk, f'new {PRINTER} type=call project=Facilities customer=881 description="a & b" field:317=4B', TICKET
    )

    view = await opened(desk, "Project")

    begin = fields(view)
    assert (begin["subject"], begin["description"], begin["kind"]) == (PRINTER, "a & b", "Service call")
    assert (begin["project"], begin["service.service_call.12"]) == ("Facilities", "")
    assert (begin["role.customer"], begin["field.317"]) == ("881", "4B")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("project=Garden", "No project is called “Garden” here. There is “Facilities”, “IT”."),
        ("project=12 service=Gone", "No service is called “Gone” here."),
        ("project=12 service=31 category=204 group=Gone", "No group is called “Gone” here."),
        ("project=12 customer=Ana", "Aranda has no menu for a ticket's customer. Write its id."),
        ("field:Flat=4B", "There is no field “Flat” here. Write its number, like field:317=4B."),
    ],
)
async def test_names_that_are_not_there_are_said(desk: Office, words: str, sentence: str) -> None:
    await ask(desk, f"new {PRINTER} {words}", sentence)

    assert tickets(desk) == []


@pytest.mark.verb("ticket", "help")
async def test_help_lists_what_can_be_typed(desk: Office) -> None:
    shown = await ask(desk, "help", "/ticket new <subject>")

    assert "/ticket queue <subject>" in shown


async def test_contact_of_a_name_that_several_have_is_asked_for(desk: Office) -> None:
    await desk.open("Hello", OMAR, "Maria Santos")
    root = await desk.open()
    await ask(desk, f"{NEW} to=Maria", "Which “Maria”?")

    await press(desk, "Maria Lopez · +1 415 555 0134")

    await card(desk, root, f"🎫 RF-200 · {PRINTER} · Open")


# --- The window ---------------------------------------------------------------------------------------------


async def test_menus_follow_what_is_chosen_and_what_was_typed_stays(desk: Office) -> None:
    await type_(desk, "", TICKET)
    assert set(fields(await opened(desk, "Project"))) == {"subject", "description", "kind", "project"}

    view = await choose(desk, "project", "Facilities", {"subject": "Cold", "description": "Since May"})
    assert fields(view)["subject"] == "Cold"
    view = await choose(desk, SERVICE, "Heating")
    view = await choose(desk, CATEGORY, "Radiators")
    assert {"group.incident.31.205", "urgency", "impact"} <= set(fields(view))
    view = await choose(desk, "project", "IT")

    begin = fields(view)
    assert (begin["subject"], begin["description"], begin["project"]) == ("Cold", "Since May", "IT")
    assert (begin["service.incident.13"], begin["category.incident.41"]) == ("Laptops", "Screens")
    assert SERVICE not in begin


async def test_window_that_does_not_fit_what_is_chosen_comes_back_with_what_was_typed(desk: Office) -> None:
    await type_(desk, "", TICKET)
    await opened(desk, "Project")

    await send(desk, {"subject": "Cold", "project": "Facilities"})

    view = await opened(desk, "⚠️ Choose the service.")
    assert (fields(view)["subject"], fields(view)["project"]) == ("Cold", "Facilities")
    assert tickets(desk) == []
    assert SERVICE in fields(view)


async def test_of_two_choices_at_once_neither_fails_and_nothing_is_lost(desk: Office) -> None:
    await type_(desk, "", TICKET)
    view = await opened(desk, "Project")
    desk.fault("views.update", "hold")

    for field, option in (("project", "Facilities"), ("kind", "Problem")):
        await pick(desk, view, field, option, {"subject": "Cold", "project": "Facilities"})
    await desk.see(lambda: "kind" in str(window(desk)) and window(desk) != view, "the window for one of them")
    desk.trouble.release()
    await desk.settled()

    now = window(desk)
    assert now is not None
    assert "⚠️" not in reads(now)
    assert (fields(now)["subject"], fields(now)["project"]) == ("Cold", "Facilities")


async def test_subject_of_spaces_is_refused_beside_its_field(desk: Office) -> None:
    await type_(desk, "", TICKET)
    await opened(desk, "Project")

    ack = await send(desk, {"subject": "  ", "project": "Facilities"})

    assert ack.payload == {
        "response_action": "errors",
        "errors": {"subject": "Say in a few words what it is about."},
    }


@pytest.mark.parametrize(("where", "status"), [("asms.menu", 403), ("conversations.members", 500)])
async def test_menu_that_cannot_be_had_says_so_and_keeps_what_was_typed(
    desk: Office, where: str, status: int
) -> None:
    await type_(desk, "", TICKET)
    await opened(desk, "Project")
    desk.fault(where, "status", times=0, status=status)
    await desk.change("delete from circles")

    view = await choose(desk, "project", "Facilities", {"subject": "Cold"})

    assert "⚠️" in reads(view)
    assert (fields(view)["subject"], fields(view)["project"]) == ("Cold", "Facilities")


async def test_form_that_is_sent_twice_opens_one_ticket(desk: Office) -> None:
    root = await desk.open()
    await use(desk, root, "New ticket")
    await opened(desk, "Project")
    await choose(desk, "project", "IT")
    view = window(desk)
    assert view is not None

    filled = {"subject": {"value": {"value": PRINTER}}}
    await asyncio.gather(*(desk.workspace.submit(view["id"], desk.dana, filled) for _ in range(2)))

    await card(desk, root, "🎫 RF-200")
    await desk.settled()
    assert len(tickets(desk)) == 1


# --- What the service desk wants ----------------------------------------------------------------------------


async def test_field_that_is_missing_appears_in_the_window_and_nothing_is_lost(desk: Office) -> None:
    desk.asms.rules.required = ("317",)
    root = await desk.open()
    await use(desk, root, "New ticket")
    await opened(desk, "Project")

    await fill_in(desk, description="It smokes")

    view = await opened(desk, "Field 317")
    assert "⚠️ Aranda wants a value for" in reads(view)
    assert (fields(view)["subject"], fields(view)["description"]) == (PRINTER, "It smokes")
    assert (fields(view)["project"], fields(view)[CATEGORY]) == ("Facilities", "Boilers")
    await card(desk, root, "⚠️ It was not opened.")

    await send(desk, {"field.317": "4B"})

    await opened(desk, "Opened RF-200")
    await card(desk, root, "🎫 RF-200")
    assert (await ticket(desk)).additional == {"317": ["4B"]}
    assert len(cards(desk, root)) == 1


async def test_field_known_by_its_name_is_found_by_other_tickets_of_the_project(desk: Office) -> None:
    desk.asms.rules.required, desk.asms.rules.field_names = ("317",), {"317": "Flat"}
    other = desk.asms.open_ticket("Incidents", 12, {"subject": "Old"})
    other.additional["317"] = ["1A"]
    await type_(desk, "", TICKET)
    await opened(desk, "Project")
    await fill_in(desk)
    await opened(desk, "⚠️ Aranda wants a value for “Flat”")

    await send(desk, {"field.317": "4B"})

    await opened(desk, "Opened RF-201")
    assert tickets(desk)[-1].additional == {"317": ["4B"]}


async def test_field_whose_number_nobody_knows_is_written_with_it(desk: Office) -> None:
    desk.asms.rules.required, desk.asms.rules.field_names = ("317",), {"317": "Flat"}
    await type_(desk, "", TICKET)
    await opened(desk, "Project")
    await fill_in(desk)
    await opened(desk, "Write it with its number there, like 317=4B.")

    ack = await send(desk, {"field.named": "4B"})
    assert "field.named" in str(ack.payload)
    await send(desk, {"field.named": "317=4B"})

    await opened(desk, "Opened RF-200")
    assert (await ticket(desk)).additional == {"317": ["4B"]}


@pytest.mark.parametrize(
    ("wanted", "field", "value", "role"),
    [
        ("companyId", "company.incident.12.31", "Elm Street Housing", ("company", 20)),
        ("registryTypeId", "registry-type", "SMS", ("registryType", 30)),
        ("customerId", "role.customer", "881", ("customer", 881)),
    ],
)
async def test_what_a_ticket_must_point_at_appears_in_the_window(
    desk: Office, wanted: str, field: str, value: str, role: tuple[str, int]
) -> None:
    await type_(desk, "", TICKET)
    await opened(desk, "Project")
    desk.fault("asms.create_ticket", "error", status=400, error=f"EmptyValue Parameter name: {wanted}")
    await fill_in(desk)
    view = await opened(desk, "Aranda wants a value for")
    assert field in fields(view)

    await send(desk, {field: value})

    await opened(desk, "Opened RF-200")
    assert (await ticket(desk)).roles[role[0]] == role[1]


async def test_refusal_that_names_a_field_of_the_window_stands_there(desk: Office) -> None:
    await type_(desk, "", TICKET)
    await opened(desk, "Project")
    desk.fault("asms.create_ticket", "error", status=400, error="CategoryIdIsEmpty")

    await fill_in(desk)

    view = await opened(desk, "⚠️ A ticket needs a category. Choose one.")
    blocks = [block["block_id"] for block in view["blocks"]]
    assert blocks.index(f"mistake:{CATEGORY}") == blocks.index(CATEGORY) + 1


async def test_refusal_that_names_no_field_stands_above_them(desk: Office) -> None:
    await type_(desk, "", TICKET)
    await opened(desk, "Project")
    desk.fault("asms.create_ticket", "error", status=403, error="DoNotHavePermissionForThisAction")

    await fill_in(desk)

    view = await opened(desk, "⚠️ Our Aranda token may not do this.")
    assert view["blocks"][0]["block_id"] == "mistake"
    assert fields(view)["subject"] == PRINTER


async def test_what_was_refused_can_be_edited_from_its_card_when_the_window_is_gone(desk: Office) -> None:
    desk.asms.rules.required = ("317",)
    root = await desk.open()
    await ask(desk, f'{NEW} to="{MARIA}" group=Plumbers description="It smokes"', "Opening")
    shown = await card(desk, root, "⚠️ It was not opened.")
    assert labels(shown) == ["Edit", "Try again", "Forget it"]
    await desk.notice(root, f"⚠️ {PRINTER}: Aranda wants a value for")

    await desk.workspace.click(desk.sales, shown["ts"], "card:edit", desk.dana)

    view = await opened(desk, "Field 317")
    begin = fields(view)
    assert (begin["subject"], begin["description"]) == (PRINTER, "It smokes")
    assert (begin["project"], begin[SERVICE], begin["group.incident.31.204"]) == (
        "Facilities",
        "Heating",
        "Plumbers",
    )
    await send(desk, {"subject": "Printer on fire", "field.317": "4B"})

    await card(desk, root, "🎫 RF-200 · Printer on fire · Open")
    assert len(cards(desk, root)) == 1


async def test_second_member_who_edits_what_was_opened_meanwhile_is_told(desk: Office) -> None:
    desk.asms.rules.required = ("317",)
    root = await desk.open()
    await ask(desk, f'{NEW} to="{MARIA}"', "Opening")
    shown = await card(desk, root, "⚠️ It was not opened.")
    for member in (desk.dana, desk.eli):
        await desk.workspace.click(desk.sales, shown["ts"], "card:edit", member)
        await opened(desk, "Field 317", member)
    await send(desk, {"field.317": "4B"}, desk.dana)
    await card(desk, root, "🎫 RF-200")

    await send(desk, {"field.317": "4C"}, desk.eli)

    await opened(desk, "This ticket was opened by now", desk.eli)
    assert (await ticket(desk)).additional == {"317": ["4B"]}


# --- Who may ------------------------------------------------------------------------------------------------


async def test_who_is_in_no_lines_channel_may_not(desk: Office) -> None:
    fay = desk.workspace.add_member("Fay")

    await type_(desk, NEW, TICKET, fay)

    await answered(desk, "Only who is in a line's channel may do that.", fay)
    assert tickets(desk) == []


async def test_card_offers_no_ticket_where_no_service_desk_is(team: Office) -> None:
    root = await team.open()

    assert "New ticket" not in str(team.workspace.message(team.sales, root))

"""The bot's own provider at the Aranda stand-in: both speak of the same things."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import cast

import pytest

from bot.errors import Conflict, FieldRefused, OutcomeUnknown
from bot.model import (
    ArticleSearch,
    Compare,
    Condition,
    File,
    ItemChange,
    ItemRequest,
    MenuContext,
    NoteScope,
    ProviderName,
    Search,
    TicketChange,
    TicketKind,
    TicketReported,
    TicketRequest,
    TicketRole,
    WebhookRequest,
)
from bot.providers.asms import Asms
from bot.sandbox.server import Sandbox
from bot.sandbox.trouble import Fault
from bot.settings import Settings
from bot.startup import build_providers
from tests.sandbox.conftest import Ear, quiet

MARKER = "tl-8f3c01"
REQUEST = TicketRequest(
    TicketKind.INCIDENT,
    "No hot water <4B>",
    project=12,
    service=31,
    category=204,
    marker=MARKER,
    description="Ana wrote:\n1 < 2 & <b>cold</b>",
    roles={TicketRole.CUSTOMER: 881},
)
BY_MARKER = Search((Condition("Description", Compare.LIKE, MARKER),))


@pytest.fixture
async def asms(sandbox: Sandbox) -> AsyncIterator[Asms]:
    settings = Settings.explicit({name.lower(): value for name, value in sandbox.asms_addresses().items()})
    built = cast(Asms, build_providers(settings)[Asms.name])
    yield built
    await built.close()


async def test_ticket_lives_its_life(asms: Asms) -> None:
    photo = File("boiler.jpg", "application/octet-stream", b"\xff\xd8 a photo")
    key = await asms.create_ticket(REQUEST)

    await asms.update_ticket(key.code, TicketChange(solution="Reset <it>", roles={TicketRole.STATE: 22}))
    await asms.add_note(key.code, "We are coming.")
    await asms.attach_file(key.code, photo)

    ticket = await asms.read_ticket(key.code)
    (file,) = ticket.files
    steps = await asms.list_ticket_steps(key.code, NoteScope.ALL)
    assert (ticket.code, ticket.id, ticket.kind) == (key.code, key.id, TicketKind.INCIDENT)
    assert (ticket.subject, ticket.description) == (REQUEST.subject, f"{REQUEST.description}\n\n{MARKER}")
    assert (ticket.solution, ticket.state and ticket.state.name) == ("Reset <it>", "Resolved")
    assert ticket.opened_at is not None
    assert abs((ticket.opened_at - datetime.now(UTC)).total_seconds()) < 60
    assert [step.action for step in steps] == ["Created", "Modified", "Modified", "Note", "AddedFile"]
    assert [step.private for step in steps] == [False] * 5
    assert await asms.read_ticket_file(key.code, file.id) == photo


async def test_ticket_whose_answer_was_lost_is_found_by_its_marker(sandbox: Sandbox, asms: Asms) -> None:
    sandbox.trouble.add(Fault(where="asms.create_ticket", kind="drop_after"))

    with pytest.raises(OutcomeUnknown):
        await asms.create_ticket(REQUEST)

    found = await asms.find_tickets(BY_MARKER)
    assert [ticket.subject for ticket in found.rows] == [REQUEST.subject]
    assert list(sandbox.asms.tickets) == [ticket.code for ticket in found.rows]


async def test_field_that_a_project_wants_is_named(sandbox: Sandbox, asms: Asms) -> None:
    sandbox.asms.rules.required = ("317",)

    with pytest.raises(FieldRefused) as caught:
        await asms.create_ticket(REQUEST)

    assert caught.value.field == "317"
    assert (await asms.find_tickets(BY_MARKER)).rows == ()


async def test_menus_lead_from_a_project_to_a_person(asms: Asms) -> None:
    chosen = MenuContext(TicketKind.INCIDENT, project=12, service=31, category=204, state=22, group=5)

    names = {role: [each.name for each in await asms.list_choices(role, chosen)] for role in list(TicketRole)[:6]}

    assert names == {
        TicketRole.SERVICE: ["Heating", "Doors and locks"],
        TicketRole.CATEGORY: ["Boilers", "Radiators"],
        TicketRole.STATE: ["Open", "In progress", "Resolved", "Closed"],
        TicketRole.REASON: ["Repaired", "Not to be seen"],
        TicketRole.GROUP: ["Plumbers", "Caretakers"],
        TicketRole.RESPONSIBLE: ["M. Torres", "K. Osei"],
    }


async def test_article_is_found_in_plain_words(sandbox: Sandbox, asms: Asms) -> None:
    article = sandbox.asms.add_article("Boiler", "<p>Look at the <b>valve</b>.</p>", 12, ("valve.pdf", b"%PDF"))

    found = await asms.find_articles(ArticleSearch(12, "valve"))

    assert [(each.id, each.content) for each in found.rows] == [(article.id, "Look at the valve.")]
    file = await asms.read_article_file(found.rows[0].id, found.rows[0].files[0].id)
    assert (file.name, file.content) == ("valve.pdf", b"%PDF")


async def test_item_is_made_once_and_changed(asms: Asms) -> None:
    request = ItemRequest("Boiler 4B", 12, 55, 77, ItemChange(words={"serial": "BX-1009"}))
    made = await asms.create_item(request)

    with pytest.raises(Conflict):
        await asms.create_item(request)
    await asms.update_item(made, ItemChange(words={"assetTag": "A-77"}))

    (found,) = (await asms.find_items(Search((Condition("Serial", Compare.EQUAL, "BX-1009"),)))).rows
    assert (found.id, found.name, found.asset_tag, found.responsible) == (made, "Boiler 4B", "A-77", "M. Torres")
    assert await asms.read_item(made) == found


async def test_webhook_of_a_business_rule_names_the_ticket(sandbox: Sandbox, asms: Asms, ear: Ear) -> None:
    key = await asms.create_ticket(REQUEST)
    sandbox.asms.tickets[key.code].subject = 'The "big" one'
    sandbox.asms.rules.webhook = f"{ear.url}/ticket"

    sandbox.asms.staff_moves(key.code, 18)
    await quiet(sandbox)

    request = WebhookRequest("ticket", {}, {}, ear.heard[0].raw, datetime.now(UTC))
    assert asms.read_webhook(request).events == (TicketReported(ProviderName("asms"), key.code),)

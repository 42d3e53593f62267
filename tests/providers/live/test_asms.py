"""A real Aranda instance, when `ASMS_INSTANCE_URL` and `ASMS_TOKEN` are in the environment; through its adapter
where `ASMS_API_URL` is, too: `pytest -m live tests/providers/live/test_asms.py`.

Promise: it only reads. No answer is printed, because it holds people's names and words.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

import pytest

from bot.errors import NotFound
from bot.model import (
    ArticleSearch,
    Compare,
    Condition,
    MenuContext,
    NoteScope,
    Search,
    TicketCode,
    TicketKind,
    TicketRole,
)
from bot.providers.asms import Asms
from bot.providers.asms.direct import AsmsDirect
from bot.settings import Settings
from bot.startup import build_providers

pytestmark = pytest.mark.live

Desk = Asms | AsmsDirect
VARIABLES = (
    *("ASMS_API_URL", "ASMS_TOKEN", "ASMS_INSTANCE_URL", "ASMS_TIME_ZONE"),
    *("ASMS_USERNAME", "ASMS_PASSWORD", "ASMS_TENANT"),
)
EVERY_TICKET = Search((Condition("OpenedDate", Compare.ABOVE, "2000-01-01"),))
NOBODY_HAS = "threadline live test"


@pytest.fixture
async def provider() -> AsyncIterator[Desk]:
    """As the bot builds it; skipped without its keys."""
    given = {name.lower(): os.environ[name] for name in VARIABLES if os.environ.get(name)}
    built = build_providers(Settings.explicit(given)).get(Asms.name)
    if not isinstance(built, Asms | AsmsDirect):
        pytest.skip("needs ASMS_INSTANCE_URL and ASMS_TOKEN of a real instance")
    yield built
    await built.close()


@pytest.fixture
def adapter(provider: Desk) -> Asms:
    """What only the adapter can be asked."""
    if not isinstance(provider, Asms):
        pytest.skip("needs ASMS_API_URL as well")
    return provider


async def test_when_the_token_is_asked_for_then_it_is_accepted_and_our_clocks_agree(
    provider: Desk,
) -> None:
    facts = await provider.check()

    assert facts.clock_skew_s is None or abs(facts.clock_skew_s) < 60


async def test_when_menus_are_read_then_one_leads_to_the_next(provider: Desk) -> None:
    project = (await provider.list_choices(TicketRole.PROJECT, MenuContext()))[0]
    chosen = MenuContext(TicketKind.INCIDENT, project=project.id)

    for service in (await provider.list_choices(TicketRole.SERVICE, chosen))[:1]:
        chosen = MenuContext(TicketKind.INCIDENT, project=project.id, service=service.id)
        categories = await provider.list_choices(TicketRole.CATEGORY, chosen)
        assert all(category.name for category in categories)
    for role in (TicketRole.URGENCY, TicketRole.IMPACT, TicketRole.REGISTRY_TYPE):
        assert await provider.list_choices(role, chosen)


async def test_when_tickets_are_found_then_one_is_read_whole_with_its_history(provider: Desk) -> None:
    for found in (await provider.find_tickets(EVERY_TICKET)).rows[:1]:
        ticket = await provider.read_ticket(found.code)
        assert (ticket.code, ticket.id, ticket.subject) == (found.code, found.id, found.subject)
        assert ticket.kind is not TicketKind.UNKNOWN
        assert await provider.list_ticket_steps(found.code, NoteScope.ALL)
        for file in ticket.files[:1]:
            assert (await provider.read_ticket_file(found.code, file.id)).content


async def test_when_nobody_has_it_then_they_say_so_in_one_of_the_two_ways(provider: Desk) -> None:
    subject = Search((Condition("Subject", Compare.EQUAL, NOBODY_HAS),))

    with pytest.raises(NotFound):
        await provider.read_ticket(TicketCode("XX-0"))
    assert (await provider.find_tickets(subject)).rows == ()


async def test_when_articles_are_searched_then_those_that_fit_come(adapter: Asms) -> None:
    project = (await adapter.list_choices(TicketRole.PROJECT, MenuContext()))[0]

    found = await adapter.find_articles(ArticleSearch(project.id, NOBODY_HAS))

    assert found.rows == ()
    await adapter.list_article_folders(project.id)
    await adapter.list_article_kinds()


async def test_when_configuration_items_are_searched_then_the_inferred_path_is_there(adapter: Asms) -> None:
    """No page shows it; `NotOffered` here means that the path is another one."""
    name = Search((Condition("Name", Compare.EQUAL, NOBODY_HAS),))

    assert (await adapter.find_items(name)).rows == ()

"""The provider and the stand-in, without a script between them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import Ambiguous, CredentialsRefused, NotFound, NotOffered, OutcomeUnknown
from bot.model import (
    AcdEventStatus,
    AgentGroupId,
    CallbackRequest,
    CampaignId,
    DiallerContactChange,
    DiallerContactRequest,
    ProviderName,
    QueuedTicketRequest,
    UserData,
)
from bot.providers.jtel import Jtel
from bot.sandbox.jtel.account import Account
from bot.sandbox.server import Sandbox
from bot.sandbox.trouble import Fault
from bot.settings import Settings
from bot.startup import build_providers
from tests.providers.case import everything
from tests.providers.cases.common import CONTACT

DATA = UserData("slack-C1-17")
SOON = timedelta(minutes=1)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """The stand-ins."""
    async with Sandbox.start() as started:
        started.jtel.rules.step_delay_s = 0.0
        yield started


@pytest.fixture
def account(sandbox: Sandbox) -> Account:
    """jtel's."""
    return sandbox.jtel


@pytest.fixture
async def provider(sandbox: Sandbox) -> AsyncIterator[Jtel]:
    """As the bot builds it from the sandbox's settings."""
    addresses = {name.lower(): value for name, value in sandbox.jtel_addresses().items()}
    built = build_providers(Settings.explicit(addresses))[ProviderName("jtel")]
    assert isinstance(built, Jtel)
    yield built
    await built.close()


async def test_when_a_callback_is_queued_then_it_is_followed_until_it_is_done(
    account: Account, provider: Jtel
) -> None:
    group, kim = AgentGroupId(account.queues.add_group("Support DE")), account.queues.add_user("kim@example.com")
    (found,) = await provider.find_agent_groups("support")

    queued = await provider.queue_callback(CallbackRequest(CONTACT, found.id, "Call", DATA, body="After lunch"))
    await account.wait_for(lambda: account.queues.events[queued.id]["AcdEventStatusID"] == 99)

    done = await provider.read_acd_event(queued.id)
    assert (queued.status, queued.sender, queued.group) == (AcdEventStatus.WAITING, CONTACT, group)
    assert (done.status, done.agent, done.data) == (AcdEventStatus.DONE, kim, DATA)
    assert done.created_at is not None
    assert timedelta(0) <= datetime.now(UTC) - done.created_at < SOON


async def test_when_nobody_knows_whether_it_was_queued_then_its_data_finds_it(
    sandbox: Sandbox, account: Account, provider: Jtel
) -> None:
    group = AgentGroupId(account.queues.add_group("Support DE"))
    sandbox.trouble.add(Fault(where="jtel.create_event", kind="drop_after"))

    with pytest.raises(OutcomeUnknown):
        await provider.queue_ticket(QueuedTicketRequest("info@example.com", group, "Ticket", DATA))

    events = await everything(provider.list_acd_events())
    assert [event.data for event in events] == [DATA]


async def test_when_a_contact_goes_through_the_dialler_then_each_step_is_seen(
    account: Account, provider: Jtel
) -> None:
    campaign = CampaignId(account.dialler.add_campaign("Campaign 1000"))
    request = DiallerContactRequest(campaign, "Ruiz", (CONTACT,), DATA, {"City": "Munich", "Amount": "12.50"})

    made = await provider.import_dialler_contact(request, overwrite=False)
    changed = await provider.update_dialler_contact(DATA, DiallerContactChange({"City": "Berlin"}))
    await provider.lock_dialler_contact(DATA)
    locked = account.dialler.dial(made.id)
    await provider.unlock_dialler_contact(DATA)
    account.dialler.dial(made.id, "Busy")
    (called,) = await provider.find_dialler_contacts(DATA)
    (call,) = await provider.list_dialler_calls(made.id)
    await provider.reset_dialler_contact(DATA)
    (reset,) = await provider.read_dialler_contacts((made.id,), ())
    await provider.delete_dialler_contact(DATA)

    assert (made.numbers, made.fields) == ((CONTACT,), {"City": "Munich", "Amount": "12.5"})
    assert (changed.fields["City"], locked, reset.result_code) == ("Berlin", False, None)
    results = {code.id: code.label for code in await provider.list_result_codes(campaign, 1)}
    assert called.result_code is not None
    assert results[called.result_code] == call.result == "Busy"
    assert await everything(provider.list_dialler_contacts(campaign)) == []


async def test_when_two_contacts_have_the_data_then_the_stand_in_keeps_both(
    account: Account, provider: Jtel
) -> None:
    campaign = account.dialler.add_campaign("Campaign 1000")
    for name in ("Ruiz", "Berg"):
        account.dialler.add_contact(campaign, name, "14235550142", UserData=DATA)

    with pytest.raises(Ambiguous):
        await provider.delete_dialler_contact(DATA)

    assert len(account.dialler.contacts) == 2


async def test_when_a_campaign_is_copied_and_deleted_by_name_then_the_other_stays(
    account: Account, provider: Jtel
) -> None:
    first = account.dialler.add_campaign("Campaign 1000")

    await provider.clone_campaign("Campaign 1000", "Campaign 1000 spring", "")
    await provider.delete_campaign_named("Campaign 1000 spring")

    assert [campaign.id for campaign in await provider.list_campaigns()] == [first]
    with pytest.raises(NotFound):
        await provider.delete_campaign_named("Campaign")


async def test_when_an_old_release_lacks_paths_then_it_says_which(account: Account, provider: Jtel) -> None:
    account.rules.missing = ("find_contacts", "many_contacts", "history")

    with pytest.raises(NotOffered):
        await provider.find_dialler_contacts(DATA)

    assert [await provider.has_path(name) for name in ("find", "history", "history-by-data")] == [
        False,
        False,
        True,
    ]


async def test_when_the_token_was_made_anew_then_the_old_one_is_refused(account: Account, provider: Jtel) -> None:
    assert (await provider.check()).description == "7 kinds of events"
    account.token = "another"

    with pytest.raises(CredentialsRefused):
        await provider.check()

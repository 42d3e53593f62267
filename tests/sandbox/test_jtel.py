"""The jtel stand-in: events that go their way, groups, campaigns, contacts, and releases that lack a path.

Every request made here and every answer to it is checked against jtel's OpenAPI file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.sandbox.jtel.account import Account
from bot.sandbox.server import Sandbox
from bot.sandbox.trouble import Fault
from tests.providers.far_end import Heard
from tests.providers.specs import JTEL

Json = dict[str, Any]
ANA, DATA = "14155550134", "SLACK-C1-17"


@dataclass
class Caller:
    """Calls the API with the account's token."""

    session: aiohttp.ClientSession
    base: str
    token: str
    clients_id: int = 1

    async def call(self, method: str, path: str, body: Any = None, **query: str) -> tuple[int, Any]:
        headers = {"authorization": f"Bearer {self.token}", "content-type": "application/json"}
        raw = b"" if body is None else json.dumps(body).encode()
        url = f"{self.base}/{self.clients_id}/{path}"
        async with self.session.request(method, url, data=raw or None, params=query, headers=headers) as answer:
            said = await answer.read()
        asked = Heard(method, f"{JTEL.prefix}/{path}", query, headers, raw)
        if answer.status == 200:
            JTEL.check(asked)
        if said:
            JTEL.check_answer(asked, answer.status, said)
        return answer.status, json.loads(said) if said else None

    async def rows(self, path: str, **query: str) -> list[Json]:
        status, answer = await self.call("GET", path, **query)
        assert status == 200
        assert answer["count"] == len(answer["records"])
        return list(answer["records"])

    async def row(self, method: str, path: str, body: Any = None, **query: str) -> Json:
        status, answer = await self.call(method, path, body, **query)
        assert (status, answer["count"]) == (200, 1)
        return dict(answer["records"][0])


@pytest.fixture
def account(sandbox: Sandbox) -> Account:
    sandbox.jtel.rules.step_delay_s = 0.0
    return sandbox.jtel


@pytest.fixture
def group(account: Account) -> int:
    return account.queues.add_group("Support DE")


@pytest.fixture
def campaign(account: Account) -> int:
    return account.dialler.add_campaign("Campaign 1000")


@pytest.fixture
def caller(sandbox: Sandbox, session: aiohttp.ClientSession, account: Account) -> Caller:
    return Caller(session, sandbox.jtel_addresses()["JTEL_API_URL"], account.token)


def callback(group: int, **more: object) -> Json:
    return {"AcdEventTypesID": 3, "AcdGroupsID": group, "Sender": ANA, "Subject": "Call", "UserData": DATA, **more}


def state(account: Account, event: Json) -> int:
    return int(account.queues.events[event["ID"]]["AcdEventStatusID"])


# --- The door -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("token", "clients_id"), [("wrong", 1), ("", 2)])
async def test_when_token_or_account_is_wrong_then_it_is_refused(
    caller: Caller, token: str, clients_id: int
) -> None:
    caller.token, caller.clients_id = token or caller.token, clients_id

    assert await caller.call("GET", "acd/groups") == (401, {"status": 401, "error": "Unauthorized"})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "nothing"),
        ("POST", "acd/groups"),
        ("GET", "dialler/contacts/contact/history/x/y"),
        ("DELETE", "dialler/contacts/contact"),
        ("PATCH", "dialler/contacts/contact/lock"),
    ],
)
async def test_when_a_path_is_not_there_then_the_404_has_no_words(caller: Caller, method: str, path: str) -> None:
    assert await caller.call(method, path) == (404, None)


async def test_when_a_release_lacks_a_path_then_only_that_one_is_gone(account: Account, caller: Caller) -> None:
    account.rules.missing = ("find_contacts",)

    assert await caller.call("GET", "dialler/contacts/contact", userData=DATA) == (404, None)
    assert await caller.rows("dialler/contacts") == []


async def test_when_there_is_trouble_then_it_is_in_their_words(
    sandbox: Sandbox, account: Account, caller: Caller, group: int
) -> None:
    sandbox.trouble.add(Fault(where="jtel.create_event", kind="status", status=409))

    refused = await caller.call("POST", "acd/events/create", callback(group))

    assert refused == (409, {"status": 409, "error": "Refused"})
    assert account.queues.events == {}
    assert sandbox.trouble.struck == ["jtel.create_event status"]


@pytest.mark.parametrize("body", [b"{", b"[]"])
async def test_when_a_body_is_no_object_then_it_is_refused(
    session: aiohttp.ClientSession, account: Account, caller: Caller, body: bytes
) -> None:
    headers = {"authorization": f"Bearer {account.token}"}
    async with session.post(f"{caller.base}/1/acd/events/create", data=body, headers=headers) as answer:
        assert answer.status == 400


# --- Queues ---------------------------------------------------------------------------------------------


async def test_when_words_are_listed_then_each_has_its_number(caller: Caller) -> None:
    types, states = await caller.rows("acd/events/types"), await caller.rows("acd/events/status")

    assert [row["ID"] for row in types] == list(range(1, 8))
    assert {"ID": 99, "ShortText": "AcdEventStatus.Done"} in states


async def test_when_groups_and_users_are_asked_for_then_they_are_there(
    account: Account, caller: Caller, group: int
) -> None:
    account.queues.add_group("Sales")
    account.queues.add_user("kim@example.com")

    assert [row["Name"] for row in await caller.rows("acd/groups")] == ["Sales", "Support DE"]
    assert [row["ID"] for row in await caller.rows("acd/groups/group", name="support")] == [group]
    assert [row["ID"] for row in await caller.rows(f"acd/groups/group/{group}")] == [group]
    assert (await caller.call("GET", "acd/groups/group/999"))[0] == 404
    assert (await caller.call("GET", "acd/groups/group"))[0] == 400
    assert [row["UID"] for row in await caller.rows("users")] == ["kim@example.com"]


async def test_when_a_callback_is_queued_then_it_goes_through_its_states_to_an_agent(
    account: Account, caller: Caller, group: int
) -> None:
    kim = account.queues.add_user("kim@example.com")

    event = await caller.row("POST", "acd/events/create", callback(group, Body="After lunch", nPriority=60))
    await account.wait_for(lambda: state(account, event) == 99)

    (now,) = await caller.rows(f"acd/events/event/{event['ID']}")
    assert (event["AcdEventStatusID"], event["UsersID"]) == (1, None)
    assert (now["UsersID"], now["nPriority"], now["UserData"]) == (kim, 60, DATA)
    assert "After lunch" in now["EventData"]
    assert await caller.rows("acd/events") == [now]


async def test_when_there_are_no_steps_then_somebody_moves_the_event_until_it_is_closed(
    account: Account, caller: Caller, group: int
) -> None:
    account.rules.steps = ()
    event = await caller.row("POST", "acd/events/create", callback(group))

    account.queues.move(event["ID"], 20)
    account.queues.move(event["ID"], 100)
    account.queues.move(event["ID"], 20)

    assert state(account, event) == 100


@pytest.mark.parametrize("days", [2, -2])
async def test_when_an_appointment_is_to_come_then_it_waits_and_one_that_is_over_does_not(
    account: Account, caller: Caller, group: int, days: int
) -> None:
    day = datetime.now(ZoneInfo(account.rules.zone)) + timedelta(days=days)
    due = {"dtAppointmentDate": f"{day:%Y-%m-%d}", "dtAppointmentTime": f"{day:%H:%M}"}

    event = await caller.row("POST", "acd/events/create", callback(group, **due))
    later = await caller.row("POST", "acd/events/create", callback(group))
    await account.wait_for(lambda: state(account, later) == 99)

    assert state(account, event) == (1 if days > 0 else 99)


async def test_when_a_time_is_told_then_it_is_the_servers_without_a_zone(
    account: Account, caller: Caller, group: int
) -> None:
    event = await caller.row("POST", "acd/events/create", callback(group))

    created = datetime.fromisoformat(event["dtCreated"])
    assert created.tzinfo is None
    age = datetime.now(UTC) - created.replace(tzinfo=ZoneInfo(account.rules.zone)).astimezone(UTC)
    assert timedelta(0) <= age < timedelta(minutes=1)


async def test_when_a_group_forbids_duplicates_then_the_first_event_is_added_to(
    account: Account, caller: Caller
) -> None:
    account.rules.steps = ()
    strict = account.queues.add_group("Strict", forbids_duplicates=True)

    first = await caller.row("POST", "acd/events/create", callback(strict))
    again = await caller.row("POST", "acd/events/create", callback(strict, UserData="x", Body="Please"))
    other = await caller.row("POST", "acd/events/create", callback(strict, Sender="14155550135"))
    account.queues.move(first["ID"], 99)
    anew = await caller.row("POST", "acd/events/create", callback(strict))

    assert (again["ID"], again["Result_"], again["UserData"]) == (first["ID"], "UPDATED", DATA)
    assert account.queues.comments == {first["ID"]: ["Please"]}
    assert len({first["ID"], other["ID"], anew["ID"]}) == 3
    assert "Result_" not in anew


async def test_when_a_ticket_is_queued_then_its_data_is_its_number_elsewhere(
    account: Account, caller: Caller, group: int
) -> None:
    halves = {"AcdGroupsID": None, "AcdConfigurationGroupsID": group, "AcdAgentGroupsID": group}
    ticket = {**callback(group), **halves, "AcdEventTypesID": 6, "Sender": "info@example.com"}
    ticket = {name: value for name, value in ticket.items() if value is not None}

    event = await caller.row("POST", "acd/events/create", {**ticket, "CrmURL": "https://t.example.com/1?a=b&c=d"})

    assert (event["ForeignSystemNumber"], event["AcdGroupsID"]) == (DATA, group)
    assert "https://t.example.com/1?a=b&amp;c=d" in event["EventData"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"Sender": ""}, 400),
        ({"Subject": None}, 400),
        ({"AcdEventTypesID": 9}, 404),
        ({"AcdGroupsID": 999}, 404),
        ({"AcdGroupsID": None}, 400),
        ({"UsersID": 999}, 404),
        ({"dtAppointmentDate": "soon"}, 400),
    ],
)
async def test_when_an_event_cannot_be_then_it_is_refused_and_not_there(
    account: Account, caller: Caller, group: int, change: Json, status: int
) -> None:
    answered, said = await caller.call("POST", "acd/events/create", callback(group, **change))

    assert (answered, said["status"]) == (status, status)
    assert account.queues.events == {}


# --- Dialler --------------------------------------------------------------------------------------------


async def test_when_campaigns_are_asked_for_then_by_id_by_name_and_with_their_results(
    account: Account, caller: Caller, campaign: int
) -> None:
    account.dialler.add_campaign("Campaign 1000 spring")

    labels = [
        [row["Content"] for row in await caller.rows(f"{_one(campaign)}/resultCodes", languagesID=language)]
        for language in ("1", "2")
    ]

    assert len(await caller.rows("dialler/campaigns")) == 2
    assert len(await caller.rows("dialler/campaigns/campaign", name="campaign 1000")) == 2
    assert [row["ID"] for row in await caller.rows(f"dialler/campaigns/{campaign}")] == [campaign]
    assert labels[0] == ["Completed", "Hung up", "Busy", "Appointment"]
    assert labels[1] == ["Abgeschlossen", "Aufleger", "Besetzt", "Termin"]


def _one(campaign: int) -> str:
    return f"dialler/campaigns/campaign/{campaign}"


async def test_when_a_campaign_is_cloned_then_without_its_contacts_and_only_once(
    account: Account, caller: Caller, campaign: int
) -> None:
    account.dialler.add_contact(campaign, "Ruiz", ANA)
    body = {"source": "Campaign 1000", "destination": "New", "userData": "spring"}

    copy = await caller.row("POST", "dialler/campaigns/clone", body)

    assert (copy["Name"], copy["UserData"]) == ("New", "spring")
    assert await caller.rows("dialler/contacts", diallerCampaignsID=str(copy["ID"])) == []
    assert (await caller.call("POST", "dialler/campaigns/clone", body))[0] == 409
    assert (await caller.call("POST", "dialler/campaigns/clone", {**body, "source": "Old"}))[0] == 404
    assert (await caller.call("POST", "dialler/campaigns/clone", {"source": "Old"}))[0] == 400


async def test_when_a_campaign_is_deleted_then_its_contacts_go_with_it(
    account: Account, caller: Caller, campaign: int
) -> None:
    account.dialler.add_contact(campaign, "Ruiz", ANA)

    statuses = [(await caller.call("DELETE", _one(campaign)))[0] for _ in range(2)]

    assert statuses == [200, 404]
    assert account.dialler.contacts == {}


async def test_when_a_contact_is_imported_then_it_is_found_by_id_by_data_and_in_its_campaign(
    account: Account, caller: Caller, campaign: int
) -> None:
    body = {"DiallerCampaignsName": "Campaign 1000", "Name": "Ruiz", "PhoneNumber1": ANA, "UserData": DATA}

    made = await caller.row("POST", "dialler/contacts/import", body, overwriteDuplicates="false")

    other = account.dialler.add_campaign("Other")
    assert await caller.rows(f"dialler/contacts/{made['ID']}") == [made]
    assert await caller.rows("dialler/contacts/contact", userData=DATA) == [made]
    assert await caller.rows("dialler/contacts", diallerCampaignsID=str(campaign)) == [made]
    assert await caller.rows("dialler/contacts", diallerCampaignsID=str(other)) == []
    assert await caller.rows("dialler/contacts/contact", userData="nobody") == []


@pytest.mark.parametrize(("overwrite", "city"), [("false", None), ("true", "Berlin")])
async def test_when_the_data_is_there_then_that_contact_comes_back(
    account: Account, caller: Caller, campaign: int, overwrite: str, city: str | None
) -> None:
    there = account.dialler.add_contact(campaign, "Ruiz", ANA, UserData=DATA)
    body = {
        "DiallerCampaignsID": campaign,
        "Name": "Ruiz",
        "PhoneNumber1": ANA,
        "UserData": DATA,
        "City": "Berlin",
    }

    answered = await caller.row("POST", "dialler/contacts/import", body, overwriteDuplicates=overwrite)

    assert (answered["ID"], answered["City"]) == (there, city)


@pytest.mark.parametrize(
    ("change", "status"),
    [({"Name": None}, 400), ({"PhoneNumber1": ""}, 400), ({"DiallerCampaignsID": 999}, 404)],
)
async def test_when_a_contact_cannot_be_then_it_is_refused(
    account: Account, caller: Caller, campaign: int, change: Json, status: int
) -> None:
    body = {"DiallerCampaignsID": campaign, "Name": "Ruiz", "PhoneNumber1": ANA, **change}

    assert (await caller.call("POST", "dialler/contacts/import", body))[0] == status
    assert account.dialler.contacts == {}


async def test_when_a_contact_is_updated_then_only_what_was_sent_changes(
    account: Account, caller: Caller, campaign: int
) -> None:
    contact = account.dialler.add_contact(campaign, "Ruiz", ANA, UserData=DATA, City="Munich")

    by_id = await caller.row("PATCH", "dialler/contacts/update", {"ID": contact, "PhoneNumber2": "14155550135"})
    by_data = await caller.row("PATCH", "dialler/contacts/update", {"UserData": DATA, "PhoneNumber2": None})

    assert (by_id["PhoneNumber1"], by_id["PhoneNumber2"], by_id["City"]) == (ANA, "14155550135", "Munich")
    assert (by_data["ID"], by_data["PhoneNumber2"]) == (contact, None)
    assert (await caller.call("PATCH", "dialler/contacts/update", {"ID": 999}))[0] == 404
    assert (await caller.call("PATCH", "dialler/contacts/update", {"UserData": "nobody"}))[0] == 404


async def test_when_a_contact_is_locked_then_nobody_calls_it_until_it_is_unlocked(
    account: Account, caller: Caller, campaign: int
) -> None:
    contact = account.dialler.add_contact(campaign, "Ruiz", ANA)
    one = f"dialler/contacts/contact/{contact}"

    await caller.call("PATCH", f"{one}/lock")
    while_locked = account.dialler.dial(contact)
    await caller.call("PATCH", f"{one}/unlock")

    assert (while_locked, account.dialler.dial(contact)) == (False, True)
    assert [(await caller.call("PATCH", f"dialler/contacts/contact/999/{step}"))[0] for step in STEPS] == [404] * 3


STEPS = ("lock", "unlock", "reset")


async def test_when_a_contact_was_called_then_its_history_tells_and_a_reset_forgets_the_tries(
    account: Account, caller: Caller, campaign: int
) -> None:
    contact = account.dialler.add_contact(campaign, "Ruiz", ANA, UserData=DATA)
    account.dialler.dial(contact, "Busy")
    account.dialler.dial(contact)

    history = await caller.rows(f"dialler/contacts/contact/{contact}/history")
    by_data = await caller.rows("dialler/contacts/contact/history", userData=DATA)
    (whole,) = (await caller.call("POST", "dialler/contacts", {"UserDataList": [DATA]}))[1]["records"]
    tries = account.dialler.contacts[contact]["nTriesPhoneNumber1"]
    await caller.call("PATCH", f"dialler/contacts/contact/{contact}/reset")

    assert [row["DiallerCampaignsResultCodes"]["Content"] for row in history] == ["Busy", "Completed"]
    assert by_data == history == whole["DiallerContactsHistory"]
    assert tries == 2
    fresh = account.dialler.contacts[contact]
    assert (fresh["nTriesPhoneNumber1"], fresh["DiallerCampaignsResultCodesID"]) == (0, None)
    assert (await caller.call("GET", "dialler/contacts/contact/history", userData="nobody"))[0] == 404


async def test_when_a_contact_is_deleted_then_it_is_gone_for_good(
    account: Account, caller: Caller, campaign: int
) -> None:
    contact = account.dialler.add_contact(campaign, "Ruiz", ANA)

    statuses = [(await caller.call("DELETE", f"dialler/contacts/contact/{contact}"))[0] for _ in range(2)]

    assert statuses == [200, 404]
    assert (await caller.call("GET", f"dialler/contacts/{contact}"))[0] == 404
    assert (await caller.call("POST", "dialler/contacts", {}))[0] == 400


# --- Remote control -------------------------------------------------------------------------------------


async def test_when_another_process_acts_then_the_stand_in_does_the_same(
    sandbox: Sandbox, session: aiohttp.ClientSession, account: Account, caller: Caller
) -> None:
    async def act(name: str, /, **body: object) -> Any:
        async with session.post(f"{sandbox.url}/_sandbox/{name}", json=body) as answer:
            return await answer.json()

    await act("rules", steps=[], zone="America/New_York")
    kim = (await act("add_agent", name="kim@example.com"))["id"]
    group = (await act("add_agent_group", name="Support DE"))["id"]
    campaign = (await act("add_campaign", name="Campaign 1000"))["id"]
    event = await caller.row("POST", "acd/events/create", callback(group))
    await act("move_event", id=event["ID"], state=30)
    contact = account.dialler.add_contact(campaign, "Ruiz", ANA)

    (seen,) = await act("acd_events")

    assert (seen["UsersID"], seen["AcdEventStatusID"]) == (kim, 30)
    assert await act("dial", contact=contact, result="Hung up") == {"dialled": True}
    assert len(await caller.rows(f"dialler/contacts/contact/{contact}/history")) == 1
    assert sandbox.jtel_addresses()["JTEL_TIME_ZONE"] == "America/New_York"


async def test_when_the_sandbox_begins_again_then_nothing_is_left_of_the_account(
    sandbox: Sandbox, caller: Caller, group: int
) -> None:
    await sandbox.reset()

    assert await caller.rows("acd/groups") == []
    assert group not in sandbox.jtel.queues.groups

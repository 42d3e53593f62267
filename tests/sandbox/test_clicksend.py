"""The ClickSend stand-in: recipients that decide for themselves, history, rules, unsigned webhooks."""

from __future__ import annotations

import pytest

from bot.sandbox.clicksend.account import Account
from bot.sandbox.server import Sandbox
from bot.sandbox.trouble import Fault
from tests.sandbox.clicksend_caller import ANA, LINE, Caller, account, caller
from tests.sandbox.conftest import Ear

__all__ = ["account", "caller"]  # fixtures

INBOUND = {
    "dedicated_number": LINE,
    "rule_name": "threadline",
    "message_search_type": 0,
    "message_search_term": "",
    "action": "URL",
    "enabled": 1,
    "webhook_type": "json",
}


def message(words: str = "Hello", to: str = ANA, **more: str) -> dict[str, str]:
    return {"to": to, "from": LINE, "body": words, "source": "threadline", "custom_string": "token-1", **more}


async def quiet(sandbox: Sandbox) -> None:
    await sandbox.bell.wait_for(lambda: sandbox.pusher.idle, what="an end to the webhooks")


async def test_account_answers_with_the_key_in_it(account: Account, caller: Caller) -> None:
    status, answer = await caller.call("GET", "account")

    assert (status, answer["http_code"], answer["response_code"]) == (200, 200, "SUCCESS")
    assert answer["data"]["_subaccount"]["api_key"] == account.api_key


async def test_wrong_credentials_are_refused(caller: Caller) -> None:
    caller.api_key = "wrong"

    status, answer = await caller.call("GET", "account")

    assert (status, answer["response_code"]) == (401, "UNAUTHORIZED")


async def test_each_recipient_is_accepted_or_refused_on_its_own(account: Account, caller: Caller) -> None:
    account.refuse("+61422222222", "INSUFFICIENT_CREDIT")

    answered = await caller.send(
        message(),
        message(to="+61422222222"),
        message(to="12"),
        message(words=""),
        message(**{"from": "+14155550111"}),
    )

    statuses = ["SUCCESS", "INSUFFICIENT_CREDIT", "INVALID_RECIPIENT", "EMPTY_MESSAGE", "INVALID_SENDER_ID"]
    assert [one["status"] for one in answered] == statuses
    assert [one["message_parts"] for one in answered] == [1, 0, 0, 0, 0]
    assert [text.words for text in account.accepted()] == ["Hello"]


async def test_same_words_again_are_throttled_where_that_is_on(account: Account, caller: Caller) -> None:
    account.rules.throttle_s = 60.0

    first, second, other = await caller.send(message(), message(), message("Something else"))

    assert [first["status"], second["status"], other["status"]] == ["SUCCESS", "THROTTLED", "SUCCESS"]


async def test_receipts_are_forms_with_our_reference(
    sandbox: Sandbox, account: Account, caller: Caller, ear: Ear
) -> None:
    rule = {"rule_name": "r", "match_type": 0, "action": "URL", "action_address": ear.url, "enabled": 1}
    await caller.call("POST", "automations/sms/receipts", rule)

    sent = (await caller.send(message()))[0]
    await account.wait_for(lambda: account.accepted()[0].status == "201")
    await quiet(sandbox)

    last = ear.heard[-1].form
    assert [one.form["status_code"] for one in ear.heard] == ["200", "201"]
    assert (last["messageid"], last["custom_string"], last["status"]) == (
        sent["message_id"],
        "token-1",
        "Delivered",
    )
    assert ear.heard[-1].headers["content-type"] == "application/x-www-form-urlencoded"


async def test_failing_number_is_accepted_and_then_reported(account: Account, caller: Caller) -> None:
    account.fail(ANA)

    answered = await caller.send(message())
    await account.wait_for(lambda: account.accepted()[0].status == "301")

    assert answered[0]["status"] == "SUCCESS"
    assert account.texts_to(ANA) == []


@pytest.mark.parametrize("webhook_type", ["json", "post"])
async def test_inbound_text_names_the_text_it_answers(
    sandbox: Sandbox, account: Account, caller: Caller, ear: Ear, webhook_type: str
) -> None:
    sent = (await caller.send(message()))[0]
    rule = {**INBOUND, "webhook_type": webhook_type, "action_address": ear.url}
    await caller.call("POST", "automations/sms/inbound", rule)

    text = await account.contact_texts(ANA, "Yes please")
    await quiet(sandbox)

    heard = ear.heard[0]
    told = heard.json if webhook_type == "json" else heard.form
    names = {"json": ("message_id", "original_message_id", "custom_string")}
    message_id, original, token = names.get(webhook_type, ("messageid", "originalmessageid", "customstring"))
    assert (told["body"], told["from"], told["to"]) == ("Yes please", ANA, LINE)
    assert (told[message_id], told[original], told[token]) == (text.id, sent["message_id"], "token-1")


async def test_two_rules_deliver_twice_and_others_not_at_all(
    sandbox: Sandbox, account: Account, caller: Caller, ear: Ear
) -> None:
    rule = {**INBOUND, "action_address": ear.url}
    changes: list[dict[str, object]] = [
        {},
        {"dedicated_number": "*"},
        {"dedicated_number": "+14155550101"},
        {"enabled": 0},
    ]
    for change in changes:
        await caller.call("POST", "automations/sms/inbound", rule | change)

    await account.contact_texts(ANA, "Hi")
    await quiet(sandbox)

    assert len(ear.heard) == 2


async def test_rule_is_listed_changed_and_deleted(account: Account, caller: Caller) -> None:
    rule = {**INBOUND, "action_address": "http://127.0.0.1:9/a"}
    _, made = await caller.call("POST", "automations/sms/inbound", rule)
    path = f"automations/sms/inbound/{made['data']['inbound_rule_id']}"

    await caller.call("PUT", path, {**rule, "action_address": "http://127.0.0.1:9/b"})
    _, listed = await caller.call("GET", "automations/sms/inbound")
    deleted = [(await caller.call("DELETE", path))[0] for _ in range(2)]

    assert [one["action_address"] for one in listed["data"]["data"]] == ["http://127.0.0.1:9/b"]
    assert deleted == [200, 404]


async def test_rule_without_its_fields_is_refused(caller: Caller) -> None:
    status, answer = await caller.call("POST", "automations/sms/inbound", {"rule_name": "x"})

    assert (status, answer["response_code"]) == (400, "BAD_REQUEST")


async def test_history_is_filtered_sorted_and_paged(account: Account, caller: Caller) -> None:
    await caller.send(*[message(str(number)) for number in range(20)])
    await caller.send(message("elsewhere", to="+61422222222"))

    _, first = await caller.call("GET", "sms/history", q=f"to:{ANA}", order_by="date:asc", limit="1")
    _, second = await caller.call("GET", "sms/history", q=f"to:{ANA}", order_by="date:asc", page="2")
    _, future = await caller.call("GET", "sms/history", date_from="9999999999")
    _, newest = await caller.call("GET", "sms/history")

    page = first["data"]
    assert (page["per_page"], page["total"], page["last_page"]) == (15, 20, 2)
    assert [one["body"] for one in second["data"]["data"]] == ["15", "16", "17", "18", "19"]
    assert future["data"]["data"] == []
    assert newest["data"]["data"][0]["body"] == "elsewhere"


async def test_stop_has_later_texts_refused_until_start(account: Account, caller: Caller) -> None:
    await account.contact_texts(ANA, "STOP")
    refused = (await caller.send(message()))[0]["status"]
    await account.contact_texts(ANA, "START")

    accepted = (await caller.send(message()))[0]["status"]

    assert (refused, accepted) == (account.rules.opt_out_status, "SUCCESS")


async def test_failed_webhook_comes_again(sandbox: Sandbox, account: Account, caller: Caller, ear: Ear) -> None:
    account.rules.retry_delays_s = (0.0, 0.0)
    await caller.call("POST", "automations/sms/inbound", {**INBOUND, "action_address": ear.url})
    ear.status = 503

    await account.contact_texts(ANA, "Hi")
    await quiet(sandbox)

    assert len({one.raw for one in ear.heard}) == 1
    assert len(ear.heard) == 3


async def test_fault_is_refused_in_their_words(sandbox: Sandbox, account: Account, caller: Caller) -> None:
    sandbox.trouble.add(Fault(where="clicksend.send", kind="status", status=429, retry_after_s=20))

    status, answer = await caller.call("POST", "sms/send", {"messages": [message()]})

    assert (status, answer["response_code"]) == (429, "TOO_MANY_REQUESTS")
    assert account.accepted() == []

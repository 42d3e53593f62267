"""ClickSend's rules, by which webhooks come."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from bot.errors import CredentialsRefused, OutcomeUnknown
from bot.model import Hook
from bot.providers.clicksend import ClickSend
from tests.providers.cases.clicksend import CS_LINE, cs
from tests.providers.cases.common import fixture
from tests.providers.far_end import Answer, FarEnd
from tests.providers.test_clicksend.conftest import asked

BASE = "https://bot.example.com/webhooks/clicksend/s3cret"


async def test_when_rules_are_there_then_nothing_is_made(provider: ClickSend, far_end: FarEnd) -> None:
    far_end.will_answer(cs("inbound_rules.json"), cs("receipt_rules.json"))

    ours = await provider.connect_hooks(CS_LINE, BASE)

    assert list(ours) == [
        Hook("inbound-881", "inbound", f"{BASE}/inbound", connected=True),
        Hook("receipts-12", "receipts", f"{BASE}/receipts", connected=True),
    ]
    assert asked(far_end) == ["GET /automations/sms/inbound", "GET /automations/sms/receipts"]


async def test_when_there_are_no_rules_then_two_are_made(provider: ClickSend, far_end: FarEnd) -> None:
    far_end.will_answer(
        cs("no_rules.json"), cs("inbound_rule_made.json"), cs("no_rules.json"), cs("receipt_rule_made.json")
    )

    ours = await provider.connect_hooks(CS_LINE, BASE)

    assert [(hook.id, hook.url) for hook in ours] == [
        ("inbound-883", f"{BASE}/inbound"),
        ("receipts-13", f"{BASE}/receipts"),
    ]
    assert [json.loads(far_end.heard[place].body) for place in (1, 3)] == [
        {
            "rule_name": "threadline-14235550100",
            "dedicated_number": "+14235550100",
            "message_search_type": 0,
            "message_search_term": "",
            "action": "URL",
            "action_address": f"{BASE}/inbound",
            "enabled": 1,
            "webhook_type": "json",
        },
        {
            "rule_name": "threadline-receipts-1ec1c26b",
            "match_type": 0,
            "action": "URL",
            "action_address": f"{BASE}/receipts",
            "enabled": 1,
        },
    ]


def rule_page(kind: str, *changes: Mapping[str, object]) -> Answer:
    """Our rule of a kind, as often as there are changes to it."""
    whole = json.loads(fixture("clicksend", f"{kind}_rules.json"))
    ours = whole["data"]["data"][0]
    whole["data"]["data"] = [{**ours, **change} for change in changes]
    return Answer(200, json.dumps(whole).encode())


@pytest.mark.parametrize(
    "change",
    [
        {"enabled": 0},
        {"enabled": "0"},
        {"action": "POLL"},
        {"action_address": "https://old.example.com/webhooks/clicksend/0ld/inbound"},
        {"dedicated_number": "+14235550177"},
        {"rule_name": "renamed", "enabled": 0},
    ],
)
async def test_when_our_rule_is_off_or_leads_elsewhere_then_it_is_set_right(
    provider: ClickSend, far_end: FarEnd, change: dict[str, object]
) -> None:
    far_end.will_answer(rule_page("inbound", change), cs("done.json"), cs("receipt_rules.json"))

    inbound, _ = await provider.connect_hooks(CS_LINE, BASE)

    assert inbound == Hook("inbound-881", "inbound", f"{BASE}/inbound", connected=True)
    assert asked(far_end)[1] == "PUT /automations/sms/inbound/881"
    assert json.loads(far_end.heard[1].body)["action_address"] == f"{BASE}/inbound"


@pytest.mark.parametrize(
    ("base", "asks"),
    [
        ("https://elsewhere.example.com/webhooks/clicksend/s3cret", "PUT /automations/sms/receipts/12"),
        ("https://test.example.com/webhooks/clicksend/0ther", "POST /automations/sms/receipts"),
    ],
)
async def test_when_receipts_go_to_a_bot_then_another_gets_its_own_and_the_same_one_moves_its_rule(
    provider: ClickSend, far_end: FarEnd, base: str, asks: str
) -> None:
    change = {"rule_name": "threadline-receipts-1ec1c26b"}
    inbound = rule_page("inbound", {"action_address": f"{base}/inbound"})
    far_end.will_answer(inbound, rule_page("receipt", change), cs("receipt_rule_made.json"))

    await provider.connect_hooks(CS_LINE, base)

    assert asked(far_end)[2:] == [asks]
    assert json.loads(far_end.heard[2].body)["action_address"] == f"{base}/receipts"


async def test_when_another_line_has_the_url_then_this_one_gets_its_own_rule(
    provider: ClickSend, far_end: FarEnd
) -> None:
    other = {"dedicated_number": "+14235550177", "rule_name": "threadline-14235550177"}
    far_end.will_answer(rule_page("inbound", other), cs("inbound_rule_made.json"), cs("receipt_rules.json"))

    await provider.connect_hooks(CS_LINE, BASE)

    assert asked(far_end)[1] == "POST /automations/sms/inbound"


async def test_when_a_rule_is_made_but_not_named_then_it_may_be_there(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(cs("no_rules.json"), cs("done.json"))

    with pytest.raises(OutcomeUnknown):
        await provider.connect_hooks(CS_LINE, BASE)


async def test_when_hooks_are_listed_then_those_that_catch_the_line_are(
    provider: ClickSend, far_end: FarEnd
) -> None:
    other = {"inbound_rule_id": 9, "dedicated_number": "+14235550177"}
    catch_all = {"inbound_rule_id": 10, "dedicated_number": "*", "action": "EMAIL_USER", "action_address": None}
    far_end.will_answer(rule_page("inbound", {}, other, catch_all), cs("receipt_rules.json"))

    listed = await provider.list_hooks(CS_LINE)

    assert [(hook.id, hook.connected) for hook in listed] == [
        ("inbound-881", True),
        ("inbound-10", False),
        ("receipts-12", True),
    ]


@pytest.mark.parametrize(
    ("others", "deleted"),
    [
        ([], ["inbound/881", "receipts/12"]),
        ([{"inbound_rule_id": 9, "dedicated_number": "+14235550177"}], ["inbound/881"]),
        ([{"inbound_rule_id": 9, "action_address": f"{BASE}2/inbound"}], ["inbound/881", "receipts/12"]),
    ],
)
async def test_when_a_line_goes_then_its_rule_goes_and_the_last_one_takes_the_receipts(
    provider: ClickSend, far_end: FarEnd, others: list[dict[str, object]], deleted: list[str]
) -> None:
    far_end.will_answer(rule_page("inbound", {}, *others), cs("receipt_rules.json"), cs("done.json"), Answer(204))

    removed = await provider.remove_hooks(CS_LINE, BASE)

    assert removed == len(deleted)
    assert asked(far_end)[2:] == [f"DELETE /automations/sms/{path}" for path in deleted]


async def test_when_a_rule_is_gone_already_then_it_is_not_counted(provider: ClickSend, far_end: FarEnd) -> None:
    far_end.will_answer(rule_page("inbound", {}), cs("receipt_rules.json"), Answer(404), cs("done.json"))

    assert await provider.remove_hooks(CS_LINE, BASE) == 1


@pytest.mark.parametrize("odd", ["", None, "881/../12", "words", -1])
async def test_when_a_rule_has_no_number_then_nothing_is_asked_about_it(
    provider: ClickSend, far_end: FarEnd, odd: object
) -> None:
    far_end.will_answer(rule_page("inbound", {"inbound_rule_id": odd}), cs("receipt_rules.json"), cs("done.json"))

    assert await provider.remove_hooks(CS_LINE, BASE) == 1
    assert asked(far_end)[2:] == ["DELETE /automations/sms/receipts/12"]


async def test_when_the_receipts_of_calls_come_already_then_nothing_is_made(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(cs("voice_rules.json"))

    assert await provider.connect_reports(BASE) == Hook("voice-31", "voice", f"{BASE}/voice", connected=True)
    assert asked(far_end) == ["GET /automations/voice/receipts"]


async def test_when_the_rule_for_calls_is_off_then_it_is_set_right(provider: ClickSend, far_end: FarEnd) -> None:
    far_end.will_answer(rule_page("voice", {"enabled": 0}), cs("done.json"))

    await provider.connect_reports(BASE)

    assert asked(far_end)[1:] == ["PUT /automations/voice/receipts/31"]


async def test_when_an_account_has_no_voice_then_its_lines_are_connected_all_the_same(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(Answer(403), cs("inbound_rules.json"), cs("receipt_rules.json"))

    with pytest.raises(CredentialsRefused, match="this service"):
        await provider.connect_reports(BASE)
    assert [hook.event for hook in await provider.connect_hooks(CS_LINE, BASE)] == ["inbound", "receipts"]

"""ClickSend's rules, described for the contract."""

from __future__ import annotations

from dataclasses import replace

from bot.capabilities import RegistersHooks, ReportsOrders
from bot.errors import NotFound, Rejected
from bot.model import Hook
from bot.providers.clicksend import ClickSend
from tests.providers.case import ANY_STATUS, Exchange, Operation, Refusal
from tests.providers.cases.clicksend.common import CS_LINE, CS_PAGE, cs
from tests.providers.far_end import Answer

_RULES = "https://bot.example.com/webhooks/clicksend/s3cret"
_INBOUND = Exchange("GET /automations/sms/inbound", cs("inbound_rules.json"), CS_PAGE)
_RECEIPTS = Exchange("GET /automations/sms/receipts", cs("receipt_rules.json"), CS_PAGE)
_VOICE = Exchange("GET /automations/voice/receipts", cs("voice_rules.json"), CS_PAGE)

RULES: tuple[Operation[ClickSend], ...] = (
    Operation(
        RegistersHooks.list_hooks,
        lambda provider: provider.list_hooks(CS_LINE),
        (_INBOUND, _RECEIPTS),
        [
            Hook("inbound-881", "inbound", f"{_RULES}/inbound", connected=True),
            Hook("inbound-882", "inbound", "", connected=False),
            Hook("receipts-12", "receipts", f"{_RULES}/receipts", connected=True),
        ],
    ),
    Operation(
        RegistersHooks.connect_hooks,
        lambda provider: provider.connect_hooks(CS_LINE, _RULES),
        (
            replace(_INBOUND, answer=cs("no_rules.json")),
            Exchange(
                _INBOUND.asks.replace("GET", "POST"),
                cs("inbound_rule_made.json"),
                body={
                    "rule_name": "threadline-14235550100",
                    "dedicated_number": "+14235550100",
                    "message_search_type": 0,
                    "message_search_term": "",
                    "action": "URL",
                    "action_address": f"{_RULES}/inbound",
                    "enabled": 1,
                    "webhook_type": "json",
                },
                effect=True,
            ),
            replace(_RECEIPTS, answer=cs("no_rules.json")),
            Exchange(
                _RECEIPTS.asks.replace("GET", "POST"),
                cs("receipt_rule_made.json"),
                body={
                    "rule_name": "threadline-receipts-1ec1c26b",
                    "match_type": 0,
                    "action": "URL",
                    "action_address": f"{_RULES}/receipts",
                    "enabled": 1,
                },
                effect=True,
            ),
        ),
        [
            Hook("inbound-883", "inbound", f"{_RULES}/inbound", connected=True),
            Hook("receipts-13", "receipts", f"{_RULES}/receipts", connected=True),
        ],
    ),
    Operation(
        RegistersHooks.remove_hooks,
        lambda provider: provider.remove_hooks(CS_LINE, _RULES),
        (
            _INBOUND,
            _RECEIPTS,
            Exchange("DELETE /automations/sms/inbound/881", cs("done.json"), effect=True, means=ANY_STATUS),
            Exchange("DELETE /automations/sms/receipts/12", cs("done.json"), effect=True, means=ANY_STATUS),
        ),
        2,
    ),
    Operation(
        ReportsOrders.connect_reports,
        lambda provider: provider.connect_reports(_RULES),
        (
            replace(_VOICE, answer=cs("no_rules.json")),
            Exchange(
                "POST /automations/voice/receipts",
                cs("voice_rule_made.json"),
                body={
                    "rule_name": "threadline-voice-1ec1c26b",
                    "match_type": 0,
                    "action": "URL",
                    "action_address": f"{_RULES}/voice",
                    "enabled": 1,
                },
                effect=True,
            ),
        ),
        Hook("voice-33", "voice", f"{_RULES}/voice", connected=True),
        refusals=(
            Refusal(Answer(404), NotFound, "http_404", at=0),
            Refusal(Answer(400, b'{"http_code": 400, "response_code": "BAD_REQUEST"}'), Rejected, "BAD_REQUEST"),
        ),
    ),
    Operation(
        ReportsOrders.remove_reports,
        lambda provider: provider.remove_reports(_RULES),
        (
            _VOICE,
            Exchange("DELETE /automations/voice/receipts/31", cs("done.json"), effect=True, means=ANY_STATUS),
        ),
        1,
    ),
)

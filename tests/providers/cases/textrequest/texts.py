"""Text Request's texts, account and hooks, described for the contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.capabilities import ListsTexts, Provider, RegistersHooks, SendsTexts
from bot.errors import ContactOptedOut, OutcomeUnknown, Rejected
from bot.model import (
    AccountFacts,
    Delivery,
    Hook,
    OutgoingText,
    ProviderName,
    SentText,
    TextSent,
)
from bot.providers.textrequest import TextRequest
from tests.providers.case import ANY_STATUS, EMPTY_LIST, SINCE, Exchange, Operation, Refusal
from tests.providers.cases.common import CONTACT, OUR_NUMBER, TOKEN, WORDS, fixture, list_all
from tests.providers.cases.textrequest.common import TR_LINE, TR_PAGE, tr
from tests.providers.far_end import Answer

STATUS_CALLBACK = f"https://bot.example.com/webhooks/textrequest/s3cret?e=status&t={TOKEN}"
TR_TEXT = OutgoingText(TR_LINE, CONTACT, WORDS, "Dana (Slack)", TOKEN, STATUS_CALLBACK)

_HOOKS = "https://bot.example.com/webhooks/textrequest/s3cret"
_LIST_HOOKS = Exchange("GET /dashboards/121/hooks", tr("hooks.json"), TR_PAGE, means=EMPTY_LIST)
TR_CONVERSATION = "/dashboards/121/contacts/14235550142/messages"
_DASHBOARDS = Answer(200, fixture("textrequest", "dashboards.json"), {"date": "Mon, 02 Mar 2026 15:05:00 GMT"})
_NAME = ProviderName("textrequest")


NEVER_SENT: tuple[object, ...] = (
    {},
    {"message_id": {"a": 1}},
    {"message_id": None, "body": WORDS},
    {"delivery_status": [WORDS]},
)
SEND_REFUSALS = (
    Refusal(Answer(400, fixture("textrequest", "refused_opted_out.json")), ContactOptedOut, "30050"),
    Refusal(Answer(400, b'{"status": 400, "message": "Bad number", "errorCode": "21211"}'), Rejected, "21211"),
    Refusal(Answer(400, b'{"errorCode": "4235550142 says Your order is ready."}'), Rejected, "http_400"),
    Refusal(Answer(400, b""), Rejected, "http_400"),
    Refusal(Answer(200, b'{"message_id": "1", "delivery_status": "error"}'), Rejected, "error"),
    Refusal(
        Answer(200, b'{"message_id": "1", "delivery_status": "Error", "delivery_error": "30050"}'),
        ContactOptedOut,
        "30050",
    ),
)


def _made(event: str, url: str) -> Exchange:
    return Exchange(
        "POST /dashboards/121/hooks",
        Answer(201, fixture("textrequest", "hook_made.json")),
        body={"target_url": url, "event": event, "httpVerb": "POST"},
        effect=True,
        wrong=({}, {"id": None}),
    )


def _hook(number: int, event: str, *, connected: bool = True) -> Hook:
    return Hook(str(number), event, f"{_HOOKS}?e={event}", connected)


TEXTS: tuple[Operation[TextRequest], ...] = (
    Operation(
        Provider.check,
        lambda provider: provider.check(),
        (Exchange("GET /dashboards", _DASHBOARDS, TR_PAGE, means=EMPTY_LIST),),
        AccountFacts("2 dashboards", 0.0),
    ),
    Operation(
        SendsTexts.send_text,
        lambda provider: provider.send_text(TR_TEXT),
        (
            Exchange(
                f"POST {TR_CONVERSATION}",
                tr("sent.json"),
                body={"body": WORDS, "sender_name": "Dana (Slack)", "status_callback": STATUS_CALLBACK},
                effect=True,
                wrong=NEVER_SENT,
            ),
        ),
        SentText("0f4c5a1e-3c1b-4c52-9a0e-6a4f6f2f8f11", Delivery.ACCEPTED),
        refusals=SEND_REFUSALS,
    ),
    Operation(
        SendsTexts.find_texts,
        lambda provider: provider.find_texts(TR_TEXT, SINCE),
        (Exchange(f"GET {TR_CONVERSATION}", tr("conversation.json"), TR_PAGE, means=EMPTY_LIST),),
        (
            TextSent(
                provider=_NAME,
                account="121",
                line_number=OUR_NUMBER,
                contact=CONTACT,
                text_id="11111111-0000-4000-8000-000000000003",
                body="Your  order is ready.",
                sent_at=datetime(2026, 3, 2, 15, 4, 5, 120_000, tzinfo=UTC),
                author="Dana (Slack)",
                delivery=Delivery.SENT,
            ),
        ),
        picks=True,
    ),
    Operation(
        ListsTexts.list_texts,
        lambda provider: list_all(provider, TR_LINE),
        (
            Exchange(
                "GET /dashboards/121/messages",
                tr("messages.json"),
                {**TR_PAGE, "start_date": "2026-03-02T15:04:00Z"},
                means=EMPTY_LIST,
            ),
        ),
        [
            TextSent(
                provider=_NAME,
                account="121",
                line_number=OUR_NUMBER,
                contact=CONTACT,
                text_id="22222222-0000-4000-8000-000000000002",
                body="It is.",
                sent_at=datetime(2026, 3, 2, 15, 4, tzinfo=UTC),
                author="Kim",
                delivery=Delivery.FAILED,
                code="2001",
            ),
        ],
        picks=True,
    ),
    Operation(
        ListsTexts.read_opt_out,
        lambda provider: provider.read_opt_out(TR_LINE, CONTACT),
        (Exchange("GET /dashboards/121/contacts/14235550142", tr("contact.json"), means={b"": None}),),
        gives=True,
    ),
    Operation(
        RegistersHooks.list_hooks,
        lambda provider: provider.list_hooks(TR_LINE),
        (_LIST_HOOKS,),
        [
            _hook(17, "msg_received"),
            _hook(18, "msg_sent", connected=False),
            Hook("19", "msg_received", "https://crm.example.com/texts", connected=True),
        ],
    ),
    Operation(
        RegistersHooks.connect_hooks,
        lambda provider: provider.connect_hooks(TR_LINE, _HOOKS),
        (
            replace(_LIST_HOOKS, means={b"": OutcomeUnknown}),  # no hooks: it makes some, with other answers
            Exchange("PUT /dashboards/121/hooks/18", Answer(204), effect=True, means=ANY_STATUS),
            _made("msg_status_updated", f"{_HOOKS}?e=msg_status_updated"),
            _made("contact_updated", f"{_HOOKS}?e=contact_updated&d=121"),
            _made("payment_status_updated", f"{_HOOKS}?e=payment_status_updated&d=121"),
        ),
        [_hook(17, "msg_received"), _hook(18, "msg_sent"), *[_hook(20, "msg_status_updated")] * 3],
    ),
    Operation(
        RegistersHooks.remove_hooks,
        lambda provider: provider.remove_hooks(TR_LINE, _HOOKS),
        (
            _LIST_HOOKS,
            Exchange("DELETE /dashboards/121/hooks/17", Answer(204), effect=True, means=ANY_STATUS),
            Exchange("DELETE /dashboards/121/hooks/18", Answer(204), effect=True, means=ANY_STATUS),
        ),
        2,
    ),
)

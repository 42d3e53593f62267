"""ClickSend's texts, account and rules, described for the contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.capabilities import ListsTexts, Provider, SendsTexts
from bot.errors import ContactOptedOut, CredentialsRefused, OutcomeUnknown, Rejected
from bot.model import AccountFacts, Delivery, OutgoingText, ProviderName, SentText, TextSent
from bot.providers.clicksend import ClickSend
from tests.providers.case import SINCE, Exchange, Operation, Refusal
from tests.providers.cases.clicksend.common import CS_LINE, CS_PAGE, NO_RECIPIENT, cs, recipient
from tests.providers.cases.common import CONTACT, OUR_NUMBER, TOKEN, WORDS, fixture, list_all
from tests.providers.far_end import Answer

CS_TEXT = OutgoingText(CS_LINE, CONTACT, WORDS, "Dana (Slack)", TOKEN, None)
TEXT_BODY = {
    "messages": [
        {"to": CONTACT, "from": OUR_NUMBER, "body": WORDS, "source": "threadline", "custom_string": TOKEN}
    ]
}

_SINCE = {"date_from": str(int(SINCE.timestamp()) - 60)}
_SENT = TextSent(
    provider=ProviderName("clicksend"),
    account="",
    line_number=OUR_NUMBER,
    contact=CONTACT,
    text_id="1F12D781-99C1-6D94-96FE-F5A311C8997D",
    body=WORDS,
    sent_at=datetime(2026, 3, 2, 15, 4, 5, tzinfo=UTC),
    token=TOKEN,
    delivery=Delivery.DELIVERED,
)

TEXTS: tuple[Operation[ClickSend], ...] = (
    Operation(
        Provider.check,
        lambda provider: provider.check(),
        (
            Exchange(
                "GET /account",
                Answer(200, fixture("clicksend", "account.json"), {"date": "Mon, 02 Mar 2026 15:05:00 GMT"}),
            ),
        ),
        AccountFacts("balance 24.99 USD", 0.0),
    ),
    Operation(
        SendsTexts.send_text,
        lambda provider: provider.send_text(CS_TEXT),
        (
            Exchange(
                "POST /sms/send",
                cs("sent.json"),
                body=TEXT_BODY,
                effect=True,
                wrong=NO_RECIPIENT,
            ),
        ),
        SentText("1F12D781-99C1-6D94-96FE-F5A311C8997D", Delivery.ACCEPTED),
        refusals=(
            Refusal(recipient("INVALID_RECIPIENT"), Rejected, "INVALID_RECIPIENT"),
            Refusal(recipient("INSUFFICIENT_CREDIT"), Rejected, "INSUFFICIENT_CREDIT"),
            Refusal(recipient("SOMETHING_NEW"), Rejected, "SOMETHING_NEW"),
            Refusal(recipient("INVALID_OPTION"), Rejected, "INVALID_OPTION"),
            Refusal(recipient("Your order is ready. +14235550142"), Rejected, ""),
            Refusal(recipient("OPTED_OUT"), ContactOptedOut, "OPTED_OUT"),
            Refusal(recipient("RECIPIENT_OPT_OUT"), ContactOptedOut, "RECIPIENT_OPT_OUT"),
            Refusal(recipient("INVALID_CREDENTIALS"), CredentialsRefused, "INVALID_CREDENTIALS"),
            Refusal(recipient("THROTTLED"), OutcomeUnknown, "THROTTLED"),
            Refusal(recipient("INTERNAL_ERROR"), OutcomeUnknown, "INTERNAL_ERROR"),
            Refusal(recipient("SOMETHING_IS_WRONG"), OutcomeUnknown, "SOMETHING_IS_WRONG"),
            Refusal(Answer(401, fixture("clicksend", "unauthorized.json")), CredentialsRefused, "UNAUTHORIZED"),
            Refusal(
                Answer(200, b'{"http_code": "400", "response_code": "BAD_REQUEST", "data": {"to": "?"}}'),
                Rejected,
                "BAD_REQUEST",
            ),
            Refusal(Answer(200, b'{"http_code": 500, "data": null}'), OutcomeUnknown, "http_500"),
        ),
    ),
    Operation(
        SendsTexts.find_texts,
        lambda provider: provider.find_texts(CS_TEXT, SINCE),
        (
            Exchange(
                "GET /sms/history",
                cs("history.json"),
                {**CS_PAGE, **_SINCE, "q": f"to:{CONTACT}", "order_by": "date:desc"},
            ),
        ),
        [_SENT],
        picks=True,
    ),
    Operation(
        ListsTexts.list_texts,
        lambda provider: list_all(provider, CS_LINE),
        (Exchange("GET /sms/history", cs("history.json"), {**CS_PAGE, **_SINCE, "order_by": "date:asc"}),),
        [
            _SENT,
            replace(
                _SENT,
                text_id="1F12D790-0000-6D94-96FE-000000000003",
                sent_at=_SENT.sent_at + timedelta(seconds=5),
                token=None,
                delivery=Delivery.SENT,
            ),
            replace(
                _SENT,
                text_id="1F12D791-0000-6D94-96FE-000000000004",
                sent_at=_SENT.sent_at + timedelta(seconds=6),
                token="tok-of-another-text",
                delivery=Delivery.SENT,
            ),
        ],
        picks=True,
    ),
    Operation(
        ListsTexts.read_opt_out, lambda provider: provider.read_opt_out(CS_LINE, CONTACT), exchanges=(), gives=None
    ),
)

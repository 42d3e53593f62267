"""ClickSend, described for the contract."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import SecretStr

from bot.errors import ContactOptedOut, CredentialsRefused, OutcomeUnknown, Rejected
from bot.model import Delivery, DeliveryReported, OutgoingText, ProviderName, SentText, TextReceived
from bot.providers.clicksend import ClickSend
from tests.providers.cases.common import CONTACT, KEY, OUR_NUMBER, TOKEN, WORDS, fixture, line, list_all
from tests.providers.contract import SINCE, Case, Read, Refusal, Sample, now
from tests.providers.far_end import Answer
from tests.providers.spec import Spec

CS_LINE = line("clicksend", "")
CS_TEXT = OutgoingText(CS_LINE, CONTACT, WORDS, "Dana (Slack)", TOKEN, None)


def click_send(url: str) -> ClickSend:
    """ClickSend at `url`."""
    return ClickSend(username="texts@example.com", api_key=SecretStr(KEY), api_url=url, clock=now)


def cs(name: str) -> Answer:
    """A fixture as a 200."""
    return Answer(200, fixture("clicksend", name))


def recipient(status: str, **more: str) -> Answer:
    """An HTTP 200 in which our one recipient has `status`."""
    words = ", ".join(f'"{name}": "{value}"' for name, value in {"status": status, **more}.items())
    return Answer(200, f'{{"http_code": 200, "data": {{"messages": [{{{words}}}]}}}}'.encode())


CLICK_SEND = Case(
    name="clicksend",
    build=click_send,
    spec=Spec(
        file="clicksend.openapi3.json",
        host="https://rest.clicksend.com",
        prefix="/v3",
        beyond=(
            ("GET", r"/account"),
            ("GET", r"/sms/history"),
            ("GET", r"/automations/sms/(inbound|receipts)"),
            ("POST", r"/automations/sms/receipts"),
            ("PUT", r"/automations/sms/(inbound|receipts)/\d+"),
            ("DELETE", r"/automations/sms/receipts/\d+"),
        ),
        # The connector's own door to the same thing, with the same body.
        same_as={"/automations/sms/inbound": "/ms-flow/automations/sms/inbound"},
    ),
    text=CS_TEXT,
    secrets=(
        KEY,
        WORDS,
        "4235550142",
        "4235550100",
        "texts@example.com",
        "0F1E2D3C-KEY-OF-THE-ACCOUNT",
        "dGV4dHNAZXhhbXBsZS5jb206azN5LU9mLVRoZS1BY2NvdW50",
    ),
    accepted=cs("sent.json"),
    accepted_as=SentText("1F12D781-99C1-6D94-96FE-F5A311C8997D", Delivery.ACCEPTED),
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
    wrong_types=(
        {},
        {"http_code": 200, "data": None},
        {"http_code": "yes", "data": {"messages": [{"status": "SUCCESS"}]}},
        {"http_code": 200, "data": {"messages": []}},
        {"http_code": 200, "data": {"messages": {"status": "SUCCESS"}}},
        {"http_code": 200, "data": {"messages": [{"status": None}]}},
        {"http_code": 200, "data": {"messages": [{"status": "SUCCESS", "custom_string": "another"}]}},
        {"http_code": 200, "data": {"messages": [{"status": "SUCCESS"}, {"status": "SUCCESS"}]}},
    ),
    reads={
        "check": Read(lambda provider: provider.check(), cs("account.json")),
        "find": Read(lambda provider: provider.find_texts(CS_TEXT, SINCE), cs("history.json")),
        "list": Read(lambda provider: list_all(provider, CS_LINE), cs("history.json")),
        "hooks": Read(lambda provider: provider.list_hooks(CS_LINE), cs("inbound_rules.json")),
    },
    samples=(
        *(
            Sample(
                "inbound",
                body,
                TextReceived(
                    provider=ProviderName("clicksend"),
                    account="",
                    line_number=OUR_NUMBER,
                    contact=CONTACT,
                    text_id="1F12D781-99C1-6D94-96FE-F5A311C8997E",
                    body="Yes please",
                    sent_at=datetime(2026, 3, 2, 15, 3, 11, tzinfo=UTC),
                ),
            )
            for body in (fixture("clicksend", "inbound.json"), fixture("clicksend", "inbound.form"))
        ),
        *(
            Sample(
                "receipts",
                body,
                DeliveryReported(
                    ProviderName("clicksend"), "1F12D781-99C1-6D94-96FE-F5A311C8997D", TOKEN, Delivery.DELIVERED
                ),
            )
            for body in (
                fixture("clicksend", "receipt.form"),
                b'{"message_id": "1F12D781-99C1-6D94-96FE-F5A311C8997D",'
                b' "customstring": "tok-8f3c", "status_code": 201}',
            )
        ),
    ),
)

"""The providers as the contract needs them described: one `Case` each."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from bot.errors import ContactOptedOut, CredentialsRefused, OutcomeUnknown, Rejected
from bot.model import (
    Attachment,
    ChannelId,
    Delivery,
    DeliveryReported,
    Line,
    LineId,
    Number,
    OptOutReported,
    OutgoingText,
    ProviderName,
    SentText,
    TextReceived,
    TextSent,
)
from bot.providers.clicksend import ClickSend
from bot.providers.textrequest import TextRequest
from bot.providers.textrequest.webhooks import SIGNATURE_HEADER, TIMESTAMP_HEADER, sign
from tests.providers.contract import SINCE, Case, Read, Refusal, Sample, Texting, now
from tests.providers.far_end import Answer
from tests.providers.spec import Json, Spec

OUR_NUMBER = Number("+14235550100")
CONTACT = Number("+14235550142")
WORDS = "Your order is ready."
TOKEN = "tok-8f3c"
KEY = "k3y-Of-The-Account"
STATUS_CALLBACK = f"https://bot.example.com/webhooks/textrequest/s3cret/status?t={TOKEN}"


def fixture(provider: str, name: str) -> bytes:
    """A payload as the provider sends it."""
    return (Path(__file__).parent / "fixtures" / provider / name).read_bytes()


def line(provider: str, account: str) -> Line:
    """The line of these tests."""
    return Line(LineId(1), ProviderName(provider), account, OUR_NUMBER, ChannelId("C1"), "Front desk")


async def list_all(provider: Texting, of: Line) -> list[TextReceived | TextSent]:
    """Everything of a line since `SINCE`."""
    return [text async for text in provider.list_texts(of, SINCE)]


# --- Text Request -----------------------------------------------------------------------------------------

TR_LINE = line("textrequest", "121")
TR_TEXT = OutgoingText(TR_LINE, CONTACT, WORDS, "Dana (Slack)", TOKEN, STATUS_CALLBACK)


def text_request(url: str) -> TextRequest:
    """Text Request at `url`."""
    return TextRequest(api_key=SecretStr(KEY), api_url=url, clock=now)


def tr(name: str) -> Answer:
    """A fixture as a 200."""
    return Answer(200, fixture("textrequest", name))


def _all_events(document: Json) -> None:
    """The file lists two events; the live API has these too.

    Source: https://github.com/dfilter/text-request-ts-contracts/blob/main/src/lib/zod/webhook.schemas.ts
    """
    post = document["paths"]["/dashboards/{dashboard_id}/hooks"]["post"]
    event = post["requestBody"]["content"]["application/json"]["schema"]["properties"]["event"]
    event["enum"] += ["msg_status_updated", "contact_updated"]


def _tr_sign(body: bytes, at: datetime) -> dict[str, str]:
    timestamp = str(int(at.timestamp()))
    return {TIMESTAMP_HEADER: timestamp, SIGNATURE_HEADER: sign(KEY, timestamp, body)}


TEXT_REQUEST = Case(
    name="textrequest",
    build=text_request,
    spec=Spec(
        file="textrequest.openapi3.json",
        host="https://api.textrequest.com",
        prefix="/api/v3",
        beyond=(
            ("GET", r"/dashboards/\d+/messages"),
            ("GET", r"/dashboards/\d+/hooks"),
            ("PUT", r"/dashboards/\d+/hooks/\d+"),
            ("DELETE", r"/dashboards/\d+/hooks/\d+"),
        ),
        same_as={},
        correct=_all_events,
    ),
    text=TR_TEXT,
    secrets=(KEY, WORDS, "4235550142", "4235550100", "s3cret"),
    accepted=tr("sent.json"),
    accepted_as=SentText("0f4c5a1e-3c1b-4c52-9a0e-6a4f6f2f8f11", Delivery.ACCEPTED),
    refusals=(
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
    ),
    wrong_types=({}, {"message_id": {"a": 1}}, {"message_id": None, "body": WORDS}, {"delivery_status": [WORDS]}),
    reads={
        "check": Read(lambda provider: provider.check(), tr("dashboards.json")),
        "find": Read(lambda provider: provider.find_texts(TR_TEXT, SINCE), tr("conversation.json")),
        "list": Read(lambda provider: list_all(provider, TR_LINE), tr("messages.json")),
        "opt-out": Read(lambda provider: provider.read_opt_out(TR_LINE, CONTACT), tr("contact.json")),
        "hooks": Read(lambda provider: provider.list_hooks(TR_LINE), tr("hooks.json")),
    },
    samples=(
        Sample(
            "msg_received",
            fixture("textrequest", "msg_received.json"),
            TextReceived(
                provider=ProviderName("textrequest"),
                account="121",
                line_number=OUR_NUMBER,
                contact=CONTACT,
                text_id="3b0c0b5e-4f0c-4f6a-9f7e-2f3a5d1f7a10",
                body="Is my order ready?",
                sent_at=datetime(2026, 3, 2, 15, 3, 11, 500_000, tzinfo=UTC),
                contact_name="Ana Ruiz",
                attachments=(Attachment("https://media.example.com/photo.jpg", "image/jpeg"),),
            ),
        ),
        Sample(
            "msg_sent",
            fixture("textrequest", "msg_sent.json"),
            TextSent(
                provider=ProviderName("textrequest"),
                account="121",
                line_number=OUR_NUMBER,
                contact=CONTACT,
                text_id="0f4c5a1e-3c1b-4c52-9a0e-6a4f6f2f8f11",
                body=WORDS,
                sent_at=datetime(2026, 3, 2, 15, 4, 5, 120_000, tzinfo=UTC),
                delivery=Delivery.SENT,
            ),
        ),
        Sample(
            "msg_status_updated",
            fixture("textrequest", "msg_status_updated.json"),
            DeliveryReported(
                ProviderName("textrequest"),
                "0f4c5a1e-3c1b-4c52-9a0e-6a4f6f2f8f11",
                None,
                Delivery.DELIVERED,
            ),
        ),
        Sample(
            "status",
            b'{"message_id": null, "status": "undelivered", "errorCode": 2100}',
            DeliveryReported(ProviderName("textrequest"), None, TOKEN, Delivery.FAILED, "2100"),
            {"t": TOKEN},
        ),
        Sample(
            "contact_updated",
            fixture("textrequest", "contact_updated.json"),
            OptOutReported(
                ProviderName("textrequest"), "121", None, CONTACT, opted_out=True, contact_name="Ana Ruiz"
            ),
            {"d": "121"},
        ),
    ),
    sign=_tr_sign,
)

# --- ClickSend --------------------------------------------------------------------------------------------

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

CASES = (TEXT_REQUEST, CLICK_SEND)

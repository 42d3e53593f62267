"""Text Request, described for the contract."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import SecretStr

from bot.errors import ContactOptedOut, Rejected
from bot.model import (
    Attachment,
    Delivery,
    DeliveryReported,
    OptOutReported,
    OutgoingText,
    ProviderName,
    SentText,
    TextReceived,
    TextSent,
)
from bot.providers.textrequest import TextRequest
from bot.providers.textrequest.webhooks import SIGNATURE_HEADER, TIMESTAMP_HEADER, sign
from tests.providers.cases.common import CONTACT, KEY, OUR_NUMBER, TOKEN, WORDS, fixture, line, list_all
from tests.providers.contract import SINCE, Case, Read, Refusal, Sample, now
from tests.providers.far_end import Answer
from tests.providers.spec import Json, Spec

STATUS_CALLBACK = f"https://bot.example.com/webhooks/textrequest/s3cret?e=status&t={TOKEN}"
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
            DeliveryReported(
                ProviderName("textrequest"),
                None,
                TOKEN,
                Delivery.FAILED,
                "2100",
                "They opted out of texts from this line.",
                opted_out=True,
            ),
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

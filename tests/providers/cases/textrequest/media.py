"""Text Request's texts with files and its questions for a location, described for the contract."""

from __future__ import annotations

from dataclasses import replace

from bot.capabilities import AsksLocations, SendsMedia
from bot.errors import Rejected, UsageError
from bot.model import Delivery, File, HostedFile, MediaOrder, SentText
from bot.providers.textrequest import TextRequest
from tests.providers.case import Exchange, Impossible, Operation, Refusal
from tests.providers.cases.common import KEY, TOKEN, WORDS
from tests.providers.cases.textrequest.common import ABROAD, tr
from tests.providers.cases.textrequest.texts import (
    NEVER_SENT,
    SEND_REFUSALS,
    STATUS_CALLBACK,
    TR_CONVERSATION,
    TR_TEXT,
)
from tests.providers.far_end import Answer

LOCATION_CALLBACK = f"https://bot.example.com/webhooks/textrequest/s3cret?e=location&t={TOKEN}"
PHOTO = File("photo.jpg", "image/jpeg", b"\xff\xd8\xff\xe0 a picture")
URL = "https://media.example.com/mms/2f1c/photo.jpg"
ORDER = MediaOrder(TR_TEXT, (URL,))

_SENT = SentText("0f4c5a1e-3c1b-4c52-9a0e-6a4f6f2f8f11", Delivery.ACCEPTED)
_BODY = {"body": WORDS, "sender_name": "Dana (Slack)", "status_callback": STATUS_CALLBACK}


def _no_upload(file: File) -> Impossible[TextRequest]:
    return Impossible(lambda provider: provider.upload_media(file), UsageError)


def _not_sent(order: MediaOrder) -> Impossible[TextRequest]:
    return Impossible(lambda provider: provider.send_media(order), UsageError)


MEDIA: tuple[Operation[TextRequest], ...] = (
    Operation(
        SendsMedia.upload_media,
        lambda provider: provider.upload_media(PHOTO),
        (Exchange("POST /mms", tr("mms.json"), body=PHOTO.content, effect=True, wrong=({}, {"url": None})),),
        HostedFile(URL, "image/jpeg"),
        refusals=(
            Refusal(Answer(400, f'{{"message": "{KEY} may not send this"}}'.encode()), Rejected, "http_400"),
            Refusal(Answer(413), Rejected, "http_413"),
        ),
        impossible=(
            _no_upload(replace(PHOTO, mime_type="application/zip")),
            _no_upload(replace(PHOTO, mime_type="")),
            _no_upload(replace(PHOTO, content=b"")),
            _no_upload(replace(PHOTO, content=bytes(5 * 1024 * 1024 + 1))),
            _no_upload(replace(PHOTO, mime_type="application/pdf", content=bytes(1024 * 1024 + 1))),
        ),
    ),
    Operation(
        SendsMedia.send_media,
        lambda provider: provider.send_media(ORDER),
        (
            Exchange(
                f"POST {TR_CONVERSATION}",
                tr("sent.json"),
                body={**_BODY, "mms_media": [URL]},
                effect=True,
                wrong=NEVER_SENT,
            ),
        ),
        _SENT,
        refusals=SEND_REFUSALS,
        impossible=(
            _not_sent(replace(ORDER, text=replace(TR_TEXT, body=" \n"), media=())),
            _not_sent(replace(ORDER, subject="Your order")),
            _not_sent(replace(ORDER, media=(URL,) * 4)),
            _not_sent(replace(ORDER, text=replace(TR_TEXT, body="x" * 1601))),
            Impossible(
                lambda provider: provider.send_media(replace(ORDER, text=replace(TR_TEXT, to=ABROAD))), Rejected
            ),
        ),
    ),
    Operation(
        AsksLocations.ask_location,
        lambda provider: provider.ask_location(TR_TEXT, LOCATION_CALLBACK),
        (
            Exchange(
                f"POST {TR_CONVERSATION}",
                tr("sent.json"),
                body={**_BODY, "body": f"{WORDS} [LocationRequest]", "location_callback": LOCATION_CALLBACK},
                effect=True,
                wrong=NEVER_SENT,
            ),
        ),
        _SENT,
        refusals=SEND_REFUSALS,
        impossible=(
            Impossible(
                lambda provider: provider.ask_location(replace(TR_TEXT, body="x" * 1600), LOCATION_CALLBACK),
                UsageError,
            ),
            Impossible(
                lambda provider: provider.ask_location(replace(TR_TEXT, to=ABROAD), LOCATION_CALLBACK), Rejected
            ),
        ),
    ),
)

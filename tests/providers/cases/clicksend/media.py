"""ClickSend's pictures and files, described for the contract."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime

from bot.capabilities import ConvertsFiles, SendsMedia
from bot.errors import ContactOptedOut, NotFound, OutcomeUnknown, Rejected, UsageError
from bot.model import File, FileUse, HostedFile, MediaOrder, SentText
from bot.providers.clicksend import ClickSend
from tests.providers.case import Exchange, Impossible, Operation, Refusal
from tests.providers.cases.clicksend.common import NO_RECIPIENT, cs, recipient
from tests.providers.cases.clicksend.texts import CS_TEXT
from tests.providers.cases.common import CONTACT, OUR_NUMBER, TOKEN, WORDS
from tests.providers.far_end import Answer

URL = "https://media.example.com/a1b2.jpg"
PICTURE = File("receipt.png", "image/png", b"\x89PNG\r\n\x1a\n a receipt")
CONTRACT = File("contract.docx", "application/msword", b"a contract")
HOSTED = HostedFile(URL, expires_at=datetime(2026, 3, 2, 15, 15, tzinfo=UTC))
ORDER = MediaOrder(CS_TEXT, (URL,), "Receipt")
MEDIA_BODY = {
    "media_file": URL,
    "messages": [
        {
            "to": CONTACT,
            "from": OUR_NUMBER,
            "subject": "Receipt",
            "body": WORDS,
            "source": "threadline",
            "custom_string": TOKEN,
        }
    ],
}
WRONG_MEDIA = (
    replace(ORDER, media=()),
    replace(ORDER, media=(URL, URL)),
    replace(ORDER, media=("file:///etc/passwd",)),
    replace(ORDER, subject=" "),
    replace(ORDER, subject="a" * 21),
    replace(ORDER, text=replace(CS_TEXT, body="a" * 1501)),
    replace(ORDER, text=replace(CS_TEXT, body="ж" * 501)),
)

_NO_FILE: tuple[object, ...] = (
    {},
    {"http_code": 200, "data": None},
    {"http_code": 200, "data": {"_url": None}},
    {"http_code": 200, "data": {"_url": "a1b2.jpg"}},
    {"http_code": 200, "data": [{"_url": URL}]},
)
_UPLOAD_REFUSALS = (
    Refusal(Answer(400, b'{"http_code": 400, "response_code": "BAD_REQUEST"}'), Rejected, "BAD_REQUEST"),
    Refusal(Answer(404), NotFound, "http_404"),
    Refusal(Answer(200, b'{"http_code": 400, "response_code": "INVALID_FILE"}'), Rejected, "INVALID_FILE"),
)


def _upload(file: File, use: str) -> Exchange:
    content = base64.b64encode(file.content).decode()
    return Exchange("POST /uploads", cs("uploaded.json"), {"convert": use}, {"content": content}, wrong=_NO_FILE)


def _unhosted(kind: str, size: int) -> Impossible[ClickSend]:
    return Impossible(lambda provider: provider.upload_media(File("f", kind, b"x" * size)), UsageError)


def _unconverted(kind: str, size: int, use: FileUse) -> Impossible[ClickSend]:
    return Impossible(lambda provider: provider.convert_file(File("f", kind, b"x" * size), use), UsageError)


def _unsent(order: MediaOrder) -> Impossible[ClickSend]:
    return Impossible(lambda provider: provider.send_media(order), UsageError)


MEDIA: tuple[Operation[ClickSend], ...] = (
    Operation(
        SendsMedia.upload_media,
        lambda provider: provider.upload_media(PICTURE),
        (_upload(PICTURE, "mms"),),
        HOSTED,
        refusals=_UPLOAD_REFUSALS,
        impossible=(
            _unhosted("image/png", 250_001),
            _unhosted("image/gif", 100_001),
            _unhosted("image/webp", 10),
            _unhosted("video/mp4", 10),
            _unhosted("", 10),
            _unhosted("image/png", 0),
        ),
    ),
    Operation(
        ConvertsFiles.convert_file,
        lambda provider: provider.convert_file(CONTRACT, FileUse.FAX),
        (_upload(CONTRACT, "fax"),),
        HOSTED,
        refusals=_UPLOAD_REFUSALS,
        impossible=(
            _unconverted("application/pdf", 4_000_001, FileUse.FAX),
            _unconverted("image/png", 10, FileUse.FAX),
            _unconverted("application/pdf", 10_000_001, FileUse.LETTER),
            _unconverted("application/rtf", 10, FileUse.LETTER),
            _unconverted("application/pdf", 10_000_001, FileUse.POSTCARD),
            _unconverted("text/csv", 10_000_001, FileUse.TABLE),
            _unconverted("text/csv", 0, FileUse.TABLE),
        ),
    ),
    Operation(
        SendsMedia.send_media,
        lambda provider: provider.send_media(ORDER),
        (Exchange("POST /mms/send", cs("mms_sent.json"), body=MEDIA_BODY, effect=True, wrong=NO_RECIPIENT),),
        SentText("D7A79BF1-4806-43F8-8339-6B9F8385D9A4"),
        refusals=(
            Refusal(recipient("INVALID_MEDIA_FILE"), Rejected, "INVALID_MEDIA_FILE"),
            Refusal(recipient("SUBJECT_REQUIRED"), Rejected, "SUBJECT_REQUIRED"),
            Refusal(recipient("OPTED_OUT"), ContactOptedOut, "OPTED_OUT"),
            Refusal(recipient("THROTTLED"), OutcomeUnknown, "THROTTLED"),
            Refusal(recipient("SOMETHING_IS_WRONG"), OutcomeUnknown, "SOMETHING_IS_WRONG"),
        ),
        impossible=tuple(map(_unsent, WRONG_MEDIA)),
    ),
)

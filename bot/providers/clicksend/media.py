"""Pictures and files at ClickSend: bringing one there in the form that is needed, and texting a picture.

A file lives there for ten minutes. Words that are too long would be cut, so they are refused here.
Source: https://developers.clicksend.com/docs/messaging/mms
Source: https://developers.clicksend.com/docs/other/uploads
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from pydantic import Field

from bot.capabilities import ConvertsFiles, SendsMedia
from bot.errors import UsageError
from bot.http import Http, Response, Wire, Words, no_answer
from bot.model import File, FileTerms, FileUse, HostedFile, MediaOrder, SentText, TextLimit
from bot.providers.clicksend.asking import SOURCE, is_web_address, read_as, web_address
from bot.providers.clicksend.texts import read_sent
from bot.providers.reading import first_of, read_unix
from bot.segments import fits

LIFE = timedelta(minutes=10)
LONGEST_SUBJECT = 20
WORDS = TextLimit(gsm=1500, ucs2=500)

_ONE_FILE = "ClickSend texts one picture at a time. Send each by itself."
_NO_SUBJECT = "ClickSend needs a subject with a picture: up to 20 characters that stand above it."
_LONG_SUBJECT = "A picture's subject has up to 20 characters. Write a shorter one."
_LONG_WORDS = (
    "ClickSend takes up to 1,500 characters with a picture, and 500 once there is an emoji or a letter of another "
    "alphabet. Write less, or send the words by themselves."
)
_EMPTY = "This file is empty. Choose another one."


# By what a use takes: kinds by MIME type; a use that is not here takes any.
_PDF = frozenset({"application/pdf"})
_WORD = frozenset(
    {"application/msword", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
)
_RTF = frozenset({"application/rtf", "text/rtf"})
_GIF = "image/gif"
_PICTURES = frozenset({"image/jpeg", "image/jpg", "image/png", "image/bmp", "image/x-ms-bmp"})
KINDS: Mapping[FileUse, frozenset[str]] = {
    FileUse.MEDIA: _PICTURES,
    FileUse.FAX: _PDF | _WORD | _RTF,
    FileUse.LETTER: _PDF | _WORD,
    FileUse.POSTCARD: _PDF | _WORD,
}

_PRINTED = FileTerms(
    10_000_000,
    ("pdf", "doc", "docx"),
    "ClickSend prints a PDF or a Word file of up to 10 MB. Send one of those.",
)

# Source of the sizes and of a GIF's: https://learn.microsoft.com/connectors/clicksendsms/
# Source of what is faxed and printed: https://developers.clicksend.com/docs/messaging/fax
# Source: https://developers.clicksend.com/docs/post/letters
TERMS: Mapping[FileUse, FileTerms] = {
    FileUse.MEDIA: FileTerms(
        250_000,
        ("jpg", "jpeg", "png", "bmp", "gif"),
        "ClickSend texts a JPEG, PNG or BMP of up to 250 kB, or a GIF of up to 100 kB.",
    ),
    FileUse.FAX: FileTerms(
        4_000_000,
        ("pdf", "doc", "docx", "rtf"),
        "ClickSend faxes a PDF, Word or RTF file of up to 4 MB. Send one of those.",
    ),
    FileUse.LETTER: _PRINTED,
    FileUse.POSTCARD: _PRINTED,
    # They publish no bound for tables: this one is our own.
    FileUse.TABLE: FileTerms(10_000_000, (), "A table has up to 10 MB. Send it in parts."),
}
MOST_GIF_BYTES = 100_000


class Media(SendsMedia, ConvertsFiles):
    """ClickSend's pictures, and files for everything else."""

    file_terms: ClassVar[Mapping[FileUse, FileTerms]] = TERMS
    _http: Http

    async def upload_media(self, file: File) -> HostedFile:
        """A picture, in the form that can be texted."""
        return await self.convert_file(file, FileUse.MEDIA)

    async def convert_file(self, file: File, use: FileUse) -> HostedFile:
        """Asked like a read: the copy costs nothing, nobody sees it and it goes by itself, so another does no
        harm."""
        body = upload_body(file, use)
        return read_hosted(await self._http.search("/uploads", body, {"convert": use.value}))

    async def send_media(self, order: MediaOrder) -> SentText:
        """Text one picture, from the line's number, with our token as its `custom_string`."""
        return read_sent(await self._http.send("/mms/send", media_body(order)), order.text.token)


# --- What is asked ----------------------------------------------------------------------------------------


def upload_body(file: File, use: FileUse) -> Mapping[str, object]:
    """The file as they take it. Raises `UsageError` for a kind or a size that they do not."""
    kind = file.mime_type.partition(";")[0].strip().lower()
    terms = TERMS[use]
    if not file.content:
        raise UsageError(_EMPTY)
    if use is FileUse.MEDIA and kind == _GIF:
        fits_in = len(file.content) <= MOST_GIF_BYTES
    else:
        fits_in = len(file.content) <= terms.most_bytes and kind in KINDS.get(use, {kind})
    if not fits_in:
        raise UsageError(terms.sentence)
    return {"content": base64.b64encode(file.content).decode("ascii")}


def media_body(order: MediaOrder) -> Mapping[str, object]:
    """The body of a picture to one recipient. Raises `UsageError` for what they would refuse, or cut."""
    text, subject = order.text, order.subject.strip()
    if len(order.media) != 1:
        raise UsageError(_ONE_FILE)
    if not subject:
        raise UsageError(_NO_SUBJECT)
    if len(subject) > LONGEST_SUBJECT:
        raise UsageError(_LONG_SUBJECT)
    if not fits(text.body, WORDS):
        raise UsageError(_LONG_WORDS)
    message = {
        "to": text.to,
        "from": text.line.number,
        "subject": subject,
        "body": text.body,
        "source": SOURCE,
        "custom_string": text.token,
    }
    return {"media_file": web_address(order.media[0]), "messages": [message]}


# --- What the answers mean --------------------------------------------------------------------------------


class UploadWire(Wire):
    """A file that they keep for a while."""

    url: Words | None = Field(None, alias="_url")
    date_delete: Words | None = None


def read_hosted(response: Response) -> HostedFile:
    """Where the file is, and until when; ten minutes from now where they do not say."""
    wire = read_as(UploadWire, response)
    url = first_of(wire.url)
    if not is_web_address(url):
        raise no_answer(response.call, "unreadable")
    return HostedFile(url, expires_at=read_unix(wire.date_delete) or response.received_at + LIFE)

"""Texts with files at Text Request: a file is uploaded once, then as many texts as one likes carry its URL.

Source: https://github.com/dfilter/text-request-ts-contracts/blob/main/src/contracts/messages.ts
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.capabilities import SendsMedia
from bot.errors import UsageError
from bot.http import Http, Response, Upload, Wire, Words, no_answer
from bot.model import File, HostedFile, MediaOrder, SentText
from bot.providers.reading import first_of
from bot.providers.textrequest.asking import contact_path
from bot.providers.textrequest.texts import TEXT_LIMIT, read_sent, send_body
from bot.segments import fits

MOST_FILES = 3  # of one text

# What they take, and how many megabytes of it.
# Source: https://github.com/dfilter/text-request-ts-contracts/blob/main/src/contracts/messages.ts
_MOST_MB: Mapping[str, int] = {
    "image/jpeg": 5,
    "image/png": 5,
    "image/gif": 5,
    "video/mp4": 5,
    "text/csv": 5,
    "text/plain": 5,
    "text/vcard": 5,
    "text/x-vcard": 5,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": 5,
    "application/pdf": 1,
}
_KIND_REFUSED = (
    "Text Request does not take files of this kind. Send a JPEG, PNG or GIF picture, an MP4 video, a PDF, CSV, "
    "TXT or XLSX file, or a vCard."
)


class Media(SendsMedia):
    """Text Request's texts with files."""

    _http: Http

    async def upload_media(self, file: File) -> HostedFile:
        """Keep a file with them; how long its URL lives they do not say."""
        return read_hosted(await self._http.act("POST", "/mms", upload(file)))

    async def send_media(self, order: MediaOrder) -> SentText:
        """Send a text with files; they make pictures smaller until all of them fit."""
        path, body = f"{contact_path(order.text.line, order.text.to)}/messages", media_body(order)
        return read_sent(await self._http.send(path, body))


# --- What is asked ----------------------------------------------------------------------------------------


def upload(file: File) -> Upload:
    """What uploads a file. Raises `UsageError` for a kind or a size that they do not take."""
    kind = file.mime_type.partition(";")[0].strip().lower()
    most_mb = _MOST_MB.get(kind)
    if most_mb is None:
        raise UsageError(_KIND_REFUSED)
    if not file.content:
        raise UsageError("This file is empty. Choose another one.")
    if len(file.content) > most_mb * 1024 * 1024:
        raise UsageError(f"Text Request takes such a file up to {most_mb} MB. Make it smaller, or send a link.")
    return Upload("file", file.name, kind, file.content)


def media_body(order: MediaOrder) -> dict[str, object]:
    """The body of a text with files. Raises `UsageError` for what they do not take."""
    if not order.media and not order.text.body.strip():
        raise UsageError("There is nothing to send. Write a text, or choose a file.")
    if order.subject:
        raise UsageError("Texts of Text Request have no subject. Write it into the text.")
    if len(order.media) > MOST_FILES:
        raise UsageError(f"One text carries {MOST_FILES} files at the most. Send the others with another one.")
    if not fits(order.text.body, TEXT_LIMIT):
        raise UsageError("This text is too long to go with files. Make it shorter, or send two.")
    return {**send_body(order.text), "mms_media": list(order.media)}


# --- What the answers mean --------------------------------------------------------------------------------


class HostedWire(Wire):
    """A file that was uploaded."""

    url: Words | None = None
    mime_type: Words | None = None


def read_hosted(response: Response) -> HostedFile:
    """Where the file is."""
    wire = response.parse(HostedWire)
    url = first_of(wire.url)
    if not url:
        raise no_answer(response.call, "unreadable")
    return HostedFile(url, first_of(wire.mime_type))

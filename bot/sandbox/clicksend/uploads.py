"""Files that were brought to the ClickSend stand-in: each is there for ten minutes. Nothing is converted here.

Source: https://developers.clicksend.com/docs/other/uploads
"""

from __future__ import annotations

import base64
import binascii
import itertools
import time
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from aiohttp import web

from bot.sandbox.clicksend.answers import Refusal, good
from bot.sandbox.clicksend.shapes import USER_ID
from bot.sandbox.routes import Asked, Route
from bot.sandbox.texts import Picture

LIFE_S = 600.0

# What a file becomes, by what it is converted for. Documents become PDFs, pictures JPEGs.
FORMS: Mapping[str, tuple[str, str]] = {
    "mms": ("jpg", "image/jpeg"),
    "csv": ("csv", "text/csv"),
    "fax": ("pdf", "application/pdf"),
    "post": ("pdf", "application/pdf"),
    "postcard": ("pdf", "application/pdf"),
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file, and until when it is there (Unix seconds)."""

    id: int
    picture: Picture
    url: str
    added: float
    gone: float


class Uploads:
    """The files of one account."""

    def __init__(self, base_url: str) -> None:
        self.base_url = f"{base_url}/files"
        self.life_s = LIFE_S
        self.all: dict[str, Upload] = {}
        self._ids = itertools.count(1)

    def routes(self) -> list[Route]:
        """What the API offers."""
        return [Route("upload", "POST", "uploads", self._upload)]

    def serve(self, name: str) -> web.Response:
        """What anybody gets who opens the address."""
        upload = self.find(f"{self.base_url}/{name}")
        if upload is None:
            return web.Response(status=404)
        return web.Response(body=upload.picture.content, content_type=upload.picture.mimetype)

    def find(self, url: str) -> Upload | None:
        """The file behind an address of ours; None once its time is over."""
        upload = self.all.get(url)
        return upload if upload is not None and time.time() < upload.gone else None

    def reaches(self, url: str) -> bool:
        """Whether a file can be fetched: one of ours that is there, or anything on the web."""
        if url.startswith(f"{self.base_url}/"):
            return self.find(url) is not None
        return url.startswith(("http://", "https://"))

    def _upload(self, asked: Asked) -> web.Response:
        use = asked.query.get("convert") or asked.field("convert")
        if use not in FORMS:
            raise Refusal(400, "The convert is not valid.", {"convert": "The selected convert is invalid."})
        upload = self._keep(_decoded(asked.field("content")), use)
        return good(
            {
                "upload_id": upload.id,
                "file_name": upload.picture.name,
                "date_added": int(upload.added),
                "date_delete": int(upload.gone),
                "user_id": USER_ID,
                "_url": upload.url,
            },
            "Your file was uploaded.",
        )

    def _keep(self, content: bytes, use: str) -> Upload:
        ending, mimetype = FORMS[use]
        name = f"{str(uuid4()).upper()}.{ending}"
        now = time.time()
        picture = Picture(name, content, mimetype)
        upload = Upload(next(self._ids), picture, f"{self.base_url}/{name}", now, now + self.life_s)
        self.all[upload.url] = upload
        return upload


def _decoded(content: str) -> bytes:
    try:
        decoded = base64.b64decode(content, validate=True)
    except binascii.Error as error:
        raise Refusal(400, "The content is not base64.", {"content": "The content is invalid."}) from error
    if not decoded:
        raise Refusal(400, "The content is missing.", {"content": "The content field is required."})
    return decoded

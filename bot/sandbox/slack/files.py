"""Files of the workspace: what members attach and what the app uploads. No I/O.

Source: https://docs.slack.dev/messaging/working-with-files/ and https://docs.slack.dev/reference/objects/file-object/
"""

from __future__ import annotations

import itertools
import mimetypes
import time
from dataclasses import dataclass
from urllib.parse import quote

from bot.sandbox.slack.model import Channel, Member, Refused
from bot.sandbox.wire import Json


@dataclass(frozen=True, slots=True)
class MemberFile:
    """A file that somebody attaches."""

    name: str
    content: bytes
    mimetype: str = ""


@dataclass(slots=True)
class _Upload:
    name: str
    length: int
    alt: str
    content: bytes | None = None


class Files:
    """File objects, their bytes and their shares."""

    def __init__(self, base_url: str, team_id: str) -> None:
        self._base_url, self._team_id = base_url, team_id
        self._numbers = itertools.count(1)
        self._uploads: dict[str, _Upload] = {}
        self.by_id: dict[str, Json] = {}
        self.contents: dict[str, bytes] = {}
        self.shares: dict[str, Json] = {}

    def attach(self, author: Member, attached: MemberFile) -> Json:
        """A member's file, ready for a message."""
        file_id = self._next_id()
        return self._keep(file_id, author, attached)

    def begin(self, name: str, length: int, alt: str = "") -> tuple[str, str]:
        """A place for an upload: its file id and URL."""
        file_id = self._next_id()
        self._uploads[file_id] = _Upload(name, length, alt)
        return file_id, f"{self._base_url}/upload/{file_id}"

    def receive(self, file_id: str, content: bytes) -> None:
        """The bytes of an upload. Raises `Refused` when nothing was announced, or another length was."""
        upload = self._uploads.get(file_id)
        if upload is None or upload.length != len(content):
            raise Refused("file_not_found")
        upload.content = content

    def complete(self, author: Member, file_id: str, title: str) -> Json:
        """An upload becomes a file. Raises `Refused` for one that has no bytes or was completed before."""
        upload = self._uploads.get(file_id)
        if upload is None or upload.content is None:
            raise Refused("file_not_found")
        del self._uploads[file_id]
        kept = self._keep(file_id, author, MemberFile(upload.name, upload.content))
        kept["title"] = title or upload.name
        if upload.alt:
            kept["alt_txt"] = upload.alt
        return kept

    def share(self, file: Json, channel: Channel, ts: str, thread_ts: str) -> None:
        """Note that a message of a channel shows the file."""
        entry = {"ts": ts, "channel_name": channel.name, "team_id": self._team_id}
        if thread_ts:
            entry["thread_ts"] = thread_ts
        kind = "private" if channel.is_private or channel.is_im else "public"
        shares = self.shares.setdefault(file["id"], {})
        shares.setdefault(kind, {}).setdefault(channel.id, []).append(entry)

    def info(self, file_id: str) -> Json:
        """The file object with its shares. Raises `Refused`."""
        file = self.by_id.get(file_id)
        if file is None:
            raise Refused("file_not_found")
        return {**file, "shares": self.shares.get(file_id, {})}

    def delete(self, file_id: str) -> None:
        """Forget a file; messages keep a tombstone of it. Raises `Refused`."""
        file = self.by_id.pop(file_id, None)
        if file is None:
            raise Refused("file_not_found")
        self.contents.pop(file_id, None)
        file["mode"] = "tombstone"

    def _next_id(self) -> str:
        return f"F0SAND{next(self._numbers):05d}"

    def _keep(self, file_id: str, author: Member, attached: MemberFile) -> Json:
        now = int(time.time())
        url = f"{self._base_url}/files/{file_id}/{quote(attached.name)}"
        mimetype = attached.mimetype or mimetypes.guess_type(attached.name)[0] or "application/octet-stream"
        self.contents[file_id] = attached.content
        self.by_id[file_id] = {
            "id": file_id,
            "created": now,
            "timestamp": now,
            "name": attached.name,
            "title": attached.name,
            "mimetype": mimetype,
            "filetype": attached.name.rpartition(".")[2],
            "user": author.id,
            "user_team": author.team_id,
            "editable": False,
            "size": len(attached.content),
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": True,
            "public_url_shared": False,
            "display_as_bot": False,
            "url_private": url,
            "url_private_download": f"{url}?download=1",
            "permalink": f"{self._base_url}/files/{file_id}",
            "file_access": "visible",
        }
        return self.by_id[file_id]

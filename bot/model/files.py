"""Files on their way to or from a provider."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

LONGEST_NAME = 100
NAMELESS = "file"
_NO_FILE_SYSTEM_TAKES = re.compile(r'[:*?"<>|]+')


def safe_name(name: str) -> str:
    """A file's name without a path, and without what no file system takes or nobody sees. Pure. Of a long one the
    end stays, which says what it is."""
    seen = "".join(letter for letter in re.split(r"[/\\]", name)[-1] if letter.isprintable())
    return _NO_FILE_SYSTEM_TAKES.sub("_", seen)[-LONGEST_NAME:].strip(" .") or NAMELESS


@dataclass(frozen=True, slots=True)
class File:
    """A file, whole. `name` is a `safe_name`. `alt` says what a picture shows."""

    name: str
    mime_type: str
    content: bytes = field(repr=False)
    alt: str = ""


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file that somebody showed in Slack, which is still there."""

    id: str
    name: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class HostedFile:
    """A file that the provider keeps at a URL, for ever or until `expires_at`."""

    url: str
    mime_type: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FileTerms:
    """Which files a provider takes for a use; `sentence` tells people."""

    most_bytes: int
    endings: tuple[str, ...]  # of their names; none: any
    sentence: str


class FileUse(StrEnum):
    """What a file is converted for."""

    FAX = "fax"
    MEDIA = "mms"
    TABLE = "csv"
    LETTER = "post"
    POSTCARD = "postcard"

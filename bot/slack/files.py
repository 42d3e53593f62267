"""Files: those that people brought, read, and ours, brought.

Source: https://docs.slack.dev/reference/objects/file-object
"""

from __future__ import annotations

from bot.errors import SlackError
from bot.model import File, safe_name
from bot.slack.answers import object_at, text_at
from bot.slack.wire import Wire

_PAGE = "text/html"
# Source: https://docs.slack.dev/reference/methods/files.getUploadURLExternal
LONGEST_ALT = 1_000


async def read_file(wire: Wire, file_id: str, most_bytes: int) -> File:
    """A file, whole. Raises `SlackError` with the code `file_too_large` (ours) for more than `most_bytes`, and
    `missing_scope` when a page to log in stands in its place."""
    about = object_at(await wire.ask(wire.web.files_info(file=file_id)), "file")
    mime_type = str(about.get("mimetype") or "")
    came, content = await wire.read_bytes(text_at(about, "url_private_download"), most_bytes)
    if came == _PAGE and mime_type != _PAGE:
        raise SlackError("missing_scope")
    return File(safe_name(str(about.get("name") or "")), mime_type, content)


async def stage_file(wire: Wire, file: File) -> str:
    """Bring a file to Slack where nobody sees it yet; gives its id.

    Slack forgets a file that is never shared, so every failure here is certain.
    Source: https://docs.slack.dev/reference/methods/files.getUploadURLExternal
    """
    content = file.content
    asking = wire.web.files_getUploadURLExternal(
        filename=file.name, length=len(content), alt_txt=file.alt[:LONGEST_ALT] or None
    )
    try:
        place = await wire.ask(asking)
        await wire.send_bytes(text_at(place, "upload_url"), content)
        return text_at(place, "file_id")
    except SlackError as error:
        raise SlackError(error.code, retry_after_s=error.retry_after_s) from error.__cause__

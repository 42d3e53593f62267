"""`files.*`: uploads in three steps, file objects, deletion.

Source: https://docs.slack.dev/messaging/working-with-files/
"""

from __future__ import annotations

from bot.sandbox.slack.core import Core
from bot.sandbox.slack.model import Channel, Message, Refused
from bot.sandbox.slack.posts import by_app, put_in_thread
from bot.sandbox.slack.web.params import Params
from bot.sandbox.wire import Json


def get_upload_url(core: Core, params: Params) -> Json:
    """Announce an upload: its id, and where its bytes go."""
    length = params.text("length", "0")
    if not length.isdigit() or int(length) < 1 or not params.text("filename"):
        raise Refused("invalid_arguments")
    file_id, url = core.files.begin(params.text("filename"), int(length), params.text("alt_txt"))
    return {"upload_url": url, "file_id": file_id}


def complete_upload(core: Core, params: Params) -> Json:
    """Uploads become files, shared in a channel or thread with one message if a channel is named."""
    wanted = params.get("files")
    if not isinstance(wanted, list) or not wanted:
        raise Refused("invalid_arguments")
    channel_id = params.text("channel_id") or next(iter(params.names("channels")), "")
    channel = core.directory.writable(channel_id) if channel_id else None
    thread_ts = params.text("thread_ts")
    if channel and thread_ts:
        core.ledger.check_root(channel.id, thread_ts)
    files = [core.files.complete(core.bot, str(one.get("id")), str(one.get("title") or "")) for one in wanted]
    if channel:
        _share(core, channel, files, params)
    return {"files": [dict(file) for file in files]}


def _share(core: Core, channel: Channel, files: list[Json], params: Params) -> None:
    """The message comes a moment after the answer when `Rules.share_delay_s` says so."""
    content: Json = {"text": params.text("initial_comment")}
    message: Message = {**by_app(core.app, core.bot, "", content), "files": files, "upload": True}
    message["subtype"] = "file_share"

    def post() -> None:
        message["ts"] = core.stamps.next()
        thread_ts = params.text("thread_ts")
        if thread_ts:
            put_in_thread(message, core.ledger.find(channel.id, thread_ts), thread_ts, broadcast=False)
        core.post(channel, message)

    if core.rules.share_delay_s:
        core.chores.later(core.rules.share_delay_s, post)
    else:
        post()


def file_info(core: Core, params: Params) -> Json:
    """A file object with the messages that show it."""
    return {"file": core.files.info(params.need("file")), "comments": []}


def delete_file(core: Core, params: Params) -> Json:
    """Delete a file of the app's own."""
    found = core.files.info(params.need("file"))
    if found["user"] != core.bot.id:
        raise Refused("cant_delete_file")
    core.files.delete(found["id"])
    core.bell.ring()
    return {}

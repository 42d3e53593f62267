"""What an app posts to a `response_url`.

Only what an element of a message was used for can be replaced or deleted. A typed command has no such message, and
`replace_original` posts another one there, whatever was posted before.

Sources: https://docs.slack.dev/interactivity/handling-user-interaction/#message_responses,
https://github.com/slackapi/bolt-js/issues/2287, https://github.com/slackapi/bolt-python/issues/1268
"""

from __future__ import annotations

from bot.sandbox.slack.core import Core
from bot.sandbox.slack.modals import ResponseUrl
from bot.sandbox.slack.model import Message
from bot.sandbox.slack.posts import by_app, put_in_thread
from bot.sandbox.slack.web.chat import check_content
from bot.sandbox.slack.web.params import Params
from bot.sandbox.wire import Json


def answer_interaction(core: Core, target: ResponseUrl, body: Json) -> None:
    """Post, replace or delete, as the body asks. Raises `Refused` for content that Slack would not take."""
    params = Params(body)
    if params.flag("delete_original"):
        return _delete(core, target)
    check_content(core, params)
    if params.flag("replace_original") and target.message_ts:
        return _replace(core, target, params)
    return _post(core, target, params)


def _delete(core: Core, target: ResponseUrl) -> None:
    channel = core.directory.channels[target.channel]
    message = core.ledger.find(target.channel, target.message_ts)
    if message is not None:
        core.erase(channel, message)
    core.ephemerals[:] = [one for one in core.ephemerals if one["message"]["ts"] != target.message_ts]
    core.bell.ring()


def _replace(core: Core, target: ResponseUrl, params: Params) -> None:
    channel = core.directory.channels[target.channel]
    message = core.ledger.find(target.channel, target.message_ts)
    if message is not None:
        previous = dict(message)
        _rewrite(message, params)
        core.change(channel, message, previous, editor=core.bot.id)
    for shown in core.ephemerals:
        if shown["message"]["ts"] == target.message_ts:
            _rewrite(shown["message"], params)
    core.bell.ring()


def _rewrite(message: Message, params: Params) -> None:
    message["text"] = params.text("text")
    message.pop("blocks", None)
    if params.get("blocks"):
        message["blocks"] = params.get("blocks")


def _post(core: Core, target: ResponseUrl, params: Params) -> None:
    channel = core.directory.channels[target.channel]
    message = by_app(core.app, core.bot, core.stamps.next(), params.values)
    thread_ts = params.text("thread_ts")
    if params.text("response_type") != "in_channel":
        core.whisper(channel, target.user, message | ({"thread_ts": thread_ts} if thread_ts else {}))
        return
    if thread_ts:
        core.ledger.check_root(channel.id, thread_ts)
        put_in_thread(message, core.ledger.find(channel.id, thread_ts), thread_ts, broadcast=False)
    core.post(channel, message)

"""The sandbox by remote control: `POST /_sandbox/<act>` with a JSON object, for other processes.

A list of objects does the act for each and answers a list. A mistake is answered 400 with a sentence. Promise: no
page in a browser can use it, whatever site it is from.
"""

from __future__ import annotations

import statistics
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.asms import acts as asms
from bot.sandbox.jtel import acts as jtel
from bot.sandbox.slack.feed import Ack
from bot.sandbox.slack.model import Refused
from bot.sandbox.texts import Text
from bot.sandbox.trouble import Fault
from bot.sandbox.wire import Json, Unreadable, json_answer, read_json

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

Act = Callable[["Sandbox", Json], Awaitable[Any]]
HOW = ("thread_ts", "broadcast", "me")


def _chosen(body: Json, *names: str) -> Any:
    return {name: body[name] for name in names if name in body}


def _ack(ack: Ack) -> Json:
    return {"acked": ack.acked, "latency_s": ack.latency_s, "payload": ack.payload}


def _text(text: Text) -> Json:
    return {
        "id": text.id,
        "line": text.line,
        "contact": text.contact,
        "words": text.words,
        "status": text.status,
        "at": text.at.timestamp(),
        "accepted_at": text.accepted_at,
    }


# --- The workspace ------------------------------------------------------------------------------------


async def _add_member(sandbox: Sandbox, body: Json) -> Json:
    member = sandbox.workspace.add_member(body["name"], kind=body.get("kind", "full"))
    return {"id": member.id, "name": member.name}


async def _add_channel(sandbox: Sandbox, body: Json) -> Json:
    options = _chosen(body, "private", "bot")
    channel = sandbox.workspace.add_channel(body["name"], *body.get("members", ()), **options)
    return {"id": channel.id, "name": channel.name}


async def _say(sandbox: Sandbox, body: Json) -> Json:
    how = _chosen(body, *HOW)
    return {"ts": await sandbox.workspace.say(body["channel"], body["member"], body["words"], **how)}


async def _edit(sandbox: Sandbox, body: Json) -> Json:
    await sandbox.workspace.edit(body["channel"], body["ts"], body["words"])
    return {}


async def _delete(sandbox: Sandbox, body: Json) -> Json:
    await sandbox.workspace.delete(body["channel"], body["ts"])
    return {}


async def _click(sandbox: Sandbox, body: Json) -> Json:
    where = body["channel"], body["ts"], body["action_id"]
    return _ack(await sandbox.workspace.click(*where, body["member"]))


async def _slash(sandbox: Sandbox, body: Json) -> Json:
    workspace = sandbox.workspace
    return _ack(await workspace.slash(body["channel"], body["member"], body["command"], body.get("text", "")))


async def _thread(sandbox: Sandbox, body: Json) -> Any:
    return sandbox.workspace.thread(body["channel"], body["ts"])


async def _messages(sandbox: Sandbox, body: Json) -> Any:
    return sandbox.workspace.messages(body["channel"])


async def _send_again(sandbox: Sandbox, body: Json) -> Json:
    return {"events": sandbox.workspace.send_again(body["ts"])}


async def _disconnect(sandbox: Sandbox, body: Json) -> Json:
    sandbox.workspace.sockets.disconnect(body.get("reason", "refresh_requested"))
    return {}


async def _cut(sandbox: Sandbox, _body: Json) -> Json:
    sandbox.workspace.sockets.cut()
    return {}


# --- Phones -------------------------------------------------------------------------------------------


async def _add_dashboard(sandbox: Sandbox, body: Json) -> Json:
    dashboard = sandbox.textrequest.add_dashboard(body["name"], body["number"])
    return {"id": dashboard.id, "number": dashboard.number}


async def _add_number(sandbox: Sandbox, body: Json) -> Json:
    return {"number": sandbox.clicksend.add_number(body["number"])}


async def _contact_texts(sandbox: Sandbox, body: Json) -> Json:
    more = _chosen(body, "to", "name")
    if body.get("provider") == "clicksend":
        return _text(await sandbox.clicksend.contact_texts(body["number"], body["words"], body.get("to", "")))
    return _text(await sandbox.textrequest.contact_texts(body["number"], body["words"], **more))


async def _staff_texts(sandbox: Sandbox, body: Json) -> Json:
    more = _chosen(body, "to", "name", "author")
    return _text(await sandbox.textrequest.staff_texts(body["number"], body["words"], **more))


async def _texts(sandbox: Sandbox, body: Json) -> Any:
    """What one phone got, or every accepted send."""
    number = body.get("number", "")
    account = sandbox.clicksend if body.get("provider") == "clicksend" else sandbox.textrequest
    return [_text(text) for text in (account.texts_to(number) if number else account.accepted())]


async def _fail(sandbox: Sandbox, body: Json) -> Json:
    sandbox.textrequest.fail(body["number"], body.get("code", "2001"))
    return {}


# --- The sandbox itself -------------------------------------------------------------------------------


async def _trouble(sandbox: Sandbox, body: Json) -> Json:
    sandbox.trouble.add(Fault(**body))
    return {}


async def _release(sandbox: Sandbox, body: Json) -> Json:
    newest_first = bool(body.get("newest_first"))
    return {"released": sandbox.trouble.release(body.get("where", "*"), newest_first=newest_first)}


async def _clear_trouble(sandbox: Sandbox, _body: Json) -> Json:
    sandbox.trouble.clear()
    return {}


async def _rules(sandbox: Sandbox, body: Json) -> Json:
    """Change how the stand-ins behave: fields of each one's `Rules`."""
    if "keep_history" in body:
        sandbox.workspace.keep_history(body["keep_history"])
    for rules in (
        sandbox.workspace.rules,
        sandbox.textrequest.rules,
        sandbox.clicksend.rules,
        sandbox.asms.rules,
        sandbox.jtel.rules,
    ):
        for name, value in body.items():
            if hasattr(rules, name):
                setattr(rules, name, tuple(value) if isinstance(value, list) else value)
    return {}


async def _stats(sandbox: Sandbox, _body: Json) -> Json:
    feed = sandbox.workspace.feed
    latencies = sorted(ack.latency_s for ack in feed.acks if ack.latency_s is not None)
    return {
        "posts": sandbox.workspace.core.ledger.posted,
        "calls": dict(sandbox.workspace.core.calls),
        "sockets": sandbox.workspace.sockets.count,
        "events_missed": sum(not ack.acked for ack in feed.acks),
        "events_redelivered": feed.redelivered,
        "ack_p50_s": statistics.median(latencies) if latencies else None,
        "ack_p99_s": latencies[int(len(latencies) * 0.99)] if latencies else None,
        "texts_accepted": len(sandbox.textrequest.accepted()) + len(sandbox.clicksend.accepted()),
        "hooks": dict(sandbox.pusher.answers),
        "held": sandbox.trouble.held,
        "struck": sandbox.trouble.struck,
        "idle": feed.idle and sandbox.pusher.idle,
    }


async def _reset(sandbox: Sandbox, _body: Json) -> Json:
    await sandbox.reset()
    return {}


ACTS: dict[str, Act] = {
    **asms.ACTS,
    **jtel.ACTS,
    "add_channel": _add_channel,
    "add_dashboard": _add_dashboard,
    "add_member": _add_member,
    "add_number": _add_number,
    "clear_trouble": _clear_trouble,
    "click": _click,
    "contact_texts": _contact_texts,
    "cut": _cut,
    "delete": _delete,
    "disconnect": _disconnect,
    "edit": _edit,
    "fail": _fail,
    "messages": _messages,
    "release": _release,
    "reset": _reset,
    "rules": _rules,
    "say": _say,
    "send_again": _send_again,
    "slash": _slash,
    "staff_texts": _staff_texts,
    "stats": _stats,
    "texts": _texts,
    "thread": _thread,
    "trouble": _trouble,
}


class ControlDoor:
    """Answers every request below `/_sandbox`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def handle(self, request: web.BaseRequest, path: str) -> web.Response:
        """`path` is the act's name."""
        act = ACTS.get(path)
        if act is None or "Origin" in request.headers:
            return _mistake("There is no such act, or not for web pages.", 404)
        try:
            body = await read_json(request) or dict(request.query)
            if isinstance(body, list):
                return json_answer([await act(self._sandbox, one) for one in body])
            return json_answer(await act(self._sandbox, body))
        except KeyError as error:
            return _mistake(f"{error} is missing or not known.")
        except Refused as error:
            return _mistake(f"Slack would refuse this: {error.error}.")
        except (LookupError, TypeError, ValueError, Unreadable) as error:
            return _mistake(str(error))


def _mistake(sentence: str, status: int = 400) -> web.Response:
    return json_answer({"error": sentence}, status)

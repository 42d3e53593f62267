"""A toy bot: the least that plays the built-in story, with defects on request.

It shows that the story passes with a bot that keeps its promises and fails with one that breaks one of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import aiohttp
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.story.stage import Stage
from bot.serving import end

Json = dict[str, Any]
EVENTS = ("msg_received", "contact_updated", "payment_status_updated")
PAY = "> pay "
RANK = {"sending": "incoming_envelope", "delivered": "white_check_mark", "error": "warning"}
FINAL = {"white_check_mark", "warning", "mute", "no_entry_sign"}


@dataclass
class Disk:
    """What survives a kill."""

    root_ts: str = ""
    contact: str = ""
    opted_out: bool = False
    mirrored: set[str] = field(default_factory=set)
    replies: dict[str, str] = field(default_factory=dict)  # ts → words
    sent: set[str] = field(default_factory=set)  # ts
    shown: dict[str, str] = field(default_factory=dict)  # ts → reaction
    card_ts: str = ""  # of the only payment


class ToyBot:
    """Relays one contact's texts. `defect` breaks one promise."""

    def __init__(self, stage: Stage, defect: str = "") -> None:
        self._stage, self._defect, self.disk = stage, defect, Disk()
        self._close: list[Callable[[], Awaitable[object]]] = []
        self._jobs: asyncio.Queue[Awaitable[None]] = asyncio.Queue()
        self.starts = 0

    async def start(self) -> None:
        self.starts += 1
        if self._defect == "forgets":
            self.disk = Disk(root_ts=self.disk.root_ts, contact=self.disk.contact)
        app, sandbox = self._stage.workspace.app, self._stage.sandbox
        self._session = aiohttp.ClientSession()
        self._close.append(self._session.close)
        self._slack = AsyncWebClient(app.bot_token, base_url=sandbox.slack_api_url, session=self._session)
        await self._listen()
        self._jobs = asyncio.Queue()
        worker = asyncio.create_task(self._work())
        self._close.append(lambda: _end(worker))
        await self._catch_up()
        socket = SocketModeClient(app_token=app.app_token, web_client=self._slack)
        socket.socket_mode_request_listeners.append(self._on_request)
        await socket.connect()  # type: ignore[no-untyped-call]  # slack_sdk leaves it untyped
        self._close.append(socket.close)

    async def kill(self) -> None:
        while self._close:
            await self._close.pop()()
        while not self._jobs.empty():
            self._jobs.get_nowait().close()  # type: ignore[attr-defined]  # they are coroutines

    async def _listen(self) -> None:
        runner = web.ServerRunner(web.Server(self._on_hook), shutdown_timeout=0.1)
        await runner.setup()
        self._close.append(partial(end, runner))
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self._url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self._stage.provider.hooks.clear()
        for event in EVENTS:
            hook = {"target_url": f"{self._url}/{event}", "event": event, "httpVerb": "POST"}
            await self._provider("POST", "hooks", hook)

    async def _provider(self, method: str, path: str, body: Json | None = None) -> tuple[int, Any]:
        account = self._stage.provider
        url = f"{self._stage.sandbox.textrequest_api_url}/dashboards/{self._stage.dashboard.id}/{path}"
        headers = {"x-api-key": account.api_key}
        async with self._session.request(method, url, json=body, headers=headers) as answer:
            return answer.status, await answer.json()

    async def _work(self) -> None:
        while True:
            await (await self._jobs.get())

    async def _catch_up(self) -> None:
        if not self.disk.root_ts or self._defect == "forgets":
            return
        await self._find_lost()
        _, page = await self._provider("GET", "messages?message_direction=R")
        for text in page["items"]:
            self._take_text(text["message_id"], text["body"], text["customer_phone"])
        channel = self._stage.channel.id
        thread = await self._slack.conversations_replies(channel=channel, ts=self.disk.root_ts)
        for message in thread["messages"]:
            self._take_message(message)

    async def _find_lost(self) -> None:
        _, page = await self._provider("GET", "messages?message_direction=S")
        there = {text["body"] for text in page["items"]}
        for ts, words in self.disk.replies.items():
            if ts not in self.disk.sent and (words not in there or self._defect == "resends"):
                self._jobs.put_nowait(self._send(ts))

    # --- In -------------------------------------------------------------------------------------------

    async def _on_hook(self, request: web.BaseRequest) -> web.Response:
        body = await request.json()
        if request.path == "/msg_received":
            said = body["conversation"]
            self._take_text(body["messageUniqueIdentifier"], said["message"], said["consumerPhoneNumber"])
        elif request.path == "/contact_updated":
            self.disk.opted_out = body["opted_out_utc"] is not None
        elif request.path == "/payment_status_updated":
            self._jobs.put_nowait(self._settle(body))
        else:
            await self._report(request.query["ts"], body["status"])
        return web.Response()

    def _take_text(self, text_id: str, words: str, contact: str) -> None:
        if text_id in self.disk.mirrored and self._defect != "mirrors_twice":
            return
        self.disk.mirrored.add(text_id)
        self._jobs.put_nowait(self._mirror(words, contact))

    async def _mirror(self, words: str, contact: str) -> None:
        channel = self._stage.channel.id
        if not self.disk.root_ts:
            root = await self._slack.chat_postMessage(channel=channel, text=f"Thread of {contact}")
            self.disk.root_ts, self.disk.contact = root["ts"], contact
        blocks = [
            {"type": "section", "text": {"type": "plain_text", "text": words, "emoji": False}},
        ]
        await self._slack.chat_postMessage(
            channel=channel, thread_ts=self.disk.root_ts, text=words, blocks=blocks, username="Maria"
        )

    # --- Out ------------------------------------------------------------------------------------------

    async def _on_request(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        if request.type == "events_api" and request.payload["event"]["type"] == "message":
            self._take_message(request.payload["event"])
        elif request.type == "interactive":
            action = request.payload["actions"][0]
            does = self._ask_for if action["action_id"] == "request" else self._send
            self._jobs.put_nowait(does(action["value"]))
        await client.send_socket_mode_response(SocketModeResponse(request.envelope_id))

    def _take_message(self, event: Json) -> None:
        if event.get("subtype") == "message_changed" and "edited" in event["message"]:
            if self._defect != "silent_edits" and event["message"]["ts"] in self.disk.sent:
                self._jobs.put_nowait(self._say("The contact still has the original."))
            return
        ts, words = event["ts"], event.get("text", "")
        if "bot_id" in event or "thread_ts" not in event or ts == event["thread_ts"]:
            return
        if ts in self.disk.replies and self._defect != "texts_twice":
            return
        self.disk.replies[ts] = words
        if event.get("subtype") is None and PAY in words:
            self._jobs.put_nowait(self._confirm(ts, event["user"]))
        elif event.get("subtype") is None:
            self._jobs.put_nowait(self._send(ts))

    async def _send(self, ts: str) -> None:
        words = self.disk.replies[ts]
        if words.startswith("//") and self._defect != "texts_notes":
            self.disk.sent.add(ts)
            return await self._show(ts, "mute")
        body = {"body": words, "sender_name": "Toy", "status_callback": f"{self._url}/status?ts={ts}"}
        if self._defect != "retries_nothing":
            self.disk.shown[ts] = "" if self.disk.shown.get(ts) == "warning" else self.disk.shown.get(ts, "")
        status, _ = await self._provider("POST", f"contacts/{self.disk.contact}/messages", body)
        self.disk.sent.add(ts)
        if status == 400:
            return await self._show(ts, "no_entry_sign")
        if self._defect == "steps_back" or self.disk.shown.get(ts) not in FINAL:
            await self._show(ts, RANK["sending"])
        return None

    async def _report(self, ts: str, status: str) -> None:
        if status not in RANK or self.disk.shown.get(ts) in FINAL:
            return
        await self._show(ts, RANK[status])
        if status == "error":
            button = _button("Retry", "retry", ts)
            await self._say("It did not arrive.", [{"type": "actions", "elements": [button]}])

    # --- Payments -------------------------------------------------------------------------------------

    async def _confirm(self, ts: str, author: str) -> None:
        """Ask first; with a defect, ask the contact at once."""
        self.disk.sent.add(ts)
        if self._defect == "asks_nobody":
            await self._ask_for(ts)
        amount, _, what = self.disk.replies[ts].partition(PAY)[2].partition(" ")
        block = {"type": "actions", "elements": [_button("Request", "request", ts)]}
        text = f"Ask for ${amount}.00 ({what})?"
        channel, root = self._stage.channel.id, self.disk.root_ts
        section = {"type": "section", "text": {"type": "plain_text", "text": text}}
        await self._slack.chat_postEphemeral(
            channel=channel, user=author, thread_ts=root, text=text, blocks=[section, block]
        )

    async def _ask_for(self, ts: str) -> None:
        amount, _, what = self.disk.replies[ts].partition(PAY)[2].partition(" ")
        for number in range(2 if self._defect == "asks_twice" else 1):
            body = {
                "amount_requested": float(amount),
                "customer_phone": self.disk.contact,
                "description": what,
                "reference_number": f"{ts}-{number}",
                "message": f"Please pay ${amount}.00 with this link:",
            }
            await self._provider("POST", "payments", body)
        posted = await self._slack.chat_postMessage(
            channel=self._stage.channel.id, thread_ts=self.disk.root_ts, text=f"💳 ${amount}.00 · {what} · Sent"
        )
        self.disk.card_ts = posted["ts"]

    async def _settle(self, payment: Json) -> None:
        if payment["textrequest_payment_status"] == "Paid" and self._defect != "settles_nothing":
            text = f"💳 {payment['description']} · ✅ Paid"
            await self._slack.chat_update(channel=self._stage.channel.id, ts=self.disk.card_ts, text=text)

    async def _say(self, words: str, blocks: list[Json] | None = None) -> None:
        channel = self._stage.channel.id
        await self._slack.chat_postMessage(
            channel=channel, thread_ts=self.disk.root_ts, text=words, blocks=blocks or []
        )

    async def _show(self, ts: str, name: str) -> None:
        target = {"channel": self._stage.channel.id, "timestamp": ts}
        self.disk.shown[ts] = name
        for old in self._stage.workspace.reactions(self._stage.channel, ts):
            if old != name:
                await self._slack.reactions_remove(**target, name=old)
        try:
            await self._slack.reactions_add(**target, name=name)
        except SlackApiError as error:
            if error.response["error"] != "already_reacted":
                raise


def _button(label: str, action_id: str, value: str) -> Json:
    text = {"type": "plain_text", "text": label}
    return {"type": "button", "action_id": action_id, "value": value, "text": text}


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])

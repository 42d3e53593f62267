"""A page behind which an app stands that uses everything: `python -m tests.browser.gallery` prints its address.

The app is Bolt over Socket Mode, as the bot is. What it hears it posts into the channel, as `heard: …`.
"""

from __future__ import annotations

import asyncio
import json
import signal
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.page.scene import Scene
from bot.sandbox.page.server import serve
from bot.sandbox.page.switch import NoBot
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.model import Kind
from bot.sandbox.story.stage import Stage
from tests.browser import gallery_blocks as gallery

Json = dict[str, Any]
FEATURES: Json = {
    "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
    "slash_commands": [
        {"command": "/gallery", "description": "Open the modal", "usage_hint": "[anything]"},
        {"command": "/echo", "description": "Say it back"},
        {"command": "/late", "description": "Never answered"},
    ],
    "shortcuts": [
        {"name": "Open the modal", "type": "global", "callback_id": "open_gallery", "description": "A modal"},
        {"name": "About this", "type": "message", "callback_id": "about", "description": "What it says"},
    ],
}
LATE = 10.0  # longer than Slack waits


class Gallery:
    """The app."""

    def __init__(self, client: AsyncWebClient, channel: str) -> None:
        self.client, self.channel = client, channel
        self.app = AsyncApp(client=client)
        self._listen()

    def _listen(self) -> None:
        app = self.app
        app.command("/gallery")(self.on_open)
        app.shortcut("open_gallery")(self.on_open)
        app.action("open")(self.on_open)
        app.command("/echo")(self.on_echo)
        app.command("/late")(self.on_late)
        app.action("late")(self.on_late)
        app.shortcut("about")(self.on_about)
        app.options("external")(self.on_options)
        app.view("gallery")(self.on_submit)
        app.view_closed("gallery")(self.on_close)
        app.action("whisper_done")(self.on_whisper_done)
        app.event("app_home_opened")(self.on_home)
        app.event("message")(self.on_message)
        app.action({"block_id": "plain_buttons", "action_id": "refund"})(self.on_refund)
        for action in (
            "more",
            "one",
            "person",
            "channel",
            "external",
            "day",
            "hour",
            "boxes",
            "radios",
            "home_button",
        ):
            app.action(action)(self.on_choice)

    async def heard(self, what: str, **more: Any) -> None:
        await self.client.chat_postMessage(
            channel=self.channel, text=f"heard: {what} {json.dumps(more)}", parse="none"
        )

    async def on_open(self, ack: AsyncAck, body: Json) -> None:
        await ack()
        await self.client.views_open(trigger_id=body["trigger_id"], view=gallery.modal())

    async def on_echo(self, ack: AsyncAck, body: Json) -> None:
        done = {"type": "button", "action_id": "whisper_done", "text": gallery.plain("Done")}
        blocks: list[Json] = [
            {"type": "section", "text": gallery.plain(f"You said: {body['text']}")},
            {"type": "actions", "elements": [done]},
        ]
        await ack(text=f"You said: {body['text']}", blocks=blocks)

    async def on_late(self, ack: AsyncAck) -> None:
        await asyncio.sleep(LATE)
        await ack()

    async def on_about(self, ack: AsyncAck, body: Json) -> None:
        await ack()
        await self.client.views_open(
            trigger_id=body["trigger_id"], view=gallery.note("About this", f"It says: {body['message']['text']}")
        )

    async def on_options(self, ack: AsyncAck, body: Json) -> None:
        await ack(options=[gallery.option(f"{body['value']} {number}") for number in (1, 2)])

    async def on_submit(self, ack: AsyncAck, view: Json) -> None:
        values = view["state"]["values"]
        match values["words"]["words"]["value"]:
            case "wrong":
                await ack(response_action="errors", errors={"words": "That word is wrong."})
            case "update":
                await ack(response_action="update", view=gallery.note("Updated", "It *changed*."))
            case "push":
                await ack(response_action="push", view=gallery.note("Pushed", "One above the other."))
            case _:
                await ack()
                await self.heard("submit", values=values)

    async def on_close(self, ack: AsyncAck) -> None:
        await ack()
        await self.heard("closed")

    async def on_refund(self, ack: AsyncAck, body: Json, respond: AsyncRespond) -> None:
        await ack()
        await self.heard("refund", value=body["actions"][0]["value"])

    async def on_choice(self, ack: AsyncAck, body: Json) -> None:
        await ack()
        action = body["actions"][0]
        chosen = {name: value for name, value in action.items() if name.startswith("selected")}
        await self.heard(action["action_id"], **chosen)

    async def on_whisper_done(self, ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(text="All done.", replace_original=True)

    async def on_home(self, body: Json) -> None:
        await self.client.views_publish(user_id=body["event"]["user"], view=gallery.home())

    async def on_message(self) -> None:
        """Nothing to do; an event without a listener is never answered."""


async def main() -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with Sandbox.start() as sandbox:
        stage = Stage(sandbox)
        dana = stage.person("Dana")
        stage.person("Gus", Kind.GUEST)
        sandbox.workspace.app.features = FEATURES
        client = AsyncWebClient(token=sandbox.workspace.app.bot_token, base_url=sandbox.slack_api_url)
        app = Gallery(client, stage.channel.id)
        handler = AsyncSocketModeHandler(app.app, sandbox.workspace.app.app_token)
        await handler.connect_async()  # type: ignore[no-untyped-call]  # slack_bolt leaves it untyped
        await sandbox.workspace.wait_for(lambda: sandbox.workspace.sockets.count)
        for blocks in (
            [gallery.rich_text(dana.id, stage.channel.id)],
            gallery.layout(dana.id, stage.channel.id),
            gallery.buttons(),
        ):
            await client.chat_postMessage(channel=stage.channel.id, text="Blocks", blocks=blocks)
        scene = Scene(stage, NoBot())
        await scene.bot.start()
        async with serve(scene, port=0) as address:
            print(address, flush=True)  # noqa: T201  # whoever started this reads it
            await stop.wait()
        await scene.bot.close()
        await handler.close_async()  # type: ignore[no-untyped-call]  # as above


if __name__ == "__main__":
    asyncio.run(main())

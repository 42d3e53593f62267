"""Calls, faxes, letters and postcards as people order them, and as ClickSend has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox.clicksend.order_shapes import Order
from bot.sandbox.clicksend.orders import Orders
from bot.sandbox.slack.fields import Gesture, elements_of
from bot.sandbox.slack.files import MemberFile
from bot.sandbox.slack.model import Message
from bot.sandbox.wire import Json
from tests.e2e.asking import answered, press, type_
from tests.e2e.office import MARIA, QUICK, Office
from tests.e2e.windows import opened, press_there, reads, send

SEND = "/send"
CALL = f"voice {MARIA} Your order is ready"
PDF = b"%PDF-1.4 three pages"
ADDRESS: Mapping[str, str] = {
    "name": "Ana Ruiz",
    "line_1": "1 Main St",
    "line_2": "Flat 3",
    "city": "Chattanooga",
    "state": "TN",
    "postal_code": "37402",
    "country": "us",
}


def with_clicksend(team: Office, **more: str) -> dict[str, str]:
    """Settings that turn ClickSend on as well; Dana is the admin."""
    addresses = {name.lower(): value for name, value in team.sandbox.clicksend_addresses().items()}
    return {**addresses, "clicksend_calls_per_minute": "0", "threadline_admins": team.dana.id, **more}


async def open_shop(team: Office, **more: str) -> None:
    """Start a bot that can order."""
    await team.start(QUICK, **with_clicksend(team, **more))


def at_clicksend(team: Office) -> Orders:
    """Everything that was ordered there."""
    return team.sandbox.clicksend_orders


def sent(team: Office, kind: str) -> list[Order]:
    """What was ordered of a kind, oldest first."""
    return at_clicksend(team).of(kind)


async def order(team: Office, typed: str = CALL, asked: str = "by ClickSend?") -> str:
    """Type it and say yes; what the question was."""
    await type_(team, typed, SEND)
    question = await answered(team, asked)
    await press(team, "Send")
    await answered(team, "Ordered: ")
    return question


def direct(team: Office) -> list[Message]:
    """What Dana reads in her direct messages with the bot, below their messages too."""
    place = team.workspace.direct_messages(team.dana)
    return [each for root in team.workspace.messages(place) for each in team.workspace.thread(place, root["ts"])]


async def told(team: Office, words: str) -> Message:
    """Wait until Dana is told so directly; the latest message with these words."""

    def found() -> Message | None:
        return next((each for each in reversed(direct(team)) if words in team.workspace.words(each)), None)

    return await team.see(found, f"“{words}”")


async def ended(team: Office, kind: str, status_code: str = "201") -> Order:
    """Wait until ClickSend knows what became of the only order of a kind."""
    await team.see(
        lambda: [each.status_code for each in sent(team, kind)] == [status_code], f"a {kind} that ended"
    )
    return sent(team, kind)[0]


async def press_on(team: Office, message: Message, label: str) -> None:
    """Press a button of a direct message."""
    button = next(each for each in elements_of(message) if each.get("text", {}).get("text") == label)
    place = team.workspace.direct_messages(team.dana)
    ack = await team.workspace.click(place, message["ts"], Gesture(button["action_id"]), team.dana)
    assert ack.acked


def file_of(team: Office, name: str = "a.pdf", content: bytes = PDF) -> list[Json]:
    """A file that Dana brings to a window."""
    return [team.workspace.core.files.attach(team.dana, MemberFile(name, content))]


async def fill_in(team: Office, typed: str, shown: str, values: Mapping[str, Any]) -> str:
    """Open the window of a verb, fill it in and send it; the question that it becomes, or what it says then."""
    await type_(team, typed, SEND)
    await opened(team, shown)
    await send(team, values)
    return reads(await opened(team))


async def agree(team: Office) -> None:
    """Press Send under the question in the window."""
    await opened(team, "by ClickSend?")
    await press_there(team, "Send")
    await opened(team, "Ordered: ")

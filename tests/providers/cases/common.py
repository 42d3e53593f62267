"""What the cases share: a line, a contact, some words, and the way to the fixtures."""

from __future__ import annotations

from pathlib import Path

from bot.capabilities import ListsTexts
from bot.model import ChannelId, Line, LineId, Number, ProviderName, TextReceived, TextSent
from tests.providers.case import SINCE, everything

OUR_NUMBER = Number("+14235550100")
CONTACT = Number("+14235550142")
WORDS = "Your order is ready."
TOKEN = "tok-8f3c"
KEY = "k3y-Of-The-Account"


def fixture(provider: str, name: str) -> bytes:
    """A payload as the provider sends it."""
    return (Path(__file__).parent.parent / "fixtures" / provider / name).read_bytes()


def line(provider: str, account: str) -> Line:
    """The line of these tests."""
    return Line(LineId(1), ProviderName(provider), account, OUR_NUMBER, ChannelId("C1"), "Front desk")


async def list_all(provider: ListsTexts, of: Line) -> list[TextReceived | TextSent]:
    """Everything of a line since `SINCE`."""
    return await everything(provider.list_texts(of, SINCE))

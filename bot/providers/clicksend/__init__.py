"""ClickSend: texts to and from most countries. One dedicated number is one line."""

from bot.providers.clicksend.provider import ClickSend

__all__ = ["ClickSend"]

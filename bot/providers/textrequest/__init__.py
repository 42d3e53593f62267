"""Text Request: business texting in North America. One dashboard is one line."""

from bot.providers.textrequest.provider import TextRequest

__all__ = ["TextRequest"]

"""jtel: a contact centre. Callbacks and tickets for its queues, and its outbound dialler."""

from bot.providers.jtel.provider import Jtel, Server

__all__ = ["Jtel", "Server"]

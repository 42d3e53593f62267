"""Aranda Service Management Suite: a service desk's tickets, knowledge base and configuration items."""

from bot.providers.asms.provider import Asms, Instance

__all__ = ["Asms", "Instance"]

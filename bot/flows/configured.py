"""A provider by its name, as long as its settings are there: somebody may have taken them away."""

from __future__ import annotations

from bot.bridge import Bridge
from bot.capabilities import Provider
from bot.errors import UsageError
from bot.model import ProviderName
from bot.providers import title_of, turned_on_by

_OFF = "{title} is not set up here any more. An admin sets {settings} again."


def configured(bridge: Bridge, name: ProviderName) -> Provider:
    """Raises `UsageError` that names the settings when it is not configured."""
    provider = bridge.providers.get(name)
    if provider is None:
        raise UsageError(not_configured(name))
    return provider


def not_configured(name: ProviderName) -> str:
    """What is missing. Pure."""
    return _OFF.format(title=title_of(name), settings=turned_on_by(name))

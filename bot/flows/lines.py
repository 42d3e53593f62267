"""Binding a number to a channel, and its webhooks at the provider."""

from __future__ import annotations

from collections.abc import Sequence

from bot.bridge import Bridge
from bot.capabilities import RegistersHooks
from bot.flows import texts
from bot.model import Hook, Line


async def connect(bridge: Bridge, line: Line) -> Sequence[Hook]:
    """Have the provider post to us; empty when there is no public address, or nothing to register.

    Raises `ProviderError`.
    """
    provider = bridge.providers.get(line.provider)
    if not isinstance(provider, RegistersHooks) or bridge.settings.threadline_public_url is None:
        return ()
    if bridge.settings.threadline_webhook_secret is None:
        await bridge.store.secrets.present(line.provider)
    base = await base_url(bridge, line.provider)
    return () if base is None else await provider.connect_hooks(line, base)


async def base_url(bridge: Bridge, provider: str) -> str | None:
    """Where the provider posts to now; None without a public address or a secret."""
    return await texts.webhook_base(bridge, provider)


async def disconnect(bridge: Bridge, line: Line, base: str | None = None) -> int:
    """Take our webhooks away (those under `base`, the present ones without); how many. Raises `ProviderError`."""
    provider = bridge.providers.get(line.provider)
    base = base or await base_url(bridge, line.provider)
    if not isinstance(provider, RegistersHooks) or base is None:
        return 0
    return await provider.remove_hooks(line, base)


def polls(bridge: Bridge) -> bool:
    """Whether lines are read every few seconds because no provider can reach us."""
    return bridge.settings.threadline_public_url is None

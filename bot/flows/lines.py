"""Binding a number to a channel, and its webhooks at the provider."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.bridge import Bridge
from bot.capabilities import ListsTexts, RegistersHooks
from bot.errors import ProviderError, SlackError, UsageError
from bot.flows import texts
from bot.flows.configured import configured
from bot.model import ChannelId, Hook, Line, Number, ProviderName
from bot.providers import turned_on_by

_POLLS = "No THREADLINE_PUBLIC_URL: the bot reads this line every 15 seconds."
COMPARE = "If it stays so, compare the line's number and account with what the provider shows."


@dataclass(frozen=True, slots=True)
class Bound:
    """A line that was bound, or unbound. `said` is what an admin should know of it; it is not `whole` while
    something is still to be put right."""

    line: Line
    said: tuple[str, ...] = ()
    whole: bool = True


async def bind(bridge: Bridge, wanted: Line) -> Bound:
    """Mirror a number in a channel, or in another one than before, and register its webhooks. It is bound all the
    same when that fails, and the bot tries again.

    Raises `UsageError` for a provider that is not set up, or a number that is bound with another account.
    """
    if wanted.provider not in bridge.providers:
        raise UsageError(f"Set {turned_on_by(wanted.provider)} before adding this line.")
    warning = await _channel_warning(bridge, wanted.channel)
    bound = await register(bridge, await bridge.store.lines.add(wanted))
    return Bound(bound.line, (*filter(None, [warning]), *bound.said), bound.whole)


async def unbind(bridge: Bridge, number: Number, provider: ProviderName | None) -> Bound:
    """End the mirror of a number, and take its webhooks away. Nothing is deleted, here or at the provider.

    Raises `UsageError` when it is not bound, or bound at two providers.
    """
    line = await bridge.store.lines.remove(number, provider)
    if polls(bridge) or line.provider not in bridge.providers:
        return Bound(line)
    try:
        return Bound(line, (f"Webhooks: {await disconnect(bridge, line)} removed.",))
    except ProviderError as error:
        return Bound(line, (f"Its webhooks are still at the provider: {error} Remove them there.",), whole=False)


async def register(bridge: Bridge, line: Line) -> Bound:
    """Register the webhooks of a line that is bound; without a public address, see whether it can be read."""
    if polls(bridge):
        return await _read(bridge, line)
    try:
        hooks = await connect(bridge, line)
    except ProviderError as error:
        sentence = f"The webhooks could not be registered: {error} The bot tries again every 5 minutes."
        return Bound(line, (sentence,), whole=False)
    return Bound(line, (f"Webhooks: {len(hooks)} connected.",))


async def _read(bridge: Bridge, line: Line) -> Bound:
    try:
        await try_reading(bridge, line)
    except ProviderError as error:
        return Bound(line, (_POLLS, f"Its texts cannot be read: {error} {COMPARE}"), whole=False)
    return Bound(line, (_POLLS,))


async def _channel_warning(bridge: Bridge, channel: ChannelId) -> str:
    """What an admin should know of the channel; empty when it is fine, or Slack cannot be asked."""
    if bridge.settings.slack_bot_token is None:
        return ""
    try:
        found = await bridge.slack.channel(channel)
    except SlackError as error:
        return f"Slack does not know {channel} ({error.code}): if it is private, invite Threadline first."
    if found.is_archived:
        return f"#{found.name} is archived: nothing can be shown there."
    return "" if found.is_member else f"Invite Threadline to #{found.name} now by /invite @Threadline."


async def connect(bridge: Bridge, line: Line) -> Sequence[Hook]:
    """Have the provider post to us; empty when there is no public address, or nothing to register.

    Raises `ProviderError`, and `UsageError` while the provider is not set up.
    """
    provider = configured(bridge, line.provider)
    if not isinstance(provider, RegistersHooks) or bridge.settings.threadline_public_url is None:
        return ()
    if bridge.settings.threadline_webhook_secret is None:
        await bridge.store.secrets.present(line.provider)
    base = await base_url(bridge, line.provider)
    return () if base is None else await provider.connect_hooks(line, base)


async def try_reading(bridge: Bridge, line: Line) -> None:
    """Ask for the texts of this moment, to see whether the line can be read. Raises `ProviderError`."""
    provider = bridge.providers.get(line.provider)
    if isinstance(provider, ListsTexts):
        async for _ in provider.list_texts(line, bridge.now()):
            pass


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

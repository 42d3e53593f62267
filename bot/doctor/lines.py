"""Every line: its channel, its provider, and how its texts reach the bot."""

from __future__ import annotations

from collections.abc import Sequence

from bot.bridge import Bridge
from bot.capabilities import RegistersHooks
from bot.doctor import slack
from bot.doctor.findings import Finding, fine, look, wrong
from bot.doctor.parts import Parts
from bot.errors import ProviderError
from bot.flows import lines as flow
from bot.model import Hook, Line

_NO_HOOKS = (
    "no webhook leads here. The running bot makes them every 5 minutes, `threadline lines add` does at once."
)
_MADE = "The running bot makes them every 5 minutes, `threadline lines add` does at once."
_CONNECTED = "The running bot connects them every 5 minutes. If they stay so, the provider cannot reach the bot."


async def lines(parts: Parts) -> list[Finding]:
    """Each in turn. Raises `StorageUnavailable`."""
    bridge = parts.bridge
    if bridge is None:
        return []
    found: list[Finding] = []
    for line in await bridge.store.lines.all():
        found += await _line(parts, bridge, line)
    return found or [look("Lines: none yet. Bind a number to a channel: threadline lines add --help")]


async def _line(parts: Parts, bridge: Bridge, line: Line) -> list[Finding]:
    found = [await slack.channel(parts, name(line), line.channel)] if parts.connected else []
    provider = parts.providers.get(line.provider)
    if provider is None:
        return [*found, wrong(f"{name(line)}: {line.provider} is not set up, so it neither sends nor receives.")]
    if flow.polls(bridge):
        return [*found, await _reading(bridge, line)]
    return [*found, await _hooks(bridge, line)] if isinstance(provider, RegistersHooks) else found


def name(line: Line) -> str:
    """How a finding begins. Pure."""
    return f"“{line.name}”"


async def _reading(bridge: Bridge, line: Line) -> Finding:
    try:
        await flow.try_reading(bridge, line)
    except ProviderError as error:
        return wrong(f"{name(line)}: its texts cannot be read ({error.code}). {error} {flow.COMPARE}")
    every_s = bridge.tuning.poll_s
    return fine(f"{name(line)}: read every {every_s:.0f} s, as there is no THREADLINE_PUBLIC_URL.")


async def _hooks(bridge: Bridge, line: Line) -> Finding:
    base = await flow.base_url(bridge, line.provider)
    provider = bridge.providers[line.provider]
    assert isinstance(provider, RegistersHooks)
    try:
        hooks = await provider.list_hooks(line)
    except ProviderError as error:
        return wrong(f"{name(line)}: its webhooks could not be listed ({error.code}). {error}")
    ours = [hook for hook in hooks if base is not None and leads_to(hook, base)]
    return hooks_finding(line, ours, provider.hook_events)


def leads_to(hook: Hook, base: str) -> bool:
    """Whether a hook is one of those made for this address. Pure."""
    return hook.url == base or hook.url.startswith((f"{base}?", f"{base}/"))


def hooks_finding(line: Line, ours: list[Hook], needed: Sequence[str]) -> Finding:
    """What to say of a line's webhooks, each `needed` event of which should have one that is connected. Pure."""
    if not ours:
        return wrong(f"{name(line)}: {_NO_HOOKS}")
    there = {hook.event for hook in ours}
    connected = {hook.event for hook in ours if hook.connected}
    gone = _named("missing", set(needed) - there, _MADE)
    off = _named("disconnected", there - connected, _CONNECTED)
    if gone or off:
        return wrong(f"{name(line)}: webhooks {'; '.join(filter(None, (gone, off)))}")
    return fine(f"{name(line)}: webhooks connected: {', '.join(sorted(connected))}.")


def _named(what: str, events: set[str], words: str) -> str:
    """The events with what to do about them; empty when there are none."""
    return f"{what}: {', '.join(sorted(events))}. {words}" if events else ""

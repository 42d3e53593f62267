"""Every line: its channel, its provider, and how its texts reach the bot."""

from __future__ import annotations

from bot.bridge import Bridge
from bot.capabilities import RegistersHooks
from bot.cli.doctor import slack
from bot.cli.doctor.findings import Finding, fine, look, wrong
from bot.cli.doctor.parts import Parts
from bot.errors import ProviderError
from bot.flows import lines as flow
from bot.model import Hook, Line

_NO_HOOKS = (
    "no webhook leads here. The running bot makes them every 5 minutes, `threadline lines add` does at once."
)


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
        every_s = bridge.tuning.poll_s
        return [*found, fine(f"{name(line)}: read every {every_s:.0f} s, as there is no THREADLINE_PUBLIC_URL.")]
    return [*found, await _hooks(bridge, line)] if isinstance(provider, RegistersHooks) else found


def name(line: Line) -> str:
    """How a finding begins. Pure."""
    return f"“{line.name}”"


async def _hooks(bridge: Bridge, line: Line) -> Finding:
    base = await flow.base_url(bridge, line.provider)
    provider = bridge.providers[line.provider]
    assert isinstance(provider, RegistersHooks)
    try:
        hooks = await provider.list_hooks(line)
    except ProviderError as error:
        return wrong(f"{name(line)}: its webhooks could not be listed ({error.code}). {error}")
    return hooks_finding(line, [hook for hook in hooks if base is not None and leads_to(hook, base)])


def leads_to(hook: Hook, base: str) -> bool:
    """Whether a hook is one of those made for this address. Pure."""
    return hook.url == base or hook.url.startswith((f"{base}?", f"{base}/"))


def hooks_finding(line: Line, ours: list[Hook]) -> Finding:
    """Pure."""
    if not ours:
        return wrong(f"{name(line)}: {_NO_HOOKS}")
    off = sorted(hook.event for hook in ours if not hook.connected)
    if off:
        words = (
            "The running bot connects them every 5 minutes. If they stay so, the provider cannot reach the bot."
        )
        return wrong(f"{name(line)}: webhooks disconnected: {', '.join(off)}. {words}")
    return fine(f"{name(line)}: webhooks connected: {', '.join(sorted(hook.event for hook in ours))}.")

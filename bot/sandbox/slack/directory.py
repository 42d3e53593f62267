"""Who and what is in the workspace. Ids are given in order, so that a run can be repeated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.sandbox.slack.model import Channel, Kind, Member, Refused

TEAM = "T0SANDBOX"
OTHER_TEAM = "T0ELSEWHERE"


class Directory:
    """People and channels, found by id or by name."""

    def __init__(self, bot_name: str) -> None:
        self.team_id = TEAM
        self.zone = "America/New_York"  # where everybody is
        self.members: dict[str, Member] = {}
        self.channels: dict[str, Channel] = {}
        self._made = 0
        self.bot = self.add_member(bot_name, kind=Kind.APP)

    def _id(self, prefix: str) -> str:
        self._made += 1
        return f"{prefix}0SAND{self._made:05d}"

    def add_member(self, name: str, *, kind: Kind = Kind.FULL) -> Member:
        """Somebody joins the workspace (a stranger: becomes known to it)."""
        team = OTHER_TEAM if kind is Kind.STRANGER else self.team_id
        member = Member(self._id("U"), name, team, kind)
        self.members[member.id] = member
        return member

    def add_channel(self, name: str, members: Iterable[str], *, private: bool = False) -> Channel:
        """A new channel; `members` are ids."""
        channel = Channel(self._id("C"), name.lstrip("#"), is_private=private, members=set(members))
        self.channels[channel.id] = channel
        return channel

    def direct_message(self, members: set[str]) -> Channel:
        """The direct-message conversation of these people, made when it is missing."""
        for channel in self.channels.values():
            if channel.is_im and channel.members == members:
                return channel
        channel = Channel(self._id("D"), "", is_im=True, members=members)
        self.channels[channel.id] = channel
        return channel

    def member(self, who: str | Member) -> Member:
        """By id or name. Raises `LookupError` for a stranger to the directory."""
        if isinstance(who, Member):
            return who
        if who in self.members:
            return self.members[who]
        wanted = who.lstrip("@").casefold()
        for member in self.members.values():
            if member.name.casefold() == wanted:
                return member
        raise LookupError(f"Nobody called {who!r} is in the workspace.")

    def channel(self, which: str | Channel) -> Channel:
        """By id or name, with or without #. Raises `LookupError`."""
        if isinstance(which, Channel):
            return which
        if which in self.channels:
            return self.channels[which]
        wanted = which.lstrip("#")
        for channel in self.channels.values():
            if channel.name == wanted and not channel.is_im:
                return channel
        raise LookupError(f"There is no channel {which!r}.")

    # --- As the bot sees it ---------------------------------------------------------------------------

    def seen(self, channel_id: str) -> Channel:
        """A channel the bot may know of. Raises `Refused` as Slack does."""
        channel = self.channels.get(channel_id)
        if channel is None or self._hidden(channel):
            raise Refused("channel_not_found")
        return channel

    def writable(self, channel_id: str) -> Channel:
        """A channel the bot may post in: a person's id stands for the direct messages with them."""
        if channel_id in self.members:
            channel_id = self.direct_message({self.bot.id, channel_id}).id
        channel = self.channels.get(channel_id)
        if channel is None or self._hidden(channel):
            raise Refused("channel_not_found")
        if self.bot.id not in channel.members:
            raise Refused("not_in_channel")
        if channel.is_archived:
            raise Refused("is_archived")
        return channel

    def joined(self) -> Iterator[Channel]:
        """The channels the bot is in."""
        return (channel for channel in self.channels.values() if self.bot.id in channel.members)

    def visible(self) -> Iterator[Channel]:
        """The channels the bot may know of."""
        return (channel for channel in self.channels.values() if not self._hidden(channel))

    def _hidden(self, channel: Channel) -> bool:
        return (channel.is_private or channel.is_im) and self.bot.id not in channel.members

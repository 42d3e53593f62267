"""Whether somebody may use a command: by the setting, else by the verb's default.

By default admins use what deletes, spends or changes lines, and whoever is in a line's channel uses everything
else on that line. Nobody passes while Slack does not say. A channel or a group that is no more has nobody in it,
and keeps nobody from another line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.bridge import Bridge
from bot.errors import NotAllowed, SlackError
from bot.flows import gone
from bot.grammar import Command, Verb, Who
from bot.model import ChannelId, Line, Member, MemberId
from bot.rights import ADMINS, EVERYONE, Circle, circle_for

AGE_S = 60.0  # how long Slack's word on who is in a channel counts

_ONLY_ADMINS = "Only admins may do that: {admins}."
_NO_ADMINS = "Only admins may do that, and none is named yet: the setting THREADLINE_ADMINS names them."
_NOT_NAMED = "You may not do that here: the setting THREADLINE_RIGHTS names others. Ask an admin: {admins}."
_NO_CHANNEL = "Only who is in a line's channel may do that. Join one: {channels}."
_AWAY = (
    "Only who is in a line's channel may do that, and Slack shows Threadline nobody in {channels}. "
    "Ask an admin: {admins}."
)


Form = tuple[Command, Verb]


async def lines_for(bridge: Bridge, member: Member, asked: Form, lines: Sequence[Line]) -> list[Line]:
    """The lines on which the member may use the verb; empty only where there are none. Raises `NotAllowed` with
    who may, `SlackError` when Slack does not say."""
    command, verb = asked
    circle = circle_for(bridge.settings.rights, command.name, verb.id)
    if circle is not None:
        if not await _is_in(bridge, member, circle):
            raise NotAllowed(_NOT_NAMED.format(admins=_mentions(bridge.settings.admins)))
        return list(lines)
    if verb.who == Who.ADMIN:
        _refuse_others(bridge, member)
        return list(lines)
    found = {line.channel: await members_of(bridge, line.channel) for line in lines}
    theirs = [line for line in lines if member.id in found[line.channel]]
    if lines and not theirs and member.id not in bridge.settings.admins:
        raise NotAllowed(_not_in(bridge, found))
    return theirs or list(lines)


def _not_in(bridge: Bridge, found: Mapping[ChannelId, frozenset[MemberId]]) -> str:
    """Why somebody who is in none of these channels may not. Nobody is in one that is no more."""
    there = [channel for channel, members in found.items() if members]
    channels = ", ".join(f"<#{channel}>" for channel in sorted(there or found))
    sentence = _NO_CHANNEL if there else _AWAY
    return sentence.format(channels=channels, admins=_mentions(bridge.settings.admins))


async def _is_in(bridge: Bridge, member: Member, circle: Circle) -> bool:
    if EVERYONE in circle.who or member.id in circle.members:
        return True
    if ADMINS in circle.who and member.id in bridge.settings.admins:
        return True
    for group in circle.groups:
        if member.id in await members_of(bridge, group):
            return True
    return False


async def members_of(bridge: Bridge, circle: str) -> frozenset[MemberId]:
    """Who is in a channel or a user group: as known for a minute, else as Slack says now; nobody where it is no
    more. Raises `SlackError`."""
    known = await bridge.store.circles.find(circle, AGE_S)
    if known is None:
        known = await _members_now(bridge, circle)
        await bridge.store.circles.note(circle, known)
    return known


async def _members_now(bridge: Bridge, circle: str) -> frozenset[MemberId]:
    try:
        return await bridge.slack.members(circle)
    except SlackError as error:
        if not gone.circle_gone(error):
            raise
        return frozenset()


def _refuse_others(bridge: Bridge, member: Member) -> None:
    admins = bridge.settings.admins
    if member.id not in admins:
        raise NotAllowed(_ONLY_ADMINS.format(admins=_mentions(admins)) if admins else _NO_ADMINS)


def _mentions(admins: Sequence[MemberId]) -> str:
    return ", ".join(f"<@{admin}>" for admin in admins) or "none is named yet"

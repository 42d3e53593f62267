"""How everything begins that a member asks for: who they are, what it means, and on which lines they may do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.bridge import Bridge
from bot.errors import NotAllowed
from bot.flows import texts
from bot.flows.commands.turn import Given, Turn
from bot.flows.rights import lines_for
from bot.grammar import Command, Context, Verb, parse
from bot.model import ChannelId, Line, Member, MemberId, MemberKind, Post
from bot.phone import region_of
from bot.views import answers
from bot.views.answers import Answer

_NOT_A_MEMBER = "Only full members of this workspace may use this."


async def full_member(bridge: Bridge, member_id: MemberId) -> Member:
    """Who it is. Raises `NotAllowed` for anybody but a full member, `SlackError` when Slack does not say."""
    who = await texts.member(bridge, member_id)
    if who.kind != MemberKind.MEMBER:
        raise NotAllowed(_NOT_A_MEMBER)
    return who


async def understood(bridge: Bridge, given: Given, command: Command) -> Turn:
    """What was given as what it means; every line is in it, the channel's own first. Raises `UsageError`."""
    lines = _own_first(await bridge.store.lines.all(), given.channel)
    zone = zone_of(given.member)
    region = (region_of(lines[0].number) if lines else None) or "US"
    asked = parse(command, given.ask.words, Context(region, zone, bridge.now()), given.said)
    return Turn(bridge, given, asked, lines, zone)


async def allowed(turn: Turn, form: tuple[Command, Verb]) -> Turn:
    """The same with the lines on which they may use that verb. Raises `NotAllowed`, `SlackError`."""
    return replace(turn, lines=await lines_for(turn.bridge, turn.given.member, form, turn.lines))


async def shown(bridge: Bridge, made: Answer, given: Given) -> Post:
    """An answer as a post; what its buttons ask for is kept."""
    asks = made.asks
    uid = await bridge.store.questions.keep(given.member.id, given.channel, asks, once=made.once) if asks else ""
    return answers.answer(made, uid)


def _own_first(lines: Sequence[Line], channel: ChannelId) -> Sequence[Line]:
    return sorted(lines, key=lambda line: line.channel != channel)


def zone_of(member: Member) -> ZoneInfo:
    """The member's time zone; UTC when Slack does not say, or says one that is not known here. Pure."""
    try:
        return ZoneInfo(member.zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")

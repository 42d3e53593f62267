"""`/line connect`, `disconnect` and `settings`: the mirror of a line."""

from __future__ import annotations

from dataclasses import replace

from bot.capabilities import ManagesDashboards, SendsTexts
from bot.errors import UsageError
from bot.flows import lines
from bot.flows.commands.line.shown import SETTINGS, channel_name
from bot.flows.commands.line.which import NOBODY, number_of, ref, the_mirrored, which
from bot.flows.commands.turn import Turn
from bot.flows.lines import Bound
from bot.grammar import Mention, Named
from bot.markup import inert
from bot.model import Ask, ChannelId, Dashboard, Line, LineId, NewDeed, Number, ProviderName
from bot.phone import display_number
from bot.views.answers import Answer, Choice
from bot.views.lines import line_about

_PICK = "Pick the channel from Slack's list, like #sales: Threadline is in none that is called “{name}”."
_NO_NUMBER = "{about} has no number that could be read, so it cannot be connected."


async def connect(turn: Turn) -> Answer | None:
    """`/line connect <line> #channel`: also moves it there from another."""
    channel = await _channel(turn, turn.asked.value("channel", Mention))
    wanted = await _wanted(turn, channel)
    bound = await lines.bind(turn.bridge, wanted)
    await _note(turn, "line_connected", bound.line)
    name = await channel_name(turn, channel)
    undo = Choice("Disconnect", turn.again(f"disconnect {ref(bound.line)}"))
    return _told(f"{line_about(bound.line)} is mirrored in {name} from now on.", bound, undo)


async def disconnect(turn: Turn) -> Answer | None:
    """`/line disconnect <line>`: nothing is deleted; it can be connected again."""
    line = await the_mirrored(turn, lambda name: turn.again(f"disconnect {name}"))
    bound = await lines.unbind(turn.bridge, line.number, line.provider)
    await _note(turn, "line_disconnected", line)
    heading = f"{line_about(line)} is not mirrored any more. Its messages stay here, and at the provider."
    undo = Choice("Connect again", turn.again(f"connect {ref(line)} <#{line.channel}>"))
    return _told(heading, bound, undo)


async def settings(turn: Turn) -> Ask:
    """`/line settings <line>`: a window."""
    line = await the_mirrored(turn, lambda name: turn.again(f"settings {name}"))
    return Ask(SETTINGS, ref(line))


def _told(heading: str, bound: Bound, undo: Choice) -> Answer:
    return Answer(heading, below=" ".join(bound.said), choices=(undo,))


async def _wanted(turn: Turn, channel: ChannelId) -> Line:
    """The line as it is to be bound; one that is bound keeps its name and settings."""
    named = turn.asked.value("line", Named)
    try:
        found = await which(turn, lambda name: turn.again(f"connect {name} <#{channel}>"))
    except UsageError:
        return _unlisted(turn, named, channel)
    if isinstance(found, Line):
        return replace(found, channel=channel)
    return _of_dashboard(turn, found, channel)


def _of_dashboard(turn: Turn, dashboard: Dashboard, channel: ChannelId) -> Line:
    if dashboard.number is None:
        raise UsageError(_NO_NUMBER.format(about=inert(line_about(dashboard))))
    able = (name for name, each in turn.bridge.providers.items() if isinstance(each, ManagesDashboards))
    name = dashboard.name.strip() or display_number(dashboard.number)
    return Line(LineId(0), ProviderName(next(able)), dashboard.id, dashboard.number, channel, name)


def _unlisted(turn: Turn, named: Named, channel: ChannelId) -> Line:
    """A number of a provider that has no list of its numbers. Raises `UsageError` when it can be none."""
    number = number_of(named.name)
    for name, provider in turn.bridge.providers.items():
        if number is not None and isinstance(provider, SendsTexts) and not isinstance(provider, ManagesDashboards):
            return Line(LineId(0), name, "", Number(number), channel, display_number(Number(number)))
    raise UsageError(NOBODY.format(name=named.name))


async def _channel(turn: Turn, mention: Mention) -> ChannelId:
    if mention.id is not None:
        return ChannelId(mention.id)
    for channel in await turn.bridge.slack.channels():
        if channel.name == mention.name.casefold():
            return channel.id
    raise UsageError(_PICK.format(name=mention.name))


async def _note(turn: Turn, what: str, line: Line) -> None:
    await turn.bridge.store.audit.add(NewDeed(turn.given.member.id, what, about=line_about(line)))

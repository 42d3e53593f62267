"""`/line` and `/line <line>`: what lines there are, and what each can do."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

from bot.errors import ProviderError, SlackError
from bot.flows.commands.line.which import manages, ref, title_at, unmirrored, which
from bot.flows.commands.listing import list_answer, read_page
from bot.flows.commands.turn import Turn
from bot.model import Ask, ChannelId, Dashboard, Line
from bot.views.answers import Answer, Choice, Item
from bot.views.lines import dashboard_words, line_about, line_facts, line_words

RENAME, SETTINGS, DELETE = "form:line_rename", "form:line_settings", "form:line_delete"
_NONE = "No line is connected yet. An admin connects one: /line connect <line> #channel"
_NOT_IN = "where I am not: type /invite @Threadline there"
_ARCHIVED = "which is archived: texts wait until it is not, or the line is connected to another"
_NOT_ASKED = "Those that are not connected are missing here: {error}"


async def every(turn: Turn) -> Answer | None:
    """`/line`: the lines that are mirrored, then, for who may connect them, the others."""
    may, names = await manages(turn), await _channels(turn)
    missing: list[str] = []
    page = await read_page(_all(turn, missing), turn.asked.page)

    places = {
        line.channel: names.get(line.channel) or await place(turn, line.channel)
        for line in page.things
        if isinstance(line, Line)
    }

    def item(line: Line | Dashboard) -> Item:
        words = line_words(line, places[line.channel]) if isinstance(line, Line) else dashboard_words(line)
        return Item(words, choices(turn, line) if may else ())

    if not page.things and page.number == 1:
        return Answer(_NONE, below=" ".join(missing))
    listed = list_answer("Lines", page, item, lambda other: turn.again(f"page={other}"))
    return Answer(listed.heading, listed.items, " ".join(missing), choices=listed.choices)


async def show(turn: Turn) -> Answer | None:
    """`/line <line>`."""
    line = await which(turn, turn.again)
    may = await manages(turn)
    if isinstance(line, Dashboard):
        words = dashboard_words(line)
    else:
        words = line_facts(line, await place(turn, line.channel), title_at(turn, line))
    return Answer(line_about(line), (Item(words, choices(turn, line) if may else ()),))


def choices(turn: Turn, line: Line | Dashboard) -> tuple[Choice, ...]:
    """What can be done with a line."""
    name = ref(line)
    managed = (Choice("Rename …", Ask(RENAME, name)), Choice("Delete at the provider …", Ask(DELETE, name)))
    if isinstance(line, Line):
        first = (
            Choice("Settings …", Ask(SETTINGS, name)),
            Choice("Disconnect", Ask("line", f"disconnect {name}")),
        )
        return (*first, *managed) if line.account else first
    here = turn.given.channel
    if not here.startswith(("C", "G")):
        return managed
    return (Choice("Connect to this channel", Ask("line", f"connect {name} <#{here}>")), *managed)


async def _all(turn: Turn, missing: list[str]) -> AsyncIterator[Line | Dashboard]:
    for line in sorted(turn.lines, key=lambda line: line.name.casefold()):
        yield line
    try:
        async for dashboard in unmirrored(turn):
            yield dashboard
    except ProviderError as error:  # those that are mirrored are known all the same
        missing.append(_NOT_ASKED.format(error=error))


async def _channels(turn: Turn) -> Mapping[ChannelId, str]:
    """How people call the channels that Threadline is in and that are in use; none when Slack does not say."""
    try:
        channels = await turn.bridge.slack.channels()
    except SlackError:
        return {}
    return {channel.id: f"#{channel.name}" for channel in channels if not channel.is_archived}


async def place(turn: Turn, channel: ChannelId) -> str:
    """Where a line is mirrored, and what keeps it from there; the channel's id when Slack does not say."""
    try:
        found = await turn.bridge.slack.channel(channel)
    except SlackError:
        return channel
    if found.is_archived:
        return f"#{found.name}, {_ARCHIVED}"
    return f"#{found.name}" if found.is_member else f"#{found.name}, {_NOT_IN}"


async def channel_name(turn: Turn, channel: ChannelId) -> str:
    """How people call a channel; its id when Slack does not say."""
    try:
        return f"#{(await turn.bridge.slack.channel(channel)).name}"
    except SlackError:
        return channel

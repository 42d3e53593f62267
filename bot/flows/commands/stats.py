"""`/threadline stats`: how much was texted, how soon it was answered, what did not go, and who sent it.

The figures stand in the answer. An answer that only one person sees cannot carry a file, so the charts go into
their direct messages; that they cannot be drawn or sent takes no figure away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.bridge import Bridge
from bot.charts.process import pictures
from bot.errors import ChartsFailed, SlackError, UsageError
from bot.flows import texts
from bot.flows.commands.turn import NO_LINE, Turn, the_line
from bot.flows.periods import last_days
from bot.flows.scopes import needs_scope
from bot.grammar import Named
from bot.model import Chart, Figures, File, Line, MemberId
from bot.views.answers import Answer
from bot.views.stats import IN_MESSAGES, MOST_PEOPLE, Shown, charts_heading, stats_answer, stats_charts

DAYS = 30
ELSEWHERE = MemberId("")
MOST_NAMED = 3  # lines

_NOT_SENT = "The charts could not be sent to you. {why}"


async def stats(turn: Turn) -> Answer | None:
    """`/threadline stats [days] [from=]`: of one line, or of all on which they may ask."""
    lines = _lines(turn)
    period = last_days(turn.asked.find("days", int) or DAYS, turn.zone, turn.bridge.now())
    figures = await turn.bridge.store.stats.figures([line.id for line in lines], period)
    shown = Shown(figures, period, _called(lines), await _names(turn.bridge, figures))
    return stats_answer(shown, "" if shown.is_empty else await _charts(turn, shown))


def _lines(turn: Turn) -> Sequence[Line]:
    if turn.asked.find("from", Named) is not None:
        return (the_line(turn),)
    if not turn.lines:
        raise UsageError(NO_LINE)
    return turn.lines


def _called(lines: Sequence[Line]) -> str:
    return ", ".join(line.name for line in lines) if len(lines) <= MOST_NAMED else f"{len(lines)} lines"


async def _names(bridge: Bridge, figures: Figures) -> Mapping[MemberId, str]:
    """What those are called who sent most. Raises `SlackError` when Slack does not say who they are."""
    most = list(figures.sent)[:MOST_PEOPLE]
    names = {who: (await texts.member(bridge, who)).name for who in most if who != ELSEWHERE}
    return names | {ELSEWHERE: "Sent from elsewhere"}


async def _charts(turn: Turn, shown: Shown) -> str:
    """Where the charts are, or why they are not there."""
    try:
        await _send(turn, shown, stats_charts(shown))
    except (ChartsFailed, UsageError) as why:
        return str(why)
    except SlackError as why:
        return _NOT_SENT.format(why=why)
    return IN_MESSAGES


async def _send(turn: Turn, shown: Shown, charts: Sequence[Chart]) -> None:
    drawn = await pictures(charts)
    files = [
        File(f"{chart.name}.png", "image/png", picture, chart.alt)
        for chart, picture in zip(charts, drawn, strict=True)
    ]
    slack = turn.bridge.slack
    with needs_scope("files:write"):
        await slack.show_files(await slack.open_dm(turn.given.member.id), files, charts_heading(shown))

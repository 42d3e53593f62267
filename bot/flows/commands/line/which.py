"""Which line is meant: one that is mirrored, or one that is only at its provider."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from bot.capabilities import ManagesDashboards
from bot.errors import NotAllowed, UnknownName, UsageError
from bot.flows.commands.provided import the_provider
from bot.flows.commands.turn import Turn, Unclear, begins
from bot.flows.rights import lines_for
from bot.grammar import Named, quote, verb_of
from bot.markup import inert
from bot.model import Ask, Dashboard, DashboardId, Line
from bot.phone import parse_number
from bot.views.answers import Answer, Choice
from bot.views.lines import line_about

NOBODY = "No line is called “{name}”. /line lists them."
_NOT_MIRRORED = "{about} is not connected to a channel. Connect it first: /line connect {name} #channel"
_NO_DASHBOARD = "{about} has no dashboard that could be changed: it is a number at {title}."


async def which(turn: Turn, again: Callable[[str], Ask]) -> Line | Dashboard:
    """The line that is meant: called just so, else one whose name begins so; those that are mirrored come first.

    Raises `Unclear` when it can be several, each asking for `again` of its number or id, `UsageError` when there
    is none, `ProviderError` when its provider does not say.
    """
    named = turn.asked.value("line", Named)
    found: list[Line | Dashboard] = [line for line in turn.lines if _is(named, line, line.account)]
    if not found:
        others = [each async for each in unmirrored(turn)]
        every: list[Line | Dashboard] = [*turn.lines, *others]
        found = [each for each in others if _is(named, each, each.id)]
        found = found or [each for each in every if begins(each.name, named.name)]
    if not found:
        raise UnknownName(NOBODY.format(name=named.name))
    if len(found) > 1:
        choices = tuple(Choice(line_about(each), again(ref(each))) for each in found)
        raise Unclear(Answer(f"Which “{named.name}”?", choices=choices, once=True))
    return found[0]


async def the_mirrored(turn: Turn, again: Callable[[str], Ask]) -> Line:
    """The same, where only a line that is mirrored will do. Raises `UsageError` for another."""
    found = await which(turn, again)
    if isinstance(found, Line):
        return found
    raise UsageError(_NOT_MIRRORED.format(about=inert(line_about(found)), name=ref(found)))


async def the_dashboard(turn: Turn, again: Callable[[str], Ask]) -> tuple[Line | Dashboard, DashboardId]:
    """The same, where only a line that its provider lets us manage will do. Raises `UsageError` for another, and
    when no such provider is set up."""
    the_provider(turn, ManagesDashboards)
    found = await which(turn, again)
    if isinstance(found, Dashboard):
        return found, found.id
    if not isinstance(turn.bridge.providers.get(found.provider), ManagesDashboards):
        title = title_at(turn, found)
        raise UsageError(_NO_DASHBOARD.format(about=inert(line_about(found)), title=title))
    return found, DashboardId(found.account)


async def unmirrored(turn: Turn) -> AsyncIterator[Dashboard]:
    """What the provider has beside the lines that are mirrored. For who may connect lines."""
    if not await manages(turn):
        return
    bound = {(line.provider, line.account) for line in await turn.bridge.store.lines.all()}
    for name, provider in turn.bridge.providers.items():
        if isinstance(provider, ManagesDashboards):
            async for dashboard in provider.list_dashboards():
                if (name, dashboard.id) not in bound:
                    yield dashboard


async def manages(turn: Turn) -> bool:
    """Whether they may connect lines. Raises `SlackError` when Slack does not say."""
    try:
        await lines_for(turn.bridge, turn.given.member, verb_of("line", "connect"), turn.lines)
    except NotAllowed:
        return False
    return True


def ref(line: Line | Dashboard) -> str:
    """What names the line in a command: its number, else its id. Pure."""
    if line.number:
        return quote(line.number)
    return str(line.id)


def title_at(turn: Turn, line: Line) -> str:
    """What people call its provider."""
    provider = turn.bridge.providers.get(line.provider)
    return provider.title if provider else f"{line.provider}, which is not set up here"


def _is(named: Named, line: Line | Dashboard, account: str) -> bool:
    wanted = named.name.strip()
    if wanted.casefold() == line.name.casefold() or (named.id is not None and str(named.id) == account):
        return True
    return line.number is not None and number_of(wanted) == line.number


def number_of(typed: str) -> str | None:
    """The number that was typed; None for what is none. Pure."""
    try:
        return parse_number(typed)
    except UsageError:
        return None

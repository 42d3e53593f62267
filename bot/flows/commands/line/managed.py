"""`/line rename`, `new` and `delete-dashboard`: the line at its provider."""

from __future__ import annotations

from dataclasses import replace

from bot.capabilities import ManagesDashboards
from bot.flows.commands.doing import noted
from bot.flows.commands.line.shown import DELETE, choices
from bot.flows.commands.line.which import ref, the_dashboard
from bot.flows.commands.listing import ask_first
from bot.flows.commands.provided import the_provider, title_of
from bot.flows.commands.turn import Turn
from bot.grammar import quote
from bot.model import Ask, Dashboard, DashboardId, Line, NewDeed, Number
from bot.phone import display_number
from bot.views.answers import Answer, Item
from bot.views.lines import dashboard_words, line_about


async def rename(turn: Turn) -> Answer | None:
    """`/line rename <line> <name>`: at the provider and here."""
    name = turn.asked.value("name", str)
    line, dashboard = await the_dashboard(turn, lambda other: turn.again(f"rename {other} {name}"))
    return await give_name(turn, line, dashboard, name)


async def give_name(turn: Turn, line: Line | Dashboard, dashboard: DashboardId, name: str) -> Answer:
    """Rename a line. Raises `ProviderError`."""
    provider = the_provider(turn, ManagesDashboards)
    deed = NewDeed(turn.given.member.id, "line_renamed", about=f"{line_about(line)} → {name}")
    made = await noted(turn, deed, provider.rename_dashboard(dashboard, name))
    if isinstance(line, Line):
        await turn.bridge.store.lines.change(replace(line, name=made.name or name))
    return Answer(f"{line_about(line)} is called {made.name or name} now, here and at {title_of(provider)}.")


async def new(turn: Turn) -> Answer | None:
    """`/line new <name> <number>`: asks first."""
    provider = the_provider(turn, ManagesDashboards)
    name, number = turn.asked.value("name", str), Number(turn.asked.value("number", str))
    if not turn.given.ask.sure:
        heading = (
            f"Make the line {name} with the number {display_number(number)} at {title_of(provider)}? "
            f"It may be billed, and the account's admins get an e-mail."
        )
        return ask_first(turn, heading, "Make it", f"new {quote(name)} {quote(number)}")
    deed = NewDeed(turn.given.member.id, "line_made", about=f"{name} · {display_number(number)}")
    made = await noted(turn, deed, provider.create_dashboard(name, number))
    return Answer(f"Made {line_about(made)}.", (Item(dashboard_words(made), choices(turn, made)),))


async def delete(turn: Turn) -> Ask:
    """`/line delete-dashboard <line>`: a window in which its number is typed."""
    line, _ = await the_dashboard(turn, lambda other: turn.again(f"delete-dashboard {other}"))
    return Ask(DELETE, ref(line))

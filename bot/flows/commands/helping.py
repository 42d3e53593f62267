"""What a command answers to `help`, and some when they are typed alone."""

from __future__ import annotations

from bot.grammar import SERVED, Command, all_help, command_help
from bot.views.answers import Answer, Item

_IN_THREADS = (
    "In a contact's thread\n"
    "A reply is texted to them. Start it with // to keep it internal; its reaction says how far it got."
)
_MORE = "Type help behind a command to see everything that it does, like {typed} help."


def help_of_all() -> Answer:
    """Every command, and how to learn more of each. Pure."""
    items = tuple(Item(f"{line.usage}\n{line.summary}") for line in all_help(SERVED))
    return Answer("What I do", (*items, Item(_IN_THREADS)), below=_MORE.format(typed=SERVED[0].typed))


def help_of(command: Command) -> Answer:
    """Everything that a command does, and how it is typed. Pure."""
    told = command_help(command)
    items = tuple(Item(f"{line.usage}\n{line.summary}") for line in told.lines)
    return Answer(f"{told.typed}: {told.summary}", items)

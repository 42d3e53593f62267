"""What a command answers to `help`, and some when they are typed alone."""

from __future__ import annotations

from bot.grammar import SERVED, Command, HelpLine, all_help, command_help, thread_help
from bot.views.answers import Answer, Item

_IN_THREADS = (
    "In a contact's thread\n"
    "A reply is texted to them. Start it with // to keep it internal; its reaction says how far it got. "
    "@Threadline help names what can be said to me there."
)
_NEVER_TEXTED = "What is said to me is never texted."
_MORE = "Type help behind a command to see everything that it does, like {typed} help."


def help_of_all() -> Answer:
    """Every command, and how to learn more of each. Pure."""
    items = tuple(_item(line) for line in all_help(SERVED))
    return Answer("What I do", (*items, Item(_IN_THREADS)), below=_MORE.format(typed=SERVED[0].typed))


def help_in_thread() -> Answer:
    """What can be said to the bot in a contact's thread. Pure."""
    return Answer("What I do here", tuple(_item(line) for line in thread_help()), below=_NEVER_TEXTED)


def help_of(command: Command) -> Answer:
    """Everything that a command does, and how it is typed. Pure."""
    told = command_help(command)
    return Answer(f"{told.typed}: {told.summary}", tuple(_item(line) for line in told.lines))


def _item(line: HelpLine) -> Item:
    return Item(f"{line.usage}\n{line.summary}")

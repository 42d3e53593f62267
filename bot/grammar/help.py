"""What a command answers when it is typed alone, and the help over all commands. Pure.

These are lines of words; views lay them out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.grammar.nearest import nearest
from bot.grammar.shapes import Command
from bot.grammar.usage import usage


@dataclass(frozen=True, slots=True)
class HelpLine:
    """How something is typed, and what it does."""

    usage: str
    summary: str


@dataclass(frozen=True, slots=True)
class CommandHelp:
    """A command and everything that it does."""

    typed: str
    summary: str
    lines: tuple[HelpLine, ...]


def command_help(command: Command) -> CommandHelp:
    """Everything that a command does, in the order of the list. Pure."""
    lines = tuple(HelpLine(usage(command, verb), verb.summary) for verb in command.verbs)
    return CommandHelp(command.typed, command.summary, lines)


def all_help(commands: Iterable[Command]) -> tuple[HelpLine, ...]:
    """One line for each command: what `/threadline` answers. Pure."""
    return tuple(HelpLine(command.typed, command.summary) for command in commands)


def command_meant(typed: str, commands: Iterable[Command]) -> str | None:
    """The command that `typed`, with or without its slash, may be a misspelling of. Pure."""
    return nearest(typed.removeprefix("/"), (command.typed for command in commands))

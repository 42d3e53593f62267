"""The table of commands: whatever is served is done, and whatever is done is a verb of the grammar."""

from __future__ import annotations

from collections.abc import Iterable

from bot.flows.commands.ask import VERBS
from bot.grammar import EVERY, SERVED, Command
from bot.grammar.shapes import HELP

DONE = {(name, verb) for name, verbs in VERBS.items() for verb in verbs}


def _verbs(commands: Iterable[Command]) -> set[tuple[str, str]]:
    return {(command.name, verb.id) for command in commands for verb in command.verbs if verb.id != HELP.id}


def test_every_verb_of_a_served_command_is_done() -> None:
    assert _verbs(SERVED) - DONE == set()


def test_everything_that_is_done_can_be_typed() -> None:
    assert DONE - _verbs(EVERY) == set()

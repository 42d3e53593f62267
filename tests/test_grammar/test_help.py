"""The help names everything on the list, as it is typed."""

from __future__ import annotations

from dataclasses import replace

from bot.grammar import COMMANDS, HelpLine, all_help, command_help, command_meant
from bot.grammar.registry.pay import PAY


def test_help_of_a_command_has_a_line_for_every_verb() -> None:
    shown = command_help(PAY)

    assert (shown.typed, shown.summary) == ("/pay", "Asks a contact for a payment, and follows it.")
    assert len(shown.lines) == len(PAY.verbs)
    assert HelpLine("/pay <id> [from=]", "Shows a payment.") in shown.lines


def test_help_over_all_commands_has_a_line_for_each() -> None:
    lines = all_help(COMMANDS)

    assert [line.usage for line in lines] == [command.typed for command in COMMANDS]
    assert all(line.summary.endswith(".") for line in lines)


def test_help_shows_a_command_as_this_workspace_calls_it() -> None:
    renamed = replace(PAY, called="invoice")

    assert all(line.usage.startswith("/invoice") for line in command_help(renamed).lines)


def test_misspelled_command_finds_the_one_that_is_close() -> None:
    assert command_meant("/contcat", COMMANDS) == "/contact"
    assert command_meant("dialer", COMMANDS) == "/dialler"
    assert command_meant("/weather", COMMANDS) is None

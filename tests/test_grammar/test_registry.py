"""The list of commands holds what was promised, and nothing that could be read in two ways."""

from __future__ import annotations

import re

import pytest

from bot.errors import UsageError
from bot.grammar.help import command_help
from bot.grammar.nearest import folded
from bot.grammar.registry import COMMANDS, verb_of
from bot.grammar.shapes import HELP, Asks, Command, Key, Kind, Parameter, Verb, Who
from bot.grammar.usage import LONGEST, placeholder, refusal, short_usage, usage
from tests.test_grammar.contract import LATER, Form, forms

FORMS = list(forms())
BY_NAME = {command.name: command for command in COMMANDS}
VERBS = [(command, verb) for command in COMMANDS for verb in command.verbs]
each_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)


def kept(form: Form) -> list[Verb]:
    """The verbs on the list that have everything of a promised form."""
    found = [verb for verb in BY_NAME[form.command].verbs if verb.word == form.verb]
    return [verb for verb in found if has_places(verb, form) and has_options(verb, form)]


def has_places(verb: Verb, form: Form) -> bool:
    return places(verb) == form.places or (form.shortened and not form.places)


def places(verb: Verb) -> tuple[str, ...]:
    return tuple(placeholder(parameter).strip("<>[]#") for parameter in verb.takes)


def has_options(verb: Verb, form: Form) -> bool:
    keys = {f"{key.name}:<name>" if key.prefix else key.name for key in verb.all_keys}
    flags = {"|".join(flag.forms) for flag in verb.flags}
    return set(form.keys) <= keys and set(form.flags) <= flags


def test_the_contract_was_read() -> None:
    assert len(FORMS) > 60
    assert Form("pay", "list", (), ("to", "ref", "sort"), ("desc|asc",), False) in FORMS
    assert Form("dialler", "unlock", ("id|data:…",), (), (), False) in FORMS
    assert Form("ticket", "ci show", (), (), (), True) in FORMS


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.command} {form.verb} {' '.join(form.places)}")
def test_what_was_promised_is_on_the_list(form: Form) -> None:
    assert kept(form) != []


def test_what_is_on_the_list_was_promised() -> None:
    promised = {(form.command, verb.id) for form in FORMS for verb in kept(form)}
    listed = {(command.name, verb.id) for command, verb in VERBS if verb is not HELP}

    assert listed - promised == set()


def test_what_was_promised_for_later_is_not_on_the_list_yet() -> None:
    assert LATER & {(command.name, verb.word) for command, verb in VERBS} == set()


def test_commands_have_names_that_slack_takes() -> None:
    names = [command.typed for command in COMMANDS]

    assert len(set(names)) == len(names) <= 50
    assert all(re.fullmatch(r"/[a-z]{1,31}", name) for name in names)


def test_verbs_of_a_command_are_told_apart() -> None:
    for command in COMMANDS:
        ids = [verb.id for verb in command.verbs]
        assert len(set(ids)) == len(ids)
        assert all(verb.name for verb in command.forms)


def test_every_command_answers_when_it_is_typed_alone() -> None:
    assert all(any(not form.takes for form in command.forms) for command in COMMANDS)


@each_command
def test_names_of_a_verb_are_told_apart(command: Command) -> None:
    for verb in command.verbs:
        places = [parameter.name for parameter in verb.takes]
        folds = [folded(key.name) for key in verb.all_keys] + [flag.name for flag in verb.flags]

        assert len(set(folds)) == len(folds)
        assert len(set(places)) == len(places)
        assert set(places) & {key.name for key in verb.all_keys} == set()


@each_command
def test_free_words_and_repeated_numbers_stand_last(command: Command) -> None:
    for verb in command.verbs:
        greedy = [parameter.kind in (Kind.WORDS, Kind.NUMBERS) for parameter in verb.takes]

        assert not any(greedy[:-1])


@each_command
def test_what_is_optional_stands_behind_what_is_not(command: Command) -> None:
    for verb in command.verbs:
        optional = [parameter.optional for parameter in verb.takes]

        assert optional == sorted(optional)


@each_command
def test_counts_and_choices_have_their_bounds(command: Command) -> None:
    for verb in command.verbs:
        everything: list[Parameter | Key] = [*verb.takes, *verb.all_keys]
        for asked in everything:
            assert (asked.kind is Kind.COUNT) == (asked.most > 0)
            assert asked.kind is not Kind.CHOICE or asked.choices


@each_command
def test_summary_is_one_sentence(command: Command) -> None:
    for verb in command.verbs:
        assert re.fullmatch(r"[A-Z][^.]{5,80}\.", verb.summary)


@each_command
def test_usage_names_everything_that_it_takes(command: Command) -> None:
    for verb in command.verbs:
        line = usage(command, verb)

        assert line.startswith(command.typed)
        assert all(f"{key.name}" in line for key in verb.all_keys if not key.inner)
        assert all(placeholder(parameter) in line for parameter in verb.takes)


def test_keys_of_buttons_are_shown_nowhere() -> None:
    contact, imports = verb_of("contact", "import")

    assert usage(contact, imports) == "/contact import [from=]"
    assert not any("stop=" in line.usage for line in command_help(contact).lines)


@each_command
def test_usage_in_an_error_fits_and_keeps_what_is_required(command: Command) -> None:
    for verb in command.verbs:
        error = refusal("x" * 120 + ".", command, verb)

        assert isinstance(error, UsageError)
        assert len(str(error)) <= LONGEST
        assert all(placeholder(parameter) in str(error) for parameter in verb.required)


def test_short_usage_says_that_keys_are_left_out() -> None:
    find = next(verb for verb in BY_NAME["contact"].verbs if verb.id == "find")

    assert short_usage(BY_NAME["contact"], find, 60) == "/contact find [words] [resolved= blocked= archived= …]"


def test_command_called_otherwise_is_shown_so() -> None:
    command = Command("text", "Texts.", (), called="sms")

    assert usage(command, Verb("go", "Goes.", (Parameter("to", Kind.TO),))) == "/sms go <to>"


def test_verbs_that_delete_ask_first_and_are_for_admins() -> None:
    deleting = [verb for _, verb in VERBS if verb.summary.startswith("Deletes")]

    assert len(deleting) == 6
    assert {(verb.asks, verb.who) for verb in deleting} == {(Asks.DESTROYS, Who.ADMIN)}

"""Whatever is typed behind any command is understood or refused with a sentence, and soon."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from itertools import cycle, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.grammar import COMMANDS, Asked, Command, parse
from bot.grammar.lexer import read
from bot.grammar.values import Context
from tests.test_grammar.contexts import CONTEXT, at
from tests.test_grammar.typed import TYPED

SHORT = 800
LONGER = 6  # times as long
SLOWER = 15  # times as slow at the most: half of what a quadratic reader would be, and room for a busy machine
TRIES = 3  # one that is good is enough

CONTEXTS = st.sampled_from(
    [CONTEXT, at("2026-03-28 23:30", "Europe/Berlin", "DE"), at("2026-10-03 12:00", "Australia/Lord_Howe", "AU")]
)

HOSTILE = [
    '"',
    '" ',
    '"a ',
    "“ ",
    '\\"',
    'a="b ',
    "field:",
    'field:"a" ',
    "a:b=c ",
    "from= ",
    "<@",
    "<@U1|",
    "<tel:",
    "&amp;",
    "+1 415 ",
    "4155550134 ",
    "1 ",
    "in 2h ",
    "a",
    "\n",
    "9",
    "data:",
    "https://a?b=c ",
    "histori ",
]

each_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)


def repeated(piece: str, length: int) -> str:
    return "".join(islice(cycle(piece), length))


def answer(command: Command, text: str, context: Context = CONTEXT) -> Asked | str:
    try:
        return parse(command, text, context)
    except UsageError as error:
        return str(error)


@each_command
@given(text=TYPED, context=CONTEXTS)
def test_anything_typed_is_understood_or_refused_with_a_sentence(
    command: Command, text: str, context: Context
) -> None:
    answered = answer(command, text, context)

    if isinstance(answered, Asked):
        assert answered.verb in command.verbs
        assert all(answered.has(parameter.name) for parameter in answered.verb.required)
    else:
        assert 10 < len(answered) < 300
        assert answered[0] != " "


@each_command
@given(text=st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters='\\<>&"“”„«»='), min_size=1))
def test_first_word_in_quotes_is_never_a_verb(command: Command, text: str) -> None:
    for word in (text, *command.words):
        answered = answer(command, f'"{word}"')
        assert isinstance(answered, str) or not answered.verb.word


def took_s(deed: Callable[[], object]) -> float:
    """Processor time, not the clock's: other work on the machine counts for little."""
    before = time.process_time()
    deed()
    return time.process_time() - before


def grows_with_the_text(deed: Callable[[str], object], start: str, piece: str) -> bool:
    """Whether a text that is longer takes about so much longer, and no more, at one of some tries."""
    short, long = (start + repeated(piece, length) for length in (SHORT, SHORT * LONGER))
    return any(
        took_s(lambda: deed(long)) < SLOWER * max(took_s(lambda: deed(short)), 0.0005) for _ in range(TRIES)
    )


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_long_text_made_to_be_slow_is_answered_in_the_time_that_its_length_takes(piece: str) -> None:
    for command in COMMANDS:
        for start in ("Maria ", f"{command.words[1]} "):
            assert grows_with_the_text(partial(answer, command), start, piece)


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_time_to_find_the_words_grows_with_the_text_and_no_faster(piece: str) -> None:
    assert grows_with_the_text(read, "", piece)

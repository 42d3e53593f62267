"""What a command answers: literal, bounded, and every button with an id of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.model import Ask
from bot.views.answers import MOST_BUTTONS, Answer, Choice, Item, answer, pages, sentence
from bot.views.menus import MOST_OPTIONS, options_in
from tests.views.cases import leaves, words
from tests.views.check_blocks import check_post
from tests.views.test_thread import HOSTILE

UID = "0" * 32


def _choices(count: int, label: str = "Do it") -> tuple[Choice, ...]:
    return tuple(Choice(f"{label} {number}", Ask("text", str(number))) for number in range(count))


def _values(blocks: Any) -> list[str]:
    """The value of every button and option, in their order."""
    found = []
    for block in blocks:
        for element in [*block.get("elements", ()), *filter(None, [block.get("accessory")])]:
            found += [each["value"] for each in options_in(element)]
            found += [element["value"]] if "value" in element else []
    return found


def test_buttons_carry_their_question_and_their_number() -> None:
    made = Answer("Contacts", (Item("Maria", _choices(1)), Item("Omar", _choices(3))), choices=_choices(2))

    post = answer(made, UID)

    assert _values(post.blocks) == [f"{UID}:{number}" for number in range(6)]
    assert len(made.asks) == 6
    check_post(post)


@pytest.mark.parametrize("count", [1, MOST_BUTTONS, MOST_BUTTONS + 1, MOST_OPTIONS, MOST_OPTIONS + 1, 500])
def test_any_number_of_choices_is_one_that_slack_takes(count: int) -> None:
    post = answer(Answer("Which?", choices=_choices(count, "x" * 100)), UID)

    assert len(_values(post.blocks)) == count
    check_post(post)


@pytest.mark.parametrize("words", HOSTILE)
def test_what_others_wrote_stays_literal_and_bounded(words: str) -> None:
    made = Answer(words, (Item(words, (Choice(words, Ask("text", words)),)),), below=words, choices=_choices(1))

    post = answer(made, UID)

    check_post(post)
    assert all(each["text"]["type"] == "plain_text" for each in post.blocks if each["type"] == "section")  # type: ignore[index]  # JSON


@pytest.mark.parametrize(
    ("page", "more", "labels"),
    [(1, False, []), (1, True, ["Older"]), (2, True, ["Newer", "Older"]), (2, False, ["Newer"])],
)
def test_pages_turn_where_there_are_some(page: int, more: bool, labels: list[str]) -> None:
    turned = pages(page, lambda number: Ask("text", f"page={number}"), more=more)

    assert [choice.label for choice in turned] == labels
    assert {choice.ask.words for choice in turned} <= {f"page={page - 1}", f"page={page + 1}"}


# --- A sentence ---------------------------------------------------------------------------------------------


def test_mark_up_that_was_typed_takes_no_effect_in_a_sentence() -> None:
    post = sentence("Type it like this: /group <id|name> *now* <!channel> & <https://x.example|here>")

    assert [leaf["type"] for leaf in leaves(post)] == ["text"]
    assert words(post) == "Type it like this: /group <id|name> *now* <!channel> & <https://x.example|here>"
    assert "<" not in post.text
    check_post(post)


def test_members_and_channels_have_their_names_in_a_sentence() -> None:
    post = sentence("Only who is in <#C0SALES> may do that. Ask <@U0DANA>.")

    assert [leaf["type"] for leaf in leaves(post)] == ["text", "channel", "text", "user", "text"]
    assert words(post) == "Only who is in #C0SALES may do that. Ask @U0DANA."
    assert post.text == "Only who is in <#C0SALES> may do that. Ask <@U0DANA>."


@pytest.mark.parametrize("said", [said for said in HOSTILE if said.strip()])
def test_sentence_of_any_words_is_one_that_slack_takes(said: str) -> None:
    post = sentence(said)

    check_post(replace(post, text="Names may stand in the text."))

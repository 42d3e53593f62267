"""Menus: every option is in one, however many there are, and Slack takes it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.slack.modals import check_view
from bot.views.fields import Field, Option, choice_field, choices_field
from bot.views.forms import Drawn, Opened, form
from bot.views.menus import MOST_IN_MENU, MOST_OPTIONS, options_in

OPENED = Opened("form:trial", "1" * 32, "Trial")


def _options(count: int) -> list[Option]:
    return [Option(str(number), f"Group {number}") for number in range(count)]


@pytest.mark.parametrize("count", [1, MOST_OPTIONS, MOST_OPTIONS + 1, 2 * MOST_OPTIONS, MOST_IN_MENU])
@pytest.mark.parametrize("several", [False, True])
def test_every_option_is_in_the_menu_and_the_one_it_begins_with_is_chosen(count: int, several: bool) -> None:
    last = str(count - 1)
    field = (
        choices_field(Field("of", "Of"), _options(count), [last])
        if several
        else choice_field(Field("of", "Of"), _options(count), last)
    )

    element: Any = field["element"]
    assert [option["value"] for option in options_in(element)] == [str(number) for number in range(count)]
    assert options_in(element)[-1] in (element.get("initial_option"), *element.get("initial_options", ()))
    assert check_view(dict(form(OPENED, Drawn((field,))))) == []


def test_options_that_read_alike_have_their_numbers_behind_them() -> None:
    named = [("7", "Same"), ("8", "Same\n"), ("9", "x" * 80), ("10", "x" * 90), ("11", "Other"), ("F1", "Other")]

    options: Any = choice_field(Field("of", "Of"), [Option(*each) for each in named])["element"]

    assert [option["text"]["text"] for option in options["options"]] == [
        "Same (#7)",
        "Same (#8)",
        f"{'x' * 69}… (#9)",
        f"{'x' * 68}… (#10)",
        "Other (#11)",
        "Other",
    ]


def test_groups_say_which_options_they_hold() -> None:
    element: Any = choice_field(Field("of", "Of"), _options(250))["element"]

    labels = [group["label"]["text"] for group in element["option_groups"]]
    assert labels == ["1 – 100", "101 – 200", "201 – 250"]

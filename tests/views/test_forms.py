"""Forms: nothing in one that Slack would refuse, and nothing lost when one comes back."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from bot.model import Ask
from bot.sandbox.slack.fields import values_of
from bot.sandbox.slack.modals import check_view
from bot.views.answers import Answer, Choice, answer
from bot.views.fields import (
    FIELD,
    Field,
    Option,
    boxes_field,
    choice_field,
    choices_field,
    date_field,
    file_field,
    options_of,
    search_field,
    searches_field,
    text_field,
    time_field,
)
from bot.views.forms import Drawn, Opened, again, form, loading, told, typed_in, working
from tests.views.test_thread import HOSTILE

OPENED = Opened("form:trial", "0" * 32, "Everything that there is in a form")
HOSTILE_WORDS = " ".join(HOSTILE)
MANY = [Option(str(number), f"{HOSTILE_WORDS} {'x' * 200}") for number in range(150)]


def _every(begin: str = "") -> tuple[Any, ...]:
    return (
        text_field(Field("text", "Text", HOSTILE_WORDS), begin, lines=True),
        choice_field(Field("one", "One"), MANY, "3"),
        choices_field(Field("some", "Some"), MANY, ["3", "4"]),
        boxes_field(Field("boxes", "Boxes", optional=True), MANY, ["1"]),
        date_field(Field("day", "Day"), date(2026, 12, 24)),
        time_field(Field("at", "At"), time(8, 5)),
        search_field(Field(HOSTILE_WORDS[:20], HOSTILE_WORDS), MANY[0]),
        searches_field(Field("searches", "Searches"), MANY[:3]),
        file_field(Field("file", "File"), ["csv"]),
    )


def _empty() -> tuple[Any, ...]:
    return (
        text_field(Field("text", "Text")),
        choice_field(Field("one", "One"), MANY),
        choices_field(Field("some", "Some"), MANY),
        boxes_field(Field("boxes", "Boxes"), MANY),
        date_field(Field("day", "Day")),
        time_field(Field("at", "At")),
        search_field(Field("search", "Search")),
        searches_field(Field("searches", "Searches")),
    )


def test_every_window_is_one_that_slack_takes() -> None:
    question = answer(Answer(HOSTILE_WORDS * 50, choices=(Choice("Go", Ask("text", "")),)), "0" * 32)
    views: list[Any] = [
        form(OPENED, Drawn(_every("x" * 5_000))),
        form(OPENED, Drawn(_empty())),
        form(OPENED, Drawn(tuple(text_field(Field(f"f{number}", "Text")) for number in range(150)))),
        again(OPENED, Drawn(_every()), {"text": HOSTILE_WORDS, "nowhere": "x" * 5_000}, "Wrong.").view,
        loading(OPENED.title),
        working(OPENED.title, "1" * 32),
        told(HOSTILE_WORDS, question).view,
    ]

    assert [check_view(view) for view in views] == [[] for _ in views]


def test_form_comes_back_with_what_was_typed() -> None:
    given: dict[str, dict[str, dict[str, Any]]] = {
        "text": {FIELD: {"value": "typed"}},
        "one": {FIELD: {"selected_option": None}},
        "some": {FIELD: {"selected_options": options_of(MANY[5:6])}},
        "boxes": {FIELD: {"selected_options": []}},
        "day": {FIELD: {"selected_date": "2027-01-01"}},
    }
    view = form(OPENED, Drawn(_every("begun")))
    state = values_of(dict(view), given)

    back = again(OPENED, typed_in(_every("begun"), state, "Save"), {"text": "Wrong."})

    assert values_of(dict(back.view), {}) == state
    assert check_view(dict(back.view)) == []


def test_mistakes_of_last_time_are_not_shown_again() -> None:
    once: Any = again(OPENED, Drawn(_every()), {"text": "Wrong."}, "All wrong.").view
    state = values_of(once, {})

    twice: Any = again(OPENED, typed_in(once["blocks"], state, "Save"), {"day": "Too late."}).view

    assert "Wrong." not in str(twice)
    assert "All wrong." not in str(twice)
    ids = [block["block_id"] for block in twice["blocks"]]
    assert ids.index("mistake:day") == ids.index("day") + 1

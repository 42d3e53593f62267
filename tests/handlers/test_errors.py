"""An error becomes a sentence for who acted; a surprise becomes a number that is in the log too."""

from __future__ import annotations

import logging

import pytest

from bot.errors import SettingsError, SlackError, UsageError
from handlers.errors import sentence_for
from handlers.where import Where


def test_error_of_ours_is_told_in_its_own_words() -> None:
    assert sentence_for(UsageError("Write a number behind /text."), "1f2e3d4c") == "Write a number behind /text."
    assert sentence_for(SlackError("channel_not_found"), "1f2e3d4c") == "Slack answered: channel_not_found."


def test_error_of_ours_is_logged_by_its_class_alone(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        sentence_for(SettingsError("THREADLINE_PORT: +1 415 555 0134"), "1f2e3d4c")

    assert "SettingsError" in caplog.text
    assert "555" not in caplog.text


def test_surprise_gets_a_number_that_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        sentence = sentence_for(ZeroDivisionError("division by zero"), "1f2e3d4c")

    assert sentence == "That did not work, and the reason is not known. Tell an admin this number: 1f2e3d4c"
    assert "incident 1f2e3d4c: ZeroDivisionError" in caplog.text


# --- Where somebody acted -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (
            {
                "user": {"id": "U1"},
                "container": {"channel_id": "C1", "thread_ts": "1.0"},
                "message": {"thread_ts": "1.0"},
            },
            ("U1", "C1", "1.0"),
        ),
        ({"user": {"id": "U1"}, "channel": {"id": "C1"}, "message": {"ts": "1.1"}}, ("U1", "C1", None)),
        ({"user": {"id": "U1"}, "container": {"channel_id": "C1", "thread_ts": "1.0"}}, ("U1", "C1", "1.0")),
        ({"user": {"id": "U1"}, "view": {}}, None),
        ({"channel": {"id": "C1"}}, None),
        ({"user": None, "channel": None, "container": None, "message": None}, None),
        ({}, None),
    ],
)
def test_place_of_an_action_is_read_from_any_payload(
    body: dict[str, object], where: tuple[str, str, str | None] | None
) -> None:
    found = Where.of(body)

    assert (None if found is None else (found.member, found.channel, found.thread_ts)) == where

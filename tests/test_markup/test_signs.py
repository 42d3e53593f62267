"""The signs that a reply is not for the contact: a mention first, or the mark of a note."""

from __future__ import annotations

import pytest

from bot.markup import leading_mention, starts_as_note
from tests.test_markup.payloads import Json, emoji, link, message, quote, section, user

MENTIONED = [
    message(section(user("U02DANA"), " can you?")),
    message(section(" \n\u200b", user("U02DANA"))),
    message(section(), section(user("U02DANA"))),
    message(quote(user("U02DANA"))),
    {"text": "<@U02DANA> can you?"},
    {"text": " <@U02DANA|dana>"},
    {"text": "*<@U02DANA>* can you?"},
    {"text": "&gt; <@U02DANA>"},
]

NOT_MENTIONED = [
    message(section("hi ", user("U02DANA"))),
    message(section(emoji("wave", "1f44b"), user("U02DANA"))),
    message(section({"type": "broadcast", "range": "here"})),
    message(section(user("not an id"))),
    message(section("<@U02DANA>")),
    message(section("\ue000U02DANA\ue001")),
    {"text": "&lt;@U02DANA&gt;"},
    {"text": "hi <@U02DANA>"},
    {"text": ""},
    {},
]

NOTES = [
    "// inside",
    "//inside",
    " \n// x",
    "note: x",
    "NOTE:x",
    "Note: x",
    "\u200b// x",
    "🔇 x",
    ":mute: x",
    "//",
    "🔇",
]

NOT_NOTES = [
    "",
    "http://example.com",
    "https://example.com // x",
    "noted: thanks",
    "notes: x",
    "note x",
    "a // b",
    "a note: b",
    "/ / x",
    "*note: without tax",
    "🔈 x",
    "a 🔇",
]


@pytest.mark.parametrize("payload", MENTIONED)
def test_mention_when_first_then_it_is_the_leading_one(payload: Json) -> None:
    assert leading_mention(payload) == "U02DANA"


@pytest.mark.parametrize("payload", NOT_MENTIONED)
def test_mention_when_not_first_or_not_real_then_there_is_none(payload: Json) -> None:
    assert leading_mention(payload) is None


@pytest.mark.parametrize("words", NOTES)
def test_reply_when_it_begins_as_a_note_then_it_is_one(words: str) -> None:
    assert starts_as_note(message(section(words)))
    assert starts_as_note({"text": words})


@pytest.mark.parametrize("words", NOT_NOTES)
def test_reply_when_it_only_looks_like_a_note_then_it_is_none(words: str) -> None:
    assert not starts_as_note(message(section(words)))


def test_link_when_it_comes_first_then_the_reply_is_no_note() -> None:
    assert not starts_as_note(message(section(link("http://example.com"))))
    assert not starts_as_note({"text": "<http://example.com>"})


def test_mute_emoji_when_it_comes_first_then_the_reply_is_a_note() -> None:
    assert starts_as_note(message(section(emoji("mute", "1f507"), " x")))
    assert starts_as_note(message(section(emoji("mute"), " x")))


@pytest.mark.parametrize("text", ["*note:* x", "_// x_", "`// x`", "&gt; // x", "```note: x```"])
def test_formatted_text_when_a_note_is_inside_then_it_is_one(text: str) -> None:
    assert starts_as_note({"text": text})

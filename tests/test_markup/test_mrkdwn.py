"""Without rich_text, the message's `text` is read: brackets, entities and emoji names."""

from __future__ import annotations

import pytest

from bot.markup import read_words

DANA = "\ue000U02DANA\ue001"

TEXTS = [
    ("", ""),
    ("  plain words \n", "plain words"),
    ("a &lt;b&gt; &amp; c", "a <b> & c"),
    ("&amp;lt;", "&lt;"),
    ("&lt;@U02DANA&gt;", "<@U02DANA>"),
    ("hi <@U02DANA>", f"hi {DANA}"),
    ("hi <@U02DANA|dana>", f"hi {DANA}"),
    ("hi <@>", "hi @someone"),
    ("<#C1|sales>", "#sales"),
    ("<#C1|>", "#channel"),
    ("<#C1>", "#channel"),
    ("<!subteam^S1|@support>", "@support"),
    ("<!subteam^S1>", "@group"),
    ("<!here> <!channel|channel> <!everyone>", "@here @channel @everyone"),
    ("<!date^1772464200^{date}^https://example.com|March 2>", "March 2"),
    ("<!novelty|a label>", "a label"),
    ("<!novelty^x>", "@novelty"),
    ("<https://example.com>", "https://example.com"),
    ("<https://example.com?a=1&amp;b=2|the map>", "the map (https://example.com?a=1&b=2)"),
    ("<https://example.com|https://example.com>", "https://example.com"),
    ("<http://example.com|example.com>", "example.com"),
    ("<mailto:ana@example.com|ana@example.com>", "ana@example.com"),
    ("<tel:+14155550134|+1 415 555 0134>", "+1 415 555 0134"),
    ("<https://example.com/:heart:|go :+1:>", "go 👍 (https://example.com/:heart:)"),
    ("<> and <|x>", "<> and x"),
    ("1 < 2", "1 < 2"),
    (":wave: :wave::skin-tone-3: :party-parrot:", "👋 👋🏼 :party-parrot:"),
    ("at 10:30:45", "at 10:30:45"),
    ("*bold* _it_ ~no~ `code`", "*bold* _it_ ~no~ `code`"),
    ("one\r\ntwo\u2028three\x07", "one\ntwo\nthree"),
    ("\ue000U02DANA\ue001", "U02DANA"),
    ("\ud800", ""),
]


@pytest.mark.parametrize(("text", "words"), TEXTS)
def test_text_when_there_is_no_rich_text_then_it_is_read(text: str, words: str) -> None:
    assert read_words({"type": "message", "text": text}) == words


@pytest.mark.parametrize("payload", [{}, {"text": None}, {"text": ["no"]}, {"text": 7, "blocks": None}])
def test_message_when_it_has_no_words_then_they_are_empty(payload: dict[str, object]) -> None:
    assert read_words(payload) == ""

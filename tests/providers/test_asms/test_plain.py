"""Words and the mark-up in which Aranda keeps them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.providers.asms.plain import marked_up, plain, without_tags


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (None, ""),
        ("", ""),
        ("No mark-up at all,\nin two lines", "No mark-up at all,\nin two lines"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("One<br>two<BR/>three<br />four", "One\ntwo\nthree\nfour"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ('<a href="https://example.com">here</a>&nbsp;&amp; <b>there</b>', "here & there"),
        ("1 < 2, I <3 you", "1 < 2, I <3 you"),
        ("a&lt;b&gt;c", "a<b>c"),
        ("<style>p { color: red }</style>Words<script>alert(1)</script>", "Words"),
        ("<!-- a comment -->Words<!doctype html>", "Words"),
        ("<p>a</p>\n\n\n\n<p>b</p>", "a\n\nb"),
        ("&#99999999999;&#x110000000;", "\ufffd\ufffd"),
        ("a\0b&#0;", "ab\ufffd"),
        (
            "<p>Ana <ana@example.com>, see <https://example.com/1> and <!channel></p>",
            "Ana <ana@example.com>, see <https://example.com/1> and <!channel>",
        ),
        ("<o:p>one</o:p><?xml x?><![if !vml]>", "one"),
        ("<", "<"),
        ("<b", "<b"),
    ],
)
def test_when_mark_up_is_read_then_its_words_are_left(markup: str | None, words: str) -> None:
    assert plain(markup) == words


@settings(max_examples=40)
@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), min_size=1, max_size=4))
def test_when_words_are_marked_up_then_they_are_read_as_they_were(lines: list[str]) -> None:
    words = "\n".join(lines)

    assert plain(marked_up(words)) == words


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "&lt;b&gt;", 'a "quoted" <img src=x onerror=alert(1)>']
)
def test_when_words_look_like_mark_up_then_none_is_made_of_them(words: str) -> None:
    assert "<" not in marked_up(words)
    assert plain(marked_up(words)) == words
    assert "<" not in without_tags(words)
    assert len(without_tags(words)) == len(words)


@pytest.mark.parametrize("odd", ["<a ", "<!--", "<!", "</", "&#", "<script>", "<a href='", "<p>", "&#1"])
def test_when_a_page_is_half_written_then_it_is_read_in_no_time(odd: str) -> None:
    began = time.perf_counter()

    plain(odd * 50_000)

    assert time.perf_counter() - began < 2

"""Words are cleaned of what nobody sees, and otherwise left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markup import BLANK, escape, first_part, literal, same_words, shorten

LITERAL = [
    ("Hi, is 3 pm still free?", "Hi, is 3 pm still free?"),
    ("<!channel> *x* :wave: @here &amp;", "<!channel> *x* :wave: @here &amp;"),
    ("👩‍👩‍👧 👍🏽 🇺🇸 ❤️ ﬁ ½", "👩‍👩‍👧 👍🏽 🇺🇸 ❤️ ﬁ ½"),
    ("שלום مرحبا", "שלום مرحبا"),
    ("a\tb\n\n  c", "a\tb\n\n  c"),
    ("one\r\ntwo\rthree\x0bfour", "one\ntwo\nthree\nfour"),
    ("\u202eevil\u202c \u2066x\u2069 \u200eL\u200fR\u061c", "evil x LR"),
    ("a\x00b\x1b[31mc\x7f\x9b", "ab[31mc"),
    ("half \ud83d pair", "half  pair"),
    ("  padded \n", "padded"),
    ("", BLANK),
    (" \n\t ", BLANK),
    ("\u202e\x00", BLANK),
    ("\u200b\u200d\ufe0f\u00ad", BLANK),
]

SHORTENED = [
    ("short", 5, "short"),
    ("longer", 5, "long…"),
    ("ab cd", 4, "ab…"),
    ("abc", 1, "…"),
    ("abc", 0, ""),
    ("abc", -3, ""),
    ("", 0, ""),
    ("ab👍🏽cd", 4, "ab…"),
    ("ab👍🏽cd", 5, "ab👍🏽…"),
    ("a👩‍👩‍👧b", 5, "a…"),
    ("a👩‍👩‍👧bc", 7, "a👩‍👩‍👧…"),
    ("❤️❤️", 2, "…"),
    ("🇺🇸🇨🇦🇲🇽", 4, "🇺🇸…"),
    ("🇺🇸🇨🇦🇲🇽", 5, "🇺🇸🇨🇦…"),
    ("🇺🇸x", 2, "…"),
    ("xe\u0301yz", 3, "x…"),
    ("1️⃣2️⃣", 5, "1️⃣…"),
    ("각\u11a8x", 2, "…"),
    ("e" + "\u0301" * 50, 10, "…"),
]

FIRST_PARTS = [
    ("short", 5, "short"),
    ("longer", 5, "longe"),
    ("ab👍🏽cd", 3, "ab"),
    ("a👩‍👩‍👧b", 5, "a"),
    ("🇺🇸🇨🇦", 3, "🇺🇸"),
    ("e" + "\u0301" * 50, 10, "e" + "\u0301" * 9),
]

SAME = [
    ("Hi", " Hi\n"),
    ("a  b\r\nc", "a b c"),
    ("a\u00a0b", "a b"),
    ("It’s “here”", 'It\'s "here"'),
    ("3–4 — ok…", "3-4 - ok..."),
    ("Jose\u0301", "José"),
    ("a\u200bb", "ab"),
    ("", " "),
]

DIFFERENT = [("Hi", "hi"), ("a b", "ab"), ("Yes", "Yes."), ("👍", "👍🏽"), ("1", "¹"), ("", "a")]


@pytest.mark.parametrize(("text", "shown"), LITERAL)
def test_contact_text_when_made_literal_then_only_the_unseen_is_gone(text: str, shown: str) -> None:
    assert literal(text) == shown


@pytest.mark.parametrize(("text", "limit", "short"), SHORTENED)
def test_text_when_shortened_then_it_is_cut_between_characters(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


@pytest.mark.parametrize(("text", "limit", "first"), FIRST_PARTS)
def test_first_part_of_a_text_ends_between_characters_where_it_can(text: str, limit: int, first: str) -> None:
    assert first_part(text, limit) == first


@pytest.mark.parametrize(("a", "b"), SAME)
def test_texts_when_a_provider_changed_one_then_they_are_the_same_words(a: str, b: str) -> None:
    assert same_words(a, b)
    assert same_words(b, a)


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_texts_when_their_words_differ_then_they_are_not_the_same(a: str, b: str) -> None:
    assert not same_words(a, b)


def test_text_when_escaped_then_nothing_in_it_is_markup() -> None:
    assert escape("<!here> & &lt; <@U1>") == "&lt;!here&gt; &amp; &amp;lt; &lt;@U1&gt;"


ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates too


@given(ANY_TEXT)
def test_any_text_when_made_literal_then_it_is_visible_clean_and_stays_so(text: str) -> None:
    shown = literal(text)

    assert shown
    assert shown == shown.strip()
    assert literal(shown) == shown
    assert not any(
        unicodedata.category(character) in {"Cc", "Cs"} for character in shown.replace("\n", "").replace("\t", "")
    )
    assert not set(shown) & set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(ANY_TEXT, st.integers(-2, 30))
def test_any_text_when_shortened_then_it_keeps_the_limit_and_its_beginning(text: str, limit: int) -> None:
    short = shorten(text, limit)

    assert len(short) <= max(limit, 0)
    if len(text) <= limit:
        assert short == text
    elif limit > 0:
        assert short.endswith("…")
        assert text.startswith(short[:-1])


@given(st.text(alphabet="a👍🏽\u200d\ufe0f\u0301🇺🇸", min_size=2, max_size=30), st.integers(2, 20))
def test_any_emoji_when_shortened_then_none_is_cut_in_two(text: str, limit: int) -> None:
    kept = shorten(text, limit).removesuffix("…")

    rest = text[len(kept) :]
    if kept and rest:
        assert not rest.startswith(("🏽", "\u200d", "\ufe0f", "\u0301"))
        assert not kept.endswith("\u200d")


@given(ANY_TEXT)
def test_any_text_when_escaped_then_no_bracket_is_left_and_slack_reads_it_back(text: str) -> None:
    escaped = escape(text)

    assert not set(escaped) & {"<", ">"}
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


@given(ANY_TEXT, ANY_TEXT)
def test_any_two_texts_when_compared_then_the_order_does_not_matter(a: str, b: str) -> None:
    assert same_words(a, a)
    assert same_words(a, b) == same_words(b, a)

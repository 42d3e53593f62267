"""A command's text becomes words, and every word knows its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.lexer import Word, mentioned, quote, read, shown, without_escapes

WORDS = [
    ("", []),
    (" \n\t ", []),
    ("one  two\nthree", ["one", "two", "three"]),
    ('"Maria Lopez" hello', ["Maria Lopez", "hello"]),
    ("“Maria Lopez” hello", ["Maria Lopez", "hello"]),
    ("„Maria Lopez“ hallo", ["Maria Lopez", "hallo"]),
    ("„Maria Lopez” szia", ["Maria Lopez", "szia"]),
    ("«Maria Lopez» salut", ["Maria Lopez", "salut"]),
    ('“Maria Lopez" mixed', ["Maria Lopez", "mixed"]),
    ("don't 'quote me'", ["don't", "'quote", "me'"]),
    ('a 6" pipe and 4" more', ["a", '6"', "pipe", "and", '4"', "more"]),
    ('"never closed', ['"never', "closed"]),
    ('" alone', ['"', "alone"]),
    (r'"say \"hi\" now" then', ['say "hi" now', "then"]),
    (r"a\"b c\d", ['a"b', r"c\d"]),
    ('note="two words" x', ["note=two words", "x"]),
    ('note="open end', ['note="open', "end"]),
    ('field:"Postal code"=12', ["field:Postal code=12"]),
    ('field:Zip="1 2"', ["field:Zip=1 2"]),
    ('"field:Postal code=1 2"', ["field:Postal code=1 2"]),
    ('data:"two words" x', ["data:two words", "x"]),
    ("caf\u00e9\u00a0noir", ["café", "noir"]),
    ("(415)555-0134 hi", ["(415)555-0134", "hi"]),
    ("<tel:+14155550134|+14155550134> hi", ["+14155550134", "hi"]),
    ("<tel:+14155550134> hi", ["+14155550134", "hi"]),
    ("<mailto:a@b.example|a@b.example>", ["a@b.example"]),
    ("<https://b.example/x?y=1|b.example/x…>", ["https://b.example/x?y=1"]),
    ("a &amp; b &lt;c&gt; &amp;lt;", ["a", "&", "b", "<c>", "&lt;"]),
    ("<@U123|Dana Smith> <#C1|sales>", ["<@U123|Dana Smith>", "<#C1|sales>"]),
    ("@dana #sales", ["@dana", "#sales"]),
    ("\u202a+1415\u202c x", ["+1415", "x"]),
]

KEYS = [
    ("note=x", "note", "x"),
    ("note=", "note", ""),
    ("a=b=c", "a", "b=c"),
    ('note="two words"', "note", "two words"),
    ("opted-out=yes", "opted-out", "yes"),
    ("field:Zip=12", "field:Zip", "12"),
    ('field:"Postal code"=12', "field:Postal code", "12"),
    ('"field:Postal code=12 3"', "field:Postal code", "12 3"),
    ('"note=quoted as a whole"', "", ""),
    ("www.b.example?a=b", "", ""),
    ("=x", "", ""),
    ("1=x", "", ""),
    ("plain", "", ""),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_text_becomes_the_words_that_were_meant(text: str, words: list[str]) -> None:
    assert [word.text for word in read(text).words] == words


@pytest.mark.parametrize(("text", "key", "value"), KEYS)
def test_word_with_an_equals_sign_has_a_key_and_a_value(text: str, key: str, value: str) -> None:
    (word,) = read(text).words

    assert (word.key, word.value) == (key, value)


def test_only_a_word_quoted_as_a_whole_is_quoted() -> None:
    assert [word.quoted for word in read('"a b" c d="e" 6"').words] == [True, False, False, False]


def test_word_stands_at_its_place_with_its_quotes() -> None:
    typed = read('hi  "Maria Lopez" note="x y"')

    assert [typed.text[word.start : word.end] for word in typed.words] == ["hi", '"Maria Lopez"', 'note="x y"']


@given(st.text())
def test_words_and_the_blank_between_them_are_the_whole_text(text: str) -> None:
    typed = read(text)

    at = 0
    for word in typed.words:
        assert typed.text[at : word.start].strip() == ""
        assert word.end > word.start
        at = word.end
    assert typed.text[at:].strip() == ""


@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="\\<>&"))))
def test_words_in_quotes_come_back_as_they_were(texts: list[str]) -> None:
    typed = read(" ".join(quote(text) for text in texts))

    assert [(word.text, word.quoted) for word in typed.words if not word.key] == [
        (text, True) for text, word in zip(texts, typed.words, strict=True) if not word.key
    ]


def test_backslash_at_the_end_does_not_keep_the_quotes_from_closing() -> None:
    assert [word.text for word in read(f"{quote('C:' + chr(92))} behind").words] == ["C:\\ ", "behind"]


@pytest.mark.parametrize("text", ["called “the fox” here", 'called "the fox" here', "„a“ «b» c", "ends”"])
def test_words_with_quotes_among_them_come_back_as_one_word(text: str) -> None:
    assert [(word.text, word.quoted) for word in read(f"before {quote(text)} behind").words] == [
        ("before", False),
        (text, True),
        ("behind", False),
    ]


def test_mention_that_slack_escaped_has_its_id() -> None:
    assert mentioned("<@U123|dana>", "@") == ("U123", "dana")
    assert mentioned("<#C123>", "#") == ("C123", "")


def test_mention_as_typed_has_only_its_name() -> None:
    assert mentioned("@dana", "@") == (None, "dana")
    assert mentioned("sales", "#") == (None, "sales")
    assert mentioned("<#C123|sales>", "@")[0] is None


def test_words_for_a_contact_have_names_and_plain_quotes() -> None:
    assert without_escapes(r"ask <@U1|dana> in <#C1|sales>, \"ok\"") == 'ask @dana in #sales, "ok"'


def test_what_was_typed_is_shown_on_one_short_line() -> None:
    assert shown("a\n b") == "a b"
    assert len(shown("x" * 500)) == 40


def test_word_is_a_value() -> None:
    assert read("a").words == (Word("a", 0, 1),)

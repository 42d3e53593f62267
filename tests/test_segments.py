"""A text costs what the networks count: its alphabet, its units, its parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import TextLimit
from bot.segments import Alphabet, Segments, count, fits

GSM, UCS2 = Alphabet.GSM, Alphabet.UCS2
CLICKSEND = TextLimit(gsm=1224, ucs2=536)

COUNTED = [
    ("", Segments(GSM, 0, 0)),
    ("a", Segments(GSM, 1, 1)),
    ("@£$¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\r\n", Segments(GSM, 43, 1)),
    ("^{}\\[~]|€\f", Segments(GSM, 20, 1)),
    ("a" * 160, Segments(GSM, 160, 1)),
    ("a" * 161, Segments(GSM, 161, 2)),
    ("a" * 306, Segments(GSM, 306, 2)),
    ("a" * 307, Segments(GSM, 307, 3)),
    ("€" * 80, Segments(GSM, 160, 1)),
    ("€" * 81, Segments(GSM, 162, 2)),
    # 152 septets, and a pair that does not fit in the one that is left: the second part begins a septet late.
    ("a" * 152 + "€" + "a" * 152, Segments(GSM, 306, 3)),
    ("a" * 151 + "€" + "a" * 153, Segments(GSM, 306, 2)),
    ("ç", Segments(UCS2, 1, 1)),
    ("\t", Segments(UCS2, 1, 1)),
    ("`", Segments(UCS2, 1, 1)),
    ("It’s", Segments(UCS2, 4, 1)),
    ("\u00a0", Segments(UCS2, 1, 1)),
    ("日" * 70, Segments(UCS2, 70, 1)),
    ("日" * 71, Segments(UCS2, 71, 2)),
    ("日" * 134, Segments(UCS2, 134, 2)),
    ("日" * 135, Segments(UCS2, 135, 3)),
    ("👍", Segments(UCS2, 2, 1)),
    ("👍🏽", Segments(UCS2, 4, 1)),
    ("€ 👍", Segments(UCS2, 4, 1)),
    ("👍" * 35, Segments(UCS2, 70, 1)),
    ("👍" * 36, Segments(UCS2, 72, 2)),
    # 66 units of a part hold 33 emoji; the 67th stays empty.
    ("👍" * 67, Segments(UCS2, 134, 3)),
    ("\ud83d", Segments(UCS2, 1, 1)),
]

FITTING = [
    ("a" * 1224, True),
    ("a" * 1225, False),
    ("€" * 612, True),
    ("€" * 613, False),
    ("日" * 536, True),
    ("日" * 537, False),
    ("👍" * 268, True),
    ("👍" * 269, False),
]


@pytest.mark.parametrize(("text", "segments"), COUNTED)
def test_text_when_counted_then_it_has_its_alphabet_units_and_parts(text: str, segments: Segments) -> None:
    assert count(text) == segments


@pytest.mark.parametrize(("text", "whole"), FITTING)
def test_text_when_measured_then_it_fits_in_units_of_its_alphabet(text: str, whole: bool) -> None:
    assert fits(text, CLICKSEND) is whole


def test_alphabet_when_every_gsm_character_is_tried_then_it_has_the_137_of_the_standard() -> None:
    characters = [character for character in map(chr, range(0x3000)) if count(character).alphabet is GSM]

    doubles = [character for character in characters if count(character).units == 2]

    assert (len(characters), len(doubles)) == (137, 10)


@given(st.text(max_size=400) | st.text(alphabet="a€é[\n", max_size=800))
def test_any_text_when_counted_then_its_parts_hold_it_with_at_most_one_unit_lost_in_each(text: str) -> None:
    segments = count(text)

    alone, room = (160, 153) if segments.alphabet is GSM else (70, 67)
    if segments.units <= alone:
        assert segments.parts == bool(text)
    else:
        assert segments.units <= segments.parts * room
        assert segments.units > (segments.parts - 1) * (room - 1)


@given(st.text(max_size=200))
def test_text_beyond_gsm_when_counted_then_its_units_are_those_of_utf_16(text: str) -> None:
    segments = count(f"{text}👍")

    assert segments.units == len(f"{text}👍".encode("utf-16-be")) // 2

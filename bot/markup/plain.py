"""Plain words: cleaned, made safe to show, escaped, shortened and compared.

Promises: cleaning removes only what nobody can see; a shortened text never ends in half an emoji or half a letter.
"""

from __future__ import annotations

import re
import unicodedata

BLANK = "(blank)"  # Slack refuses a text element without words
ELLIPSIS = "…"
LONGEST_INERT = 300  # characters

_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Control characters but newline and tab, marks that turn the reading direction (they can make a number or a name
# read backwards), halves of surrogate pairs, and noncharacters.
# Source: https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp"})

_MARK = re.compile("<(?=[@#])")
_WORD_JOINER = "\u2060"

# What belongs to the character before it: joiners, vowels and finals of Hangul, skin tones, the letters of flags.
# Source: https://www.unicode.org/reports/tr29/#Grapheme_Cluster_Boundary_Rules
_CLINGS = re.compile(
    "[\u200c\u200d\u1160-\u11ff\ud7b0-\ud7fb\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)
_MARKS = frozenset({"Mn", "Mc", "Me"})
_JOINER = "\u200d"
_FLAG_HALF = re.compile("[\U0001f1e6-\U0001f1ff]")
_FLAG_HALVES_AT_THE_END = re.compile(rf"{_FLAG_HALF.pattern}+\Z")

# Typography that carriers and providers exchange for plain characters, to stay within the GSM alphabet.
# Source: https://www.twilio.com/docs/messaging/services/smart-encoding-char-list
_PLAINER = str.maketrans(
    dict.fromkeys("‘’‚‛′´`ʼ", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u200b\u2060\ufeff")  # nothing takes the place of these
    | {ELLIPSIS: "..."}
)


def clean(text: str) -> str:
    """`text` with `\\n` for every line break and without characters that nobody can see; may be empty. Pure."""
    return _UNSEEN.sub("", _LINE_BREAKS.sub("\n", text))


def is_blank(text: str) -> bool:
    """Whether there is nothing to see: only white space, joiners and the like. Pure."""
    return all(unicodedata.category(character) in _INVISIBLE_CATEGORIES for character in text)


def literal(text: str) -> str:
    """A contact's text for a rich_text text element: cleaned and trimmed, `BLANK` when nothing is left. Pure."""
    cleaned = clean(text).strip()
    return BLANK if is_blank(cleaned) else cleaned


def escape(text: str) -> str:
    """`text` for a Slack `text` or mrkdwn field: no mention, link or entity in it takes effect. Pure.

    Source: https://docs.slack.dev/messaging/formatting-message-text
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The opposite of `escape`; the ampersand comes last, or `&amp;lt;` would become `<`. Pure."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def shorten(text: str, limit: int) -> str:
    """`text` in at most `limit` Python characters, with … where it was cut. Pure."""
    if len(text) <= limit:
        return text
    return (text[: _cut(text, max(limit - 1, 0))].rstrip() + ELLIPSIS)[: max(limit, 0)]


def first_part(text: str, limit: int) -> str:
    """What `text` begins with, of at most `limit` Python characters: half of something only where that is longer
    still. Pure."""
    return text if len(text) <= limit else text[: _cut(text, limit) or limit]


def one_line(text: str, limit: int) -> str:
    """`literal` on one line of at most `limit` characters. Pure."""
    return shorten(" ".join(literal(text).split()), limit)


def inert(text: str) -> str:
    """Somebody else's words for a sentence of ours, on one line: a `<@U…>` or `<#C…>` in them stays what it reads
    like, by a joiner that nobody sees. Pure."""
    return _MARK.sub(f"<{_WORD_JOINER}", one_line(text, LONGEST_INERT))


def same_words(a: str, b: str) -> bool:
    """Whether two texts differ only as providers change texts: white space, quotes, dashes, accents. Pure."""
    return folded(a) == folded(b)


def _cut(text: str, at: int) -> int:
    """Where to cut, at the latest `at`, which is within the text."""
    while at > 0 and _inseparable(text, at):
        at -= 1
    return at


def _inseparable(text: str, cut: int) -> bool:
    before, after = text[cut - 1], text[cut]
    if before == _JOINER or _CLINGS.match(after) or unicodedata.category(after) in _MARKS:
        return True
    if not _FLAG_HALF.match(after):
        return False
    flags = _FLAG_HALVES_AT_THE_END.search(text[:cut])  # a flag is two halves: an odd one waits for its other
    return flags is not None and len(flags[0]) % 2 == 1


def folded(text: str) -> str:
    """What is left of a text that a provider may have changed: see `same_words`. Pure."""
    return " ".join(unicodedata.normalize("NFC", clean(text)).translate(_PLAINER).split())

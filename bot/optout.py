"""The words with which a contact refuses our texts, or asks for them again.

Promises: only a word alone on its message counts. "Please stop" and "stop by at 5" are left to a person.
"""

from __future__ import annotations

import re
import unicodedata

# Source: https://www.ecfr.gov/current/title-47/section-64.1200 (paragraph (a)(10)); STOPALL is the carriers' own:
# https://www.twilio.com/docs/proxy/opt-out-keywords
_OUT = frozenset(
    {"stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "opt out"}
)
# What a carrier takes for consent. Source: https://support.twilio.com/hc/en-us/articles/223134027
_IN = frozenset({"start", "unstop", "yes"})

_GAPS = re.compile(r"[\s\-\u2010-\u2015]+")
# Punctuation, separators and invisible marks; never an unassigned character, which may be a newer emoji.
_IGNORED = frozenset({"Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Cc", "Cf", "Zs", "Zl", "Zp"})


def opt_out_word(body: str) -> bool:
    """Whether the text is one opt-out word and nothing else, however it is written. Pure."""
    return _alone(body) in _OUT


def opt_in_word(body: str) -> bool:
    """Whether the text is one opt-in word and nothing else; "yes" counts, so ask only after an opt-out. Pure."""
    return _alone(body) in _IN


def _alone(body: str) -> str:
    folded = _GAPS.sub(" ", unicodedata.normalize("NFKC", body)).casefold()
    start, end = 0, len(folded)
    while start < end and _ignored(folded[start]):
        start += 1
    while end > start and _ignored(folded[end - 1]):
        end -= 1
    return folded[start:end]


def _ignored(character: str) -> bool:
    return unicodedata.category(character) in _IGNORED

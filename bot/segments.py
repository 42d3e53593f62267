"""How long a text is on the air: its alphabet, its units and the parts it is sent and billed in.

Promises: counts what the default alphabet and UCS-2 cost, without national shift tables; no character is ever
split between two parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.model import TextLimit


class Alphabet(StrEnum):
    """The alphabet a whole text is sent in. One character outside GSM turns all of it into UCS-2."""

    GSM = "gsm"  # counted in septets
    UCS2 = "ucs2"  # counted in 16-bit units


@dataclass(frozen=True, slots=True)
class Segments:
    """What a text costs. `units` are septets or 16-bit units, as `alphabet` says; an empty text has 0 parts."""

    alphabet: Alphabet
    units: int
    parts: int


# The default alphabet without its escape, row by row.
# Source: https://www.3gpp.org/dynareport/23038.htm (3GPP TS 23.038, formerly GSM 03.38, 6.2.1)
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅå"
    "Δ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./"
    "0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNO"
    "PQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmno"
    "pqrstuvwxyzäöñüà"
)
# Sent as escape and character: two septets.
# Source: https://www.3gpp.org/dynareport/23038.htm (3GPP TS 23.038, 6.2.1.1)
_EXTENSION = frozenset("\f^{}\\[~]|€")

# A part has 140 octets: 160 septets or 70 units. The header that joins parts takes 6 octets of each.
# Source: https://www.3gpp.org/dynareport/23040.htm (3GPP TS 23.040, 9.2.3.24.1)
_ALONE: Mapping[Alphabet, int] = {Alphabet.GSM: 160, Alphabet.UCS2: 70}
_JOINED: Mapping[Alphabet, int] = {Alphabet.GSM: 153, Alphabet.UCS2: 67}


def count(text: str) -> Segments:
    """The alphabet, units and parts of `text`. Pure."""
    alphabet = Alphabet.GSM if _BASIC.union(_EXTENSION).issuperset(text) else Alphabet.UCS2
    widths = [_width(character, alphabet) for character in text]
    units = sum(widths)
    if units <= _ALONE[alphabet]:
        return Segments(alphabet, units, parts=1 if text else 0)
    return Segments(alphabet, units, parts=_pack(widths, _JOINED[alphabet]))


def fits(text: str, limit: TextLimit) -> bool:
    """Whether a provider with `limit` takes `text` whole. Pure."""
    segments = count(text)
    return segments.units <= (limit.gsm if segments.alphabet is Alphabet.GSM else limit.ucs2)


def _width(character: str, alphabet: Alphabet) -> int:
    if alphabet is Alphabet.GSM:
        return 2 if character in _EXTENSION else 1
    return 2 if ord(character) > 0xFFFF else 1  # a surrogate pair


def _pack(widths: Iterable[int], room: int) -> int:
    parts, used = 1, 0
    for width in widths:
        if used + width > room:
            parts, used = parts + 1, 0
        used += width
    return parts

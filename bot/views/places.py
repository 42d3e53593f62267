"""A place on earth, as people read of it. A place is `latitude,longitude` in degrees, as a row's body has it."""

from __future__ import annotations


def place_words(place: str) -> str:
    """A place in words: `📍 35.04560, -85.30970`. Pure."""
    return f"📍 {place.replace(',', ', ')}"


def map_link(place: str) -> str:
    """A map with a marker there. Pure.

    Source: https://wiki.openstreetmap.org/wiki/Browsing#Other_URL_tricks
    """
    latitude, _, longitude = place.partition(",")
    return f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=16/{latitude}/{longitude}"

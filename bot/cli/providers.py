"""`threadline providers`: print what each provider can be asked.

Promise: the table is read off the classes, so it cannot tell of more, or of less, than there is.
"""

from __future__ import annotations

import argparse
import inspect
from collections.abc import Iterable, Sequence
from typing import cast

from bot import capabilities
from bot.capabilities import Provider, SendsTexts, texts
from bot.providers import PROVIDERS

YES, NO = "✓", "–"
Row = tuple[str, ...]


def run(_: argparse.Namespace) -> int:
    """Print the table, in columns."""
    head, rows = capability_table()
    print("\n".join(_in_columns([head, *rows])))
    return 0


def capability_table(providers: Sequence[type[Provider]] = PROVIDERS) -> tuple[Row, list[Row]]:
    """The head, and for each capability that somebody has a row, then a row for each of its operations. Pure."""
    rows: list[Row] = []
    for capability in capability_classes():
        marks = tuple(YES if capability in provider.__mro__ else NO for provider in providers)
        if YES in marks:
            rows.append((_first_sentence(capability), *marks))
            rows += [(f"· {name.replace('_', ' ')}", *marks) for name in operations(capability)]
    rows.append(("The longest text, in plain characters / with emoji or others", *map(_limit, providers)))
    return ("", *map(_head, providers)), rows


def _head(provider: type[Provider]) -> str:
    return f"{provider.title} ({provider.way})" if provider.way else provider.title


def capability_classes() -> list[type]:
    """Every capability but that of being a provider, in the order of their files; texts first, everybody has
    them."""
    found = [each for _, each in inspect.getmembers(capabilities, inspect.isclass) if each is not Provider]
    return sorted(found, key=lambda each: (each.__module__ != texts.__name__, each.__module__, _line(each)))


def _line(capability: type) -> int:
    return inspect.getsourcelines(capability)[1]


def operations(capability: type) -> list[str]:
    """The names of what can be asked, in the order of the file."""
    return [name for name, member in vars(capability).items() if getattr(member, "__isabstractmethod__", False)]


def _first_sentence(capability: type) -> str:
    return (capability.__doc__ or "").strip().splitlines()[0].partition(". ")[0].rstrip(".")


def _limit(provider: type[Provider]) -> str:
    if SendsTexts not in provider.__mro__:
        return NO
    limit = cast("type[SendsTexts]", provider).text_limit
    return f"{limit.gsm:,} / {limit.ucs2:,}"


def _in_columns(rows: Sequence[Row]) -> Iterable[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()

"""The parts of README.md that are made from the code: `python -m tests.readme` writes them anew.

Promise: what stands between two markers is exactly what this makes; everything else is left alone.
"""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import cast

import bot.providers
from bot import capabilities
from bot.capabilities import Provider, SendsTexts
from bot.manifest import SCOPES
from bot.settings import Settings

README = Path(__file__).parent.parent / "README.md"


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table in Markdown. Pure."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def settings_table() -> str:
    """Every variable, what it is without being set, and what it is for."""
    fields = Settings.model_fields.items()
    rows = [(f"`{name.upper()}`", _default(field.default), field.description or "") for name, field in fields]
    return table(("variable", "unset", "what it is"), rows)


def _default(value: object) -> str:
    if value is None or value == "":
        return "–"
    return f"`{value.value if isinstance(value, StrEnum) else value}`"


def capability_table() -> str:
    """What each provider can do, by the classes it is made of."""
    providers = sorted(provider_classes(), key=lambda provider: provider.title)
    rows = [
        (_first_sentence(capability), *("✓" if capability in provider.__mro__ else "–" for provider in providers))
        for capability in capability_classes()
    ]
    rows.append(("The longest text, in plain characters / with emoji or others", *map(_limit, providers)))
    return table(("", *(provider.title for provider in providers)), rows)


def provider_classes() -> Iterator[type[Provider]]:
    """The class of every folder in bot/providers."""
    for module in pkgutil.iter_modules(bot.providers.__path__):
        folder = import_module(f"bot.providers.{module.name}")
        yield from (getattr(folder, name) for name in folder.__all__)


def capability_classes() -> list[type]:
    """Every capability but that of being a provider, in the order of the file."""
    found = inspect.getmembers(capabilities, inspect.isclass)
    own = [each for _, each in found if each.__module__ == capabilities.__name__ and each is not Provider]
    return sorted(own, key=lambda each: inspect.getsourcelines(each)[1])


def _first_sentence(capability: type) -> str:
    return (capability.__doc__ or "").strip().splitlines()[0].partition(". ")[0].rstrip(".")


def _limit(provider: type[Provider]) -> str:
    if SendsTexts not in provider.__mro__:
        return "–"
    limit = cast("type[SendsTexts]", provider).text_limit
    return f"{limit.gsm:,} / {limit.ucs2:,}"


def scopes_table() -> str:
    """Every scope of the bot token, and what the bot does with it."""
    return table(("scope", "what the bot does with it"), [(f"`{scope.name}`", scope.why) for scope in SCOPES])


SECTIONS: Mapping[str, Callable[[], str]] = {
    "settings": settings_table,
    "capabilities": capability_table,
    "scopes": scopes_table,
}


def rewritten(text: str) -> str:
    """The README with every section made anew. Pure but for the code it reads. Raises `ValueError` without it."""
    for name, make in SECTIONS.items():
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        if text.count(begin) != 1 or text.count(end) != 1:
            raise ValueError(f"README.md needs one {begin} and one {end}.")
        section = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        made = f"{begin}\n{make()}\n{end}"
        text = section.sub(lambda _, made=made: made, text)  # type: ignore[misc]  # mypy sees no such default
    return text


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")

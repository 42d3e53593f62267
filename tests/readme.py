"""The parts of README.md that are made from the code: `python -m tests.readme` writes them anew.

Promise: what stands between two markers is exactly what this makes; everything else is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from bot.cli.providers import capability_table
from bot.grammar import SERVED, usage
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


def capabilities_table() -> str:
    """What each provider can be asked, as `threadline providers` prints it."""
    return table(*capability_table())


def scopes_table() -> str:
    """Every scope of the bot token, and what the bot does with it."""
    return table(("scope", "what the bot does with it"), [(f"`{scope.name}`", scope.why) for scope in SCOPES])


def commands_table() -> str:
    """Every slash command that is answered, and what it does."""
    verbs = [(command, verb) for command in SERVED for verb in command.verbs]
    return table(("you type", "what it does"), [(f"`{usage(*pair)}`", pair[1].summary) for pair in verbs])


SECTIONS: Mapping[str, Callable[[], str]] = {
    "commands": commands_table,
    "settings": settings_table,
    "capabilities": capabilities_table,
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

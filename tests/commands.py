"""Who types what: `python -m tests.commands` prints every verb with the tests that type it, also in a browser.

A test says it by its mark, `@pytest.mark.verb("contact", "save")`. Files are read, not imported, so that the tests
of a browser count where none is installed. It fails, and names them, for verbs that are answered and that no test,
or none in a browser, types; and for marks that name no verb.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.grammar import SERVED, Command, Verb, usage
from bot.grammar.registry import EVERY
from tests.readme import table
from tests.test_grammar.contract import LATER

TESTS = Path(__file__).parent
BROWSER = TESTS / "browser"

VerbName = tuple[str, str]  # the command's and the verb's id


@dataclass(frozen=True, slots=True)
class Typed:
    """The tests that type a verb, as `pytest` takes them."""

    anywhere: tuple[str, ...] = ()
    in_browser: tuple[str, ...] = ()


def typed(files: Iterable[Path] | None = None) -> Mapping[VerbName, Typed]:
    """Every verb that a mark names, and the tests that carry it."""
    found: dict[VerbName, Typed] = {}
    for file in sorted(files if files is not None else TESTS.rglob("test_*.py")):
        for test, verb in _marked(file):
            before = found.get(verb, Typed())
            if file.is_relative_to(BROWSER):
                found[verb] = Typed(before.anywhere, (*before.in_browser, test))
            else:
                found[verb] = Typed((*before.anywhere, test), before.in_browser)
    return found


def _marked(file: Path) -> Iterator[tuple[str, VerbName]]:
    """The tests of a file with the verbs of their marks, also where the file marks all of them."""
    module = ast.parse(file.read_text(encoding="utf-8"))
    of_all = [verb for each in module.body if _is_pytestmark(each) for verb in _verbs(each)]
    for function in module.body:
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and function.name.startswith("test_"):
            own = [verb for decorator in function.decorator_list for verb in _verbs(decorator)]
            name = (
                f"{file.relative_to(TESTS.parent) if file.is_relative_to(TESTS) else file.name}::{function.name}"
            )
            yield from ((name, verb) for verb in dict.fromkeys([*of_all, *own]))


def _is_pytestmark(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "pytestmark"


def _verbs(node: ast.AST) -> Iterator[VerbName]:
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and ast.unparse(each.func) == "pytest.mark.verb":
            command, verb = (ast.literal_eval(argument) for argument in each.args)
            yield command, verb


def _answered() -> Sequence[Command]:
    """What the bot answers: slash commands, and what is said to it in threads."""
    return [command for command in EVERY if command in SERVED or command.spoken]


def missing(found: Mapping[VerbName, Typed]) -> list[str]:
    """What the bot answers and nobody types, as it is typed. Pure."""
    lacks = []
    for command in _answered():
        for verb in command.verbs:
            tests = found.get((command.name, verb.id), Typed())
            if not tests.anywhere:
                lacks.append(f"{usage(command, verb)} · no test types it ({command.name}, {verb.id})")
            if not tests.in_browser:
                lacks.append(f"{usage(command, verb)} · not typed in a browser ({command.name}, {verb.id})")
    return lacks


def unknown(found: Mapping[VerbName, Typed]) -> list[str]:
    """Marks that name no verb, and a test that carries each. Pure."""
    known = {(command.name, verb.id) for command in EVERY for verb in command.verbs}
    return [
        f"{verb}: {(*tests.anywhere, *tests.in_browser)[0]}" for verb, tests in found.items() if verb not in known
    ]


def verbs_table(found: Mapping[VerbName, Typed]) -> str:
    """Every verb, and what was promised for later, as Markdown. Pure."""
    rows = [
        _row(command, verb, found.get((command.name, verb.id), Typed()))
        for command in EVERY
        for verb in command.verbs
    ]
    later = [(f"`/{command} {word}`", "not yet there", "") for command, word in sorted(LATER)]
    return table(("you type", "tests", "in a browser"), [*rows, *later])


def _row(command: Command, verb: Verb, tests: Typed) -> tuple[str, str, str]:
    yet = "" if command in _answered() else " (not answered yet)"
    return f"`{usage(command, verb)}`", f"{_cell(tests.anywhere)}{yet}", _cell(tests.in_browser)


def _cell(tests: Sequence[str]) -> str:
    if not tests:
        return "–"
    return tests[0] if len(tests) == 1 else f"{tests[0]} and {len(tests) - 1} more"


def main() -> int:
    """Print the table; 1 when something is missing."""
    found = typed()
    sys.stdout.write(f"{verbs_table(found)}\n")
    wrong = [*missing(found), *unknown(found)]
    sys.stderr.writelines(f"missing: {line}\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

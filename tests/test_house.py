"""Rules of the house that no linter has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.flows.forms.registry import FORMS

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "handlers", "storage")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
TESTS = sorted(set((ROOT / "tests").rglob("*.py")) - {Path(__file__)})
FILES = sorted([*MODULES, *TESTS])

LONGEST_FUNCTION = 40
LONGEST_FILE = 300
VAGUE = {"utils", "util", "helpers", "helper", "manager", "service", "services", "data", "info"}
CATCHES_ALL = {"handlers/errors.py", "bot/worker.py"}
WRITTEN = {".py", ".md", ".toml", ".yml", ".yaml", ".sql", ".cfg", ".txt", ".json", ".html", ".css", ".js", ".sh"}


def named(path: Path) -> str:
    """A file as people name it."""
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    """A module's syntax."""
    return ast.parse(path.read_text(), filename=str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module, methods and inner ones too."""
    return (node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


# --- Size and names -----------------------------------------------------------------------------------------


def test_there_is_something_to_check() -> None:
    assert len(MODULES) > 50


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{named(path)}:{function.lineno} {function.name}"
        for path in MODULES
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > LONGEST_FUNCTION
    ]

    assert long == []


def only_names(path: Path) -> bool:
    """Whether a file is a list of what others define: nobody reads it from top to bottom."""
    rest = [node for node in ast.parse(path.read_text()).body if not isinstance(node, ast.Import | ast.ImportFrom)]
    return all(isinstance(node, ast.Expr | ast.Assign) for node in rest) and path.name == "__init__.py"


def test_no_file_is_longer_than_300_lines() -> None:
    long = [path for path in MODULES if len(path.read_text().splitlines()) > LONGEST_FILE]

    assert [named(path) for path in long if not only_names(path)] == []


def test_list_of_names_is_told_from_other_files() -> None:
    assert only_names(ROOT / "bot/model/__init__.py")
    assert not only_names(ROOT / "bot/providers/__init__.py")


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [named(path) for path in FILES if VAGUE & {path.stem, *path.relative_to(ROOT).parent.parts}]

    assert vague == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [named(path) for path in MODULES if path.read_text().strip() and not ast.get_docstring(parsed(path))]

    assert silent == []


def test_every_public_function_has_a_sentence() -> None:
    silent = [
        f"{named(path)}:{function.lineno} {function.name}"
        for path in MODULES
        for function in parsed(path).body
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and not function.name.startswith("_")
        and not ast.get_docstring(function)
    ]

    assert silent == []


# --- Doors --------------------------------------------------------------------------------------------------

# What Bolt fills in by name; a name that it does not know becomes None with a warning, not an error. An error
# handler gets `error` as well.
# Source: https://docs.slack.dev/tools/bolt-python/reference/kwargs_injection/async_args.html
BOLT_KNOWS = set(AsyncArgs.__annotations__) | {"args", "error", "self"}


def doors() -> list[tuple[str, ast.AsyncFunctionDef]]:
    """Every function that the outside can reach."""
    return [
        (f"{named(path)} {function.name}", function)
        for path in MODULES
        if path.is_relative_to(ROOT / "handlers")
        for function in functions(path)
        if isinstance(function, ast.AsyncFunctionDef) and function.name.startswith("on_")
    ]


def test_there_are_doors() -> None:
    assert len(doors()) >= 6


@pytest.mark.parametrize(("name", "door"), doors(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_parameter_of_a_door_is_one_that_bolt_knows(name: str, door: ast.AsyncFunctionDef) -> None:
    parameters = {argument.arg for argument in [*door.args.posonlyargs, *door.args.args, *door.args.kwonlyargs]}

    assert parameters <= BOLT_KNOWS
    assert door.args.vararg is None
    assert door.args.kwarg is None


# --- Errors -------------------------------------------------------------------------------------------------


def catches_everything(handler: ast.ExceptHandler) -> bool:
    """Whether it is `except:`, `except Exception` or `except BaseException` that goes on."""
    caught = [handler.type] if not isinstance(handler.type, ast.Tuple) else handler.type.elts
    names = {one.id for one in caught if isinstance(one, ast.Name)}
    reraises = any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))
    return (handler.type is None or bool(names & {"Exception", "BaseException"})) and not reraises


def test_nobody_catches_everything_but_the_error_handler_and_the_worker() -> None:
    wide = [
        f"{named(path)}:{node.lineno}"
        for path in MODULES
        if named(path) not in CATCHES_ALL
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler) and catches_everything(node) and not handed_on(path, node)
    ]

    assert wide == []


def handed_on(path: Path, handler: ast.ExceptHandler) -> bool:
    """Whether the line says that somebody else gets the error: a unit of work's goes to whoever asked for it."""
    line = path.read_text().splitlines()[handler.lineno - 1]
    return "# noqa: BLE001 - " in line


# --- Words --------------------------------------------------------------------------------------------------


def written() -> Iterator[Path]:
    """Every file of the project that people read."""
    skipped = {"__pycache__", "node_modules", "fixtures"}
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if path.suffix in WRITTEN and path.is_file() and not skipped & set(parts) and not parts[0].startswith("."):
            yield path


def test_no_file_names_a_folder_of_this_machine() -> None:
    folders = [f"{folder}/" for folder in (ROOT, ROOT.parent, Path.home()) if len(folder.parts) > 1]

    found = [f"{named(path)}: {folder}" for path in written() for folder in folders if folder in path.read_text()]

    assert found == []


def test_nothing_is_left_to_do_in_a_comment() -> None:
    marks = re.compile(r"#\s*(?:TODO|FIXME|XXX|HACK)\b")

    assert [named(path) for path in FILES if marks.search(path.read_text())] == []


def test_every_outside_fact_has_an_address_one_can_follow() -> None:
    source = re.compile(r"Source:\s*(?!https?://)(\S+)")

    found = [f"{named(path)}: {match[1]}" for path in FILES for match in source.finditer(path.read_text())]

    assert found == []


# --- Tests --------------------------------------------------------------------------------------------------


def test_no_test_sleeps() -> None:
    sleeps = re.compile(r"sleep\((?!0\))")

    found = [
        f"{named(path)}: {line.strip()}"
        for path in TESTS
        if path.name.startswith(("test_", "conftest"))
        for line in path.read_text().splitlines()
        if sleeps.search(line)
    ]

    assert found == []


def test_every_test_is_named_by_what_happens() -> None:
    short = [
        f"{named(path)}:{function.lineno} {function.name}"
        for path in TESTS
        for function in functions(path)
        if function.name.startswith("test_") and function.name.count("_") < 2
    ]

    assert short == []


def test_no_test_uses_mocks() -> None:
    mocks = re.compile(r"^\s*(?:from|import) (?:unittest\.)?mock|pytest_mock", re.MULTILINE)

    assert [named(path) for path in TESTS if mocks.search(path.read_text())] == []


# --- Forms --------------------------------------------------------------------------------------------------


def test_every_form_is_tried_with_anything() -> None:
    tried = (ROOT / "tests/e2e/test_any_form.py").read_text()

    assert [name for name in FORMS if f'"{name}": ' not in tried] == []

"""JSON with one thing wrong in it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]

ODD: tuple[object, ...] = ("", "words", 10**30, [], True, -1, {"a": 1})


def places(value: object, path: Path = ()) -> Iterator[Path]:
    """Every place in it; of a list only the first row, because the others are alike."""
    yield path
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from places(inner, (*path, name))
    if isinstance(value, list) and value:
        yield from places(value[0], (*path, 0))


def at(value: Any, path: Path) -> object:
    """What is in a place."""
    for step in path:
        value = value[step]
    return value


def put(value: object, path: Path, other: object) -> object:
    """The same with `other` in a place."""
    if not path:
        return other
    if isinstance(value, list):
        return [put(inner, path[1:], other) if at == path[0] else inner for at, inner in enumerate(value)]
    assert isinstance(value, dict)
    return {name: put(inner, path[1:], other) if name == path[0] else inner for name, inner in value.items()}


def without(value: object, path: Path) -> object:
    """The same without what is in a place."""
    first, rest = path[0], path[1:]
    if isinstance(value, list):
        pairs: list[tuple[str | int, object]] = list(enumerate(value))
        return [without(inner, rest) if at == first else inner for at, inner in pairs if rest or at != first]
    assert isinstance(value, dict)
    kept = {name: inner for name, inner in value.items() if rest or name != first}
    return {name: without(inner, rest) if name == first else inner for name, inner in kept.items()}


def mangled(value: object) -> Iterator[object]:
    """It with each of its parts missing, null, and two of the odd values, by turns."""
    for number, path in enumerate(places(value)):
        if path:
            yield without(value, path)
            if at(value, path) is not None:
                yield put(value, path, None)
            yield put(value, path, ODD[number % len(ODD)])
            yield put(value, path, ODD[(number + 4) % len(ODD)])


def with_news(value: object) -> Iterator[object]:
    """It with a field that nobody knows in every object."""
    yield _with_news(value)


def _with_news(value: object) -> object:
    if isinstance(value, dict):
        return {"brand_new": {"words": [1, None]}, **{name: _with_news(inner) for name, inner in value.items()}}
    return [_with_news(inner) for inner in value] if isinstance(value, list) else value

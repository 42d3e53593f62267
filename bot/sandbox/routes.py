"""A provider's addresses as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, read. `ids` are the variable parts of the path; `body` is JSON or None."""

    ids: tuple[str, ...]
    query: Mapping[str, str]
    body: Any

    def field(self, name: str) -> str:
        """A field of a JSON object as text; empty when it is missing."""
        value = self.body.get(name) if isinstance(self.body, dict) else None
        return "" if value is None else str(value)

    def number(self, name: str, default: int) -> int:
        """A whole number of the query; `default` when it is missing or none."""
        value = self.query.get(name, "")
        return int(value) if value.isdigit() else default


@dataclass(frozen=True, slots=True)
class Route:
    """`pattern` has `{}` for each variable part; `name` is what trouble calls it."""

    name: str
    method: str
    pattern: str
    act: Callable[[Asked], web.Response]


class Routes:
    """Finds the route of a request."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self._routes = [(route.method, tuple(route.pattern.split("/")), route) for route in routes]

    def find(self, method: str, path: str) -> tuple[Route, tuple[str, ...]] | None:
        """The route and the variable parts of `path`; None when nothing answers there."""
        parts = tuple(path.strip("/").split("/"))
        for wanted, pattern, route in self._routes:
            if wanted == method and len(pattern) == len(parts) and _fits(pattern, parts):
                return route, tuple(part for one, part in zip(pattern, parts, strict=True) if one == "{}")
        return None


def _fits(pattern: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    return all(one in ("{}", part) for one, part in zip(pattern, parts, strict=True))

"""Checks requests against a provider's OpenAPI file, so that a wrong path, parameter or type fails a test."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from openapi_core import OpenAPI
from openapi_core.testing import MockRequest

from tests.providers.far_end import Heard

FOLDER = Path(__file__).parent / "openapi"
Json = dict[str, Any]


@dataclass(frozen=True)
class Spec:
    """One provider's file.

    `beyond` are operations that the file leaves out (method, pattern of the path after `prefix`); `same_as` maps a
    path to the one under which the file has it; `correct` mends what is known to be wrong in it.
    """

    file: str
    host: str
    prefix: str
    beyond: tuple[tuple[str, str], ...]
    same_as: Mapping[str, str]
    correct: Callable[[Json], None] = lambda _: None

    @cached_property
    def document(self) -> Json:
        """The file, corrected."""
        document: Json = json.loads((FOLDER / self.file).read_text())
        corrected = copy.deepcopy(document)
        self.correct(corrected)
        return corrected

    @cached_property
    def _openapi(self) -> OpenAPI:
        return OpenAPI.from_dict(self.document)

    def check(self, heard: Heard) -> None:
        """Raises when the request is not one that the file, or the list of what it leaves out, knows."""
        assert heard.path.startswith(self.prefix)
        path = heard.path.removeprefix(self.prefix)
        if any(heard.method == method and re.fullmatch(pattern, path) for method, pattern in self.beyond):
            return
        self._openapi.validate_request(
            MockRequest(
                self.host,
                heard.method.lower(),
                self.prefix + self.same_as.get(path, path),
                args=dict(heard.query),
                headers=dict(heard.headers),
                data=heard.body or None,
                content_type=heard.headers.get("content-type", ""),
            )
        )

    def example(self, method: str, path: str) -> bytes:
        """An answer made from the file's schema of a 200: every field there, with a value of its type."""
        content = self.document["paths"][path][method]["responses"]["200"]["content"]
        return json.dumps(_example(next(iter(content.values()))["schema"])).encode()


def _example(schema: Json) -> object:
    match schema.get("type"):
        case "object":
            return {name: _example(part) for name, part in schema.get("properties", {}).items()}
        case "array":
            return [_example(schema["items"])]
        case "integer":
            return 1
        case "number":
            return 1.5
        case "boolean":
            return True
        case _:
            return "words"

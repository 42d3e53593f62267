"""Checks requests against a provider's OpenAPI file, and makes answers from it.

Promise: a wrong path, parameter, type or body fails the test that made it, and a path that the file does not have
is one that its `beyond` names.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import yaml
from openapi_core import Config, OpenAPI
from openapi_core.testing import MockRequest, MockResponse

from tests.providers.far_end import Heard

FOLDER = Path(__file__).parent / "openapi"
METHODS = frozenset({"get", "post", "put", "patch", "delete"})
Json = dict[str, Any]


def _nothing(_: Json) -> None:
    """The file is right as it is."""


def _yaml(text: str) -> Json:
    """The safe loader written in C, where there is one, is nine times as fast."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return cast(Json, yaml.load(text, loader))  # noqa: S506  # both are safe


@dataclass(frozen=True)
class Spec:
    """One provider's file.

    `beyond` are operations that the file leaves out (method, pattern of the path after `prefix`); `same_as` maps a
    path to the one under which the file has it; `correct` mends what is known to be wrong in it; `looks` says what
    a field looks like, by its name, where the file only says that it is a string.
    """

    file: str
    host: str
    prefix: str
    beyond: tuple[tuple[str, str], ...] = ()
    same_as: Mapping[str, str] = field(default_factory=dict)
    correct: Callable[[Json], None] = _nothing
    looks: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def document(self) -> Json:
        """The file, corrected."""
        text = (FOLDER / self.file).read_text(encoding="utf-8")
        document: Json = _yaml(text) if self.file.endswith(".yaml") else json.loads(text)
        corrected = copy.deepcopy(document)
        self.correct(corrected)
        return corrected

    @cached_property
    def _openapi(self) -> OpenAPI:
        unchecked = Config(spec_validator_cls=None)  # type: ignore[arg-type]  # None is taken, and means no check
        return OpenAPI.from_dict(self.document, unchecked)  # a test of its own checks the file, once

    @cached_property
    def _right(self) -> set[tuple[object, ...]]:
        """The requests that were found right: hundreds of tests make the same ones."""
        return set()

    def check(self, heard: Heard) -> None:
        """Raises when the request is not one that the file, or the list of what it leaves out, knows."""
        assert heard.path.startswith(self.prefix)
        path = heard.path.removeprefix(self.prefix)
        headers = {name: value for name, value in heard.headers.items() if name != "host"}  # a port of its own
        alike = (heard.method, path, str(heard.query), str(headers), heard.body)
        if alike in self._right or self._is_beyond(heard.method, path):
            return
        self._openapi.validate_request(self._request(heard))
        self._right.add(alike)

    def check_answer(self, heard: Heard, status: int, body: bytes) -> None:
        """Raises when the file does not know this answer to a request that it knows."""
        if not self._is_beyond(heard.method, heard.path.removeprefix(self.prefix)):
            self._openapi.validate_response(self._request(heard), MockResponse(body, status))

    def _request(self, heard: Heard) -> MockRequest:
        path = heard.path.removeprefix(self.prefix)
        return MockRequest(
            self.host,
            heard.method.lower(),
            self.prefix + self.same_as.get(path, path),
            args=dict(heard.query),
            headers=dict(heard.headers),
            data=heard.body or None,
            content_type=heard.headers.get("content-type", ""),
        )

    def check_all(self, heard: Iterable[Heard]) -> None:
        """The same for many."""
        for each in heard:
            self.check(each)

    def _is_beyond(self, method: str, path: str) -> bool:
        return any(method == known and re.fullmatch(pattern, path) for known, pattern in self.beyond)

    def operations(self) -> Iterator[tuple[str, str]]:
        """Every operation of the file: method and path."""
        for path, operations in self.document["paths"].items():
            yield from ((method, path) for method in operations if method in METHODS)

    def answers_to(self, method: str, path: str) -> list[bytes]:
        """The file's answers to a request that was made; none when it leaves the operation out."""
        if self._is_beyond(method, path):
            return []
        path = self.same_as.get(path, path)
        fitting = [each for knows, each in self.operations() if knows == method.lower() and _fits(each, path)]
        return self.answers(method, min(fitting, key=lambda each: each.count("{")))

    def answers(self, method: str, path: str) -> list[bytes]:
        """An operation's examples of a 200, else one made from its schema: every field there, with a value of its
        type. None when it has no content."""
        answer = self._followed(self.document["paths"][path][method.lower()]["responses"]["200"])
        content = answer.get("content", {})
        return [json.dumps(value).encode() for media in content.values() for value in self._examples(media)]

    def _examples(self, media: Json) -> list[object]:
        if "examples" in media:
            return [example["value"] for example in media["examples"].values()]
        return [media["example"] if "example" in media else self._made(media["schema"], "")]

    def _made(self, schema: Json, name: str) -> object:
        schema = self._followed(schema)
        if name in self.looks:
            return self.looks[name]
        if "allOf" in schema:
            parts = [cast(Json, self._made(part, name)) for part in schema["allOf"]]
            return {each: value for part in parts for each, value in part.items()}
        if "properties" in schema:
            return {each: self._made(part, each) for each, part in schema["properties"].items()}
        if "enum" in schema:
            return schema["enum"][0]
        kind = schema.get("type", "string")
        if kind == "array":
            return [self._made(schema["items"], name)]
        return {"object": {}, "integer": 1, "number": 1.5, "boolean": True}.get(kind, "words")

    def _followed(self, schema: Json) -> Json:
        while "$ref" in schema:
            found: object = self.document
            for part in schema["$ref"].removeprefix("#/").split("/"):
                found = cast(Json, found)[part]
            schema = cast(Json, found)
        return schema


def _fits(template: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\\{.+?\\}", "[^/]+", re.escape(template)), path) is not None

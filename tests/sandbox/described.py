"""Whether a stand-in's answer is as the provider's OpenAPI file describes it, with every field it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.providers.spec import Spec

Json = dict[str, Any]
KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}


def check(spec: Spec, method: str, path: str, status: int, body: Any) -> None:
    """Fails for an answer that the file describes otherwise; what it leaves out is not checked."""
    schema = _schema(spec, method.lower(), f"/{path}", str(status))
    if schema is not None:
        assert list(misfits(schema, body, "answer")) == []


def _schema(spec: Spec, method: str, path: str, status: str) -> Json | None:
    operations = spec.operations()
    fitting = [each for knows, each in operations if knows == method and re.fullmatch(_pattern(each), path)]
    if not fitting:
        return None
    found = spec.document["paths"][min(fitting, key=lambda each: each.count("{"))][method]["responses"]
    content: Json = found.get(status, {}).get("content", {})
    return next((media["schema"] for media in content.values()), None)


def _pattern(template: str) -> str:
    return re.sub(r"\\{.+?\\}", "[^/]+", re.escape(template))


def misfits(schema: Json, value: Any, where: str) -> Iterator[str]:
    """What is missing in a value, or of another type. Null fits everything: the file has no word for it."""
    kind = schema["type"]
    if value is None:
        return
    if kind == "array" and isinstance(value, list):
        for each in value:
            yield from misfits(schema["items"], each, f"{where}[]")
    elif kind == "object" and isinstance(value, dict):
        for name, part in schema.get("properties", {}).items():
            if name in value:
                yield from misfits(part, value[name], f"{where}.{name}")
            else:
                yield f"{where}.{name} is missing"
    elif not isinstance(value, KINDS.get(kind, ())) or (kind != "boolean" and isinstance(value, bool)):
        yield f"{where} is no {kind}"

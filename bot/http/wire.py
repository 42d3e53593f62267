"""What the outside writes, turned into typed values: the base of every wire model.

Promises: what cannot be read is an `Unreadable` that names fields and holds no content, also not as its context.
Characters that are none become U+FFFD, so that one of them spoils no page.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Annotated, Self, cast

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError


class Unreadable(ValueError):
    """Not what was expected. The reason names fields, never what stood in them."""


def _without_nul(text: str) -> str:
    return text.replace("\0", "")


# PostgreSQL stores no NUL. Source: https://www.postgresql.org/docs/current/datatype-character.html
Words = Annotated[str, AfterValidator(_without_nul)]


def _an_id(text: str) -> str:
    text = _without_nul(text).strip()
    return text if len(text) <= LONGEST_ID else ""


# What is longer than any id is none, and empty: PostgreSQL keeps no index of it, and Slack no option.
LONGEST_ID = 100
Id = Annotated[str, AfterValidator(_an_id)]


def _blank_is_nothing(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


# For what may come as null, as "", as a number or as its text; a flag also as 0 or 1. An amount is made of the
# number's text, so that 0.1 is 0.1, and bounded, because ten digits may write a number of a million.
_MOST = 10**12
Count = Annotated[int | None, BeforeValidator(_blank_is_nothing)]
Flag = Annotated[bool | None, BeforeValidator(_blank_is_nothing)]
Amount = Annotated[Annotated[Decimal, Field(ge=-_MOST, le=_MOST)] | None, BeforeValidator(_blank_is_nothing)]

# Half of a pair alone, as a text of several parts has it that was cut inside an emoji. No UTF-8 can write it.
# Source: https://www.rfc-editor.org/rfc/rfc8259#section-8.2
_HALF = re.compile(r"[\ud800-\udfff]")
_MAY_HOLD_HALVES = re.compile(rb"\\u[dD]")
_REPLACEMENT = "\ufffd"


def read_json(raw: bytes) -> object:
    """JSON as plain values, with U+FFFD for whatever is no character. Pure. Raises `Unreadable`."""
    try:
        # Not strict: line breaks may stand in strings as they are.
        value = cast(object, json.loads(raw.decode("utf-8", "replace"), strict=False))
        return _whole(value) if _MAY_HOLD_HALVES.search(raw) else value
    except (ValueError, RecursionError):
        pass
    raise Unreadable("it is not JSON")  # out here, because the caught error holds the body


def _whole(value: object) -> object:
    """The same without halves of pairs, also in names."""
    match value:
        case str():
            return _HALF.sub(_REPLACEMENT, value)
        case list():
            return [_whole(item) for item in value]
        case dict():
            return {_whole(name): _whole(item) for name, item in value.items()}
    return value


class Wire(BaseModel):
    """JSON or a form from outside: unknown fields are ignored, and a number may stand where text is expected."""

    model_config = ConfigDict(
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        coerce_numbers_to_str=True,
        validate_by_name=True,
        validate_by_alias=True,
    )

    @classmethod
    def read(cls, raw: bytes) -> Self:
        """From JSON in UTF-8. Pure. Raises `Unreadable`."""
        return cls.read_fields(read_json(raw))

    @classmethod
    def read_fields(cls, fields: object) -> Self:
        """From values that are parsed already. Pure. Raises `Unreadable`."""
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            reason = _reason(error)
        raise Unreadable(reason)  # out here, as above


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where or 'the whole'} is missing or of another type"

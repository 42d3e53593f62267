"""What the outside writes, turned into typed values: the base of every wire model.

Promise: what cannot be read is an `Unreadable` that names fields and holds no content, also not as its context.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError


class Unreadable(ValueError):
    """Not what was expected. The reason names fields, never what stood in them."""


def _without_nul(text: str) -> str:
    return text.replace("\0", "")


# PostgreSQL stores no NUL. Source: https://www.postgresql.org/docs/current/datatype-character.html
Words = Annotated[str, AfterValidator(_without_nul)]


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
        try:
            return cls.model_validate_json(raw)
        except ValidationError as error:
            reason = _reason(error)
        raise Unreadable(reason)  # out here, because the caught error holds the input and would be the context

    @classmethod
    def read_fields(cls, fields: object) -> Self:
        """From values that are parsed already. Pure. Raises `Unreadable`."""
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            reason = _reason(error)
        raise Unreadable(reason)


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    if first["type"] == "json_invalid":
        return "it is not JSON"
    where = ".".join(str(part) for part in first["loc"])
    return f"{where or 'the whole'} is missing or of another type"

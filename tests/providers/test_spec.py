"""The check of requests, on every provider's OpenAPI file."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError

from tests.providers.far_end import Heard
from tests.providers.spec import FOLDER, Spec
from tests.providers.specs import ASMS, ASMS_DIRECT, CLICK_SEND, JTEL, TEXT_REQUEST

SPECS = (TEXT_REQUEST, CLICK_SEND, JTEL, ASMS, ASMS_DIRECT)
on_every_file = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.file)


def test_when_a_file_is_there_then_requests_are_checked_against_it() -> None:
    assert {file.name for file in FOLDER.iterdir()} == {spec.file for spec in SPECS}


@on_every_file
def test_when_a_file_is_corrected_then_it_is_still_a_right_one(spec: Spec) -> None:
    OpenAPI.from_dict(spec.document)


@on_every_file
def test_when_an_operation_answers_then_the_answer_is_json(spec: Spec) -> None:
    answers = [answer for operation in spec.operations() for answer in spec.answers(*operation)]

    assert len(answers) > 15
    assert all(json.loads(answer) is not None for answer in answers)


@pytest.mark.parametrize(
    ("spec", "key", "right", "wrong"),
    [
        (TEXT_REQUEST, {"x-api-key": "k"}, "/dashboards/121", "/dashboards/front"),
        (CLICK_SEND, {"authorization": "Basic eDp4"}, "/voice/lang", "/voice/language"),
        (JTEL, {"authorization": "Bearer t"}, "/dialler/contacts/215395", "/dialler/contact/215395"),
        (ASMS_DIRECT, {"x-authorization": "Bearer t"}, "/api/v9/item/48213", "/api/v9/item/RF-48213"),
        (ASMS, {"tokenasms": "t"}, "/kb/article/71/file/5", "/kb/article/71/file/last"),
    ],
    ids=lambda value: value.file if isinstance(value, Spec) else "",
)
def test_when_a_request_is_wrong_or_without_a_key_then_the_check_fails(
    spec: Spec, key: Mapping[str, str], right: str, wrong: str
) -> None:
    spec.check(Heard("GET", f"{spec.prefix}{right}", {}, key, b""))

    with pytest.raises(OpenAPIError):
        spec.check(Heard("GET", f"{spec.prefix}{wrong}", {}, key, b""))
    with pytest.raises(OpenAPIError):
        spec.check(Heard("GET", f"{spec.prefix}{right}", {}, {}, b""))


GROUPS = Heard("GET", f"{JTEL.prefix}/acd/groups", {}, {"authorization": "Bearer t"}, b"")
GROUP = {"ID": 235, "Name": "Support"}


def test_when_an_answer_is_one_of_the_file_then_it_passes() -> None:
    JTEL.check_answer(GROUPS, 200, json.dumps({"records": [GROUP], "count": 1, "status": 200}).encode())
    JTEL.check_answer(GROUPS, 401, b'{"status": 401, "error": "Unauthorized"}')


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (200, {"records": [{**GROUP, "ID": "first"}], "count": 1, "status": 200}),
        (200, {"records": [GROUP], "count": 1}),
        (200, {"records": GROUP, "count": 1, "status": 200}),
        (401, {"status": 401}),
        (418, {"status": 418, "error": "no such answer"}),
    ],
)
def test_when_an_answer_is_none_of_the_file_then_the_check_fails(status: int, answer: object) -> None:
    with pytest.raises(OpenAPIError):
        JTEL.check_answer(GROUPS, status, json.dumps(answer).encode())

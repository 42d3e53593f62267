"""Aranda's table of errors: each is an error of ours, with a sentence of its own, whatever body holds its name."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from bot.errors import (
    Conflict,
    CredentialsRefused,
    FieldRefused,
    NotOffered,
    OutcomeUnknown,
    ProviderError,
    Rejected,
    Throttled,
    Unreachable,
)
from bot.http import Call
from bot.providers.asms.refusals import FAILURES, MEANINGS, judge
from tests.providers.test_asms.conftest import ACT, READ, response

# Source: https://learn.microsoft.com/en-us/connectors/arandaservicemanagem/ (the table of errors)
FIELDS = {
    "InvalidAdditionalFieldId": "additionalFields",
    "InvalidItemType": "itemType",
    "InvalidProjectId": "projectId",
    "InvalidStateId": "stateId",
    "RequestNeedsSomeArguments": "",
    "ItemTypeIsRequired": "itemType",
    "ModelIdIsEmpty": "modelId",
    "StateIdIsEmpty": "stateId",
    "ServiceIdIsEmpty": "serviceId",
    "CategoryIdIsEmpty": "categoryId",
}
OTHERS: dict[str, type[ProviderError]] = {
    "CriteriaNeedsSomeArguments": Rejected,
    "InvalidUploadType": Rejected,
    "SearchListIsRequired": Rejected,
    "TypesListNeedsSomeArguments": Rejected,
    "ModelNotActive": Rejected,
    "FailedToCloseTaskPendingCloseTasksPredecessors": Rejected,
    "DuplicatedObject": Conflict,
}
BODIES: tuple[Callable[[str], bytes], ...] = (
    str.encode,
    lambda said: json.dumps(said).encode(),
    lambda said: json.dumps({"message": said}).encode(),
    lambda said: json.dumps({"Message": "An error has occurred.", "ExceptionMessage": said}).encode(),
    lambda said: json.dumps({"error": {"code": said, "details": [None, 1]}}).encode(),
    lambda said: json.dumps([{"errors": [{"code": said}]}]).encode(),
    lambda said: f'{{"message": "{said}'.encode(),
)


def refused(body: bytes, status: int = 400, call: Call = ACT) -> ProviderError:
    """The error that an answer is."""
    with pytest.raises(ProviderError) as caught:
        judge(response(body, status, call))
    assert str(caught.value).endswith(".")
    assert not any(character.isdigit() for character in str(caught.value))
    return caught.value


@pytest.mark.parametrize("body", BODIES)
def test_when_a_field_is_at_fault_then_the_error_names_it(body: Callable[[str], bytes]) -> None:
    for name, field in FIELDS.items():
        error = refused(body(name))

        assert isinstance(error, FieldRefused)
        assert (error.code, error.field, str(error)) == (name, field, MEANINGS[name].sentence)


@pytest.mark.parametrize("body", BODIES)
def test_when_something_else_is_refused_then_the_error_says_what(body: Callable[[str], bytes]) -> None:
    for name, kind in OTHERS.items():
        error = refused(body(name))

        assert (type(error), error.code, str(error)) == (kind, name, MEANINGS[name].sentence)


def test_when_the_table_is_read_then_each_error_has_a_sentence_of_its_own() -> None:
    sentences = [meaning.sentence for meaning in MEANINGS.values()]

    assert len(sentences) == len(set(sentences))
    assert set(MEANINGS) >= {*FIELDS, *OTHERS, "DoNotHavePermissionForThisAction"}


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ("Flat AdditionalFieldIsRequired", "AdditionalFieldIsRequired", "Flat"),
        ("Número de piso AdditionalFieldIsRequired", "AdditionalFieldIsRequired", "Número de piso"),
        ("Parameter name: projectId", "ParameterIsNull", "projectId"),
        ("Value cannot be null.\r\nParameter name: projectId", "ParameterIsNull", "projectId"),
        ("Is null Parameter name: subject", "ParameterIsNull", "subject"),
        ("is null PARAMETER NAME: subject", "ParameterIsNull", "subject"),
        ("EmptyValue Parameter name: responsibleId", "EmptyValue", "responsibleId"),
        ("EmptyEnumeration Parameter name: filters", "EmptyEnumeration", "filters"),
    ],
)
@pytest.mark.parametrize("body", BODIES[1:6])
def test_when_a_field_is_missing_then_the_error_names_it(
    said: str, code: str, field: str, body: Callable[[str], bytes]
) -> None:
    error = refused(body(said))

    assert isinstance(error, FieldRefused)
    assert (error.code, error.field) == (code, field)
    assert f"“{field}”" in str(error)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("Flat 4B AdditionalFieldIsRequired", "Flat 4B"),
        ("31742 AdditionalFieldIsRequired", "31742"),
        ("Parameter name: 14235550142", ""),
        ("Flat 14235550142 AdditionalFieldIsRequired", ""),
    ],
)
def test_when_the_name_of_a_field_holds_a_number_then_the_sentence_does_not(said: str, field: str) -> None:
    error = refused(said.encode())

    assert isinstance(error, FieldRefused)
    assert error.field == field
    assert "a field that is empty" in str(error)


def test_when_the_instance_fails_then_a_read_is_over_and_an_effect_is_in_doubt() -> None:
    for name in sorted(FAILURES):
        read, act = refused(name.encode(), 500, READ), refused(name.encode(), 500, ACT)

        assert (type(read), read.code, name in str(read)) == (Rejected, name, True)
        assert (type(act), act.code) == (OutcomeUnknown, name)


def test_when_a_500_has_no_name_then_a_read_may_be_repeated() -> None:
    read, act = refused(b"", 500, READ), refused(b"oops", 500, ACT)

    assert (type(read), type(act)) == (Unreachable, OutcomeUnknown)


def test_when_a_500_names_a_field_then_what_became_of_an_effect_is_unknown() -> None:
    assert type(refused(b"ServiceIdIsEmpty", 500, ACT)) is OutcomeUnknown


def test_when_the_permission_is_missing_then_it_is_told_from_a_refused_token() -> None:
    permission = refused(b'{"message": "DoNotHavePermissionForThisAction"}', 403)
    firewall, token = refused(b"<html>Blocked</html>", 403), refused(b"", 401)

    assert {type(permission), type(firewall), type(token)} == {CredentialsRefused}
    assert "permission" in str(permission)
    assert "integration token" in str(token)
    assert (firewall.code, token.code) == ("http_403", "http_401")


def test_when_a_name_stands_in_a_page_or_a_throttled_answer_then_it_does_not_count() -> None:
    assert refused(b"<html>ServiceIdIsEmpty</html>").code == "http_400"
    assert type(refused(b"ServiceIdIsEmpty", 429)) is Throttled


@pytest.mark.parametrize(
    "body",
    [b"<!doctype html>", b'{"Message": "No HTTP resource was found that matches the request URI"}',
     b'{"statusCode": 404, "message": "Resource not found"}'],
)  # fmt: skip
def test_when_the_address_leads_nowhere_then_it_is_not_offered(body: bytes) -> None:
    assert type(refused(body, 404)) is NotOffered


@pytest.mark.parametrize("body", [b'{"result": false}', b' {"result":"0"}', b'{"id": 1, "result": 0}'])
def test_when_a_200_says_false_then_it_is_a_refusal(body: bytes) -> None:
    error = refused(body, 200)

    assert (type(error), error.code) == (Rejected, "result_false")


@pytest.mark.parametrize(
    "body", [b'{"result": true}', b'{"result": null}', b'{"result": "maybe"}', b'"result"', b"result", b""]
)
def test_when_a_200_does_not_say_false_then_it_is_none(body: bytes) -> None:
    judge(response(body))


def test_firewall_that_wants_a_browser_is_no_refused_key() -> None:
    with pytest.raises(Unreachable, match="firewall") as caught:
        judge(response(b"<html>Just a moment...</html>", 403, ACT, cf_mitigated="challenge"))

    assert (caught.value.certain, caught.value.retryable) == (True, True)

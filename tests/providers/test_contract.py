"""Runs the contract on every operation of every provider in the list, and fails for one that nobody described."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from openapi_core.exceptions import OpenAPIError

from bot.capabilities import Provider, ReadsWebhooks, SendsTexts
from bot.cli.providers import capability_classes, operations
from bot.providers import PROVIDERS
from tests.providers.__main__ import coverage
from tests.providers.case import Case
from tests.providers.cases import CASES
from tests.providers.contract import OperationContract, provider
from tests.providers.contract_webhooks import SignatureContract, TextWebhookContract, WebhookContract
from tests.providers.far_end import Heard

__all__ = ["provider"]  # a fixture

on_every_operation = pytest.mark.parametrize(
    ("case", "operation"),
    [
        pytest.param(case, operation, id=" ".join(filter(None, (case.id, operation.name, operation.note))))
        for case in CASES
        for operation in case.operations
    ],
)


@on_every_operation
class TestOperations(OperationContract):
    """Of each provider."""


@pytest.mark.parametrize("case", [case for case in CASES if case.samples], ids=lambda case: case.id)
class TestWebhooks(WebhookContract):
    """Of each provider that posts to us."""


@pytest.mark.parametrize("case", [case for case in CASES if case.posts_texts], ids=lambda case: case.id)
class TestTextWebhooks(TextWebhookContract):
    """Of each provider that posts texts to us."""


@pytest.mark.parametrize("case", [case for case in CASES if case.sign], ids=lambda case: case.id)
class TestSignatures(SignatureContract):
    """Of each provider that signs."""


def offered(of: type[Provider]) -> Iterator[str]:
    """Everything that a provider can be asked, by its classes."""
    for capability in (Provider, *capability_classes()):
        if capability in of.__mro__:
            yield from (f"{capability.__name__}.{name}" for name in operations(capability))


@pytest.mark.parametrize("asked", PROVIDERS, ids=lambda asked: asked.__name__)
def test_when_a_provider_can_be_asked_something_then_the_contract_runs_on_it(asked: type[Provider]) -> None:
    case = next(each for each in CASES if each.of is asked)

    described = [operation.name for operation in case.operations]

    webhooks = [ReadsWebhooks.read_webhook.__qualname__] if case.samples else []
    assert {*described, *webhooks, "Provider.close"} == set(offered(asked))


@pytest.mark.parametrize("asked", PROVIDERS, ids=lambda asked: asked.__name__)
def test_when_a_provider_sends_texts_then_a_webhook_with_one_is_described(asked: type[Provider]) -> None:
    case = next(each for each in CASES if each.of is asked)

    assert case.posts_texts == (SendsTexts in asked.__mro__ and ReadsWebhooks in asked.__mro__)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_when_two_cases_are_of_one_operation_then_their_notes_tell_them_apart(case: Case) -> None:
    named = [(operation.name, operation.note) for operation in case.operations]

    assert len(named) == len(set(named))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_when_a_refusal_is_described_then_its_exchange_exists(case: Case) -> None:
    for operation in case.operations:
        exchanges = len(operation.exchanges)

        assert [each for each in operation.refusals if not -exchanges <= each.at < exchanges] == []


JSON = {"content-type": "application/json", "x-api-key": "k", "authorization": "Basic eDp4"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
@pytest.mark.parametrize(
    "wrong",
    [
        Heard("GET", "/nowhere", {}, JSON, b""),
        Heard("DELETE", "/sms/send", {}, JSON, b""),
        Heard("POST", "/sms/send", {}, JSON, b'{"messages": [{"to": 1, "body": "x", "source": "x"}]}'),
        Heard("POST", "/sms/send", {}, JSON, b'{"messages": [{"to": "1", "body": "x"}]}'),
        Heard("POST", "/sms/send", {}, {}, b'{"messages": []}'),
        Heard("POST", "/dashboards/121/contacts/14235550142/messages", {}, JSON, b'{"body": 3}'),
        Heard("POST", "/dashboards/front/contacts/14235550142/messages", {}, JSON, b'{"body": "x"}'),
        Heard("GET", "/dashboards", {"page": "first", "page_size": "5"}, JSON, b""),
    ],
    ids=lambda wrong: f"{wrong.method} {wrong.path}",
)
def test_when_a_request_is_wrong_then_the_check_of_requests_fails(case: Case, wrong: Heard) -> None:
    heard = replace(wrong, path=f"{case.spec.prefix}{wrong.path}")

    with pytest.raises(OpenAPIError):
        case.spec.check(heard)


def test_when_an_operation_has_a_case_then_the_list_names_it_and_else_it_is_missing() -> None:
    covers = {operation: covered for operation, _, covered in coverage()}
    covers_nothing = {covered for _, _, covered in coverage(())}

    assert len(covers) > 70
    assert covers["A18"] == "TakesPayments.list_payments, TakesPayments.list_payments filtered"
    assert covers["C1"] == "SendsTexts.send_text"
    assert covers_nothing == {""}

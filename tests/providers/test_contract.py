"""Runs the contract on every provider in the list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openapi_core.exceptions import OpenAPIError

from bot import providers
from tests.providers.cases import CASES
from tests.providers.contract import Case, ReadingContract, SendingContract, provider
from tests.providers.contract_webhooks import SignatureContract, WebhookContract
from tests.providers.far_end import Heard

__all__ = ["provider"]  # a fixture

on_every_provider = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@on_every_provider
class TestSending(SendingContract):
    """Of each provider."""


@on_every_provider
class TestReading(ReadingContract):
    """Of each provider."""


@on_every_provider
class TestWebhooks(WebhookContract):
    """Of each provider."""


@pytest.mark.parametrize("case", [case for case in CASES if case.sign], ids=lambda case: case.name)
class TestSignatures(SignatureContract):
    """Of each provider that signs."""


def test_when_a_provider_has_a_folder_then_the_contract_runs_on_it() -> None:
    folders = {folder.parent.name for folder in Path(providers.__path__[0]).glob("*/__init__.py")}

    assert folders == {case.name for case in CASES}


JSON = {"content-type": "application/json", "x-api-key": "k", "authorization": "Basic eDp4"}


@on_every_provider
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

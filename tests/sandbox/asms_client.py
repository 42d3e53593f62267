"""A client of the Aranda stand-in: what the connector's OpenAPI file describes is checked against it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest

from bot.sandbox.asms.account import Account
from bot.sandbox.server import Sandbox
from tests.providers.far_end import Heard
from tests.providers.specs import ASMS

TICKET = {
    "subject": "No hot water",
    "description": "Flat 4B",
    "itemType": "Incidents",
    "projectId": 12,
    "serviceId": 31,
    "categoryId": 204,
}


def without_nulls(value: object) -> object:
    """The file does not say which fields may be null; its schemas are for those that are not."""
    if isinstance(value, dict):
        return {name: without_nulls(inner) for name, inner in value.items() if inner is not None}
    return [without_nulls(inner) for inner in value] if isinstance(value, list) else value


@dataclass
class Caller:
    """Calls the API with the token; what the file describes is checked against it, on the way there and back."""

    session: aiohttp.ClientSession
    base: str
    headers: dict[str, str]

    async def call(self, method: str, path: str, body: Any = None, **query: str) -> tuple[int, Any]:
        url = f"{self.base}/{path}"
        async with self.session.request(method, url, json=body, params=query, headers=self.headers) as answer:
            raw = await answer.read()
            is_json = answer.content_type == "application/json"
            found = json.loads(raw) if raw and is_json else raw
        if answer.status == 200:
            sent = b"" if body is None else json.dumps(body).encode()
            headers = {"content-type": "application/json", "tokenasms": "t"}
            heard = Heard(method, f"{ASMS.prefix}/{quote(path)}", query, headers, sent)
            ASMS.check(heard)
            if is_json:
                ASMS.check_answer(heard, 200, json.dumps(without_nulls(found)).encode())
        return answer.status, found

    async def opens(self, **more: object) -> str:
        """A new ticket's code."""
        status, made = await self.call("POST", "asms/case", {**TICKET, **more})
        assert status == 200, made
        return str(made["idByProject"])

    async def finds(self, field: str, operator: str, value: str) -> tuple[int, Any]:
        """What a search with one condition gives."""
        filters = [{"field": field, "operator": operator, "value": value}]
        return await self.call("POST", "asms/case/list", {"logicOperator": "And", "filters": filters})


@pytest.fixture
def account(sandbox: Sandbox) -> Account:
    return sandbox.asms


@pytest.fixture
def caller(sandbox: Sandbox, session: aiohttp.ClientSession, account: Account) -> Caller:
    headers = {"TokenAsms": account.token, "UrlAsms": account.instance_url}
    return Caller(session, sandbox.asms_api_url, headers)

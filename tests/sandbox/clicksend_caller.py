"""The ClickSend stand-in as its tests use it: an account with one number, whoever calls its API, and the bot."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr

from bot.providers.clicksend import ClickSend
from bot.sandbox.clicksend.account import Account
from bot.sandbox.server import Sandbox
from tests.providers.specs import CLICK_SEND
from tests.sandbox import described

ANA, LINE = "+61411111111", "+14155550100"


@dataclass
class Caller:
    """Calls the API with the account's credentials; every answer must be as their OpenAPI file has it."""

    session: aiohttp.ClientSession
    base: str
    username: str
    api_key: str

    async def call(self, method: str, path: str, body: Any = None, **query: str) -> tuple[int, Any]:
        url = f"{self.base}/{path}"
        credentials = base64.b64encode(f"{self.username}:{self.api_key}".encode()).decode()
        headers = {"Authorization": f"Basic {credentials}"}
        async with self.session.request(method, url, json=body, params=query, headers=headers) as answer:
            said = await answer.json()
            described.check(CLICK_SEND, method, path, answer.status, said)
            return answer.status, said

    async def send(self, *messages: dict[str, str]) -> list[Any]:
        status, answer = await self.call("POST", "sms/send", {"messages": list(messages)})
        assert (status, answer["response_code"]) == (200, "SUCCESS")
        return list(answer["data"]["messages"])


@pytest.fixture
def account(sandbox: Sandbox) -> Account:
    sandbox.clicksend.rules.status_delay_s = 0.0
    sandbox.clicksend.rules.retry_delays_s = ()
    sandbox.clicksend.add_number(LINE)
    return sandbox.clicksend


@pytest.fixture
def caller(sandbox: Sandbox, session: aiohttp.ClientSession, account: Account) -> Caller:
    return Caller(session, sandbox.clicksend_api_url, account.username, account.api_key)


@pytest.fixture
async def provider(sandbox: Sandbox, account: Account) -> AsyncIterator[ClickSend]:
    """The bot's ClickSend."""
    built = ClickSend(
        username=account.username,
        api_key=SecretStr(account.api_key),
        api_url=sandbox.clicksend_api_url,
        clock=lambda: datetime.now(UTC),
    )
    yield built
    await built.close()

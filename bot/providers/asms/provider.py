"""Aranda Service Management Suite (ASMS): tickets, a knowledge base, and the things a service desk keeps track of.

It is asked through the adapter that Aranda runs for its connectors, which asks the instance.

Links
- https://learn.microsoft.com/en-us/connectors/arandaservicemanagem/ (what it does, its errors and limits)
- https://docs.arandasoft.com/connectors/en/ (each of its actions)
- https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors (the connector's description)

Settings: ASMS_API_URL (the adapter), ASMS_TOKEN (an integration token: it has the rights of the specialist it was
made for, who needs a named licence), ASMS_INSTANCE_URL (the instance's API), ASMS_TIME_ZONE.

Quirks
- The token and all that is asked pass through Aranda's cloud.
- No list has pages: a search is cut off without a word.
- Nothing is idempotent, and a change inside a 200 may be refused.
- Descriptions, solutions and articles are mark-up; times mostly name no zone.
- What it posts to us is written by hand, unsigned, and may be broken JSON.
- The instance has an API of its own, without the adapter, which offers less: see `direct/provider.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import ClassVar

from pydantic import SecretStr

from bot.capabilities import Provider, ReadsWebhooks
from bot.errors import CredentialsRefused
from bot.http import Api, Http, Turns, raise_for_page, the_error
from bot.model import AccountFacts, ProviderName, Signature, WebhookReading, WebhookRequest
from bot.providers.asms import refusals, webhooks
from bot.providers.asms.choices import ItemChoices, TicketChoices
from bot.providers.asms.items import ConfigurationItems
from bot.providers.asms.knowledge import Knowledge
from bot.providers.asms.tickets import Tickets
from bot.providers.asms.wire import NAME, TITLE


@dataclass(frozen=True, slots=True)
class Instance:
    """Whose service desk it is. Without `zone` times that name none are left out."""

    api_url: str
    token: SecretStr
    url: str
    zone: tzinfo | None = None


class Asms(Provider, ReadsWebhooks, Tickets, TicketChoices, ItemChoices, Knowledge, ConfigurationItems):
    """Aranda, through its adapter: every subject is in its own file."""

    name: ClassVar[ProviderName] = NAME
    title: ClassVar[str] = TITLE
    turned_on_by: ClassVar[str] = "ASMS_API_URL, ASMS_TOKEN and ASMS_INSTANCE_URL"

    def __init__(self, instance: Instance, *, clock: Callable[[], datetime], turns: Turns | None = None) -> None:
        """`clock` gives aware UTC; without `turns` nothing waits. Raises `SettingsError` for a token that cannot
        be one."""
        self._zone = instance.zone
        headers = {"tokenasms": instance.token.get_secret_value(), "urlasms": instance.url}
        api = Api(NAME, TITLE, instance.api_url, headers, judge=refusals.judge)
        self._http = Http(api, clock=clock, turns=turns)

    async def close(self) -> None:
        """Close every connection."""
        await self._http.close()

    async def check(self) -> AccountFacts:
        """Have the adapter reach the instance with the token."""
        response = await self._http.read("/connection")
        raise_for_page(response)
        if response.body.strip() == b"false":  # what it answers is not described
            raise the_error(CredentialsRefused, response.call, "result_false")
        return AccountFacts("the adapter reaches the instance", response.clock_skew_s)

    def read_webhook(self, request: WebhookRequest) -> WebhookReading:
        """The event `ticket`, the last part of the address that a business rule calls."""
        return WebhookReading((webhooks.parse(request),), Signature.UNSUPPORTED)

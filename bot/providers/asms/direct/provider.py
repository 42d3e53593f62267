"""Aranda Service Management Suite (ASMS), asked where it runs: nothing passes through anybody else.

Links
- https://docs.arandasoft.com/asms-api/en/pages/descripcion/creacion-caso.html (its operations, one page each)
- https://docs.arandasoft.com/cmdb-api/en/pages/generalidades/Generalidades.html (tokens, licences, tenants)
- https://docs.arandasoft.com/asms-admin/en/pages/general/Tokens_integracion.html (how a token is made)

Settings: ASMS_INSTANCE_URL without ASMS_API_URL, and ASMS_TOKEN, or ASMS_USERNAME and ASMS_PASSWORD where tokens
cannot be made; ASMS_TENANT where several share an instance.

Quirks
- It knows a ticket by its number, people by its code: see `numbers.py`.
- A ticket is written whole, with the version that was read: whoever wrote meanwhile is not overwritten.
- No page tells how a note is added, and none says which notes are public: none are added, and all are private.
- Of notes, knowledge and configuration items its adapter knows more: see `bot/providers/asms/provider.py`.
- Times are milliseconds; what an answer is called differs from the adapter's names for the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import ClassVar

from pydantic import SecretStr

from bot.capabilities import Provider, ReadsWebhooks
from bot.http import Api, Http, Turns
from bot.model import AccountFacts, ProviderName, Signature, TicketCode, WebhookReading, WebhookRequest
from bot.providers.asms import refusals, webhooks
from bot.providers.asms.direct.choices import DirectChoices, read_menu
from bot.providers.asms.direct.session import HEADER, Sessions, bearer
from bot.providers.asms.direct.tickets import DirectTickets
from bot.providers.asms.wire import NAME, TITLE


@dataclass(frozen=True, slots=True)
class Login:
    """A specialist's name and password, for an instance without integration tokens."""

    username: str
    password: SecretStr


@dataclass(frozen=True, slots=True)
class OwnInstance:
    """Whose service desk it is, and how it is entered. `tenant` is the alias of one of several that share it."""

    url: str
    key: SecretStr | Login = field(repr=False)
    tenant: str = ""
    zone: tzinfo | None = None  # of dates that are searched for


class AsmsDirect(Provider, ReadsWebhooks, DirectTickets, DirectChoices):
    """Aranda, without its adapter."""

    name: ClassVar[ProviderName] = NAME
    title: ClassVar[str] = TITLE
    way: ClassVar[str] = "direct"
    turned_on_by: ClassVar[str] = "ASMS_INSTANCE_URL and ASMS_TOKEN"

    def __init__(
        self, instance: OwnInstance, *, clock: Callable[[], datetime], turns: Turns | None = None
    ) -> None:
        """`clock` gives aware UTC; without `turns` nothing waits. Raises `SettingsError` for a token that cannot
        be one."""
        self._zone = instance.zone
        self._numbers: dict[TicketCode, int] = {}
        headers = {"x-aranda-tenant-alias": instance.tenant} if instance.tenant else {}
        api = Api(NAME, TITLE, instance.url, headers, judge=refusals.judge)
        self._sessions: Sessions | None = None
        if isinstance(instance.key, Login):
            username, password = instance.key.username, instance.key.password.get_secret_value()
            self._sessions = Sessions(api, username, password, clock=clock, turns=turns)
            api = replace(api, session=self._sessions.key)
        else:
            api = replace(api, headers={**headers, HEADER: bearer(instance.key.get_secret_value())})
        self._http = Http(api, clock=clock, turns=turns)

    async def close(self) -> None:
        """End the session, and close every connection."""
        if self._sessions is not None:
            await self._sessions.close()
        await self._http.close()

    async def check(self) -> AccountFacts:
        """Ask for the projects: every right that is needed begins there."""
        response = await self.list_projects()
        read_menu(response)
        return AccountFacts("the instance answers", response.clock_skew_s)

    def read_webhook(self, request: WebhookRequest) -> WebhookReading:
        """The event `ticket`, the last part of the address that a business rule calls."""
        return WebhookReading((webhooks.parse(request),), Signature.UNSUPPORTED)

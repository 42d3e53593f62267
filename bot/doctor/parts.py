"""What doctor looks at, opened once: Slack, the providers and the database, each of which may be missing.

Promise: a database that is not there is not made, and an older one is not migrated.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from bot.bridge import Bridge
from bot.capabilities import Provider
from bot.doctor.opening import Opened, opened_database
from bot.errors import SlackError
from bot.model import ProviderName
from bot.settings import Settings
from bot.slack import Identity, Slack
from bot.startup import NOBODY, build_providers


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a check may need."""

    settings: Settings
    slack: Slack
    ours: Identity | SlackError | None  # None without a token
    providers: Mapping[ProviderName, Provider]
    opened: Opened

    @property
    def connected(self) -> bool:
        """Whether Slack knows the bot token."""
        return isinstance(self.ours, Identity)

    @property
    def bridge(self) -> Bridge | None:
        """What flows hold; None without a database."""
        if self.opened.store is None:
            return None
        ours = self.ours if isinstance(self.ours, Identity) else NOBODY
        return Bridge(self.opened.store, self.slack, self.providers, self.settings, ours)


@contextlib.asynccontextmanager
async def opened_parts(settings: Settings) -> AsyncIterator[Parts]:
    """Open what can be opened. Raises `SettingsError` for a key that cannot be one."""
    async with contextlib.AsyncExitStack() as stack:
        opened = await stack.enter_async_context(opened_database(settings))
        providers = build_providers(settings, opened.store)
        for provider in providers.values():
            stack.push_async_callback(provider.close)
        token = settings.slack_bot_token
        slack = Slack(token.get_secret_value() if token else "", settings.slack_api_url)
        await slack.start()
        stack.push_async_callback(slack.close)
        yield Parts(settings, slack, await _identity(slack) if token else None, providers, opened)


async def _identity(slack: Slack) -> Identity | SlackError:
    try:
        return await slack.identify()
    except SlackError as error:
        return error

"""`threadline lines`: bind numbers to channels. Works while the bot runs, and while it does not."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import re
from collections.abc import AsyncIterator

from bot.bridge import Bridge
from bot.cli import logs
from bot.errors import BotError, ProviderError, SettingsError, SlackError, UsageError
from bot.flows import lines as flow
from bot.model import ChannelId, Line, LineId, ProviderName
from bot.phone import display_number, parse_number
from bot.settings import LogFormat, Settings
from bot.slack import Slack
from bot.startup import NOBODY, build_providers, opened_store

_CHANNEL = re.compile(r"[CG][A-Z0-9]{6,}")
VARIABLES = {"textrequest": "TEXTREQUEST_API_KEY", "clicksend": "CLICKSEND_USERNAME and CLICKSEND_API_KEY"}
_POLLS = "No THREADLINE_PUBLIC_URL: the bot reads this line every 15 seconds."


def add(parsed: argparse.Namespace) -> int:
    """Bind a number."""
    return asyncio.run(_add(parsed))


def show(_: argparse.Namespace) -> int:
    """List the lines."""
    return asyncio.run(_show())


def remove(parsed: argparse.Namespace) -> int:
    """Unbind a number."""
    return asyncio.run(_remove(parsed))


def rotate(parsed: argparse.Namespace) -> int:
    """Make a new webhook secret."""
    return asyncio.run(_rotate(parsed.provider))


@contextlib.asynccontextmanager
async def offline_bridge() -> AsyncIterator[Bridge]:
    """The parts a command needs, beside the running bot."""
    settings = Settings.from_environment()
    logs.set_up(LogFormat.TEXT)
    token = settings.slack_bot_token
    slack = Slack(token.get_secret_value() if token else "", settings.slack_api_url)
    async with contextlib.AsyncExitStack() as stack:
        store = await stack.enter_async_context(opened_store(settings, exclusive=False))
        providers = build_providers(settings, store)
        for provider in providers.values():
            stack.push_async_callback(provider.close)
        await slack.start()
        stack.push_async_callback(slack.close)
        yield Bridge(store, slack, providers, settings, NOBODY)


async def _add(parsed: argparse.Namespace) -> int:
    wanted = _line(parsed)
    async with offline_bridge() as bridge:
        if wanted.provider not in bridge.providers:
            raise SettingsError(f"Set {VARIABLES[wanted.provider]} before adding this line.")
        warning = await _channel_warning(bridge, wanted.channel)
        line = await bridge.store.lines.add(wanted)
        print(f"{line.name}: {display_number(line.number)} → {line.channel}")
        if warning:
            print(warning)
        return await _connect(bridge, line)


def _line(parsed: argparse.Namespace) -> Line:
    """What was typed. Raises `UsageError` for what cannot be a line."""
    if not _CHANNEL.fullmatch(parsed.channel):
        raise UsageError(
            "--channel takes the channel's id, like C0123ABCD: it stands at the end of its details in Slack."
        )
    if parsed.provider == "textrequest" and not parsed.account.isdigit():
        raise UsageError("--account takes the Text Request dashboard's id, a number like 121.")
    number = parse_number(parsed.number)
    return Line(
        id=LineId(0),
        provider=ProviderName(parsed.provider),
        account=parsed.account if parsed.provider == "textrequest" else "",
        number=number,
        channel=ChannelId(parsed.channel),
        name=parsed.name.strip() or display_number(number),
        broadcasts=not parsed.quiet,
    )


async def _channel_warning(bridge: Bridge, channel: ChannelId) -> str:
    """What an admin should know of the channel; empty when it is fine, or Slack cannot be asked."""
    if bridge.settings.slack_bot_token is None:
        return ""
    try:
        found = await bridge.slack.channel(channel)
    except SlackError as error:
        return f"Slack does not know {channel} ({error.code}): if it is private, invite Threadline first."
    if found.is_archived:
        return f"#{found.name} is archived: nothing can be shown there."
    return "" if found.is_member else f"Invite Threadline to #{found.name} now: /invite @Threadline"


async def _connect(bridge: Bridge, line: Line) -> int:
    """Register the webhooks; the line is bound all the same when that fails, and the bot tries again."""
    if flow.polls(bridge):
        print(_POLLS)
        return 0
    try:
        hooks = await flow.connect(bridge, line)
    except ProviderError as error:
        print(f"The webhooks could not be registered: {error} The bot tries again every 5 minutes.")
        return 1
    print(f"Webhooks: {len(hooks)} connected.")
    return 0


async def _show() -> int:
    async with offline_bridge() as bridge:
        found = await bridge.store.lines.all()
        for line in found:
            account = f" (dashboard {line.account})" if line.account else ""
            print(f"{line.name}: {line.provider}{account} {line.number} → {line.channel}")
        if not found:
            print("No lines yet: threadline lines add --help")
    return 0


async def _remove(parsed: argparse.Namespace) -> int:
    async with offline_bridge() as bridge:
        line = await bridge.store.lines.remove(parse_number(parsed.number), parsed.provider)
        print(f"{line.name} is unbound. Its messages stay in the database.")
        if bridge.settings.threadline_public_url is None or line.provider not in bridge.providers:
            return 0
        try:
            print(f"Webhooks: {await flow.disconnect(bridge, line)} removed.")
        except ProviderError as error:
            print(f"Its webhooks are still at the provider: {error} Remove them there.")
            return 1
    return 0


async def _rotate(provider: str) -> int:
    async with offline_bridge() as bridge:
        if bridge.settings.threadline_webhook_secret is not None:
            raise UsageError("THREADLINE_WEBHOOK_SECRET sets the secret: change it there, and restart the bot.")
        bound = [line for line in await bridge.store.lines.all() if line.provider == provider]
        old = await flow.base_url(bridge, provider)
        await bridge.store.secrets.rotate(provider)
        print("A new secret is in use; the old one is accepted for 24 hours more.")
        return max([await _move_hooks(bridge, line, old) for line in bound], default=0)


async def _move_hooks(bridge: Bridge, line: Line, old: str | None) -> int:
    """The new webhooks first, so that nothing falls between the two."""
    failed = await _connect(bridge, line)
    if failed or old is None:
        return failed
    try:
        await flow.disconnect(bridge, line, old)
    except BotError as error:
        print(f"The old webhooks of {line.name} could not be removed: {error}")
        return 1
    return 0

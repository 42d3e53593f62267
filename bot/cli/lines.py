"""`threadline lines`: bind numbers to channels. Works while the bot runs, and while it does not."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Sequence

from bot.bridge import Bridge
from bot.capabilities import ReportsOrders
from bot.cli import logs
from bot.errors import BotError, Rejected, UsageError
from bot.flows import lines as flow
from bot.flows import tickets
from bot.flows.lines import Bound
from bot.model import ChannelId, Line, LineId, ProviderName
from bot.phone import display_number, parse_number
from bot.providers.asms.webhooks import EVENT
from bot.settings import LogFormat, Settings
from bot.slack import Slack
from bot.startup import NOBODY, build_providers, opened_store
from storage.store import is_missing

_BY_HAND = """\
Make a business rule in Aranda for changes of cases, with the action "Invoke Webhook":
  method  POST
  URL     {address}
  body    {{"idByProject": "<the case's code, as Aranda's template calls it>"}}
Whoever knows this address can have tickets looked at, and nothing else. Keep it to yourself."""
_CHANNEL = re.compile(r"[CG][A-Z0-9]{6,}")


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


def webhook(parsed: argparse.Namespace) -> int:
    """Say how a webhook is made by hand."""
    return asyncio.run(_webhook(parsed.provider))


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
        bound = await flow.bind(bridge, wanted)
        print(f"{bound.line.name}: {display_number(bound.line.number)} → {bound.line.channel}")
        return _told(bound)


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


async def _show() -> int:
    found = [] if is_missing(Settings.from_environment().threadline_database) else await _lines()
    for line in found:
        account = f" (dashboard {line.account})" if line.account else ""
        print(f"{line.name}: {line.provider}{account} {line.number} → {line.channel}")
    if not found:
        print("No lines yet: threadline lines add --help")
    return 0


async def _lines() -> Sequence[Line]:
    async with offline_bridge() as bridge:
        return await bridge.store.lines.all()


async def _remove(parsed: argparse.Namespace) -> int:
    async with offline_bridge() as bridge:
        bound = await flow.unbind(bridge, parse_number(parsed.number), parsed.provider)
        print(f"{bound.line.name} is unbound. Its messages stay in the database.")
        return _told(bound)


def _told(bound: Bound) -> int:
    """Print what there is to know; the command's exit code."""
    for sentence in bound.said:
        print(sentence)
    return 0 if bound.whole else 1


async def _rotate(provider: str) -> int:
    async with offline_bridge() as bridge:
        if bridge.settings.threadline_webhook_secret is not None:
            raise UsageError("THREADLINE_WEBHOOK_SECRET sets the secret: change it there, and restart the bot.")
        _refuse_absent(bridge, provider)
        bound = [] if flow.polls(bridge) else await bridge.store.lines.all()
        old = await flow.base_url(bridge, provider)
        await bridge.store.secrets.rotate(provider)
        print("A new secret is in use; the old one is accepted for 24 hours more.")
        moved = [await _move_hooks(bridge, line, old) for line in bound if line.provider == provider]
        return max(*moved, await _move_reports(bridge, provider, old), 0)


async def _webhook(provider: str) -> int:
    async with offline_bridge() as bridge:
        _refuse_absent(bridge, provider)
        await tickets.prepare(bridge)
        base = await flow.base_url(bridge, provider)
        if base is None:
            raise UsageError(
                "THREADLINE_PUBLIC_URL is not set, so nothing can be posted here. Changes are found anyway."
            )
        print(_BY_HAND.format(address=f"{base}/{EVENT}"))
    return 0


def _refuse_absent(bridge: Bridge, provider: str) -> None:
    """Raises `UsageError` for a provider that has no settings here: another folder than the bot's, maybe."""
    if ProviderName(provider) not in bridge.providers:
        raise UsageError(f"{provider} is not set up here: its settings are in the README.")


async def _move_hooks(bridge: Bridge, line: Line, old: str | None) -> int:
    """The new webhooks first, so that nothing falls between the two."""
    failed = _told(await flow.register(bridge, line))
    if failed or old is None:
        return failed
    try:
        await flow.disconnect(bridge, line, old)
    except BotError as error:
        print(f"The old webhooks of {line.name} could not be removed: {error}")
        return 1
    return 0


async def _move_reports(bridge: Bridge, provider: str, old: str | None) -> int:
    """What tells of calls, where there is anything: it is made with the first call."""
    reports, base = bridge.providers.get(ProviderName(provider)), await flow.base_url(bridge, provider)
    if old is None or base is None or not isinstance(reports, ReportsOrders):
        return 0
    try:
        if await reports.remove_reports(old):
            await reports.connect_reports(base)
    except Rejected:  # an account without voice calls
        return 0
    except BotError as error:
        print(f"The old webhook for calls could not be removed: {error}")
        return 1
    return 0

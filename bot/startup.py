"""What stands before a bot can run: its providers, its database, and who it is in Slack."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.bridge import pace_rules
from bot.capabilities import Provider
from bot.errors import SettingsError, SlackError
from bot.flows.gone import TOKEN
from bot.http import Free, Paced, Turns
from bot.jtel_paths import read_paths
from bot.model import MemberId, ProviderName
from bot.providers.asms import Asms, Instance
from bot.providers.asms.direct import AsmsDirect, Login, OwnInstance
from bot.providers.clicksend import ClickSend
from bot.providers.jtel import Jtel, Server
from bot.providers.textrequest import TextRequest
from bot.settings import Settings
from bot.slack import Identity, Slack
from storage.database import Database
from storage.migrate import migrate, migrations, refuse_newer, schema_version
from storage.sqlite import SqliteDatabase
from storage.sqlite_file import hold
from storage.store import Store, is_postgres, open_database

log = logging.getLogger(__name__)

RETRY_S = 2.0
IDENTITY = "slack.identity"
AUTH_ERRORS = TOKEN | {"not_allowed_token_type", "missing_scope"}


# Who we are for a command that asks Slack nothing.
NOBODY = Identity(MemberId(""), "", "", "", frozenset())


def utc_now() -> datetime:
    """The time, aware UTC."""
    return datetime.now(UTC)


def build_providers(
    settings: Settings, store: Store | None = None, clock: Callable[[], datetime] = utc_now
) -> Mapping[ProviderName, Provider]:
    """Every provider whose settings are there. Each goes by its pace in `store`; without one nothing waits."""
    found: list[Provider] = []
    if settings.textrequest_api_key is not None:
        key, url = settings.textrequest_api_key, settings.textrequest_api_url
        found.append(TextRequest(api_key=key, api_url=url, clock=clock, turns=_turns(store)))
    if settings.clicksend_username and settings.clicksend_api_key is not None:
        key, url = settings.clicksend_api_key, settings.clicksend_api_url
        name, turns = settings.clicksend_username, _turns(store)
        found.append(ClickSend(username=name, api_key=key, api_url=url, clock=clock, turns=turns))
    jtel = _jtel_server(settings)
    if jtel is not None:
        found.append(Jtel(jtel, clock=clock, turns=_turns(store)))
    instance = _asms_instance(settings)
    if isinstance(instance, Instance):
        found.append(Asms(instance, clock=clock, turns=_turns(store)))
    elif instance is not None:
        found.append(AsmsDirect(instance, clock=clock, turns=_turns(store)))
    return {provider.name: provider for provider in found}


def _jtel_server(settings: Settings) -> Server | None:
    """None when a part of what it takes is not set; `doctor` names it."""
    url, clients_id, token = settings.jtel_api_url, settings.jtel_clients_id, settings.jtel_token
    if not url or clients_id is None or token is None:
        return None
    zone = None if settings.jtel_time_zone is None else ZoneInfo(settings.jtel_time_zone)
    return Server(url, clients_id, token, zone, read_paths(settings.jtel_paths))


def _asms_instance(settings: Settings) -> Instance | OwnInstance | None:
    """None when a part of what it takes is not set; `doctor` names it."""
    api_url, token, url = settings.asms_api_url, settings.asms_token, settings.asms_instance_url
    zone = None if settings.asms_time_zone is None else ZoneInfo(settings.asms_time_zone)
    if not url:
        return None
    if api_url:
        return Instance(api_url, token, url, zone) if token else None
    username, password = settings.asms_username, settings.asms_password
    key = token or (Login(username, password) if username and password else None)
    return OwnInstance(url, key, settings.asms_tenant, zone) if key else None


def _turns(store: Store | None) -> Turns:
    """Each provider's own, so that nobody queues behind the calls of another."""
    return Free() if store is None else Paced(store.paces)


# --- Database -------------------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def opened_store(settings: Settings, *, exclusive: bool) -> AsyncIterator[Store]:
    """The store, migrated. `exclusive`: as the one bot of a SQLite file. Raises `SettingsError`."""
    url = settings.threadline_database
    async with contextlib.AsyncExitStack() as stack:
        alone = exclusive and stack.enter_context(_held(url))
        database = await open_database(url)
        stack.push_async_callback(database.close)
        if exclusive:
            await prepare(database)
        else:
            await _prepare_beside(database, url)
        store = Store(database, pace_rules(settings))
        if alone:  # whoever held these leases is dead
            await asyncio.gather(  # one commit, not five
                store.claims.expire_all(),
                store.deeds.expire_all(),
                store.looks.expire_all(),
                store.orders.expire_all(),
                store.duties.release_all(),
            )
        yield store


async def _prepare_beside(database: Database, url: str) -> None:
    """As `prepare`, for a command beside the bot: a schema changes only while no bot runs."""
    version, latest = await schema_version(database), max(migrations())
    refuse_newer(version, latest)
    if version < latest:
        with _held(url):
            await prepare(database)


@contextlib.contextmanager
def _held(url: str) -> Iterator[bool]:
    """Be the one bot of a SQLite file while the block runs. False on PostgreSQL, where several may run."""
    if is_postgres(url):
        yield False
        return
    lock = hold(Path(url))
    try:
        yield True
    finally:
        os.close(lock)


async def prepare(database: Database) -> None:
    """Back up, then migrate, when the schema is older than this version's. Raises `SettingsError`."""
    version, latest = await schema_version(database), max(migrations())
    refuse_newer(version, latest)
    if version == latest:
        return
    if version > 0 and isinstance(database, SqliteDatabase):
        target = database.path.with_name(
            f"{database.path.name}.backup-schema-{version}-{utc_now():%Y%m%dT%H%M%SZ}"
        )
        await database.backup(target)
        log.info("the database was backed up before its schema changes")
    await migrate(database)


# --- Slack ----------------------------------------------------------------------------------------------


async def identify(slack: Slack, store: Store) -> Identity:
    """Who we are in Slack: as Slack says, or as it said last while it cannot be reached.

    Raises `SettingsError` when the token is refused.
    """
    while True:
        try:
            found = await slack.identify()
        except SlackError as error:
            if error.code in AUTH_ERRORS:
                raise SettingsError(f"SLACK_BOT_TOKEN: Slack refused it ({error.code}).") from None
            known = await store.facts.find(IDENTITY)
            if known is not None:
                return _identity(known)
            log.warning("Slack cannot be reached (%s); trying again", error.code)
            await asyncio.sleep(RETRY_S)
        else:
            await store.facts.note(IDENTITY, json.dumps(asdict(found) | {"scopes": sorted(found.scopes)}))
            return found


def _identity(text: str) -> Identity:
    fields = json.loads(text)
    return Identity(
        bot_user_id=MemberId(fields["bot_user_id"]),
        bot_id=fields["bot_id"],
        team_id=fields["team_id"],
        url=fields["url"],
        scopes=frozenset(fields["scopes"]),
    )


async def check_app_token(slack: Slack, token: str) -> None:
    """Ask once: Bolt would try a wrong token for ever. Raises `SettingsError` when Slack refuses it."""
    try:
        await slack.open_socket_url(token)
    except SlackError as error:
        if error.certain and error.code not in ("unreachable", "ratelimited"):
            raise SettingsError(f"SLACK_APP_TOKEN: Slack refused it ({error.code}).") from None
        log.warning("Slack cannot be reached (%s); the sockets keep trying", error.code)


def require_slack(settings: Settings) -> str:
    """The bot token. Raises `SettingsError` for what is missing."""
    if settings.slack_bot_token is None:
        raise SettingsError("SLACK_BOT_TOKEN is missing: the bot token (xoxb-…) of your Slack app.")
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        raise SettingsError(
            "SLACK_APP_TOKEN is missing: the app-level token (xapp-…) for Socket Mode. "
            "For HTTP mode set SLACK_SIGNING_SECRET instead."
        )
    return settings.slack_bot_token.get_secret_value()

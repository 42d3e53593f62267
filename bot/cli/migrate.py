"""`threadline migrate`: bring the database to this version's schema."""

from __future__ import annotations

import argparse
import asyncio

from bot.cli import logs
from bot.settings import Settings
from bot.startup import opened_store
from storage.migrate import schema_version


def run(_: argparse.Namespace) -> int:
    """Back up and migrate, as `run` does."""
    return asyncio.run(_migrate())


async def _migrate() -> int:
    settings = Settings.from_environment()
    logs.set_up(settings.threadline_log_format)
    async with opened_store(settings, exclusive=True) as store:
        print(f"The database has schema {await schema_version(store.database)}.")
    return 0

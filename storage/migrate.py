"""Brings a database to the schema that this version of the bot speaks. Migrations are append only."""

from __future__ import annotations

from importlib import resources

from bot.errors import SettingsError
from storage.database import Database, Tx

_MIGRATIONS = resources.files("storage") / "migrations"


def migrations() -> dict[int, str]:
    """Every migration by its number, in order."""
    files = sorted((item.name, item) for item in _MIGRATIONS.iterdir() if item.name.endswith(".sql"))
    return {int(name.split("_", 1)[0]): item.read_text() for name, item in files}


def statements(script: str) -> list[str]:
    """The script's statements, without comments. Pure; no literal of ours holds a semicolon or two dashes."""
    bare = "\n".join(line.split("--", 1)[0] for line in script.splitlines())
    return [statement.strip() for statement in bare.split(";") if statement.strip()]


async def schema_version(database: Database) -> int:
    """The number of the last migration that ran; 0 for an empty database."""
    return await database.write(_version)


async def migrate(database: Database) -> tuple[int, int]:
    """Run what is missing, all of it or nothing; the versions before and after.

    Raises `SettingsError` when the database was made by a newer Threadline.
    """
    known = migrations()

    async def unit(tx: Tx) -> tuple[int, int]:
        before = await _version(tx)
        refuse_newer(before, max(known))
        for number, script in known.items():
            if number > before:
                await _run(tx, number, script)
        return before, max(known)

    return await database.write(unit)


def refuse_newer(version: int, latest: int) -> None:
    """Raises `SettingsError` for a schema this version does not know. Pure."""
    if version > latest:
        raise SettingsError(
            f"THREADLINE_DATABASE: it was made by a newer Threadline (schema {version}, this one knows {latest}). "
            "Install that version again, or restore the backup that was made before its upgrade."
        )


async def _version(tx: Tx) -> int:
    await tx.define("create table if not exists schema_version (version bigint primary key)")
    row = await tx.row("select max(version) as version from schema_version")
    return int(row["version"] or 0) if row else 0


async def _run(tx: Tx, number: int, script: str) -> None:
    for statement in statements(script):
        await tx.define(statement)
    await tx.run("insert into schema_version (version) values (:version)", version=number)

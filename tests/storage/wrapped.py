"""Databases that wrap another one: one that writes down every statement, and one whose units stop half way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from storage.database import Database, Row, T, Tx, Unit, Value

Hook = Callable[[str, Mapping[str, Value]], Awaitable[None]]
BEFORE_COMMIT = "commit"


class _HookedTx:
    def __init__(self, tx: Tx, hook: Hook, woken: Callable[[], None]) -> None:
        self._tx = tx
        self._hook = hook
        self._woken = woken

    async def rows(self, sql: str, **values: Value) -> Sequence[Row]:
        await self._hook(sql, values)
        return await self._tx.rows(sql, **values)

    async def row(self, sql: str, **values: Value) -> Row | None:
        await self._hook(sql, values)
        return await self._tx.row(sql, **values)

    async def run(self, sql: str, **values: Value) -> int:
        await self._hook(sql, values)
        return await self._tx.run(sql, **values)

    async def define(self, statement: str) -> None:
        await self._tx.define(statement)

    def wake(self) -> None:
        self._woken()
        self._tx.wake()


class _Hooked:
    def __init__(self, database: Database) -> None:
        self._database = database
        self.wake_ups = 0

    def _woken(self) -> None:
        self.wake_ups += 1

    async def _before(self, sql: str, values: Mapping[str, Value]) -> None:
        raise NotImplementedError

    async def write(self, unit: Unit[T], *, order: str = "") -> T:
        return await self._database.write(self._hooked(unit), order=order)

    async def read(self, unit: Unit[T]) -> T:
        return await self._database.read(self._hooked(unit))

    async def survey(self, unit: Unit[T]) -> T:
        return await self._database.survey(self._hooked(unit))

    async def changed(self) -> None:
        await self._database.changed()

    async def close(self) -> None:
        await self._database.close()

    def _hooked(self, unit: Unit[T]) -> Unit[T]:
        async def run(tx: Tx) -> T:
            answer = await unit(_HookedTx(tx, self._before, self._woken))
            await self._before(BEFORE_COMMIT, {})
            return answer

        return run


class Recording(_Hooked):
    """Writes down every statement and its values, and counts what wakes the workers."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.statements: list[tuple[str, Mapping[str, Value]]] = []

    async def _before(self, sql: str, values: Mapping[str, Value]) -> None:
        if sql != BEFORE_COMMIT:
            self.statements.append((sql, dict(values)))


class Pausing(_Hooked):
    """Stops before the first statement that has `words` in it, or before the commit, until `go_on` is set.
    Only for PostgreSQL: a unit on SQLite cannot suspend."""

    def __init__(self, database: Database, words: str = BEFORE_COMMIT) -> None:
        super().__init__(database)
        self._words = words
        self.reached = asyncio.Event()
        self.go_on = asyncio.Event()

    async def _before(self, sql: str, values: Mapping[str, Value]) -> None:
        if self._words in sql and not self.reached.is_set():
            self.reached.set()
            await self.go_on.wait()

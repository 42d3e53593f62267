"""SQLite, the default: one file, one writer, commits in groups.

Promises
- What `write` returned is on disk: WAL with `synchronous=FULL` (and `fullfsync` on macOS).
- Units that write run in the order of the calls. Everything that waits is committed together, and everything
  that waits to be read is read together: one hop between threads for a whole batch (see `sqlite_units`).
- Copying what was committed from the log into the file keeps nobody waiting (see `checkpoint`).
- Files are 0600. Two bots on one file are impossible: see `hold`.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bot.errors import SettingsError, StorageUnavailable
from storage.database import T, Unit
from storage.sqlite_connection import Connection, checkpoint, code_of, connect, data_version
from storage.sqlite_file import file_id, refuse_network_file_system, touch_private
from storage.sqlite_units import Clock, Ran, read_group, run_group

GROUP_LIMIT = 256  # units in one commit
BREATH_S = 0.001  # a pause of the writer, so that another process gets its turn
BUSY_S = 0.01  # the longest it commits without one
DAMAGED = " It is damaged, or no database: put a backup in its place."
REPLACED = (
    "THREADLINE_DATABASE: {path} was removed or replaced while the bot ran. Stop the bot before you do that."
)
WATCH_EVERY_S = 1.0  # how often other processes' commits are looked for
COPY_EVERY_S = 0.5  # how often what was committed is copied from the log into the file, beside the writer
COPY_AFTER = 32  # commits


def wall_clock() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1000


@dataclass(slots=True)
class _Waiting:
    unit: Unit[Any]
    answer: asyncio.Future[Any]


_RunGroup = Callable[[Clock, Sequence[Unit[Any]], sqlite3.Connection], tuple[list[Ran], bool]]


@contextlib.contextmanager
def _as_storage_errors() -> Iterator[None]:
    """SQLite's own words may quote values: only the class and code go on."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.Error as error:
        raise StorageUnavailable(f"The database cannot be used now ({code_of(error)}).") from None
    except ValueError:  # aiosqlite's word for a connection that is closed
        raise StorageUnavailable("The database is closed.") from None


class SqliteDatabase:
    """One SQLite file. Build it with `SqliteDatabase.open`."""

    def __init__(self, path: Path, writer: Connection, reader: Connection, clock: Clock) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        self._clock = clock
        self._waiting: asyncio.Queue[_Waiting | None] = asyncio.Queue()
        self._unread: list[_Waiting] = []
        self._reading: asyncio.Task[None] | None = None
        self._surveyor: Connection | None = None  # opened when it is needed
        self._surveying = asyncio.Lock()
        self._wake = asyncio.Event()
        self._file, self._replaced = file_id(path), False
        self._uncopied = 0  # commits
        loops = (self._write_groups(), self._watch(), self._copy_from_log())
        self._tasks = [asyncio.create_task(loop) for loop in loops]

    @classmethod
    async def open(cls, path: Path, *, clock: Clock = wall_clock) -> SqliteDatabase:
        """Open or make the file. Raises `SettingsError` when it cannot be."""
        refuse_network_file_system(path)
        try:
            touch_private(path)
            return cls(path, await connect(path), await connect(path), clock)
        except (OSError, sqlite3.Error) as error:
            reason = code_of(error)
            advice = DAMAGED if reason in ("SQLITE_CORRUPT", "SQLITE_NOTADB") else ""
            raise SettingsError(f"THREADLINE_DATABASE: {path} cannot be opened ({reason}).{advice}") from None

    async def write(self, unit: Unit[T], *, order: str = "") -> T:  # noqa: ARG002 - all units are in order here
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait(_Waiting(unit, answer))
        return await answer

    async def read(self, unit: Unit[T]) -> T:
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._unread.append(_Waiting(unit, answer))
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read_groups())
        return await answer

    async def survey(self, unit: Unit[T]) -> T:
        async with self._survey_connection() as surveyor:
            answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
            await self._run([_Waiting(unit, answer)], surveyor, read_group)
            return await answer

    @contextlib.asynccontextmanager
    async def _survey_connection(self) -> AsyncIterator[Connection]:
        """For what takes long; one at a time."""
        async with self._surveying:
            if self._surveyor is None:
                with _as_storage_errors():
                    self._surveyor = await connect(self.path)
            yield self._surveyor

    async def changed(self) -> None:
        await self._wake.wait()
        self._wake.clear()
        if self._replaced:
            raise SettingsError(REPLACED.format(path=self.path))

    async def backup(self, target: Path) -> None:
        """Copy everything, in a consistent state, to a new file of mode 0600; it gets its name once it is whole.

        Raises `StorageUnavailable` when that fails, as on a full disk; then nothing is left of it.
        """
        part = target.with_name(f"{target.name}.part")
        touch_private(part)
        try:
            await self._copy_to(part)
            part.replace(target)
        except sqlite3.Error as error:
            raise StorageUnavailable(f"The copy could not be made ({code_of(error)}).") from None
        finally:
            part.unlink(missing_ok=True)

    async def _copy_to(self, target: Path) -> None:
        copy = await connect(target, journal="delete")
        try:
            destination = await copy.in_thread(lambda connection: connection)
            await self._reader.in_thread(lambda connection: connection.backup(destination))
        finally:
            await copy.close()

    async def close(self) -> None:
        writing, *others = self._tasks
        for task in others:
            task.cancel()
        self._waiting.put_nowait(None)
        reading = [self._reading] if self._reading is not None else []
        await asyncio.gather(writing, *others, *reading, return_exceptions=True)
        await self._writer.close()
        await self._reader.close()
        async with self._surveying:
            if self._surveyor is not None:
                await self._surveyor.close()

    async def _write_groups(self) -> None:
        """The one writer: take all that waits, commit it together, answer. Idling is a pause, too."""
        paused_at = 0.0
        while True:
            idle_from = time.monotonic()
            group, last = self._take(await self._waiting.get())
            if time.monotonic() - idle_from >= BREATH_S:
                paused_at = time.monotonic()
            if group and time.monotonic() - paused_at >= BUSY_S:
                await asyncio.sleep(BREATH_S)
                paused_at = time.monotonic()
                group, last = self._take_more(group, last=last)
            if group:
                await self._commit(group)
            if last:
                return

    def _take(self, first: _Waiting | None) -> tuple[list[_Waiting], bool]:
        return ([], True) if first is None else self._take_more([first], last=False)

    def _take_more(self, group: list[_Waiting], *, last: bool) -> tuple[list[_Waiting], bool]:
        while not last and len(group) < GROUP_LIMIT and not self._waiting.empty():
            following = self._waiting.get_nowait()
            if following is None:
                return group, True
            group.append(following)
        return group, last

    async def _commit(self, group: Sequence[_Waiting]) -> None:
        if await self._run(group, self._writer, run_group):
            self._wake.set()
        self._uncopied += 1

    async def _read_groups(self) -> None:
        """Read whatever waits, together, until nothing waits."""
        while self._unread:
            group, self._unread = self._unread, []
            await self._run(group, self._reader, read_group)

    async def _run(self, group: Sequence[_Waiting], connection: Connection, run: _RunGroup) -> bool:
        """Answer every unit of a group; whether one of them wakes the workers."""
        units = [waiting.unit for waiting in group]
        try:
            with _as_storage_errors():
                ran, woken = await connection.in_thread(partial(run, self._clock, units))
        except Exception as error:  # noqa: BLE001 - handed to the callers, who would wait for ever
            ran, woken = [Ran(error=error) for _ in group], False
        for waiting, outcome in zip(group, ran, strict=True):
            _answer(waiting.answer, outcome)
        return woken

    async def _watch(self) -> None:
        """Notice what other processes committed, once a second, and that the file is another one by now: what is
        written into one that nobody can open again is lost with the process."""
        seen: int | None = None
        while True:
            with contextlib.suppress(sqlite3.Error):  # what cannot be read now is read the next time
                version = await self._writer.in_thread(data_version)
                self._replaced = file_id(self.path) != self._file
                if seen not in (None, version) or self._replaced:
                    self._wake.set()
                seen = version
            await asyncio.sleep(WATCH_EVERY_S)

    async def _copy_from_log(self) -> None:
        """Copy what was committed into the file, without keeping the writer or anybody who reads waiting."""
        while True:
            await asyncio.sleep(COPY_EVERY_S)
            if self._uncopied >= COPY_AFTER:
                with contextlib.suppress(StorageUnavailable, sqlite3.Error):  # the next time, then
                    async with self._survey_connection() as surveyor:
                        await surveyor.in_thread(checkpoint)
                    self._uncopied = 0


def _answer(answer: asyncio.Future[Any], outcome: Ran) -> None:
    if answer.done():  # its caller was cancelled; the work is done all the same
        return
    if outcome.error is None:
        answer.set_result(outcome.value)
    else:
        answer.set_exception(_plain(outcome.error))


def _plain(error: BaseException) -> BaseException:
    if isinstance(error, sqlite3.Error) and not isinstance(error, sqlite3.IntegrityError):
        return StorageUnavailable(f"The database cannot be used now ({code_of(error)}).")
    return error

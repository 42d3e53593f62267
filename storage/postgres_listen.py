"""Whether PostgreSQL's notifications arrive: a pooler in transaction mode swallows them.

Source: https://www.pgbouncer.org/features.html (LISTEN works in session mode alone)
"""

from __future__ import annotations

from uuid import uuid4

import psycopg
from psycopg import AsyncConnection, sql

from bot.errors import StorageUnavailable


async def notifications_arrive(listening: str, notifying: str, wait_s: float) -> bool:
    """Listen on a connection to one address, notify on a connection to the other, and wait for so long.

    Raises `StorageUnavailable` when one of them does not let us in.
    """
    word = f"threadline_doctor_{uuid4().hex[:12]}"  # not the workers' own, which this would wake
    try:
        async with await AsyncConnection.connect(listening, autocommit=True) as listener:
            await listener.execute(sql.SQL("listen {}").format(sql.Identifier(word)))
            async with await AsyncConnection.connect(notifying, autocommit=True) as notifier:
                await notifier.execute("select pg_notify(%s, '')", (word,))
            return bool([notice async for notice in listener.notifies(timeout=wait_s, stop_after=1)])
    except psycopg.Error as error:
        state = error.sqlstate or type(error).__name__
        raise StorageUnavailable(f"The database cannot be used now ({state}).") from None

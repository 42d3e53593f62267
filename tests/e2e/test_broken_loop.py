"""A part that breaks for good ends the process as a signal does: what is under way is finished first."""

from __future__ import annotations

import asyncio

import pytest

from bot.sandbox.bell import PATIENCE_S
from handlers.events import Events
from storage.sqlite import SqliteDatabase
from tests.e2e.office import Office
from tests.e2e.test_process import states


class Broken(Exception):
    """What nobody foresaw."""


async def test_send_in_flight_is_recorded_before_the_broken_bot_ends(
    closed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending, close = asyncio.Event(), Events.close

    async def changed(_: SqliteDatabase) -> None:
        raise Broken

    def closes(events: Events) -> None:
        close(events)
        ending.set()

    await closed.start()
    root = await closed.open()
    closed.fault("textrequest.send", "hold")
    await closed.say(root, "Yes")
    await closed.see(lambda: closed.trouble.held, "a send under way")
    monkeypatch.setattr(Events, "close", closes)
    monkeypatch.setattr(SqliteDatabase, "changed", changed)

    await closed.change("update lines set name = name")  # the loop that watches the database comes round
    await asyncio.wait_for(ending.wait(), PATIENCE_S)
    closed.trouble.release()
    with pytest.raises(Broken):
        await closed.stop()

    assert (closed.phone(), states(closed)) == (["Yes"], ["done"])

"""Payments through bots that are killed at any call: each that is on disk is asked for once and has one card.

The plain run has five kills. THREADLINE_TEST_KILLS=30 has as many.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
from collections import Counter
from contextlib import closing
from random import Random

import pytest

from bot.sandbox.bell import NeverHappened
from bot.sandbox.slack.model import Message
from tests.e2e.asking import answered, press, type_
from tests.e2e.office import MARIA, QUICK, Office, office
from tests.e2e.test_process import running
from tests.e2e.till import PAY, payments

pytestmark = pytest.mark.survival

KILLS = int(os.environ.get("THREADLINE_TEST_KILLS", "5"))
IN_A_LIFE = 3  # payments that are asked for
CALLS = 14  # of one life, about
EVERYBODY = "pay=everyone"


async def test_payments_survive_kills_at_any_call(sqlite_url: str) -> None:
    random = Random("payments")
    async with office(sqlite_url) as team:
        await team.bind()
        await team.text("Hi there")
        promised = [words for life in range(KILLS) for words in await _live_and_die(team, life, random)]

        await team.start(QUICK, threadline_rights=EVERYBODY)
        await _decide_everything(team)

        asked_for = _cards(team)
        assert set(promised) <= set(asked_for.values())
        assert Counter(payment.reference for payment in payments(team)) == Counter(asked_for.keys())
        await team.see(lambda: len(_shown(team, "· Sent")) == len(asked_for), "every card")
        assert len(_shown(team, "💳")) == len(asked_for)


async def _live_and_die(team: Office, life: int, random: Random) -> list[str]:
    """A bot lives until some call of its is under way, and is killed then. What Dana was told is asked for."""
    told: list[str] = []
    async with running(team, threadline_rights=EVERYBODY) as process:
        kind, after = random.choice(["hold", "hold_after"]), random.randrange(CALLS)
        for where in ("textrequest.*", "chat.*"):
            team.fault(where, kind, after=after)
        asking = asyncio.create_task(_ask_for_some(team, life, told))
        struck = asyncio.create_task(team.see(lambda: team.trouble.held, "a call under way"))
        await asyncio.wait([asking, struck], return_when=asyncio.FIRST_COMPLETED)
        process.kill()
        await process.wait()
    team.trouble.clear()
    for task in (asking, struck):
        task.cancel()
    await asyncio.gather(asking, struck, return_exceptions=True)
    return told


async def _ask_for_some(team: Office, life: int, told: list[str]) -> None:
    """Dana asks Maria for payments, one after the other; `told` are those that she was told are on their way."""
    for number in range(IN_A_LIFE):
        amount, what = 10 + life * IN_A_LIFE + number, f"Job {life}-{number}"
        await type_(team, f'"{MARIA}" {amount} {what}', PAY)
        await answered(team, f"for ${amount}.00 ({what})")
        await press(team, "Request")
        await answered(team, f"Asking Maria Lopez · +1 415 555 0134 for ${amount}.00")
        told.append(what)


def _cards(team: Office) -> dict[str, str]:
    """What is on disk: the description by the reference."""
    with closing(sqlite3.connect(team.database)) as opened:
        rows = opened.execute("select reference, json_extract(says, '$.description') from cards").fetchall()
    return dict(rows)


def _shown(team: Office, words: str) -> list[Message]:
    """The payments' cards that say this."""
    thread = [message for root in team.roots() for message in team.workspace.thread(team.sales, root["ts"])[1:]]
    return [
        message
        for message in thread
        if "💳" in team.workspace.words(message) and words in team.workspace.words(message)
    ]


async def _decide_everything(team: Office) -> None:
    """Whatever nobody knows of is asked for again: the bot has looked, and Maria's phone has no text of it."""
    while True:
        await team.found(
            "select 1 as done where not exists (select 1 from deeds where state in ('queued', 'sending'))"
        )
        asking = await team.rows(
            "select c.uid from cards c join deeds d on d.card_id = c.id where d.state = 'uncertain'"
        )
        if not asking:
            return
        for row in asking:
            await _click_again(team, row["uid"])


async def _click_again(team: Office, uid: str) -> None:
    def shown() -> Message | None:
        return next((each for each in _shown(team, "❔") if f"card:{uid}" in str(each["blocks"])), None)

    card = await team.see(shown, "a card that asks")
    ack = await team.workspace.click(team.sales, card["ts"], "card:again", team.dana)
    assert ack.acked
    with contextlib.suppress(NeverHappened):
        await team.see(lambda: shown() is None, "an answer")
